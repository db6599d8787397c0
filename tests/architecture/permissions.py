"""Who gets which answer, at every address of ours: the permission matrix.

A row is what is asked (GET or POST) and one answer for each of ROLES, in their order. The
conversation in question belongs to Manchester and is open to everybody, unless the row says
otherwise. Nothing is sent along with a POST, so 400 or 422 means: you may ask, but not like this.

Default deny: a route of ours without a row fails the build. Add the row with the route.
"""

from dataclasses import dataclass

ROLES = (
    "stranger",
    "member",
    "wrong place",
    "facilitator",
    "coordinator",
    "convenor",
    "admin",
    "evaluator",
)


@dataclass(frozen=True)
class Row:
    """One question to one address, and what each role hears."""

    asked: str
    answers: dict[str, int]
    of: str  # which conversation of the scene


def row(asked: str, answers: str, of: str = "open") -> Row:
    """An evaluator, the last one, hears what a member hears unless the row says otherwise."""
    heard = [int(each) for each in answers.split()]
    if len(heard) == len(ROLES) - 1:
        heard.append(heard[ROLES.index("member")])
    return Row(asked, dict(zip(ROLES, heard, strict=True)), of)


def everyone(asked: str, answer: int, of: str = "open") -> Row:
    return Row(asked, dict.fromkeys(ROLES, answer), of)


def facilitators(asked: str, answer: int, of: str = "open") -> Row:
    """For whoever facilitates there: strangers sign in, other places find nothing."""
    return row(asked, f"302 403 404 {answer} {answer} {answer} 404", of)


def coordinators(asked: str, answer: int, of: str = "open") -> Row:
    return row(asked, f"302 403 404 403 {answer} {answer} 404", of)


def teams(asked: str, answer: int, of: str = "open") -> Row:
    """For whoever runs projects there: facilitators and evaluators."""
    return row(asked, f"302 403 404 {answer} {answer} {answer} 404 {answer}", of)


def teams_of_drafts(asked: str) -> Row:
    """What will be everybody's, while it is a draft of its team."""
    return row(asked, "404 404 404 200 200 200 404 200", of="draft")


def evaluators(asked: str, answer: int, of: str = "open") -> Row:
    return row(asked, f"302 403 404 403 {answer} {answer} 404 {answer}", of)


def members(asked: str, answer: int, of: str = "open") -> Row:
    """For everybody who is signed in, about themselves."""
    return row(asked, f"302{f' {answer}' * 6}", of)


YOURS = (
    "you",
    "you_words",
    "you_promises",
    "you_organisations",
    "you_directory",
    "you_needs",
    "me_everything",
    "me_json",
    "me_file",
    "me_take_back",
    "me_erase",
    "you_introductions",
)
YOURS_TO_END = (
    "promise_kept",
    "promise_gone",
    "affiliation_over",
    "champion_named",
    "way_gone",
    "place_left",
    "you_need",
    "need_gone",
)


def facilitators_before_others(answer: int = 200) -> list[Row]:
    """Nothing yet while it is open, theirs to look at once it is closed, then everybody's."""
    return [
        everyone("GET", 404, of="open"),
        row("GET", f"404 404 404 {answer} {answer} {answer} 404", of="closed"),
        everyone("GET", answer, of="published"),
    ]


# Ours, by the name of the route, or by its pattern where it has no name.
MATRIX: dict[str, list[Row]] = {
    # The site as a whole
    "home": [everyone("GET", 200)],
    "robots": [everyone("GET", 200)],
    "search": [everyone("GET", 200)],  # who finds what: tests/web/test_searching.py
    "demo_mail": [everyone("GET", 404)],  # outside the demo
    "accounts/login/": [everyone("GET", 302)],
    "_util/login/": [everyone("GET", 302)],
    "^accounts/password/": [everyone("GET", 404)],
    # Taking part. Who may answer an invited conversation is decided with the answer itself:
    # see tests/conversations.
    "conversations:talk_list": [everyone("GET", 200)],
    "conversations:talk": [
        everyone("GET", 404, of="draft"),
        everyone("GET", 200, of="open"),
        everyone("GET", 200, of="invited"),
        everyone("GET", 200, of="closed"),
    ],
    "conversations:answer": [everyone("POST", 404)],  # no statement named, so none to answer
    "conversations:answers": [everyone("GET", 200)],
    "conversations:thanks": [everyone("GET", 200)],
    "conversations:say": [everyone("GET", 200)],
    "conversations:about_you": [everyone("GET", 200)],
    "conversations:take_back": [everyone("GET", 200)],
    "conversations:enter_code": [everyone("GET", 200)],
    "conversations:join_form": [everyone("GET", 200)],
    "conversations:join": [everyone("GET", 302)],
    # In the room and behind it
    "conversations:room": [everyone("GET", 200), everyone("GET", 404, of="draft")],
    "conversations:room_live": [everyone("GET", 200), everyone("GET", 404, of="draft")],
    # Their own conversations, of which some have none
    "conversations:facilitate_list": [row("GET", "302 200 200 200 200 200 200")],
    "conversations:facilitate_new": [
        row("GET", "302 403 200 200 200 200 403"),  # in a place of their own
        row("POST", "302 403 200 200 200 200 403"),
    ],
    "conversations:facilitate_count": [row("POST", "302 200 200 200 200 200 200")],
    "conversations:facilitate": [facilitators("GET", 200), facilitators("GET", 200, of="draft")],
    "conversations:facilitate_edit": [facilitators("GET", 200), facilitators("POST", 200)],
    "conversations:facilitate_statements": [facilitators("GET", 200), facilitators("POST", 200)],
    "conversations:facilitate_reword": [facilitators("GET", 200), facilitators("POST", 200)],
    "conversations:facilitate_open": [facilitators("POST", 302, of="draft")],
    "conversations:facilitate_close": [facilitators("GET", 200), facilitators("POST", 302)],
    "conversations:facilitate_publish": [
        facilitators("GET", 200, of="closed"),
        facilitators("POST", 302, of="closed"),
    ],
    "conversations:facilitate_answer": [
        facilitators("GET", 200, of="published"),
        facilitators("POST", 200, of="published"),
    ],
    "conversations:facilitate_room": [facilitators("POST", 302)],
    "conversations:facilitate_step": [facilitators("POST", 302)],
    "conversations:moderate": [facilitators("GET", 200)],
    "conversations:moderate_statement": [facilitators("POST", 302)],
    "conversations:paper": [facilitators("GET", 200)],
    "conversations:paper_sheets": [facilitators("POST", 302)],
    "conversations:paper_sheet_pdf": [facilitators("GET", 200, of="paper")],
    "conversations:paper_slips": [facilitators("POST", 200)],
    "conversations:paper_slips_pdf": [facilitators("GET", 200, of="paper")],
    "conversations:entry": [facilitators("GET", 200), facilitators("POST", 200)],
    "conversations:entry_check": [facilitators("POST", 200)],
    "conversations:entry_take_back": [facilitators("POST", 302)],
    "conversations:entry_words": [facilitators("POST", 200)],
    "conversations:hands": [facilitators("GET", 200), facilitators("POST", 200)],
    # What it found
    "conversations:common_ground": [
        everyone("GET", 404, of="draft"),
        everyone("GET", 200, of="open"),
        everyone("GET", 200, of="published"),
    ],
    "conversations:how_chosen": [
        everyone("GET", 404, of="draft"),
        everyone("GET", 200, of="open"),
        everyone("GET", 200, of="published"),
    ],
    "conversations:where_you_stand": [  # their own place only, worked out as they look
        everyone("GET", 404, of="draft"),
        everyone("GET", 200, of="open"),
        everyone("GET", 200, of="invited"),
        everyone("GET", 200, of="closed"),
        everyone("GET", 200, of="published"),
    ],
    "conversations:common_ground_report": facilitators_before_others(),
    "conversations:common_ground_csv": facilitators_before_others(),
    "conversations:common_ground_json": facilitators_before_others(),
    "conversations:common_ground_files": facilitators_before_others(),
    # Rows of votes leave by two people
    "conversations:rows": [coordinators("GET", 200), coordinators("GET", 200, of="published")],
    "conversations:agree_to_rows": [coordinators("POST", 302, of="published")],
    "conversations:rows_file": [coordinators("POST", 302, of="published")],  # not agreed to yet
    # Gatherings: announced ones are everybody's, drafts their hosts'
    "gatherings:gathering_list": [everyone("GET", 200)],
    "gatherings:place_ics": [everyone("GET", 200)],
    "gatherings:gathering_ics": [everyone("GET", 200), everyone("GET", 404, of="draft")],
    "gatherings:gathering": [
        everyone("GET", 200),
        row("GET", "404 404 404 200 200 200 404", of="draft"),
        everyone("GET", 200, of="published"),
    ],
    "gatherings:register": [everyone("GET", 200), everyone("POST", 200)],
    # Whoever has the code of a registration
    "gatherings:coming_form": [everyone("GET", 200)],
    "gatherings:coming": [everyone("GET", 200)],
    "gatherings:coming_ics": [everyone("GET", 200)],
    "gatherings:coming_cancel": [everyone("GET", 200), everyone("POST", 302)],
    "gatherings:coming_change": [everyone("GET", 200), everyone("POST", 200)],
    "gatherings:coming_plan": [everyone("GET", 200), everyone("POST", 200)],
    "gatherings:host_plans": [coordinators("GET", 200)],
    "gatherings:need_met": [
        everyone("GET", 302),  # not over yet
        everyone("GET", 200, of="published"),
        everyone("POST", 200, of="published"),
    ],
    # On the day: whoever is at the door, and the hosts there
    "gatherings:here": [everyone("GET", 200), everyone("GET", 200, of="published")],
    "gatherings:host_day": [facilitators("GET", 200), facilitators("GET", 200, of="published")],
    "gatherings:host_tap": [facilitators("POST", 302)],
    "gatherings:host_walk_in": [facilitators("POST", 302)],
    "gatherings:host_take_back": [
        facilitators("POST", 404),
        facilitators("POST", 302, "published"),
    ],
    "gatherings:host_list_entry": [facilitators("GET", 200), facilitators("POST", 200)],
    "gatherings:host_sheet": [facilitators("GET", 200)],
    "gatherings:host_tell": [facilitators("GET", 200), facilitators("POST", 302)],
    # Their hosts
    "gatherings:host_list": [row("GET", "302 200 200 200 200 200 200")],
    "gatherings:host_new": [
        row("GET", "302 403 200 200 200 200 403"),  # in a place of their own
        row("POST", "302 403 200 200 200 200 403"),
    ],
    "gatherings:themes": [  # the whole network's: its convenors word them
        row("GET", "302 403 403 403 403 200 403"),
        row("POST", "302 403 403 403 403 200 403"),
    ],
    "gatherings:theme": [row("GET", "302 403 403 403 403 200 403")],
    "gatherings:theme_away": [row("POST", "302 403 403 403 403 302 403")],
    "gatherings:host": [
        facilitators("GET", 200),
        facilitators("GET", 200, of="draft"),
        facilitators("GET", 200, of="published"),
    ],
    "gatherings:host_edit": [facilitators("GET", 200), facilitators("POST", 200)],
    "gatherings:host_add_item": [facilitators("GET", 200), facilitators("POST", 200)],
    "gatherings:host_change_item": [facilitators("GET", 200), facilitators("POST", 200)],
    "gatherings:host_publish": [facilitators("POST", 302, of="draft")],
    "gatherings:host_cancel": [facilitators("GET", 200), facilitators("POST", 200)],
    "gatherings:host_again": [facilitators("GET", 200), facilitators("POST", 200)],
    "gatherings:host_register": [facilitators("GET", 200), facilitators("POST", 200)],
    "gatherings:host_after": [coordinators("GET", 200), coordinators("GET", 200, of="published")],
    "gatherings:host_people": [facilitators("GET", 200)],
    "gatherings:host_cancel_registration": [facilitators("POST", 302)],
    "gatherings:host_letters": [facilitators("GET", 200)],
    # What was said there: for hosts, worries for whoever coordinates
    "gatherings:notes": [facilitators("GET", 200), facilitators("POST", 200)],
    "gatherings:notes_worker": [facilitators("GET", 200)],
    "gatherings:notes_shell": [facilitators("GET", 200)],
    "gatherings:notes_sync": [facilitators("POST", 400)],
    "gatherings:notes_posts": [facilitators("GET", 200), facilitators("POST", 200)],
    "gatherings:notes_file": [facilitators("GET", 200), facilitators("POST", 200)],
    "gatherings:voice": [facilitators("GET", 200), facilitators("POST", 200)],
    "gatherings:worry": [facilitators("POST", 302, of="paper")],
    "gatherings:take_back": [facilitators("POST", 302, of="invited")],
    "gatherings:worries": [coordinators("GET", 200)],
    "gatherings:resolve": [coordinators("POST", 302)],
    "gatherings:insights": [facilitators("GET", 200), facilitators("POST", 200)],
    "gatherings:insight": [facilitators("GET", 200), facilitators("POST", 200)],
    "gatherings:merge_insight": [facilitators("POST", 302)],
    "gatherings:answer": [facilitators("GET", 200), facilitators("POST", 200)],
    "gatherings:answer_voice": [facilitators("GET", 200), facilitators("POST", 200)],
    # What was decided, for everybody
    "gatherings:decision_log": [everyone("GET", 200)],
    "gatherings:decisions": [facilitators("GET", 200), facilitators("POST", 200)],
    # Its photos, films and papers
    "gatherings:pictures": [facilitators("GET", 200), facilitators("POST", 200)],
    "gatherings:pictures_described": [facilitators("GET", 302)],  # each says what it shows
    "gatherings:film_new": [facilitators("GET", 200), facilitators("POST", 200)],
    "gatherings:paper_new": [facilitators("GET", 200), facilitators("POST", 200)],
    "gatherings:picture": [
        facilitators("GET", 200),
        facilitators("GET", 200, of="published"),
        facilitators("POST", 200),
    ],
    "gatherings:picture_people": [facilitators("GET", 200), facilitators("POST", 200)],
    "gatherings:picture_show": [facilitators("POST", 302)],
    "gatherings:picture_off": [facilitators("POST", 302, of="published")],
    "gatherings:picture_gone": [facilitators("GET", 200), facilitators("POST", 302)],
    "gatherings:picture_lines": [facilitators("GET", 200), facilitators("POST", 200)],
    "gatherings:picture_words": [facilitators("GET", 404)],  # it is a photo, not a film
    "gatherings:split_insight": [facilitators("GET", 200), facilitators("POST", 200)],
    # What may be shown of it; by their own code for whoever has one
    "gatherings:show_insights": [facilitators("POST", 302)],
    "gatherings:consents": [facilitators("GET", 200)],
    "gatherings:print_cards": [facilitators("POST", 302)],
    "gatherings:cards_pdf": [facilitators("GET", 200)],
    "gatherings:room_was_told": [facilitators("POST", 302)],
    "gatherings:find_card": [facilitators("POST", 302)],
    "gatherings:spoken": [facilitators("GET", 200), facilitators("POST", 200)],
    "gatherings:shown_to_them": [facilitators("POST", 302)],
    "gatherings:ask_to_look": [facilitators("POST", 302)],
    "gatherings:my_seen": [everyone("POST", 302)],
    "gatherings:card": [facilitators("GET", 200), facilitators("POST", 200)],
    "gatherings:my_words_form": [everyone("GET", 200), everyone("POST", 200)],
    "gatherings:my_words": [everyone("GET", 200)],
    "gatherings:my_everything": [everyone("GET", 200)],
    "gatherings:my_json": [everyone("GET", 200)],
    "gatherings:my_file": [everyone("GET", 200)],
    "gatherings:my_take_back": [everyone("GET", 200), everyone("POST", 302)],
    "gatherings:my_erase": [everyone("GET", 200), everyone("POST", 200)],  # not sure: asked again
    # Projects: on show they are everybody's, drafts their teams'
    "projects:project_list": [everyone("GET", 200)],
    "projects:project": [
        everyone("GET", 200),
        row("GET", "404 404 404 200 200 200 404 200", of="draft"),
    ],
    "projects:project_new": [
        row("GET", "302 403 200 200 200 200 403 200"),  # in a place of their own
        row("POST", "302 403 200 200 200 200 403 200"),
    ],
    "projects:project_edit": [teams("GET", 200), teams("POST", 200)],
    "projects:project_publish": [teams("POST", 302, of="draft")],
    # Being asked: whoever has the code of the survey
    "measures:ask_form": [everyone("GET", 200), everyone("POST", 200)],
    "measures:ask": [everyone("GET", 200), everyone("POST", 200), everyone("GET", 200, "draft")],
    "measures:question": [everyone("GET", 302)],  # nothing is begun on this browser
    "measures:check": [everyone("GET", 302)],
    "measures:sent": [everyone("GET", 200)],
    "measures:mine": [everyone("GET", 200), everyone("POST", 200)],
    # What many projects say together
    "measures:evidence_list": [everyone("GET", 200)],
    "measures:evidence_of": [everyone("GET", 404)],  # nothing is published of it
    # Telling a story, by its code whoever told it
    "measures:tell": [everyone("GET", 200), everyone("POST", 200)],
    "measures:story": [everyone("GET", 200), everyone("POST", 302)],
    "measures:stories": [evaluators("GET", 200), evaluators("POST", 200)],
    "measures:tell_for": [evaluators("GET", 200), evaluators("POST", 200)],
    "measures:story_out": [evaluators("POST", 302)],
    "measures:figures_file": [
        everyone("GET", 200),
        row("GET", "404 404 404 404 200 200 404 200", of="draft"),
    ],
    "measures:one_page": [everyone("GET", 200), teams_of_drafts("GET")],
    "measures:one_page_file": [everyone("GET", 200), teams_of_drafts("GET")],
    "measures:gripp2": [everyone("GET", 200), teams_of_drafts("GET")],
    "measures:gripp2_file": [everyone("GET", 200), teams_of_drafts("GET")],
    "measures:gripp2_write": [teams("GET", 200), teams("POST", 200)],
    # Wording questions: whoever evaluates in the place that words them, as long as it is a draft
    "measures:desk_list": [row("GET", "302 200 200 200 200 200 200")],
    "measures:desk_new": [
        row("GET", "302 403 403 403 200 200 403 200"),  # in a place of their own
        row("POST", "302 403 403 403 200 200 403 200"),
    ],
    "measures:bring_in": [
        row("GET", "302 403 403 403 200 200 403 200"),
        row("POST", "302 403 403 403 200 200 403 200"),
    ],
    "measures:bring_in_keep": [row("POST", "302 403 403 403 302 302 403 302")],
    "measures:desk": [evaluators("GET", 200)],
    "measures:desk_about": [evaluators("GET", 200), evaluators("POST", 200)],
    "measures:desk_ready": [evaluators("GET", 200), evaluators("POST", 302)],
    "measures:desk_next_version": [evaluators("POST", 302)],
    "measures:desk_throw_away": [evaluators("GET", 200), evaluators("POST", 302)],
    "measures:desk_easy_read": [evaluators("GET", 200), evaluators("POST", 200)],
    "measures:desk_as": [evaluators("GET", 200)],
    "measures:desk_translate": [evaluators("GET", 200), evaluators("POST", 200)],
    "measures:desk_copy": [evaluators("GET", 200)],
    "measures:desk_copy_in": [evaluators("GET", 200), evaluators("POST", 200)],
    "measures:desk_item_new": [evaluators("GET", 200), evaluators("POST", 200)],
    "measures:desk_item": [evaluators("GET", 200), evaluators("POST", 200)],
    "measures:desk_item_move": [evaluators("POST", 302)],
    "measures:desk_item_out": [evaluators("POST", 302)],
    "measures:desk_scale_new": [evaluators("GET", 200), evaluators("POST", 200)],
    "measures:desk_scale": [evaluators("GET", 200), evaluators("POST", 200)],
    "measures:desk_scale_out": [evaluators("POST", 302)],
    "measures:desk_score_new": [evaluators("GET", 200), evaluators("POST", 200)],
    "measures:desk_score_each": [evaluators("POST", 302)],
    "measures:desk_score": [evaluators("GET", 200), evaluators("POST", 200)],
    "measures:desk_score_out": [evaluators("POST", 302)],
    # Questions to ask: every set that is ready is everybody's
    "measures:instrument_list": [everyone("GET", 200)],
    "measures:instrument_newest": [everyone("GET", 302)],
    "measures:instrument": [everyone("GET", 200)],
    "measures:instrument_as": [everyone("GET", 200)],
    "measures:instrument_file": [everyone("GET", 200)],
    # Behind it: whoever evaluates there
    "measures:evaluate_list": [row("GET", "302 200 200 200 200 200 200")],
    "measures:survey_of_project": [evaluators("GET", 200), evaluators("POST", 200)],
    "measures:survey_of_gathering": [evaluators("GET", 200), evaluators("POST", 200)],
    "measures:survey": [evaluators("GET", 200), evaluators("GET", 200, of="draft")],
    "measures:results": [evaluators("GET", 200)],
    "measures:survey_edit": [evaluators("GET", 200), evaluators("POST", 200)],
    "measures:wave_new": [evaluators("GET", 200), evaluators("POST", 200)],
    "measures:wave_open": [evaluators("POST", 302, of="draft")],
    "measures:wave_close": [evaluators("GET", 200), evaluators("POST", 302)],
    "measures:rows": [evaluators("GET", 200), evaluators("POST", 200)],
    "measures:agree_to_rows": [evaluators("POST", 302)],  # nobody asked for them
    "measures:rows_file": [evaluators("POST", 302)],
    "measures:wave_invited": [evaluators("GET", 200), evaluators("POST", 200)],
    "measures:paper": [evaluators("GET", 200), evaluators("GET", 200, of="draft")],
    "measures:paper_sheet_pdf": [evaluators("GET", 200)],
    "measures:paper_slips_pdf": [evaluators("POST", 404)],  # here people make their own code
    "measures:enter": [
        evaluators("GET", 200),
        evaluators("POST", 200),
        evaluators("GET", 200, of="draft"),
    ],
    "measures:enter_sync": [evaluators("POST", 400)],
    "measures:enter_take_out": [evaluators("POST", 302)],
    "measures:answers_file_new": [evaluators("GET", 200), evaluators("POST", 200)],
    # what waits is only for whoever handed it in: the evaluator
    "measures:answers_file": [row("GET", "302 403 404 403 404 404 404 200")],
    "measures:answers_file_gone": [row("POST", "302 403 404 403 404 404 404 302")],
    # Reports: what is out is everybody's, what is being written its hosts'
    "reports:report_list": [everyone("GET", 200)],
    "reports:report": [everyone("GET", 404), everyone("GET", 200, of="published")],
    "reports:version": [everyone("GET", 404), everyone("GET", 200, of="published")],
    "reports:file": [everyone("GET", 404), everyone("GET", 200, of="published")],
    "reports:desk": [
        facilitators("GET", 200, of="draft"),  # nothing is drafted yet
        facilitators("POST", 302, of="draft"),
        facilitators("GET", 200),
    ],
    "reports:take_in": [facilitators("GET", 200), facilitators("POST", 200)],
    "reports:edit": [facilitators("GET", 200), facilitators("GET", 200, of="published")],
    "reports:about": [facilitators("GET", 200), facilitators("POST", 200)],
    "reports:choose": [facilitators("GET", 200)],
    "reports:add": [facilitators("GET", 200), facilitators("POST", 200)],
    "reports:change": [facilitators("GET", 200), facilitators("POST", 200)],
    "reports:move": [facilitators("POST", 302)],
    "reports:take_out": [facilitators("POST", 302)],
    "reports:preview": [facilitators("GET", 200)],
    "reports:publish": [facilitators("GET", 200), facilitators("POST", 302)],
    # Files of pictures: a draft is its hosts', one that is shown everybody's
    "pictures:file": [
        row("GET", "404 404 404 200 200 200 404"),
        everyone("GET", 200, of="published"),
    ],
    "reports:checklist": [facilitators("GET", 200), facilitators("POST", 404)],  # no line named
    "reports:thank": [coordinators("GET", 200), coordinators("POST", 200)],
    "reports:answered": [
        row("GET", "302 403 404 403 200 200 404 200"),  # and evaluators
        row("POST", "302 403 404 403 302 302 404 302"),
    ],
    # People and places
    "people:places": [everyone("GET", 200)],
    "people:place": [everyone("GET", 200)],
    "people:place_champions": [coordinators("GET", 200), coordinators("POST", 200)],
    "people:champion_over": [coordinators("POST", 404)],  # there is no such champion
    "people:contacts": [coordinators("GET", 200), coordinators("POST", 200)],
    "people:contact_list": [row("GET", "302 403 404 403 200 404 404")],  # who handed it in
    "people:contact_list_gone": [row("POST", "302 403 404 403 302 404 404")],
    "people:announcements": [coordinators("GET", 200), coordinators("POST", 200)],
    "people:announcement_new": [coordinators("GET", 200), coordinators("POST", 200)],
    "people:announcement": [coordinators("GET", 200)],
    "people:announcement_words": [coordinators("GET", 200), coordinators("POST", 200)],
    "people:announcement_send": [coordinators("POST", 302)],
    "people:announcement_letters": [coordinators("GET", 404)],  # nothing to print
    "people:stop": [everyone("GET", 200), everyone("POST", 200)],  # the link is the authority
    "people:start": [everyone("GET", 200), everyone("POST", 200)],
    "people:you_news": [members("POST", 302)],
    "people:erase_link": [everyone("GET", 404)],  # the link is made up
    "people:me_seen": [members("POST", 302)],
    "people:asked": [coordinators("GET", 200), coordinators("POST", 200)],
    "people:asked_by": [coordinators("GET", 200)],
    "people:asked_take_back": [coordinators("POST", 302)],
    "people:asked_erase": [coordinators("POST", 302)],
    "people:asked_agree": [coordinators("POST", 302)],  # nobody asked for it
    "people:place_needs": [coordinators("GET", 200)],
    "people:directory": [row("GET", "302 200 200 200 200 200 403")],  # members see members
    "people:introduce": [
        row("GET", "302 200 200 200 200 200 403"),
        row("POST", "302 200 200 200 200 200 403"),
    ],
    "people:introduction": [
        everyone("GET", 200),
        everyone("POST", 200),
    ],  # by link
    "people:introduction_back": [members("POST", 404)],
    "people:needs_reviewed": [members("POST", 302)],
    # What somebody told of themselves is theirs, whoever they are
    **{f"people:{name}": [members("GET", 200)] for name in YOURS},
    **{f"people:{name}": [members("POST", 404)] for name in YOURS_TO_END},  # none of theirs
    "people:join": [everyone("GET", 200), everyone("POST", 200)],
    "people:joined": [everyone("GET", 200)],
    "people:principles": [everyone("GET", 200)],
    "people:principles_version": [everyone("GET", 200)],
    "people:principles_words": [row("GET", "302 403 403 403 403 200 403")],
    "people:place_words": [coordinators("GET", 200), coordinators("POST", 200)],
    # How do we know this?
    "trust:figure": facilitators_before_others(),
    "trust:figure_csv": facilitators_before_others(),
    "trust:figure_json": facilitators_before_others(),
}

# What others wrote, one row each, by the address under which it is hung.
THIRD_PARTY: dict[str, tuple[str, Row]] = {
    "accounts/": ("/accounts/login/code/", row("GET", "200 302 302 302 302 302 302")),
    "admin/": ("/admin/", row("GET", "302 403 403 403 403 403 200")),
    "documents/": ("/documents/1/minutes.pdf", everyone("GET", 404)),
    "": ("/a-page-nobody-wrote/", everyone("GET", 404)),
}
