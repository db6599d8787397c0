"""When is it, for everybody? Clock times as they are typed in England, kept as moments.

Twice a year the clocks change. In spring an hour does not exist: a time in it is refused. In autumn
one comes twice: the first of the two is meant, as every timetable does.
"""

from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone
from django.utils.dateformat import format as in_format


class NoSuchTime(ValueError):
    """The clocks jump over this time; the sentence says so."""


def moment(day: date, clock: time) -> datetime:
    """The moment at which the clocks here show this time on this day."""
    zone = timezone.get_default_timezone()
    here = datetime.combine(day, clock.replace(fold=0), tzinfo=zone)
    found = here.astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None, fold=0) != here.replace(tzinfo=None):
        raise NoSuchTime(
            f"On {in_format(here, 'j F Y')} the clocks go forward, so there is no "
            f"{clock:%H:%M}. Choose a time before 01:00 or from 02:00 on."
        )
    return found


def moved(when: datetime, days: int) -> datetime:
    """The same clock time so many days later, whatever the clocks did in between."""
    here = timezone.localtime(when)
    day = here.date() + timedelta(days=days)
    try:
        return moment(day, here.time())
    except NoSuchTime:
        return moment(day, (here + timedelta(hours=1)).time())


def day_of(when: datetime) -> date:
    return timezone.localtime(when).date()


def a_month_later(day: date) -> date:
    """The same weekday of the next month: the second Tuesday after the second Tuesday.

    After a fifth one comes the last one of the month.
    """
    weeks = (day.day - 1) // 7
    first = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    first_weekday = first + timedelta(days=(day.weekday() - first.weekday()) % 7)
    found = first_weekday + timedelta(weeks=weeks)
    return found if found.month == first.month else found - timedelta(weeks=1)


def clock(when: datetime) -> str:
    """A time as it is said: "10 am", "2.30 pm", "12 noon"."""
    here = timezone.localtime(when)
    if (here.hour, here.minute) == (12, 0):
        return "12 noon"
    hour = here.hour % 12 or 12
    minutes = f".{here.minute:02}" if here.minute else ""
    return f"{hour}{minutes} {'am' if here.hour < 12 else 'pm'}"


def in_words(starts_at: datetime, ends_at: datetime) -> str:
    """From when to when: "Thursday 12 March 2026, 10 am to 4 pm"."""
    first, last = timezone.localtime(starts_at), timezone.localtime(ends_at)
    start = f"{in_format(first, 'l j F Y')}, {clock(first)}"
    if first.date() == last.date():
        return f"{start} to {clock(last)}"
    return f"{start}, to {in_format(last, 'l j F Y')}, {clock(last)}"
