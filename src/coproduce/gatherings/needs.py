"""Who told beforehand what they need to take part? Only that they did, never what."""

from django.db.models import Exists, OuterRef, QuerySet

from coproduce.gatherings.models import Gathering, Registration
from coproduce.people.models import AccessNeed


def who_told_a_need(gathering: Gathering) -> QuerySet[Registration]:
    """Those who were coming and had told beforehand what they need."""
    told = AccessNeed.objects.filter(
        person=OuterRef("person"), told_at__lte=OuterRef("gathering__ends_at")
    )
    return Registration.objects.coming().filter(Exists(told), gathering=gathering)
