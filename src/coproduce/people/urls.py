"""Where people and places are found."""

from django.urls import URLPattern, path

from coproduce.people.views import champions, joining, places, you

app_name = "people"
urlpatterns: list[URLPattern] = [
    path("places/", places.place_list, name="places"),
    path("places/<slug:place>/", places.place_page, name="place"),
    path("places/<slug:place>/words/", places.place_words, name="place_words"),
    path("places/<slug:place>/champions/", champions.place_champions, name="place_champions"),
    path(
        "places/<slug:place>/champions/<int:champion>/over/",
        champions.champion_over,
        name="champion_over",
    ),
    path("people/you/", you.you, name="you"),
    path("people/you/words/", you.you_words, name="you_words"),
    path("people/you/promises/", you.you_promises, name="you_promises"),
    path("people/you/promises/<int:promise>/kept/", you.promise_kept, name="promise_kept"),
    path("people/you/promises/<int:promise>/gone/", you.promise_gone, name="promise_gone"),
    path("people/you/organisations/", you.you_organisations, name="you_organisations"),
    path(
        "people/you/organisations/<int:affiliation>/over/",
        you.affiliation_over,
        name="affiliation_over",
    ),
    path("people/you/champion/<int:champion>/", you.champion_named, name="champion_named"),
    path("join-the-network/", joining.join, name="join"),
    path("join-the-network/thanks/", joining.joined, name="joined"),
    path("principles/", joining.principles_page, name="principles"),
    path("principles/words/", joining.principles_words, name="principles_words"),
    path("principles/<int:number>/", joining.principles_page, name="principles_version"),
]
