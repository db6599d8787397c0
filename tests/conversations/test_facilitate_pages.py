"""The pages of a facilitator: make, check, open, look after, close, publish."""

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from coproduce.conversations import tasks
from coproduce.conversations.models import Conversation, Phase, RoomStep, Statement
from coproduce.trust.keys import has_key
from coproduce.trust.models import LogEntry
from tests import cast, crowds
from tests import maps_drawn as pictures

pytestmark = pytest.mark.django_db

TWELVE = [f"Statement number {number} of this talk." for number in range(1, 13)]


@pytest.fixture
def femi(client: Client) -> Client:
    return cast.log_in(client, cast.facilitator())


def page_of(talk: Conversation, part: str = "") -> str:
    return f"/facilitate/{talk.slug}/{part}"


def typed(**changes: str) -> dict[str, str]:
    return {
        "question": cast.QUESTION,
        "welcome": "Come in.",
        "statements": "\n".join(cast.SEEDS),
        "place": str(cast.manchester().pk),
        "electorate": "open",
        "moderation": "before",
    } | changes


def test_it_makes_a_draft_and_shows_it_to_be_checked(femi):
    answer = femi.post("/facilitate/new/", typed(electorate="invited", moderation="after"))

    talk = Conversation.objects.get()
    assertRedirects(answer, page_of(talk))
    assert (talk.phase, talk.electorate, talk.moderation) == (Phase.DRAFT, "invited", "after")
    assert talk.asked_by == cast.facilitator()
    page = femi.get(page_of(talk))
    assertContains(page, "5 statements to begin with")
    assertContains(page, "Open the conversation")
    assertContains(page, "People who were invited")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"question": " "}, "Write the question that people will answer."),
        ({"question": "x" * 201}, "The question has 201 characters; 200 is the most."),
        ({"question": "<b></b>"}, "Write the question that people will answer."),
        ({"statements": ""}, "Write at least 5 statements"),
        ({"statements": "One.\nTwo."}, "You have 2 statements so far; write at least 5"),
        ({"statements": "A\nB\nC\nD\nE\na"}, "Line 6 says the same as line 1."),
        ({"statements": "A\nB\nC\nD\n" + "x" * 300}, "Line 5 has 300 characters; 280 is the most."),
        ({"electorate": ""}, "Choose who may take part."),
        ({"moderation": "never"}, "Select a valid choice."),
    ],
)
def test_it_says_what_is_missing_and_keeps_what_was_typed(femi, changes, said):
    answer = femi.post("/facilitate/new/", typed(welcome="Words we keep.", **changes))

    assertContains(answer, said)
    assertContains(answer, "Words we keep.")
    assertContains(answer, "data-takes-focus")
    assert not Conversation.objects.exists()


def test_it_offers_only_places_of_their_own(femi):
    elsewhere = cast.oxfordshire()

    answer = femi.post("/facilitate/new/", typed(place=str(elsewhere.pk)))

    assertNotContains(femi.get("/facilitate/new/"), "Oxfordshire")
    assert answer.status_code == 200
    assert not Conversation.objects.exists()


def test_it_counts_statements_while_somebody_types(femi):
    answer = femi.post("/facilitate/new/count/", {"statements": "One.\nTwo.\none"})

    assertContains(answer, "3 statements.")
    assertContains(answer, "Line 3 says the same as line 1.")


def test_it_opens_and_then_shows_the_code_and_the_way_in(femi):
    talk = cast.a_draft()

    page = femi.post(page_of(talk, "open/"), follow=True)

    assertContains(page, "The conversation is open. Let people in.")
    assertContains(page, talk.code)
    assertContains(page, f"QR code that leads to 127.0.0.1:8000/join/{talk.code}")
    assertContains(page, f"/room/{talk.code}/")
    assert has_key(talk.id)


def test_it_tells_why_a_deed_is_not_possible_and_stays_on_the_page(femi):
    talk = cast.an_open_conversation()

    page = femi.post(page_of(talk, "open/"), follow=True)

    assertContains(page, "This conversation is open, so it cannot become open now.")


def test_it_changes_the_question_of_a_draft(femi):
    talk = cast.a_draft()

    page = femi.post(page_of(talk, "words/"), {"question": "How?", "welcome": ""}, follow=True)

    assertContains(page, "How?")
    assert Conversation.objects.get().question == "How?"


def test_it_adds_statements_and_knows_those_that_are_there(femi):
    talk = cast.an_open_conversation()

    answer = femi.post(page_of(talk, "statements/"), {"statements": cast.SEEDS[0].upper()})
    assertContains(answer, "Line 1 says the same as statement 1.")
    page = femi.post(
        page_of(talk, "statements/"), {"statements": "More.\nStill more."}, follow=True
    )

    assertContains(page, "2 statements are added and shown.")
    assert talk.statements.shown().count() == 7


def test_it_puts_easier_words_beside_a_statement(femi):
    talk = cast.an_open_conversation()

    page = femi.post(
        page_of(talk, "statements/1/"),
        {"words": cast.SEEDS[0], "plain_words": "Show us.", "easy_read": "Show us how."},
        follow=True,
    )

    assertContains(page, "The words of statement 1 are kept.")
    assert talk.statements.get(number=1).easy_read == "Show us how."


def test_it_does_not_change_what_people_have_answered(femi):
    talk = cast.an_open_conversation()

    page = femi.post(page_of(talk, "statements/1/"), {"words": "Something else."}, follow=True)

    assertContains(page, "People have seen statement 1 already")
    assert talk.statements.get(number=1).words == cast.SEEDS[0]


def test_it_says_so_when_there_is_no_such_statement(femi):
    talk = cast.a_draft()

    assertContains(femi.get(page_of(talk, "statements/99/"), follow=True), "no statement 99")


@pytest.mark.parametrize(
    ("people", "waiting", "deed"),
    [(0, 0, "Show the big screen"), (0, 2, "Read them now"), (20, 0, "Let the room see its")],
)
def test_it_names_the_next_deed_as_one_clear_button(femi, people, waiting, deed):
    talk = cast.an_open_conversation()
    crowds.crowd(talk, people, crowds.one_mind)
    talk.statements.filter(number__gt=5 - waiting).update(state=Statement.State.WAITING)

    page = femi.get(page_of(talk)).content.decode()

    assert page.count('class="button main"') == 1
    assert deed in page.partition('class="button main"')[2].partition("</p>")[0]


def test_it_lets_the_room_see_and_takes_it_back(femi):
    talk = cast.an_open_conversation()

    femi.post(page_of(talk, "room/"), {"see": "yes"})
    talk.refresh_from_db()
    assert talk.room_shows_results
    femi.post(page_of(talk, "room/"), {"see": "no"})

    talk.refresh_from_db()
    assert not talk.room_shows_results


def test_it_steps_through_the_picture_on_the_big_screen(femi):
    talk = cast.an_open_conversation(TWELVE, room_shows_results=True)
    pictures.a_picture(talk)
    assertContains(femi.get(page_of(talk)), "Next: Groups")

    assertRedirects(femi.post(page_of(talk, "step/"), {"step": "2"}), page_of(talk))
    page = femi.get(page_of(talk))
    assertContains(page, "The screen shows: <b>Groups</b>, step 2 of 4.")
    assertContains(page, "Next: Common ground")
    assert page.content.decode().count('class="button main"') == 1

    smoothly = femi.post(page_of(talk, "step/"), {"step": "4"}, headers={"HX-Request": "true"})
    assertContains(smoothly, "That was the last step")
    assertContains(smoothly, "The screen shows: <b>What divides</b>, step 4 of 4.")
    assertNotContains(smoothly, "<html")


@pytest.mark.parametrize("step", ["", "9", "-1", "next", "²"])
def test_a_step_that_does_not_exist_changes_nothing(femi, step):
    talk = cast.an_open_conversation(room_shows_results=True)

    answer = femi.post(page_of(talk, "step/"), {"step": step}, follow=True)
    assertContains(answer, "There is no such step")
    assert Conversation.objects.get().room_step == RoomStep.EVERYBODY


def test_without_a_picture_that_may_be_seen_there_are_no_steps(femi):
    talk = cast.an_open_conversation(TWELVE)
    pictures.a_picture(talk)
    assertNotContains(femi.get(page_of(talk)), "On the big screen")

    answer = femi.post(page_of(talk, "step/"), {"step": "2"}, follow=True)
    assertContains(answer, "The room does not see any picture yet.")
    smoothly = femi.post(page_of(talk, "step/"), {"step": "2"}, headers={"HX-Request": "true"})
    assert smoothly["HX-Refresh"] == "true"


def test_it_says_before_the_close_what_closing_means(femi):
    talk = cast.an_open_conversation()
    talk.statements.filter(number=5).update(state=Statement.State.WAITING)

    page = femi.get(page_of(talk, "close/"))

    assertContains(page, "The key is destroyed. Nobody can find out who gave which answer")
    assertContains(page, "1 statement still waits to be read.")
    assertContains(page, "With fewer than 10, nothing of what they said can be shown.")
    assert Conversation.objects.get().is_open


def test_it_goes_from_open_to_published(femi, django_capture_on_commit_callbacks):
    talk = cast.an_open_conversation()
    crowds.crowd(talk, 30, crowds.two_camps)

    with django_capture_on_commit_callbacks(execute=True):
        page = femi.post(page_of(talk, "close/"), follow=True)
    assertContains(page, "The figures are being worked out")
    assert not has_key(talk.id)
    assertContains(femi.get(page_of(talk, "publish/")), "still being worked out")

    tasks.finish.call(str(talk.id))
    assertContains(femi.get(page_of(talk)), "Look and publish")
    look = femi.get(page_of(talk, "publish/"))
    assertContains(look, "What all of us agree on")
    page = femi.post(page_of(talk, "publish/"), follow=True)

    assertContains(page, "Published. Everybody can read what you found together.")
    talk.refresh_from_db()
    assert talk.is_published
    deeds = LogEntry.objects.filter(actor=cast.facilitator().id).values_list("deed", flat=True)
    assert list(deeds) == ["close", "publish"]


def test_it_does_not_publish_by_an_early_click(femi):
    talk = crowds.close_at_once(cast.an_open_conversation())

    page = femi.post(page_of(talk, "publish/"), follow=True)

    assertContains(page, "The figures are still being worked out.")
    talk.refresh_from_db()
    assert talk.phase == Phase.CLOSED


def test_it_lists_what_they_look_after_and_what_waits(femi, django_assert_max_num_queries):
    for _ in range(5):
        cast.an_open_conversation()
    elsewhere = cast.an_open_conversation(place=cast.oxfordshire(), question="Elsewhere?")
    Statement.objects.filter(number=1).update(state=Statement.State.WAITING)

    with django_assert_max_num_queries(16):
        page = femi.get("/facilitate/")

    assertContains(page, "1 new statement to read", count=5)
    assertNotContains(page, elsewhere.question)


def test_it_tells_a_member_kindly_that_they_look_after_none(client):
    page = cast.log_in(client, cast.member()).get("/facilitate/")

    assertContains(page, "You are not a facilitator in any place yet.")
