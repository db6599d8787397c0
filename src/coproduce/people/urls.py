"""Where people and places are found."""

from django.urls import URLPattern, path

from coproduce.people.views import places

app_name = "people"
urlpatterns: list[URLPattern] = [
    path("places/", places.place_list, name="places"),
    path("places/<slug:place>/", places.place_page, name="place"),
    path("places/<slug:place>/words/", places.place_words, name="place_words"),
]
