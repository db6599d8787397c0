"""Where people and places are found."""

from django.urls import URLPattern, path

from coproduce.people.views import (
    announcing,
    champions,
    contacts,
    directory,
    hearing,
    joining,
    needs,
    places,
    you,
)

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
    path("places/<slug:place>/access-needs/", needs.place_needs, name="place_needs"),
    path("places/<slug:place>/contacts/", contacts.contacts, name="contacts"),
    path(
        "places/<slug:place>/contacts/<uuid:contacts>/",
        contacts.contact_list,
        name="contact_list",
    ),
    path(
        "places/<slug:place>/contacts/<uuid:contacts>/gone/",
        contacts.contact_list_gone,
        name="contact_list_gone",
    ),
    path("places/<slug:place>/announcements/", announcing.announcements, name="announcements"),
    path(
        "places/<slug:place>/announcements/new/",
        announcing.announcement_new,
        name="announcement_new",
    ),
    path(
        "places/<slug:place>/announcements/<uuid:announcement>/",
        announcing.announcement,
        name="announcement",
    ),
    path(
        "places/<slug:place>/announcements/<uuid:announcement>/words/",
        announcing.announcement_words,
        name="announcement_words",
    ),
    path(
        "places/<slug:place>/announcements/<uuid:announcement>/send/",
        announcing.announcement_send,
        name="announcement_send",
    ),
    path(
        "places/<slug:place>/announcements/<uuid:announcement>/letters-<int:number>.pdf",
        announcing.announcement_letters,
        name="announcement_letters",
    ),
    path("news/stop/<str:token>/", hearing.stop, name="stop"),
    path("news/start/<str:token>/", hearing.start, name="start"),
    path("me/news/<slug:place>/", hearing.you_news, name="you_news"),
    path("people/", directory.directory, name="directory"),
    path("me/directory/", directory.you_directory, name="you_directory"),
    path("me/needs/", needs.you_needs, name="you_needs"),
    path("me/needs/right/", needs.needs_reviewed, name="needs_reviewed"),
    path("me/needs/<int:need>/", needs.you_need, name="you_need"),
    path("me/needs/<int:need>/gone/", needs.need_gone, name="need_gone"),
    path("me/", you.you, name="you"),
    path("me/words/", you.you_words, name="you_words"),
    path("me/promises/", you.you_promises, name="you_promises"),
    path("me/promises/<int:promise>/kept/", you.promise_kept, name="promise_kept"),
    path("me/promises/<int:promise>/gone/", you.promise_gone, name="promise_gone"),
    path("me/ways/<int:reach>/gone/", you.way_gone, name="way_gone"),
    path("me/places/<int:membership>/left/", you.place_left, name="place_left"),
    path("me/organisations/", you.you_organisations, name="you_organisations"),
    path(
        "me/organisations/<int:affiliation>/over/",
        you.affiliation_over,
        name="affiliation_over",
    ),
    path("me/champion/<int:champion>/", you.champion_named, name="champion_named"),
    path("join-the-network/", joining.join, name="join"),
    path("join-the-network/thanks/", joining.joined, name="joined"),
    path("principles/", joining.principles_page, name="principles"),
    path("principles/words/", joining.principles_words, name="principles_words"),
    path("principles/<int:number>/", joining.principles_page, name="principles_version"),
]
