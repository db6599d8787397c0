"""What every page knows about the site it belongs to."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from coproduce.people.models import Membership
from coproduce.people.rights import EVALUATORS, FACILITATORS


def site(request: HttpRequest) -> dict[str, object]:
    roles = SimpleLazyObject(lambda: roles_of(request))
    return {
        "site_name": settings.WAGTAIL_SITE_NAME,
        "base_url": settings.BASE_URL,
        "is_demo": settings.DEMO,
        "facilitates": SimpleLazyObject(lambda: not roles.isdisjoint(FACILITATORS)),
        "evaluates": SimpleLazyObject(lambda: not roles.isdisjoint(EVALUATORS)),
    }


def roles_of(request: HttpRequest) -> frozenset[str]:
    """The roles that they hold anywhere: which ways in the header are theirs to see."""
    if not request.user.is_authenticated:
        return frozenset()
    held = Membership.objects.current().filter(person__user=request.user)
    return frozenset(held.values_list("role", flat=True))
