"""Where people are asked, and where what they answered is looked after."""

from django.urls import URLPattern, path

from coproduce.measures.views import (
    answering,
    answers_file,
    bringing_in,
    desk,
    gripp2,
    instruments,
    one_page,
    paper,
    results,
    rows,
    stories,
    surveying,
    taking_along,
    together,
    wording,
)

app_name = "measures"
urlpatterns: list[URLPattern] = [
    # being asked
    path("ask/", answering.ask_form, name="ask_form"),
    path("ask/<str:code>/", answering.ask, name="ask"),
    path("ask/<str:code>/<int:number>/", answering.question, name="question"),
    path("ask/<str:code>/check/", answering.check, name="check"),
    path("ask/<str:code>/sent/", answering.sent, name="sent"),
    path("ask/<str:code>/mine/", answering.mine, name="mine"),
    # what many projects say together
    path("evidence/", together.evidence_list, name="evidence_list"),
    path("evidence/<str:instrument>/<slug:score>/", together.evidence_of, name="evidence_of"),
    # telling what changed
    path("projects/<slug:slug>/tell/", stories.tell, name="tell"),
    path("stories/<str:code>/", stories.story, name="story"),
    # taking it along
    path(
        "surveys/<slug:slug>/results.<str:ending>", taking_along.figures_file, name="figures_file"
    ),
    path("projects/<slug:slug>/one-page/", one_page.page, name="one_page"),
    path("projects/<slug:slug>/one-page.<str:ending>", one_page.file, name="one_page_file"),
    path("projects/<slug:slug>/gripp2/", gripp2.page, name="gripp2"),
    path("projects/<slug:slug>/gripp2/write/", gripp2.write, name="gripp2_write"),
    path("projects/<slug:slug>/gripp2.docx", gripp2.file, name="gripp2_file"),
    # wording one's own questions
    path("instruments/desk/", desk.desk_list, name="desk_list"),
    path("instruments/desk/new/", desk.desk_new, name="desk_new"),
    path("instruments/desk/bring-in/", bringing_in.bring_in, name="bring_in"),
    path("instruments/desk/bring-in/keep/", bringing_in.keep, name="bring_in_keep"),
    *(
        path(f"instruments/desk/<uuid:instrument_id>/{below}", view, name=name)
        for below, view, name in (
            ("", desk.desk, "desk"),
            ("about/", desk.about, "desk_about"),
            ("ready/", desk.ready, "desk_ready"),
            ("next-version/", desk.next_version, "desk_next_version"),
            ("throw-away/", desk.throw_away, "desk_throw_away"),
            ("easy-read/", desk.easy_read, "desk_easy_read"),
            ("as/<str:look>/", desk.seen_as, "desk_as"),
            ("in/<str:language>/", wording.translate, "desk_translate"),
            ("copy/", wording.copy_from, "desk_copy"),
            ("copy/<uuid:source_id>/", wording.copy_in, "desk_copy_in"),
            ("questions/new/", wording.item_new, "desk_item_new"),
            ("questions/<str:code>/", wording.item, "desk_item"),
            ("questions/<str:code>/move/", wording.item_move, "desk_item_move"),
            ("questions/<str:code>/out/", wording.item_out, "desk_item_out"),
            ("answers/new/", wording.scale_new, "desk_scale_new"),
            ("answers/<str:code>/", wording.scale, "desk_scale"),
            ("answers/<str:code>/out/", wording.scale_out, "desk_scale_out"),
            ("scores/new/", wording.score_new, "desk_score_new"),
            ("scores/each/", wording.score_each, "desk_score_each"),
            ("scores/<str:code>/", wording.score, "desk_score"),
            ("scores/<str:code>/out/", wording.score_out, "desk_score_out"),
        )
    ),
    # questions to ask, open to everybody
    path("instruments/", instruments.instrument_list, name="instrument_list"),
    path("instruments/<slug:code>/", instruments.instrument_newest, name="instrument_newest"),
    path(
        "instruments/<slug:code>/<str:version>/",
        instruments.instrument,
        name="instrument",
    ),
    path(
        "instruments/<slug:code>/<str:version>/as/<str:look>/",
        instruments.instrument_as,
        name="instrument_as",
    ),
    path(
        "instruments/<slug:code>/<str:version>/questions.<str:ending>",
        instruments.instrument_file,
        name="instrument_file",
    ),
    # behind it
    path("evaluate/", surveying.evaluate_list, name="evaluate_list"),
    path(
        "evaluate/new/project/<slug:slug>/",
        surveying.survey_new,
        {"kind": "project"},
        name="survey_of_project",
    ),
    path(
        "evaluate/new/gathering/<slug:slug>/",
        surveying.survey_new,
        {"kind": "gathering"},
        name="survey_of_gathering",
    ),
    path("evaluate/stories/<slug:slug>/", stories.stories, name="stories"),
    path("evaluate/stories/<slug:slug>/tell/", stories.tell_for, name="tell_for"),
    path("evaluate/stories/<slug:slug>/<uuid:story_id>/", stories.story_out, name="story_out"),
    path("evaluate/<slug:slug>/", surveying.survey, name="survey"),
    path("evaluate/<slug:slug>/edit/", surveying.survey_edit, name="survey_edit"),
    path("evaluate/<slug:slug>/results/", results.survey_results, name="results"),
    path("evaluate/<slug:slug>/waves/new/", surveying.wave_new, name="wave_new"),
    path("evaluate/<slug:slug>/waves/<int:number>/open/", surveying.wave_open, name="wave_open"),
    path("evaluate/<slug:slug>/waves/<int:number>/close/", surveying.wave_close, name="wave_close"),
    path("evaluate/<slug:slug>/waves/<int:number>/rows/", rows.rows, name="rows"),
    path(
        "evaluate/<slug:slug>/waves/<int:number>/rows/<uuid:request_id>/agree/",
        rows.agree_to_rows,
        name="agree_to_rows",
    ),
    path(
        "evaluate/<slug:slug>/waves/<int:number>/rows/<uuid:request_id>/rows.zip",
        rows.rows_file,
        name="rows_file",
    ),
    path(
        "evaluate/<slug:slug>/waves/<int:number>/invited/",
        surveying.wave_invited,
        name="wave_invited",
    ),
    # its paper, out and in
    path("evaluate/<slug:slug>/waves/<int:number>/paper/", paper.sheets, name="paper"),
    path(
        "evaluate/<slug:slug>/waves/<int:number>/paper/sheet.pdf",
        paper.sheet_pdf,
        name="paper_sheet_pdf",
    ),
    path(
        "evaluate/<slug:slug>/waves/<int:number>/paper/slips.pdf",
        paper.slips_pdf,
        name="paper_slips_pdf",
    ),
    path("evaluate/<slug:slug>/waves/<int:number>/enter/", paper.enter, name="enter"),
    path(
        "evaluate/<slug:slug>/waves/<int:number>/enter/sync/",
        paper.enter_sync,
        name="enter_sync",
    ),
    path(
        "evaluate/<slug:slug>/waves/<int:number>/enter/take-out/",
        paper.enter_take_out,
        name="enter_take_out",
    ),
    path(
        "evaluate/<slug:slug>/waves/<int:number>/answers/",
        answers_file.answers_file_new,
        name="answers_file_new",
    ),
    path(
        "evaluate/<slug:slug>/waves/<int:number>/answers/<uuid:file>/",
        answers_file.answers_file,
        name="answers_file",
    ),
    path(
        "evaluate/<slug:slug>/waves/<int:number>/answers/<uuid:file>/gone/",
        answers_file.answers_file_gone,
        name="answers_file_gone",
    ),
]
