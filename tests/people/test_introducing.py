"""Introductions: asked from the directory, answered by link, no address before both said yes."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coproduce.people import introductions, tasks
from coproduce.people.actions import being_found, introducing
from coproduce.people.actions.deeds import NotPossible
from coproduce.people.models import Channel, Introduction, Listing, Person, Reach
from coproduce.trust.models import LogEntry
from tests import cast

pytestmark = pytest.mark.django_db

WHY = "You know the buses, and so do I."
FIRST = "Which line would you bring back?"


@pytest.fixture
def listing() -> Listing:
    being_found.be_found(cast.member(), "I know the buses")
    return Listing.objects.get()


def asked(listing: Listing, by: Person | None = None) -> Introduction:
    return introducing.ask(by or cast.facilitator(), listing, reason=WHY, question=FIRST)


def sent(made: Introduction) -> list[tuple[str, str]]:
    """What the worker sends now, to whom."""
    mail.outbox.clear()
    made.refresh_from_db()
    waits = made.state == Introduction.State.ASKED
    (tasks.put_introduction if waits else tasks.tell_of_introduction).call(str(made.pk))
    return [(message.to[0], str(message.body)) for message in mail.outbox]


def test_the_one_who_is_asked_hears_why_and_by_whom_and_no_address(listing: Listing) -> None:
    [(to, words)] = sent(asked(listing))
    assert to == "amina@example.org"
    for said in ("Femi", WHY, FIRST):
        assert said in words
    assert "femi@example.org" not in words


def test_with_a_yes_each_learns_how_to_reach_the_other(listing: Listing) -> None:
    made = asked(listing)
    address = reverse("people:introduction", args=[introductions.token(made)])
    page = Client().post(address, {"answer": "yes"}, follow=True).content.decode()
    assert "You said yes" in page
    told = dict(sent(made))
    assert "amina@example.org" in told["femi@example.org"]
    assert "femi@example.org" in told["amina@example.org"]


def test_with_a_no_the_asker_hears_not_now_and_nobody_learns_an_address(listing: Listing) -> None:
    made = asked(listing)
    introducing.answer(made, yes=False)
    [(to, words)] = sent(made)
    assert to == "femi@example.org"
    assert "amina" not in words.lower()


def test_no_page_shows_an_address_before_both_said_yes(listing: Listing) -> None:
    made = asked(listing)
    asker = cast.log_in(Client(), cast.facilitator())
    other = cast.log_in(Client(), cast.member())
    pages = [
        asker.get(reverse("people:introduce", args=[listing.pk])),
        asker.get(reverse("people:you_introductions")),
        other.get(reverse("people:you_introductions")),
        Client().get(reverse("people:introduction", args=[introductions.token(made)])),
    ]
    for page in pages:
        assert "@example.org" not in page.content.decode()


def test_once_answered_its_words_are_gone(listing: Listing) -> None:
    made = asked(listing)
    introducing.answer(made, yes=True)
    made.refresh_from_db()
    assert (made.reason, made.question) == ("", "")
    with pytest.raises(IntegrityError), transaction.atomic():
        Introduction.objects.filter(pk=made.pk).update(reason="again")


def test_a_look_at_the_link_answers_nothing(listing: Listing) -> None:
    made = asked(listing)
    address = reverse("people:introduction", args=[introductions.token(made)])
    Client().get(address)
    Client().post(address, {"answer": "perhaps"})
    made.refresh_from_db()
    assert made.state == Introduction.State.ASKED
    assert Client().get(address.replace(":", "x")).status_code == 404


def test_it_is_answered_once(listing: Listing) -> None:
    made = asked(listing)
    introducing.answer(made, yes=False)
    with pytest.raises(NotPossible, match="answered already"):
        introducing.answer(made, yes=True)


def test_one_question_at_a_time_between_two_people(listing: Listing) -> None:
    made = asked(listing)
    with pytest.raises(NotPossible, match="One of you has asked already"):
        asked(listing)
    being_found.be_found(cast.facilitator(), "Tea")
    theirs = Listing.objects.get(person=cast.facilitator())
    with pytest.raises(NotPossible, match="One of you has asked already"):
        asked(theirs, by=cast.member())
    introducing.take_back(made, cast.facilitator())
    asked(theirs, by=cast.member())


def test_a_no_is_not_asked_again_at_once(listing: Listing) -> None:
    introducing.answer(asked(listing), yes=False)
    with pytest.raises(NotPossible, match="There is an answer already"):
        asked(listing)


def test_nobody_asks_everybody() -> None:
    for number in range(introducing.MOST_OPEN + 1):
        being_found.be_found(cast.person(f"Somebody{number}"), "Tea")
    first, *rest = Listing.objects.order_by("-pk")
    for each in rest:
        asked(each)
    with pytest.raises(NotPossible, match="5 people have not answered you yet"):
        asked(first)


def test_whoever_has_no_name_or_is_oneself_does_not_ask(listing: Listing) -> None:
    with pytest.raises(NotPossible, match="That is you"):
        asked(listing, by=cast.member())
    nameless = cast.person("Nemo")
    nameless.name = ""
    nameless.save()
    with pytest.raises(NotPossible, match="Give yourself a name first"):
        asked(listing, by=nameless)


def test_who_is_reached_on_paper_is_introduced_by_a_coordinator(listing: Listing) -> None:
    Reach.objects.create(person=cast.member(), channel=Channel.POST, address="1 Invented Street")
    with pytest.raises(NotPossible, match="Ask whoever coordinates their place"):
        asked(listing)


def test_after_sixty_days_nothing_of_it_is_left(listing: Listing) -> None:
    made = asked(listing)
    introducing.throw_old_ones_away()
    assert Introduction.objects.exists()
    Introduction.objects.filter(pk=made.pk).update(asked_at=timezone.now() - timedelta(days=61))
    introducing.throw_old_ones_away()
    assert not Introduction.objects.exists()


def test_the_log_keeps_that_it_was_asked_and_not_of_whom_or_why(listing: Listing) -> None:
    made = asked(listing)
    introducing.answer(made, yes=False)
    entries = LogEntry.objects.filter(thing=made.thing)
    assert [entry.deed for entry in entries] == [
        "ask for an introduction",
        "say no to an introduction",
    ]
    assert {entry.note for entry in entries} == {""}


def test_a_member_asks_on_the_page_and_takes_it_back(listing: Listing) -> None:
    client = cast.log_in(Client(), cast.facilitator())
    assert "Ask for an introduction" in client.get("/people/").content.decode()
    address = reverse("people:introduce", args=[listing.pk])
    assert "Say in a sentence why" in client.post(address, {"reason": ""}).content.decode()
    page = client.post(address, {"reason": WHY, "question": FIRST}, follow=True).content.decode()
    assert "Amina is asked. You hear from us either way." in page
    again = client.post(address, {"reason": WHY, "question": FIRST}).content.decode()
    assert "One of you has asked already" in again
    made = Introduction.objects.get()
    client.post(reverse("people:introduction_back", args=[made.pk]))
    assert not Introduction.objects.exists()


def test_only_members_ask_and_only_those_who_stand_in_the_directory(listing: Listing) -> None:
    address = reverse("people:introduce", args=[listing.pk])
    assert cast.log_in(Client(), cast.admin()).get(address).status_code == 403
    being_found.be_found_no_more(cast.member())
    assert cast.log_in(Client(), cast.facilitator()).get(address).status_code == 404
