"""A personal plan: made, changed and taken back by whom it is for, seen by those trusted with it.

The log says that a plan was made or looked at, never what stands in it.
"""

from dataclasses import dataclass

from django.utils import timezone

from coproduce.gatherings.actions.deeds import NotPossible, in_hand, record_deed
from coproduce.gatherings.models import Gathering, PersonalPlan, Registration
from coproduce.people.models import Person
from coproduce.people.words import plain_paragraphs
from coproduce.trust.keys import KeyIsGone
from coproduce.trust.sealing import CannotBeOpened


@dataclass(frozen=True)
class Plan:
    """What somebody needs so that telling something hard does not harm them."""

    agenda_ahead: bool = False
    leave_alone: str = ""
    checks_in: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.agenda_ahead or self.leave_alone or self.checks_in)


def keep(registration: Registration, plan: Plan) -> None:
    """The plan as it is now; an empty one is none."""
    with in_hand(registration.gathering):
        _only_before_the_end(registration)
        if plan.is_empty:
            _delete(registration)
            return
        PersonalPlan.objects.update_or_create(
            registration=registration,
            defaults={
                "agenda_ahead": plan.agenda_ahead,
                "leave_alone": plain_paragraphs(plan.leave_alone) or None,
                "checks_in": plain_paragraphs(plan.checks_in) or None,
                "told_at": timezone.now(),
            },
        )
        record_deed("make a personal plan", registration.gathering, registration.person)


def take_back(registration: Registration) -> None:
    """Gone, at any time."""
    with in_hand(registration.gathering):
        _delete(registration)


def own_plan(registration: Registration) -> Plan | None:
    """Their plan in words; None where there is none, or where its key is lost."""
    try:
        kept = PersonalPlan.objects.filter(registration=registration).first()
    except (CannotBeOpened, KeyIsGone):
        return None
    if kept is None:
        return None
    return Plan(kept.agenda_ahead, kept.leave_alone or "", kept.checks_in or "")


def look(gathering: Gathering, by: Person) -> list[PersonalPlan]:
    """Every plan for this gathering; each look is written in the log."""
    with in_hand(gathering):
        found = PersonalPlan.objects.filter(registration__gathering=gathering)
        record_deed("see personal plans", gathering, by, note=f"{found.count()} plans")
        try:
            return list(found.select_related("registration__person"))
        except (CannotBeOpened, KeyIsGone) as lost:
            raise NotPossible(
                "The plans cannot be opened: the file of keys that belongs to this database is "
                "not here. Ask whoever runs the machine to put it back."
            ) from lost


def throw_old_ones_away() -> int:
    """Those of gatherings that are long over."""
    old = PersonalPlan.objects.outlived()
    if not old.exists():  # a look first: deleting locks SQLite
        return 0
    return old.delete()[0]


def _only_before_the_end(registration: Registration) -> None:
    if registration.is_cancelled:
        raise NotPossible("Your registration is cancelled, so nobody would look at a plan.")
    if registration.gathering.is_over():
        raise NotPossible("This gathering is over, so nobody would look at a plan.")


def _delete(registration: Registration) -> None:
    gone, _ = PersonalPlan.objects.filter(registration=registration).delete()
    if gone:
        record_deed("take back a personal plan", registration.gathering, registration.person)
