"""Times as people type them, whatever the clocks do."""

from datetime import UTC, date, datetime, time

import pytest

from coproduce.gatherings.when import (
    NoSuchTime,
    a_month_later,
    clock,
    in_words,
    moment,
    moved,
)

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)  # the nights on which the clocks change


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def test_it_takes_a_clock_time_for_what_it_is_in_winter_and_in_summer():
    assert moment(date(2026, 1, 15), time(18)) == at(2026, 1, 15, 18)
    assert moment(date(2026, 7, 15), time(18)) == at(2026, 7, 15, 17)


def test_it_refuses_the_hour_that_the_clocks_jump_over():
    with pytest.raises(NoSuchTime, match="On 29 March 2026 the clocks go forward"):
        moment(SPRING, time(1, 30))
    assert moment(SPRING, time(2)) == at(2026, 3, 29, 1)


def test_it_means_the_first_of_the_two_hours_that_autumn_has():
    assert moment(AUTUMN, time(1, 30)) == at(2026, 10, 25, 0, 30)


@pytest.mark.parametrize("change", [SPRING, AUTUMN])
def test_it_keeps_the_clock_time_when_it_moves_over_a_change(change):
    before = moment(date(change.year, change.month, change.day - 7), time(18))

    assert moved(before, 14) == moment(date.fromordinal(change.toordinal() + 7), time(18))


def test_it_moves_into_the_missing_hour_by_an_hour_more():
    assert moved(moment(date(2026, 3, 22), time(1, 30)), 7) == at(2026, 3, 29, 1, 30)


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2026, 3, 12), date(2026, 4, 9)),  # the second Thursday
        (date(2026, 12, 1), date(2027, 1, 5)),  # over the end of the year
        (date(2026, 1, 29), date(2026, 2, 26)),  # a fifth Thursday, where there are four
        (date(2026, 1, 31), date(2026, 2, 28)),
    ],
)
def test_a_month_later_is_the_same_weekday_of_the_month(day, later):
    assert a_month_later(day) == later


@pytest.mark.parametrize(
    ("hour", "minute", "said"),
    [(0, 0, "12 am"), (9, 5, "9.05 am"), (12, 0, "12 noon"), (12, 30, "12.30 pm"), (18, 0, "6 pm")],
)
def test_it_says_a_time_as_people_do(hour, minute, said):
    assert clock(moment(date(2026, 7, 1), time(hour, minute))) == said


def test_it_says_from_when_to_when():
    begins, ends = moment(date(2026, 3, 12), time(10)), moment(date(2026, 3, 12), time(16))
    assert in_words(begins, ends) == "Thursday 12 March 2026, 10 am to 4 pm"
    assert in_words(begins, moved(ends, 1)) == (
        "Thursday 12 March 2026, 10 am, to Friday 13 March 2026, 4 pm"
    )
