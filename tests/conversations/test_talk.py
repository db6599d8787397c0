"""The pages of somebody who takes part: answer, change, look back, stop."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from coproduce.conversations import at_a_glance, ballot_box
from coproduce.conversations.ballot_box import BoxIsFull
from coproduce.conversations.models import Conversation, Phase, Showing, Statement, Vote
from coproduce.conversations.pseudonyms import DEVICE_COOKIE, by_device, pseudonym_of
from coproduce.people.models import Membership
from coproduce.trust.keys import destroy_key
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk() -> Conversation:
    return cast.an_open_conversation()


@pytest.fixture
def phone(client: Client) -> Client:
    client.cookies[DEVICE_COOKIE] = "phone"
    return client


def page_of(talk: Conversation, part: str = "") -> str:
    return f"/talk/{talk.slug}/{part}"


def answer(client: Client, talk: Conversation, number: int, choice: int = 1, **rest: str):
    return client.post(page_of(talk, "answer/"), {"statement": number, "choice": choice, **rest})


def move(talk: Conversation, phase: Phase) -> None:
    Conversation.objects.filter(pk=talk.pk).update(phase=phase)
    at_a_glance.forget()


def test_a_stranger_sees_the_question_a_statement_and_the_promise(client, talk):
    page = client.get(page_of(talk))
    assertContains(page, f"<h1>{talk.question}</h1>", html=True)
    assertContains(page, "0 of about 5 · stop whenever you like")
    assertContains(page, "Nobody is shown who answered what")
    assertContains(page, "not even you")
    assert page.context["turn"].statement.words in cast.SEEDS


def test_looking_leaves_no_token_and_no_row(client, talk):
    client.get(page_of(talk))
    assert DEVICE_COOKIE not in client.cookies
    assert not Showing.objects.exists()


def test_the_first_answer_is_kept_with_its_draw_and_the_browser_is_known_from_then_on(client, talk):
    turn = client.get(page_of(talk)).context["turn"]
    reply = answer(client, talk, turn.statement.number, -1, draw=turn.sealed)
    assertRedirects(
        reply,
        page_of(talk) + f"?after={turn.statement.number}#now",
        status_code=303,
        fetch_redirect_response=False,
    )
    token = client.cookies[DEVICE_COOKIE].value
    vote, showing = Vote.objects.get(), Showing.objects.get()
    assert vote.pseudonym == showing.pseudonym == pseudonym_of(talk, by_device(token))
    assert (vote.statement, vote.choice, vote.is_assisted) == (turn.statement, -1, False)
    assert showing.probability == pytest.approx(0.2)


def test_an_evening_of_answers_ends_with_a_thank_you(client, talk):
    for done in range(5):
        page = client.get(page_of(talk))
        assertContains(page, f"{done} of about 5")
        answer(client, talk, page.context["turn"].statement.number, 0)
    assertContains(client.get(page_of(talk)), "You have answered everything there is so far.")
    assert Vote.objects.count() == 5


def test_an_answer_can_be_changed_and_one_goes_back_to_it(phone, talk):
    answer(phone, talk, 3, 1)
    after = phone.get(page_of(talk) + "?after=3")
    assertContains(after, "Your answer to statement 3 is kept.")
    assertContains(after, "?statement=3#now")
    again = phone.get(page_of(talk) + "?statement=3")
    assertContains(again, "So far you said: agree.")
    answer(phone, talk, 3, -1)
    vote = Vote.objects.get()
    assert (vote.choice, vote.changes) == (-1, 1)


def test_my_answers_are_listed_and_changed_from_there(phone, talk):
    answer(phone, talk, 3, 1)
    answer(phone, talk, 5, 0)
    page = phone.get(page_of(talk, "answers/"))
    assertContains(page, cast.SEEDS[2])
    assertContains(page, "<strong>Pass</strong>", html=True)
    assertContains(page, "?statement=3&amp;back=answers#now")
    form = phone.get(page_of(talk) + "?statement=3&back=answers")
    assertContains(form, '<input type="hidden" name="back" value="answers">', html=True)
    assertNotContains(form, "hx-post")
    reply = answer(phone, talk, 3, -1, back="answers")
    assert reply.headers["Location"] == page_of(talk, "answers/") + "#statement-3"


def test_another_browser_sees_none_of_my_answers(phone, talk):
    answer(phone, talk, 3, 1)
    assertContains(Client().get(page_of(talk, "answers/")), "You have not answered anything here")


def test_a_double_tap_before_the_first_answer_came_back_is_one_person(talk):
    browser = Client(enforce_csrf_checks=True)
    browser.get(page_of(talk))
    csrf = browser.cookies["csrftoken"].value
    for _ in range(2):
        browser.cookies.pop(DEVICE_COOKIE, None)
        reply = answer(browser, talk, 1, 1, csrfmiddlewaretoken=csrf)
        assert reply.status_code == 303
    assert Vote.objects.count() == 1


def test_an_answer_from_another_site_is_not_taken(talk):
    browser = Client(enforce_csrf_checks=True)
    assert answer(browser, talk, 1, 1).status_code == 403
    assert not Vote.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_hundred_parallel_posts_of_one_answer_are_one_vote():
    talk = cast.an_open_conversation()

    def post(_: int) -> int:
        browser = Client()
        browser.cookies[DEVICE_COOKIE] = "phone"
        try:
            return answer(browser, talk, 2, 1).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as phones:
        assert set(phones.map(post, range(100))) == {303}
    vote = Vote.objects.get()
    assert (vote.choice, vote.changes) == (1, 0)


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"statement": "1"},
        {"choice": "1"},
        {"statement": "1", "choice": "2"},
        {"statement": "one", "choice": "1"},
        {"statement": "99", "choice": "1"},
        {"statement": "-1", "choice": "1"},
        {"statement": "9" * 30, "choice": "1"},
    ],
)
def test_what_is_no_answer_is_not_found(phone, talk, typed):
    assert phone.post(page_of(talk, "answer/"), typed).status_code == 404
    assert not Vote.objects.exists()


def test_answers_are_posted_and_nothing_else(phone, talk):
    assert phone.get(page_of(talk, "answer/")).status_code == 405
    assert phone.post(page_of(talk)).status_code == 405


def test_an_answer_after_close_is_refused_with_its_reason(phone, talk):
    answer(phone, talk, 1)
    move(talk, Phase.CLOSED)
    reply = answer(phone, talk, 2)
    assertContains(reply, "This conversation has closed, so this answer", status_code=409)
    assert Vote.objects.count() == 1


def test_an_answer_that_crosses_the_closing_is_refused_too(phone, talk):
    """The board still says open, the key is still remembered: the writing transaction decides."""
    answer(phone, talk, 1)
    Conversation.objects.filter(pk=talk.pk).update(phase=Phase.CLOSED)
    assert answer(phone, talk, 2).status_code == 409
    assert Vote.objects.count() == 1


def test_an_answer_to_a_statement_taken_off_the_wall_is_refused_kindly(phone, talk):
    phone.get(page_of(talk))
    Statement.objects.filter(number=4).update(state=Statement.State.HIDDEN)
    assertContains(answer(phone, talk, 4), "no longer shown", status_code=409)
    at_a_glance.forget()
    assertContains(answer(phone, talk, 4), "no longer shown", status_code=409)


def test_a_full_box_says_so_and_when_to_come_back(phone, talk, monkeypatch):
    def full(*_: object) -> None:
        raise BoxIsFull

    monkeypatch.setattr(ballot_box, "cast", full)
    reply = answer(phone, talk, 1)
    assertContains(reply, "Your last answer was not taken", status_code=503)
    assert int(reply.headers["Retry-After"]) > 0


def test_htmx_gets_the_next_statement_alone(phone, talk):
    part = phone.get(page_of(talk), headers={"HX-Request": "true"})
    assertContains(part, 'id="now"')
    assertNotContains(part, "<html")
    assert "HX-Request" in part.headers["Vary"]
    assert "no-store" in part.headers["Cache-Control"]


def test_a_statement_shows_in_easy_read_and_stays_so_for_the_next_ones(phone, talk):
    Statement.objects.filter(number=1).update(easy_read="Other places do good things.")
    page = phone.get(page_of(talk) + "?statement=1")
    assertContains(page, "in Easy Read")
    easy = phone.get(page_of(talk) + "?statement=1&wording=easy")
    assertContains(easy, "Other places do good things.")
    assertContains(easy, "in their own words")
    assertContains(phone.get(page_of(talk) + "?statement=1"), "Other places do good things.")
    assertNotContains(phone.get(page_of(talk) + "?statement=2"), "in Easy Read")


def test_a_name_stands_with_a_statement_only_by_consent(phone, talk):
    amina = cast.member()
    Statement.objects.filter(number=1).update(author=amina, is_seed=False)
    assertNotContains(phone.get(page_of(talk) + "?statement=1"), "Amina")
    Statement.objects.filter(number=1).update(author_may_be_named=True)
    assertContains(phone.get(page_of(talk) + "?statement=1"), "Amina said")


def test_words_are_escaped_where_they_are_shown(phone):
    talk = cast.an_open_conversation(["<script>alert(1)</script> & more"])
    page = phone.get(page_of(talk))
    assertContains(page, "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more")


@pytest.mark.parametrize(
    ("phase", "said"),
    [
        (Phase.CLOSED, "The answers are being worked out now."),
        (Phase.PUBLISHED, "See what all of us agree on"),
    ],
)
def test_each_end_has_its_own_honest_page(phone, talk, phase, said):
    move(talk, phase)
    for part in ("", "answers/"):
        page = phone.get(page_of(talk, part))
        assertContains(page, said)
        assertContains(page, "The key that led from people to their answers has been destroyed.")


def test_a_restored_copy_without_its_key_is_closed(phone, talk):
    destroy_key(talk.id)
    assertContains(phone.get(page_of(talk)), "This conversation has closed")
    assert answer(phone, talk, 1).status_code == 409


def test_a_draft_and_a_talk_that_never_was_look_the_same_from_outside(client):
    draft = cast.a_draft()
    for slug in (draft.slug, "never"):
        for part in ("", "answers/", "thanks/", "say/", "about-you/", "take-back/", "code/"):
            assert client.get(f"/talk/{slug}/{part}").status_code == 404
        reply = client.post(f"/talk/{slug}/answer/", {"statement": 1, "choice": 1})
        assert reply.status_code == 404


def test_the_list_knows_what_is_open_published_and_closed_and_no_drafts(client):
    for slug, phase in (("o", "open"), ("c", "closed"), ("p", "published"), ("d", "draft")):
        cast.a_draft(slug=slug, question=f"Question {slug}?", phase=phase)
    page = client.get("/talk/")
    for slug in "ocp":
        assertContains(page, f"Question {slug}?")
    assertNotContains(page, "Question d?")


def test_lists_and_pages_ask_the_database_a_fixed_number_of_times(
    phone, talk, django_assert_max_num_queries
):
    answer(phone, talk, 1)
    with django_assert_max_num_queries(1):
        phone.get("/talk/")
    phone.get(page_of(talk))
    with django_assert_max_num_queries(4):  # conversation, my answers, what I was shown, statement
        phone.get(page_of(talk))


def test_an_answer_costs_no_look_up_but_its_own_writing(phone, talk, django_assert_max_num_queries):
    answer(phone, talk, 1)
    with django_assert_max_num_queries(5):  # here within the test's transaction: two are savepoints
        answer(phone, talk, 2)


class TestAnInvitedConversation:
    @pytest.fixture
    def talk(self) -> Conversation:
        return cast.an_open_conversation(electorate="invited", slips=20)

    def test_strangers_read_along_and_are_told_how_to_be_invited(self, phone, talk):
        page = phone.get(page_of(talk))
        assertContains(page, talk.question)
        assertContains(page, "Type the code of my slip")
        assertContains(page, "Ask the network in Manchester")
        assertNotContains(page, 'name="choice"')

    def test_strangers_cannot_answer(self, phone, talk):
        assert answer(phone, talk, 1).status_code == 409
        assert not Vote.objects.exists()

    def test_members_of_the_place_answer_as_themselves(self, client, talk):
        cast.log_in(client, cast.member())
        assert answer(client, talk, 1).status_code == 303
        assert answer(client, talk, 1, -1).status_code == 303
        assert Vote.objects.get().choice == -1

    def test_whoever_joined_after_it_opened_is_a_stranger_here(self, client, talk):
        opened = timezone.now() - timedelta(days=1)
        Conversation.objects.filter(pk=talk.pk).update(opened_at=opened)
        cast.log_in(client, cast.member())
        assert answer(client, talk, 1).status_code == 409
        Membership.objects.update(since=opened.date())
        assert answer(client, talk, 1).status_code == 303

    def test_members_of_another_place_are_strangers_here(self, client, talk):
        cast.log_in(client, cast.wrong_place_facilitator())
        assert answer(client, talk, 1).status_code == 409

    def test_a_browser_that_voted_elsewhere_is_still_a_stranger(self, phone, talk):
        answer(phone, cast.an_open_conversation(), 1)
        assert answer(phone, talk, 1).status_code == 409
