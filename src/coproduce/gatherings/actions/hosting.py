"""What a host does: make a gathering, write its programme, announce, cancel, hold it again."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from coproduce.gatherings import tasks
from coproduce.gatherings.actions.deeds import NotPossible, in_hand, record_deed
from coproduce.gatherings.actions.waiting import let_in_from_waiting
from coproduce.gatherings.models import (
    Gathering,
    Notice,
    Presence,
    ProgrammeItem,
    Setting,
    Speaker,
    State,
)
from coproduce.gatherings.to_be_found import (
    decisions_changed,
    gathering_changed,
    insights_changed,
)
from coproduce.gatherings.when import day_of, moved
from coproduce.people.models import Person, Place

# What stands in people's calendars and letters: whoever is registered hears of a change in it.
TOLD = ("title", "starts_at", "ends_at", "setting", "venue", "join_link")
MOST_ITEMS = 60


@dataclass(frozen=True)
class Details:
    """What a gathering says of itself."""

    title: str
    starts_at: datetime
    ends_at: datetime
    purpose: str = ""
    hosts: str = ""
    supporters: str = ""
    setting: Setting = Setting.IN_PERSON
    venue: str = ""
    getting_in: str = ""
    join_link: str = ""
    provided: Sequence[str] = ()
    provided_words: str = ""
    hashtag: str = ""
    hall_capacity: int | None = None
    line_capacity: int | None = None

    @classmethod
    def of(cls, gathering: Gathering) -> "Details":
        return cls(**{each.name: getattr(gathering, each.name) for each in fields(cls)})


@dataclass(frozen=True)
class Named:
    """Somebody in the programme, as they are called there."""

    name: str
    role: str = ""
    person: Person | None = None


def make(place: Place, details: Details, by: Person | None) -> Gathering:
    """A new draft, seen by the hosts of the place alone."""
    with transaction.atomic():
        gathering = Gathering.objects.create(
            place=place, slug=_free_slug(details), made_by=by, **_columns(details)
        )
        record_deed("make", gathering, by)
    return gathering


def edit(gathering: Gathering, details: Details, by: Person | None) -> bool:
    """Other details; true where everybody registered is told, since it is in their calendars."""
    with in_hand(gathering):
        _not_cancelled(gathering)
        before = Details.of(gathering)
        for name, value in _columns(details).items():
            setattr(gathering, name, value)
        gathering.changed_at = timezone.now()
        _nobody_is_left_over(gathering)
        is_told = gathering.is_published and any(
            getattr(before, name) != getattr(details, name) for name in TOLD
        )
        gathering.sequence += is_told
        gathering.save()
        _move_programme(gathering, day_of(before.starts_at))
        let_in_from_waiting(gathering)
        gathering_changed(gathering)
        record_deed("edit", gathering, by)
        if is_told:
            tasks.tell_everybody.enqueue(
                str(gathering.id), Notice.About.CHANGED.value, gathering.sequence
            )
    return is_told


def publish(gathering: Gathering, by: Person | None) -> None:
    """Announce it: everybody can read it and register."""
    with in_hand(gathering):
        if not gathering.is_draft:
            raise NotPossible(f"This gathering is {gathering.get_state_display()} already.")
        if gathering.has_hall and not gathering.venue:
            raise NotPossible("Nobody would find the hall. Say first where it is.")
        gathering.state = State.PUBLISHED
        gathering.published_at = gathering.changed_at = timezone.now()
        gathering.save(update_fields=["state", "published_at", "changed_at"])
        gathering_changed(gathering)
        insights_changed(gathering)
        decisions_changed(gathering)
        record_deed("publish", gathering, by)


def cancel(gathering: Gathering, because: str, by: Person | None) -> None:
    """Call it off. Its page says so and why, and everybody registered is told."""
    with in_hand(gathering):
        _not_cancelled(gathering)
        if gathering.is_draft:
            raise NotPossible("Nobody knows of this gathering yet, so there is nothing to cancel.")
        if gathering.is_over():
            raise NotPossible("This gathering is over; it took place.")
        gathering.state = State.CANCELLED
        gathering.cancelled_because = because
        gathering.cancelled_at = gathering.changed_at = timezone.now()
        gathering.sequence += 1
        gathering.save()
        gathering_changed(gathering)
        record_deed("cancel", gathering, by)
        tasks.tell_everybody.enqueue(str(gathering.id), Notice.About.CANCELLED.value)


def duplicate(gathering: Gathering, day: date, by: Person | None) -> Gathering:
    """The same again on another day, as a draft: same clock times, the programme moved along.

    Who spoke stays behind: nobody is announced who has not been asked.
    """
    days = (day - day_of(gathering.starts_at)).days
    details = asdict(Details.of(gathering)) | {
        "starts_at": moved(gathering.starts_at, days),
        "ends_at": moved(gathering.ends_at, days),
    }
    with transaction.atomic():
        again = make(gathering.place, Details(**details), by)
        ProgrammeItem.objects.bulk_create(
            ProgrammeItem(
                gathering=again,
                position=item.position,
                starts_at=moved(item.starts_at, days),
                minutes=item.minutes,
                title=item.title,
                about=item.about,
            )
            for item in gathering.programme.all()
        )
    return again


def add_item(
    gathering: Gathering,
    by: Person | None,
    *,
    starts_at: datetime,
    minutes: int,
    title: str,
    about: str = "",
    speakers: Iterable[Named] = (),
) -> ProgrammeItem:
    """One more part of the day."""
    with in_hand(gathering):
        _not_cancelled(gathering)
        if gathering.programme.count() >= MOST_ITEMS:
            raise NotPossible(f"A programme has at most {MOST_ITEMS} parts.")
        last: int | None = gathering.programme.aggregate(last=Max("position"))["last"]
        item = ProgrammeItem.objects.create(
            gathering=gathering,
            position=(last or 0) + 1,
            starts_at=starts_at,
            minutes=minutes,
            title=title,
            about=about,
        )
        _name(item, speakers)
        gathering_changed(gathering)
        record_deed("add to the programme", gathering, by, note=f"part {item.position}")
    return item


def change_item(
    item: ProgrammeItem,
    by: Person | None,
    *,
    starts_at: datetime,
    minutes: int,
    title: str,
    about: str = "",
    speakers: Iterable[Named] = (),
) -> None:
    """A part of the day as it will be now."""
    with in_hand(item.gathering):
        _not_cancelled(item.gathering)
        item.starts_at, item.minutes = starts_at, minutes
        item.title, item.about = title, about
        item.save()
        item.speakers.all().delete()
        _name(item, speakers)
        gathering_changed(item.gathering)
        record_deed("change the programme", item.gathering, by, note=f"part {item.position}")


def remove_item(item: ProgrammeItem, by: Person | None) -> None:
    with in_hand(item.gathering):
        record_deed("take out of the programme", item.gathering, by, note=f"part {item.position}")
        item.delete()
        gathering_changed(item.gathering)


def _columns(details: Details) -> dict[str, object]:
    columns = {each.name: getattr(details, each.name) for each in fields(details)}
    return columns | {"provided": list(details.provided)}


def _name(item: ProgrammeItem, speakers: Iterable[Named]) -> None:
    Speaker.objects.bulk_create(
        Speaker(item=item, name=each.name, role=each.role, person=each.person) for each in speakers
    )


def _move_programme(gathering: Gathering, was: date) -> None:
    """The programme goes along when the gathering moves to another day."""
    days = (day_of(gathering.starts_at) - was).days
    if not days:
        return
    for item in gathering.programme.all():
        item.starts_at = moved(item.starts_at, days)
        item.save(update_fields=["starts_at"])


def _nobody_is_left_over(gathering: Gathering) -> None:
    """Whoever registered for the hall, or for the line, finds it there."""
    for presence, is_there, where in (
        (Presence.HALL, gathering.has_hall, "in the hall"),
        (Presence.LINE, gathering.has_line, "on the line"),
    ):
        left = gathering.registrations.standing().filter(presence=presence).count()
        if left and not is_there:
            raise NotPossible(
                f"{left} {'person is' if left == 1 else 'people are'} registered to be {where}. "
                "Ring them and take them off the list first, or keep both ways of being there."
            )


def _not_cancelled(gathering: Gathering) -> None:
    if gathering.is_cancelled:
        raise NotPossible(
            "This gathering is cancelled and stays as it was. Hold it again on another day instead."
        )


def _free_slug(details: Details) -> str:
    """Title and day as an address, with a number behind it where another took it already."""
    day = day_of(details.starts_at)
    stem = f"{slugify(details.title)[:60].strip('-') or 'gathering'}-{day:%Y-%m-%d}"
    taken = set(Gathering.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    candidates = (stem if n == 1 else f"{stem}-{n}" for n in range(1, len(taken) + 3))
    return next(slug for slug in candidates if slug not in taken)
