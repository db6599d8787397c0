"""How much of what was said was answered in sixty days, where ten people stand behind it."""

from datetime import datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from coproduce.gatherings.actions import consenting, insights, noting
from coproduce.gatherings.actions.insights import Drawn
from coproduce.gatherings.actions.noting import Note
from coproduce.gatherings.models import Gathering, Insight, ReportBack
from coproduce.gatherings.when import day_of, moment
from coproduce.people.models import Person
from coproduce.reports import evidence, owed, tasks
from coproduce.reports.actions import counting
from coproduce.reports.actions.deeds import NotPossible
from coproduce.trust.models import Figure, Release
from coproduce.web import upkeep
from tests import cast
from tests.reports import days

pytestmark = pytest.mark.django_db


def points(day: Gathering, count: int, people_each: int) -> list[Insight]:
    """Points that everybody may read, each drawn from so many people's voices."""
    drawn = []
    for number in range(count):
        people = [Person.objects.create() for _ in range(people_each)]
        said = [Note(f"Said {number}", said_by=person) for person in people]
        voices = noting.take_notes(day, said, None)
        point = Drawn(f"Point {number}", voices)
        drawn.append(insights.draw(point, None, place=day.place, gathering=day))
    consenting.show_insights(day, None)
    return drawn


def long_ago(days_ago: int = 90) -> Gathering:
    """At noon, so that no hour of the day and no change of the clocks moves it to another day."""
    day = timezone.localdate() - timedelta(days=days_ago)
    return days.a_day(starts_at=moment(day, time(10)), ends_at=moment(day, time(12)))


def answer(insight: Insight, after: int) -> None:
    """An answer so many days after the day on which it was said."""
    day = insight.gathering
    assert day is not None
    at = moment(day_of(day.ends_at) + timedelta(days=after), time(12))
    ReportBack.objects.create(insight=insight, kind="did", words="We did.", at=at)


def test_it_tells_how_many_were_answered_in_time_later_and_not_yet() -> None:
    soon, on_the_day, late, none = points(long_ago(), 4, people_each=3)
    answer(soon, 10)
    answer(on_the_day, 60)
    answer(late, 61)
    answer(soon, 80)  # the first one decides
    assert none.report_backs.count() == 0
    figure = evidence.tell(cast.manchester())
    assert isinstance(figure, Figure)
    assert figure.sentence == (
        "Of 4 points made in Manchester more than 60 days ago, we answered 2 within 60 days, "
        "1 later and 1 not yet."
    )
    assert figure.people == 12


def test_the_sixtieth_day_is_not_over_yet() -> None:
    day = days.a_day(
        starts_at=timezone.now() - timedelta(days=60, hours=1),
        ends_at=timezone.now() - timedelta(days=60),
    )
    points(day, 4, people_each=3)
    assert not any(each.is_ripe for each in owed.in_place(cast.manchester()))
    with pytest.raises(NotPossible, match="60 days old yet"):
        counting.count_answers(cast.manchester(), None)


@pytest.mark.parametrize(("people", "is_told"), [(9, False), (10, True)])
def test_it_is_told_from_ten_people_on(people: int, is_told: bool) -> None:
    points(long_ago(), 1, people_each=people)
    assert isinstance(evidence.tell(cast.manchester()), Figure) is is_told


def test_voices_of_nobody_in_particular_are_no_people_and_the_figure_says_so() -> None:
    day = long_ago()
    points(day, 1, people_each=10)
    unknown = noting.take_notes(day, [Note(f"Who was it {n}") for n in range(5)], None)
    Insight.objects.get().voices.add(*unknown)
    figure = evidence.tell(cast.manchester())
    assert isinstance(figure, Figure)
    assert figure.people == 10
    assert figure.manifest["kept_back"] == [
        {"rows": 5, "why": "voices of which nobody noted who spoke"}
    ]


def test_somebody_behind_several_points_is_one_person() -> None:
    day = long_ago()
    for each in points(day, 2, people_each=5):
        each.voices.set(day.voices.all()[:9])
    assert not isinstance(evidence.tell(cast.manchester()), Figure)


def test_it_counts_only_what_everybody_may_read() -> None:
    day = long_ago()
    points(day, 1, people_each=10)
    Insight.objects.update(shown_at=None)
    assert not isinstance(evidence.tell(cast.manchester()), Figure)


def test_told_twice_with_nothing_new_it_is_the_same_figure() -> None:
    points(long_ago(), 2, people_each=6)
    first, second = evidence.tell(cast.manchester()), evidence.tell(cast.manchester())
    assert first == second
    assert Figure.objects.count() == 1


def test_an_answer_makes_a_new_figure_and_the_ledger_remembers_nobody() -> None:
    one, _ = points(long_ago(), 2, people_each=6)
    old = evidence.tell(cast.manchester())
    answer(one, 70)
    new = evidence.tell(cast.manchester())
    assert old != new
    assert evidence.told(cast.manchester()) == new
    assert [bytes(each.pseudonyms) for each in Release.objects.all()] == [b"", b""]


def test_it_stands_on_the_page_of_the_place_and_says_how_we_know(client: Client) -> None:
    points(long_ago(), 2, people_each=6)
    figure = counting.count_answers(cast.manchester(), None)
    page = client.get(reverse("people:place", args=["manchester"])).content.decode()
    assert figure.sentence in page
    how = client.get(reverse("trust:figure", args=[figure.pk]))
    assert how.status_code == 200
    assert "12 people whom somebody noted stand behind them." in how.content.decode()


def test_a_coordinator_counts_and_sees_what_is_owed(client: Client) -> None:
    one, other = points(long_ago(), 2, people_each=6)
    answer(one, 3)
    cast.log_in(client, cast.coordinator())
    address = reverse("reports:answered", args=["manchester"])
    page = client.post(address, follow=True).content.decode()
    assert "we answered 1 within 60 days, 0 later and 1 not yet." in page
    assert other.words in page
    assert "was due by" in page
    owed_now = owed.open_ones(owed.in_place(cast.manchester()))
    assert [each.insight for each in owed_now] == [other]


def test_it_is_counted_once_a_night() -> None:
    points(long_ago(), 2, people_each=6)
    midday = timezone.make_aware(datetime(2026, 11, 25, 12, 0))
    asked = DBTaskResult.objects.filter(task_path=tasks.count_all_answers.module_path)
    for _ in range(2):
        upkeep.ask_for_answers(timezone.localtime())
    assert asked.count() == 1
    assert upkeep.last_night(midday).hour == upkeep.NIGHT
    assert tasks.count_all_answers.call() == "1 of 1 places are told."
