"""The plan of somebody who may tell something hard: theirs, sealed, seen by few, and soon gone."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coproduce.gatherings.actions import planning, registering
from coproduce.gatherings.actions.deeds import NotPossible
from coproduce.gatherings.actions.planning import Plan
from coproduce.gatherings.models import PersonalPlan, Registration
from coproduce.trust.keys import destroy_key, read_key
from coproduce.trust.models import LogEntry
from coproduce.trust.sealing import KEY
from tests import cast

pytestmark = pytest.mark.django_db

HARD = "My time in the ward"


@pytest.fixture
def registration() -> Registration:
    return cast.a_registration(cast.a_gathering())


def a_plan() -> Plan:
    return Plan(agenda_ahead=True, leave_alone=HARD, checks_in="Bola, in the break")


def page(registration: Registration) -> str:
    return reverse("gatherings:coming_plan", args=[registration.code])


def plans_of(registration: Registration) -> str:
    return reverse("gatherings:host_plans", args=[registration.gathering.slug])


def test_whoever_has_the_code_makes_a_plan_and_the_coordinator_sees_it(
    registration: Registration,
) -> None:
    typed = {"agenda_ahead": "on", "leave_alone": HARD, "checks_in": "Bola, in the break"}
    told = Client().post(page(registration), typed, follow=True).content.decode()
    assert "Your plan is with those who look after you on the day." in told
    seen = cast.log_in(Client(), cast.coordinator()).get(plans_of(registration)).content.decode()
    assert HARD in seen
    assert "Send them the agenda beforehand." in seen
    assert HARD in Client().get(page(registration)).content.decode()


def test_hosts_who_are_not_trusted_with_it_do_not_see_it(registration: Registration) -> None:
    planning.keep(registration, a_plan())
    assert cast.log_in(Client(), cast.facilitator()).get(plans_of(registration)).status_code == 403


def test_each_look_stands_in_the_log_and_no_word_of_the_plan(registration: Registration) -> None:
    planning.keep(registration, a_plan())
    planning.look(registration.gathering, by=cast.coordinator())
    look = LogEntry.objects.get(deed="see personal plans")
    assert (look.actor, look.note) == (cast.coordinator().id, "1 plans")
    assert HARD not in "".join(entry.note for entry in LogEntry.objects.all())


def test_it_is_sealed_in_the_database(registration: Registration) -> None:
    planning.keep(registration, a_plan())
    with connection.cursor() as cursor:
        cursor.execute("SELECT leave_alone, checks_in FROM gatherings_personalplan")
        sealed = b"".join(bytes(cell) for cell in cursor.fetchone())
    assert b"ward" not in sealed
    assert b"Bola" not in sealed


def test_it_is_changed_and_taken_back_by_whoever_it_is_for(registration: Registration) -> None:
    planning.keep(registration, a_plan())
    Client().post(page(registration), {"leave_alone": "Money"})
    assert planning.own_plan(registration) == Plan(leave_alone="Money")
    Client().post(page(registration), {"gone": "yes"})
    assert planning.own_plan(registration) is None
    planning.keep(registration, a_plan())
    told = Client().post(page(registration), {"leave_alone": ""}, follow=True).content.decode()
    assert "You have no plan now." in told
    assert not PersonalPlan.objects.exists()


def test_it_goes_with_the_registration(registration: Registration) -> None:
    planning.keep(registration, a_plan())
    registering.cancel(registration)
    assert not PersonalPlan.objects.exists()
    registration.refresh_from_db()
    with pytest.raises(NotPossible, match="Your registration is cancelled"):
        planning.keep(registration, a_plan())


@pytest.mark.parametrize(("days", "is_there"), [(59, True), (61, False)])
def test_it_is_gone_sixty_days_after_the_gathering(
    registration: Registration, days: int, is_there: bool
) -> None:
    assert "60 days after the gathering it is deleted" in (
        Client().get(page(registration)).content.decode()
    )
    planning.keep(registration, a_plan())
    ended = timezone.now() - timedelta(days=days)
    gathering = registration.gathering
    gathering.starts_at, gathering.ends_at = ended - timedelta(hours=6), ended
    gathering.save()
    planning.throw_old_ones_away()
    assert PersonalPlan.objects.exists() is is_there


def test_once_it_is_over_no_plan_is_made(registration: Registration) -> None:
    gathering = registration.gathering
    gathering.starts_at = timezone.now() - timedelta(days=2)
    gathering.ends_at = timezone.now() - timedelta(days=1)
    gathering.save()
    with pytest.raises(NotPossible, match="This gathering is over"):
        planning.keep(registration, a_plan())


def test_without_its_key_nobody_reads_it_and_no_page_breaks(registration: Registration) -> None:
    planning.keep(registration, a_plan())
    kept = read_key(KEY)
    destroy_key(KEY)
    assert kept
    assert Client().get(page(registration)).status_code == 200
    coordinator = cast.log_in(Client(), cast.coordinator())
    told = coordinator.get(plans_of(registration), follow=True).content.decode()
    assert "The plans cannot be opened" in told
    Client().post(page(registration), {"gone": "yes"})
    assert not PersonalPlan.objects.exists()
