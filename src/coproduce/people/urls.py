"""Where people and places are found."""

from django.urls import URLPattern, path

from coproduce.people.views import joining, places

app_name = "people"
urlpatterns: list[URLPattern] = [
    path("places/", places.place_list, name="places"),
    path("places/<slug:place>/", places.place_page, name="place"),
    path("places/<slug:place>/words/", places.place_words, name="place_words"),
    path("join-the-network/", joining.join, name="join"),
    path("join-the-network/thanks/", joining.joined, name="joined"),
    path("principles/", joining.principles_page, name="principles"),
    path("principles/words/", joining.principles_words, name="principles_words"),
    path("principles/<int:number>/", joining.principles_page, name="principles_version"),
]
