"""After a gathering: tick off what is done, and thank everybody who was there."""

from django.db import transaction

from coproduce.gatherings.actions.deeds import NotPossible, in_hand, record_deed
from coproduce.gatherings.models import Gathering
from coproduce.people.actions import announcing
from coproduce.people.actions.deeds import NotPossible as NotPossibleForPeople
from coproduce.people.models import Announcement, Hearing, Person
from coproduce.reports.models import Line, ThankYou, Tick


def tick(gathering: Gathering, line: Line, state: Tick.State, by: Person | None) -> None:
    """A host says that a line is done, or not needed."""
    with in_hand(gathering):
        Tick.objects.update_or_create(
            gathering=gathering, line=line, defaults={"state": state, "by": by}
        )
        record_deed("tick off", gathering, by, note=f"{line.value}: {state.value}")


def untick(gathering: Gathering, line: Line, by: Person | None) -> None:
    """It is open again."""
    with in_hand(gathering):
        Tick.objects.filter(gathering=gathering, line=line).delete()
        record_deed("open again", gathering, by, note=line.value)


def who_can_be_thanked(gathering: Gathering) -> list[Person]:
    """Those who were there and agreed to hear from the place."""
    hear = Hearing.objects.current().filter(place=gathering.place)
    there = Person.objects.filter(attendances__gathering=gathering, hearings__in=hear)
    return list(there.distinct().order_by("pk"))


def thank(gathering: Gathering, words: str, by: Person) -> Announcement:
    """Thank them, once, in the way each of them chose, with the way to stop hearing from us."""
    with transaction.atomic():
        if ThankYou.objects.select_for_update().filter(gathering=gathering).exists():
            raise NotPossible("They are thanked already; nobody gets it twice.")
        people = who_can_be_thanked(gathering)
        if not people:
            raise NotPossible(
                f"Nobody who was there has agreed to hear from {gathering.place}, so nobody is "
                "written to. Thank them at the next gathering, or on its page."
            )
        subject = f"Thank you: {gathering.title}"[:120]
        announcement = announcing.write(gathering.place, by, subject=subject, words=words)
        ThankYou.objects.create(gathering=gathering, announcement=announcement)
        try:
            announcing.send(announcement, by, to=people)
        except NotPossibleForPeople as reason:
            raise NotPossible(str(reason)) from reason
        record_deed("thank everybody", gathering, by, note=f"{len(people)} people")
    return announcement
