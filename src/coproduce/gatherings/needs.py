"""Who told beforehand what they need to take part, and how long do we keep it of guests?

Only that they did, never what.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from coproduce.gatherings.models import Gathering, Registration
from coproduce.gatherings.models.planning import KEPT_DAYS
from coproduce.people.models import AccessNeed, Membership
from coproduce.trust import log


def who_told_a_need(gathering: Gathering) -> QuerySet[Registration]:
    """Those who were coming and had told beforehand what they need."""
    told = AccessNeed.objects.filter(
        person=OuterRef("person"), told_at__lte=OuterRef("gathering__ends_at")
    )
    return Registration.objects.coming().filter(Exists(told), gathering=gathering)


def throw_away_of_past_guests(now: datetime | None = None) -> int:
    """What guests told they need, and cannot eat, once their last gathering is long over.

    Whoever is a member or has an account looks after it themselves, and is asked whether it is
    still right.
    """
    before = (now or timezone.now()) - timedelta(days=KEPT_DAYS)
    needs = AccessNeed.objects.filter(pk__in=_outlived_needs(before))
    diets = Registration.objects.filter(gathering__ends_at__lt=before).exclude(diet=None)
    if not needs.exists() and not diets.exists():  # a look first: writing locks SQLite
        return 0
    with transaction.atomic():
        gone = needs.delete()[0] + diets.update(diet=None)
        log.record("throw away what past guests need", "people", by=None, note=f"{gone} told")
    return gone


def _outlived_needs(before: datetime) -> QuerySet[AccessNeed]:
    of_person = Registration.objects.filter(person=OuterRef("person"))
    later = of_person.filter(gathering__ends_at__gte=before)
    members = Membership.objects.current().filter(person=OuterRef("person"))
    guests = AccessNeed.objects.filter(Exists(of_person), person__user=None)
    return guests.exclude(Exists(later)).exclude(Exists(members))
