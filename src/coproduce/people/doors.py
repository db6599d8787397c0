"""Who gets through to a page that belongs to a place, and what everybody else is told.

Strangers are asked to sign in, people of other places find nothing there, and people of this
place who may not do the deed are told so.
"""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from coproduce.people.models import Person, Place
from coproduce.people.rights import Deed, belongs, may, person_of

signed_in = login_required  # comes before any look-up, so that a stranger learns nothing


def let_in(request: HttpRequest, deed: Deed, place: Place) -> Person:
    """The signed-in person, if they may do this here; else the page says 404 or 403."""
    person = who_is_there(request)
    if not belongs(person, place):
        raise Http404("There is no such page in a place of yours.")
    if not may(person, deed, place):
        raise PermissionDenied(
            f"In {place} you may not {deed.value}. A coordinator there can make you a facilitator."
        )
    return person


def who_is_there(request: HttpRequest) -> Person:
    """The person behind a page that `signed_in` guards."""
    person = person_of(request.user)
    if person is None:
        raise PermissionDenied("Please sign in first.")
    return person


def places_for(person: Person, deed: Deed) -> list[Place]:
    """The places where this person may do the deed, by name."""
    return [place for place in Place.objects.all() if may(person, deed, place)]
