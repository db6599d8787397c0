"""Where a gathering is found: by everybody, by who comes, by its hosts."""

from django.urls import URLPattern, path

from coproduce.gatherings.views import (
    afterwards,
    attending,
    consenting,
    deciding,
    guests,
    hosting,
    mine,
    pictures,
    registering,
    said,
    shown,
)

app_name = "gatherings"
urlpatterns: list[URLPattern] = [
    # what everybody sees
    path("gatherings/", shown.gathering_list, name="gathering_list"),
    path("gatherings/in/<slug:place>.ics", shown.place_ics, name="place_ics"),
    path("gatherings/<slug:slug>.ics", shown.gathering_ics, name="gathering_ics"),
    path("gatherings/<slug:slug>/", shown.gathering, name="gathering"),
    path("decisions/", deciding.decision_log, name="decision_log"),
    # coming to it
    path("gatherings/<slug:slug>/register/", registering.register, name="register"),
    path("coming/", registering.coming_form, name="coming_form"),
    path("coming/<str:code>/", registering.coming, name="coming"),
    path("coming/<str:code>/gathering.ics", registering.coming_ics, name="coming_ics"),
    path("coming/<str:code>/cancel/", registering.coming_cancel, name="coming_cancel"),
    path("coming/<str:code>/met/", afterwards.need_met, name="need_met"),
    # on the day
    path("here/<str:code>/", attending.here, name="here"),
    path("host/<slug:slug>/day/", attending.host_day, name="host_day"),
    path("host/<slug:slug>/day/walk-in/", attending.host_walk_in, name="host_walk_in"),
    path("host/<slug:slug>/day/list/", attending.host_list_entry, name="host_list_entry"),
    path("host/<slug:slug>/day/sign-in.pdf", attending.host_sheet, name="host_sheet"),
    path("host/<slug:slug>/day/numbers/", attending.host_tell, name="host_tell"),
    path("host/<slug:slug>/day/here/<str:code>/", attending.host_tap, name="host_tap"),
    path(
        "host/<slug:slug>/day/<int:number>/take-back/",
        attending.host_take_back,
        name="host_take_back",
    ),
    # behind it
    path("host/", hosting.host_list, name="host_list"),
    path("host/new/", hosting.host_new, name="host_new"),
    path("host/<slug:slug>/", hosting.host, name="host"),
    path("host/<slug:slug>/edit/", hosting.host_edit, name="host_edit"),
    path("host/<slug:slug>/programme/", hosting.host_add_item, name="host_add_item"),
    path(
        "host/<slug:slug>/programme/<int:number>/",
        hosting.host_change_item,
        name="host_change_item",
    ),
    path("host/<slug:slug>/publish/", hosting.host_publish, name="host_publish"),
    path("host/<slug:slug>/cancel/", hosting.host_cancel, name="host_cancel"),
    path("host/<slug:slug>/again/", hosting.host_again, name="host_again"),
    path("host/<slug:slug>/people/", guests.host_people, name="host_people"),
    path(
        "host/<slug:slug>/people/<str:code>/cancel/",
        guests.host_cancel_registration,
        name="host_cancel_registration",
    ),
    path("host/<slug:slug>/after/", afterwards.host_after, name="host_after"),
    path("host/<slug:slug>/letters/", guests.host_letters, name="host_letters"),
    path("host/<slug:slug>/register/", registering.host_register, name="host_register"),
    # what was said there, and what was made of it
    path("host/<slug:slug>/notes/", said.notes, name="notes"),
    path("host/<slug:slug>/notes/sync/", said.notes_sync, name="notes_sync"),
    path("host/<slug:slug>/notes/file/", said.notes_file, name="notes_file"),
    path("host/<slug:slug>/notes/<uuid:voice_id>/", said.voice, name="voice"),
    path("host/<slug:slug>/notes/<uuid:voice_id>/worry/", said.worry, name="worry"),
    path("host/<slug:slug>/notes/<uuid:voice_id>/take-back/", said.take_back, name="take_back"),
    path("host/<slug:slug>/worries/", said.worries, name="worries"),
    path("host/<slug:slug>/worries/<int:worry>/", said.resolve, name="resolve"),
    path("host/<slug:slug>/insights/", said.workbench, name="insights"),
    path("host/<slug:slug>/insights/<uuid:insight_id>/", said.insight, name="insight"),
    path("host/<slug:slug>/insights/<uuid:insight_id>/merge/", said.merge, name="merge_insight"),
    path("host/<slug:slug>/insights/<uuid:insight_id>/split/", said.split, name="split_insight"),
    path("host/<slug:slug>/insights/<uuid:insight_id>/answer/", said.answer, name="answer"),
    path("host/<slug:slug>/decisions/", deciding.decisions, name="decisions"),
    # its photos, films and papers
    path("host/<slug:slug>/pictures/", pictures.pictures, name="pictures"),
    path(
        "host/<slug:slug>/pictures/described/",
        pictures.pictures_described,
        name="pictures_described",
    ),
    path("host/<slug:slug>/pictures/film/", pictures.film_new, name="film_new"),
    path("host/<slug:slug>/pictures/paper/", pictures.paper_new, name="paper_new"),
    path("host/<slug:slug>/pictures/<uuid:picture_id>/", pictures.picture, name="picture"),
    path(
        "host/<slug:slug>/pictures/<uuid:picture_id>/people/",
        pictures.picture_people,
        name="picture_people",
    ),
    path(
        "host/<slug:slug>/pictures/<uuid:picture_id>/show/",
        pictures.picture_show,
        name="picture_show",
    ),
    path(
        "host/<slug:slug>/pictures/<uuid:picture_id>/off/", pictures.picture_off, name="picture_off"
    ),
    path(
        "host/<slug:slug>/pictures/<uuid:picture_id>/gone/",
        pictures.picture_gone,
        name="picture_gone",
    ),
    path(
        "host/<slug:slug>/pictures/<uuid:picture_id>/lines/",
        pictures.picture_lines,
        name="picture_lines",
    ),
    path(
        "host/<slug:slug>/pictures/<uuid:picture_id>/words/",
        pictures.picture_words,
        name="picture_words",
    ),
    # what may be shown of it
    path("host/<slug:slug>/insights/show/", consenting.show_insights, name="show_insights"),
    path("host/<slug:slug>/consent/", consenting.consents, name="consents"),
    path("host/<slug:slug>/consent/print/", consenting.print_cards, name="print_cards"),
    path("host/<slug:slug>/consent/cards.pdf", consenting.cards_pdf, name="cards_pdf"),
    path("host/<slug:slug>/consent/room/", consenting.room_was_told, name="room_was_told"),
    path("host/<slug:slug>/consent/spoken/", consenting.spoken, name="spoken"),
    path("host/<slug:slug>/consent/seen/", consenting.shown_to_them, name="shown_to_them"),
    path("host/<slug:slug>/consent/ask/", consenting.ask_to_look, name="ask_to_look"),
    path("host/<slug:slug>/consent/find/", consenting.find_card, name="find_card"),
    path("host/<slug:slug>/consent/<str:code>/", consenting.card, name="card"),
    path("my-words/", consenting.my_words_form, name="my_words_form"),
    path("my-words/<str:code>/", consenting.my_words, name="my_words"),
    path("my-words/<str:code>/everything/", mine.my_everything, name="my_everything"),
    path("my-words/<str:code>/everything.json", mine.my_json, name="my_json"),
    path("my-words/<str:code>/everything.html", mine.my_file, name="my_file"),
    path("my-words/<str:code>/seen/", mine.my_seen, name="my_seen"),
    path("my-words/<str:code>/take-back/", mine.my_take_back, name="my_take_back"),
    path("my-words/<str:code>/erase/", mine.my_erase, name="my_erase"),
]
