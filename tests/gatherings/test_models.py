"""What the database itself holds about gatherings, on SQLite and on PostgreSQL."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from coproduce.gatherings.models import (
    Attendance,
    Gathering,
    NeedMet,
    Notice,
    ProgrammeItem,
    Registration,
    State,
)
from tests import cast

pytestmark = pytest.mark.django_db


def refused(rule, deed):
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        deed()


def a_gathering(**fields):
    return cast.a_gathering(**fields)


def test_it_ends_after_it_begins():
    now = timezone.now()
    rule = "a_gathering_ends_after_it_begins"
    refused(rule, lambda: a_gathering(starts_at=now, ends_at=now))


def test_a_draft_was_never_announced():
    refused(
        "a_draft_was_never_announced",
        lambda: a_gathering(state=State.DRAFT, published_at=timezone.now()),
    )


def test_a_cancelled_one_says_since_when():
    gathering = a_gathering()
    refused(
        "a_cancelled_gathering_says_since_when",
        lambda: Gathering.objects.filter(pk=gathering.pk).update(state=State.CANCELLED),
    )


@pytest.mark.parametrize(
    ("field", "rule"),
    [("state", "a_gatherings_state_is_known"), ("setting", "a_gatherings_setting_is_known")],
)
def test_it_knows_no_other_states_and_settings(field, rule):
    gathering = a_gathering()
    refused(rule, lambda: Gathering.objects.filter(pk=gathering.pk).update(**{field: "on a moon"}))


def test_a_hall_holds_somebody():
    refused("a_hall_holds_somebody", lambda: a_gathering(hall_capacity=0))
    refused("a_line_holds_somebody", lambda: a_gathering(line_capacity=0))


def test_parts_of_a_programme_are_numbered_and_take_time():
    gathering = a_gathering()

    def part(position: int, minutes: int) -> ProgrammeItem:
        return ProgrammeItem.objects.create(
            gathering=gathering,
            position=position,
            starts_at=gathering.starts_at,
            minutes=minutes,
            title="Welcome",
        )

    part(1, 30)
    # SQLite names the columns of a broken unique rule, PostgreSQL the rule.
    refused("programme_items_are_numbered|position", lambda: part(1, 30))
    refused("a_programme_item_takes_time", lambda: part(2, 0))


def test_somebody_registers_once_but_may_come_back_after_cancelling():
    gathering, amina = a_gathering(), cast.member()

    def register(**fields: object) -> Registration:
        return Registration.objects.create(gathering=gathering, person=amina, **fields)

    register(state="cancelled")
    register()
    refused("everybody_registers_once|gathering_id", register)


def test_somebody_comes_once_answers_once_and_is_told_once():
    gathering, amina = a_gathering(), cast.member()
    registration = Registration.objects.create(gathering=gathering, person=amina)

    def came() -> None:
        Attendance.objects.create(gathering=gathering, person=amina)

    def answered() -> None:
        NeedMet.objects.create(gathering=gathering, person=amina, answer="yes")

    def told() -> None:
        Notice.objects.create(registration=registration, about="week")

    for rule, deed in (
        ("everybody_came_once|gathering_id", came),
        ("everybody_answers_once_if_it_was_met|gathering_id", answered),
        ("nobody_is_told_twice|registration_id", told),
    ):
        deed()
        refused(rule, deed)


def test_what_somebody_eats_is_sealed_at_rest():
    registration = Registration.objects.create(
        gathering=a_gathering(), person=cast.member(), diet="no pork"
    )
    registration.refresh_from_db()
    assert registration.diet == "no pork"
    raw = Registration.objects.raw("SELECT id, diet AS kept FROM gatherings_registration")[0].kept
    assert b"pork" not in bytes(raw)


def test_it_knows_what_is_next_and_what_was():
    now = timezone.now()
    day = timedelta(days=1)
    later, sooner = a_gathering(starts_at=now + 9 * day), a_gathering(starts_at=now + day)
    older, newer = a_gathering(starts_at=now - 9 * day), a_gathering(starts_at=now - day)
    on = a_gathering(starts_at=now - timedelta(minutes=5))

    assert list(Gathering.objects.coming()) == [on, sooner, later]
    assert list(Gathering.objects.past()) == [newer, older]
