"""Where a conversation is found: to take part, in the room, to facilitate it, what it found."""

from django.urls import URLPattern, path

from coproduce.conversations.views import (
    answering,
    choosing,
    common_ground,
    facilitate,
    joining,
    moderate,
    own_words,
    paper,
    room,
    rows,
    standing,
    talk,
)

app_name = "conversations"
urlpatterns: list[URLPattern] = [
    # taking part: the answers first, since they come in bursts
    path("talk/<slug:slug>/answer/", talk.answer, name="answer"),
    path("talk/", talk.talk_list, name="talk_list"),
    path("talk/<slug:slug>/", talk.talk, name="talk"),
    path("talk/<slug:slug>/answers/", talk.answers, name="answers"),
    path("talk/<slug:slug>/thanks/", talk.thanks, name="thanks"),
    path("talk/<slug:slug>/say/", own_words.say, name="say"),
    path("talk/<slug:slug>/about-you/", own_words.about_you, name="about_you"),
    path("talk/<slug:slug>/take-back/", own_words.take_back, name="take_back"),
    path("talk/<slug:slug>/code/", joining.enter_code, name="enter_code"),
    path("join/", joining.join_form, name="join_form"),
    path("join/<str:code>/", joining.join, name="join"),
    # in the room and behind it
    path("room/<str:code>/", room.room, name="room"),
    path("room/<str:code>/live/", room.room_live, name="room_live"),
    path("facilitate/", facilitate.facilitate_list, name="facilitate_list"),
    path("facilitate/new/", facilitate.facilitate_new, name="facilitate_new"),
    path("facilitate/new/count/", facilitate.facilitate_count, name="facilitate_count"),
    path("facilitate/<slug:slug>/", facilitate.facilitate, name="facilitate"),
    path("facilitate/<slug:slug>/words/", facilitate.facilitate_edit, name="facilitate_edit"),
    path(
        "facilitate/<slug:slug>/statements/",
        facilitate.facilitate_statements,
        name="facilitate_statements",
    ),
    path(
        "facilitate/<slug:slug>/statements/<int:number>/",
        facilitate.facilitate_reword,
        name="facilitate_reword",
    ),
    path("facilitate/<slug:slug>/open/", facilitate.facilitate_open, name="facilitate_open"),
    path("facilitate/<slug:slug>/close/", facilitate.facilitate_close, name="facilitate_close"),
    path(
        "facilitate/<slug:slug>/publish/",
        facilitate.facilitate_publish,
        name="facilitate_publish",
    ),
    path("facilitate/<slug:slug>/answer/", answering.answer, name="facilitate_answer"),
    path("facilitate/<slug:slug>/room/", facilitate.facilitate_room, name="facilitate_room"),
    path("facilitate/<slug:slug>/step/", facilitate.facilitate_step, name="facilitate_step"),
    path("facilitate/<slug:slug>/moderate/", moderate.moderate, name="moderate"),
    path(
        "facilitate/<slug:slug>/moderate/<int:number>/",
        moderate.moderate_statement,
        name="moderate_statement",
    ),
    path("facilitate/<slug:slug>/paper/", paper.paper, name="paper"),
    path("facilitate/<slug:slug>/paper/sheets/", paper.paper_sheets, name="paper_sheets"),
    path(
        "facilitate/<slug:slug>/paper/sheet-<str:letters>.pdf",
        paper.paper_sheet_pdf,
        name="paper_sheet_pdf",
    ),
    path("facilitate/<slug:slug>/paper/slips/", paper.paper_slips, name="paper_slips"),
    path(
        "facilitate/<slug:slug>/paper/slips-<int:first>-<int:last>.pdf",
        paper.paper_slips_pdf,
        name="paper_slips_pdf",
    ),
    path("facilitate/<slug:slug>/entry/", paper.entry, name="entry"),
    path("facilitate/<slug:slug>/entry/check/", paper.entry_check, name="entry_check"),
    path("facilitate/<slug:slug>/entry/take-back/", paper.entry_take_back, name="entry_take_back"),
    path("facilitate/<slug:slug>/entry/words/", paper.entry_words, name="entry_words"),
    path("facilitate/<slug:slug>/hands/", paper.hands, name="hands"),
    # what it found
    path("talk/<slug:slug>/common-ground/", common_ground.common_ground, name="common_ground"),
    path("talk/<slug:slug>/common-ground/you/", standing.where_you_stand, name="where_you_stand"),
    path(
        "talk/<slug:slug>/common-ground/how-statements-were-chosen/",
        choosing.how_chosen,
        name="how_chosen",
    ),
    path(
        "talk/<slug:slug>/common-ground/report.pdf",
        common_ground.report_pdf,
        name="common_ground_report",
    ),
    path(
        "talk/<slug:slug>/common-ground/figures.csv",
        common_ground.figures_csv,
        name="common_ground_csv",
    ),
    path(
        "talk/<slug:slug>/common-ground/figures.json",
        common_ground.figures_json,
        name="common_ground_json",
    ),
    path(
        "talk/<slug:slug>/common-ground/open-files.zip",
        common_ground.open_files,
        name="common_ground_files",
    ),
    path("facilitate/<slug:slug>/rows/", rows.rows, name="rows"),
    path(
        "facilitate/<slug:slug>/rows/<uuid:request_id>/agree/",
        rows.agree_to_rows,
        name="agree_to_rows",
    ),
    path(
        "facilitate/<slug:slug>/rows/<uuid:request_id>/votes.zip", rows.rows_file, name="rows_file"
    ),
]
