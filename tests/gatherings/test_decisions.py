"""What was decided is written once, read by everybody, and taken the place of, never changed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from coproduce.gatherings.actions import consenting, deciding
from coproduce.gatherings.actions.deciding import Decided
from coproduce.gatherings.actions.deeds import NotPossible
from coproduce.gatherings.models import Decision, Gathering, State
from coproduce.trust.models import LogEntry
from tests import cast

pytestmark = pytest.mark.django_db

PAID = "Fares are paid at the door."
HALL = "everybody in the hall, by show of hands"


def decided(gathering: Gathering, words: str = PAID, **fields: Any) -> Decision:
    typed = Decided(words, HALL, fields.pop("on", date(2026, 3, 28)), **fields)
    return deciding.decide(gathering, typed, cast.facilitator())


def log_page(client: Client, query: str = "") -> str:
    return client.get(reverse("gatherings:decision_log") + query).content.decode()


def test_everybody_reads_it_with_whoever_decided_it_and_what_happens_next(client: Client) -> None:
    decided(cast.a_gathering(), what_next="Buy the tin.", by_when=date(2026, 5, 1))
    page = log_page(client)
    assert PAID in page
    assert f"28 March 2026 by {HALL}" in page
    assert "Buy the tin. By 1 May 2026." in page


def test_it_is_in_the_log_of_deeds() -> None:
    decision = decided(cast.a_gathering())
    assert LogEntry.objects.filter(thing=decision.thing, deed="write a decision").count() == 1


def test_a_later_one_takes_its_place_and_the_old_one_stays_and_says_so(client: Client) -> None:
    day = cast.a_gathering()
    old = decided(day)
    later = Decided("Fares are paid by bank.", HALL, date(2026, 4, 1))
    new = deciding.decide(day, later, None, instead_of=old)
    assert list(Decision.objects.standing()) == [new]
    page = log_page(client)
    assert "It no longer holds." in page
    assert "Instead: Fares are paid by bank." in page


def test_what_no_longer_holds_is_not_taken_the_place_of_twice() -> None:
    day = cast.a_gathering()
    old = decided(day)
    later = Decided("Another way.", HALL, date(2026, 4, 1))
    deciding.decide(day, later, None, instead_of=old)
    with pytest.raises(NotPossible, match="taken that one's place"):
        deciding.decide(day, later, None, instead_of=old)
    assert Decision.objects.count() == 2


def test_a_decision_of_another_place_is_not_theirs_to_end() -> None:
    theirs = decided(cast.a_gathering(place=cast.oxfordshire()))
    with pytest.raises(NotPossible):
        deciding.decide(
            cast.a_gathering(), Decided("Ours", HALL, date(2026, 4, 1)), None, instead_of=theirs
        )


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"words": " "}, "Say what was decided"),
        ({"on": timezone.localdate() + timedelta(days=1)}, "still to come"),
        ({"by_when": date(2026, 5, 1)}, "nothing to be done by it"),
    ],
)
def test_half_a_decision_is_none(fields: dict[str, Any], why: str) -> None:
    with pytest.raises(NotPossible, match=why):
        decided(cast.a_gathering(), **fields)
    assert not Decision.objects.exists()


def test_the_log_leaves_out_drafts(client: Client) -> None:
    decided(cast.a_gathering(state=State.DRAFT))
    assert PAID not in log_page(client)


def test_the_log_is_asked_for_a_place_and_the_places_within_it(client: Client) -> None:
    decided(cast.a_gathering())
    decided(cast.a_gathering(place=cast.oxfordshire()), "Ours alone.")
    page = log_page(client, "?place=greater-manchester")
    assert PAID in page
    assert "Ours alone." not in page


def test_it_names_only_insights_that_everybody_may_read(client: Client) -> None:
    day = cast.a_gathering()
    insight = cast.an_insight(day, "People are paid too late.")
    decided(day, insights=[insight])
    assert insight.words not in log_page(client)
    consenting.show_insights(day, None)
    assert insight.words in log_page(client)


def test_a_long_log_costs_no_more_than_a_short_one(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    day = cast.a_gathering()
    insight = cast.an_insight(day, "People are paid too late.")
    for number in range(40):
        decided(day, f"Decision {number}", insights=[insight])
    with django_assert_num_queries(5):  # places twice, how many, the decisions, their insights
        page = log_page(client)
    assert "Page 1 of 2" in page


def test_a_host_writes_it_down_and_what_was_typed_stays_on_an_error(client: Client) -> None:
    day = cast.a_gathering()
    cast.log_in(client, cast.facilitator())
    address = reverse("gatherings:decisions", args=[day.slug])
    typed = {"words": PAID, "why": "It is fair.", "decided_by": "", "decided_on": "2026-03-28"}
    page = client.post(address, typed).content.decode()
    assert "Say who decided it" in page
    assert "It is fair." in page
    client.post(address, typed | {"decided_by": HALL})
    assert str(Decision.objects.get()) == PAID
    assert PAID in client.get(reverse("gatherings:gathering", args=[day.slug])).content.decode()
