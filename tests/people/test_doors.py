"""Strangers sign in, other places find nothing, and whoever may not is told so."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory

from coproduce.people.doors import let_in, places_for, signed_in
from coproduce.people.models import Membership, Person
from coproduce.people.rights import Deed
from tests import cast

pytestmark = pytest.mark.django_db


@signed_in
def page(request: HttpRequest) -> HttpResponse:
    person = let_in(request, Deed.FACILITATE, cast.manchester())
    return HttpResponse(person.name)


def visit(somebody: Person | None) -> HttpResponse:
    request = RequestFactory().get("/facilitate/")
    request.user = somebody.user if somebody else AnonymousUser()
    return page(request)


def test_it_asks_a_stranger_to_sign_in_and_remembers_where_they_were_going():
    answer = visit(None)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/code/")
    assert answer["Location"].endswith("?next=/facilitate/")


def test_it_shows_nothing_to_people_of_another_place():
    with pytest.raises(Http404):
        visit(cast.wrong_place_facilitator())


def test_it_tells_a_member_without_the_right_who_can_help():
    with pytest.raises(PermissionDenied, match=r"In Manchester you may not .* coordinator"):
        visit(cast.member())


@pytest.mark.parametrize("who", [cast.facilitator, cast.coordinator, cast.convenor])
def test_it_lets_in_whoever_may(who):
    somebody = who()

    assert visit(somebody).content.decode() == somebody.name


def test_it_shows_nothing_to_an_admin_without_a_role_in_the_place():
    with pytest.raises(Http404):
        visit(cast.admin())


def test_it_shows_nothing_to_somebody_whose_role_has_ended(django_user_model):
    former = cast.facilitator()
    membership = Membership.objects.get(person=former)
    membership.until = membership.since
    membership.save()

    with pytest.raises(Http404):
        visit(former)


def test_it_lists_the_places_where_somebody_may_do_a_deed():
    cast.manchester(), cast.oxfordshire()

    assert places_for(cast.facilitator(), Deed.FACILITATE) == [cast.manchester()]
    assert places_for(cast.member(), Deed.FACILITATE) == []
    assert [str(place) for place in places_for(cast.convenor(), Deed.FACILITATE)] == [
        "England",
        "Greater Manchester",
        "Manchester",
        "Oxfordshire",
    ]
