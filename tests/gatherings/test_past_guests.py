"""What guests told they need is gone once their last gathering is long over."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from coproduce.gatherings.models import Gathering, Registration
from coproduce.gatherings.needs import throw_away_of_past_guests
from coproduce.people.models import AccessNeed, Membership
from tests import cast

pytestmark = pytest.mark.django_db


def over_for(days: int) -> Gathering:
    ended = timezone.now() - timedelta(days=days)
    return cast.a_gathering(starts_at=ended - timedelta(hours=6), ends_at=ended)


@pytest.mark.parametrize(("days", "left"), [(59, 1), (61, 0)])
def test_a_guests_need_and_diet_go_sixty_days_after_the_gathering(days: int, left: int) -> None:
    registration = cast.a_registration(over_for(days), need="Large print", diet="Nuts")
    throw_away_of_past_guests()
    assert AccessNeed.objects.count() == left
    assert Registration.objects.exclude(diet=None).count() == left
    assert registration.person.registrations.exists()


def test_whoever_comes_again_keeps_what_they_told() -> None:
    guest = cast.a_registration(over_for(200), need="Large print").person
    cast.a_registration(cast.a_gathering(), guest)
    throw_away_of_past_guests()
    assert AccessNeed.objects.count() == 1


def test_members_and_those_with_an_account_look_after_it_themselves() -> None:
    cast.a_registration(over_for(200), cast.member(), need="Large print")
    joined = cast.a_registration(over_for(200), need="A seat").person
    Membership.objects.create(person=joined, place=cast.manchester())
    throw_away_of_past_guests()
    assert AccessNeed.objects.count() == 2


def test_what_was_told_apart_from_any_gathering_stays() -> None:
    AccessNeed.objects.create(person=cast.member(), words="Large print")
    assert throw_away_of_past_guests() == 0
    assert AccessNeed.objects.count() == 1


def test_the_page_says_so_where_it_is_asked() -> None:
    page = Client().get(f"/gatherings/{cast.a_gathering().slug}/register/").content.decode()
    assert "60 days after your last gathering it is deleted" in page
