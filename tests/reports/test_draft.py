"""A first draft stands at once, from all that is known of the day."""

import pytest
from pytest_django import DjangoAssertNumQueries

from coproduce.conversations import tasks
from coproduce.conversations.models import Conversation, Phase
from coproduce.gatherings.models import Insight
from coproduce.reports import shown
from coproduce.reports.body import Block, Kind
from coproduce.reports.draft import draft
from coproduce.trust.models import Figure, Where
from tests import cast, crowds
from tests.reports import days

pytestmark = pytest.mark.django_db


def of_kind(blocks: list[Block], kind: Kind) -> list[Block]:
    return [block for block in blocks if block.kind == kind]


def headings(blocks: list[Block]) -> list[str]:
    return [block.value for block in of_kind(blocks, Kind.HEADING)]


def test_it_tells_of_the_day_in_order() -> None:
    found = draft(days.a_told_day())
    assert headings(found) == [
        "The day",
        "Who was there",
        "What was said",
        "What was decided",
        "What happens next",
    ]
    [step] = of_kind(found, Kind.NEXT)
    assert step.value == {"words": "Buy the tin.", "who": "", "by_when": "2026-05-01"}


def test_a_gathering_of_which_nothing_is_known_has_an_empty_one() -> None:
    assert draft(cast.a_gathering(purpose="")) == []


def test_it_writes_nothing() -> None:
    day = days.a_told_day()
    draft(day)
    assert not day.reports.exists()


def test_it_chooses_only_voices_that_a_report_may_show() -> None:
    day = days.a_day()
    allowed = days.voice(day)
    days.insight(
        day,
        allowed,
        days.voice(day, "Not in the report.", (Where.WEB,)),
        days.voice(day, "Not on the website.", (Where.REPORT,)),
        days.voice(day, "Nowhere.", ()),
    )
    [point] = of_kind(draft(day), Kind.INSIGHT)
    assert point.voices == [str(allowed.pk)]


def test_it_leaves_out_insights_that_only_hosts_read() -> None:
    day = days.a_day()
    cast.an_insight(day, "Not shown yet.")
    assert of_kind(draft(day), Kind.INSIGHT) == []
    assert Insight.objects.count() == 1


def test_numbers_come_in_as_figures_only() -> None:
    day = days.a_told_day()
    there = of_kind(draft(day), Kind.FIGURE)
    assert {block.named(Kind.FIGURE) for block in there} == {
        str(key) for key in Figure.objects.values_list("pk", flat=True)
    }
    assert all("12" not in str(block.value) for block in of_kind(draft(day), Kind.TEXT))


def test_it_tells_what_a_published_conversation_found_and_nothing_of_others() -> None:
    day = days.a_day()
    talk = cast.an_open_conversation(gathering=day)
    crowds.crowd(talk, 30, crowds.two_camps)
    crowds.close_at_once(talk)
    tasks.finish.call(str(talk.id))
    assert of_kind(draft(day), Kind.FIGURE) == []
    Conversation.objects.update(phase=Phase.PUBLISHED)
    told = [block.named(Kind.FIGURE) for block in of_kind(draft(day), Kind.FIGURE)]
    kinds = set(Figure.objects.filter(pk__in=told).values_list("kind", flat=True))
    assert {"turnout"} < kinds <= {"turnout", "common_ground", "divide"}


def test_a_long_report_asks_the_database_no_more_than_a_short_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    day = days.a_told_day()
    for number in range(20):
        days.insight(day, days.voice(day, f"Voice {number}"), words=f"Point {number}")
    version = days.published(day)
    version.refresh_from_db()
    with django_assert_max_num_queries(18):
        pieces = shown.of_version(version)
    assert sum(piece.kind == "insight" for piece in pieces) == 21
