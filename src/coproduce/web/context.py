"""What every page knows about the site it belongs to."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from coproduce.people.models import Membership
from coproduce.people.rights import FACILITATORS


def site(request: HttpRequest) -> dict[str, object]:
    return {
        "site_name": settings.WAGTAIL_SITE_NAME,
        "base_url": settings.BASE_URL,
        "is_demo": settings.DEMO,
        "facilitates": SimpleLazyObject(lambda: facilitates_somewhere(request)),
    }


def facilitates_somewhere(request: HttpRequest) -> bool:
    """Whether the way to the facilitator's pages is theirs to see."""
    if not request.user.is_authenticated:
        return False
    held = Membership.objects.current().filter(person__user=request.user, role__in=FACILITATORS)
    return held.exists()
