"""Does every address answer each role as the matrix says, and is every address in it?"""

import logging
from collections.abc import Callable
from uuid import UUID

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from coproduce.conversations.models import Conversation
from coproduce.people.models import Person
from tests import cast
from tests.architecture.permissions import MATRIX, ROLES, THIRD_PARTY, Row
from tests.architecture.routes import all_routes
from tests.web.test_middleware import shown_by_the_app, with_an_app

WHO: dict[str, Callable[[], Person] | None] = {
    "stranger": None,
    "member": cast.member,
    "wrong place": cast.wrong_place_facilitator,
    "facilitator": cast.facilitator,
    "coordinator": cast.coordinator,
    "convenor": cast.convenor,
    "admin": cast.admin,
}
CONVERSATIONS: dict[str, Callable[[], Conversation]] = {
    "open": lambda: cast.an_open_conversation(slug="the-open-one"),
    "draft": lambda: cast.a_draft(slug="the-draft"),
    "invited": lambda: cast.an_open_conversation(
        slug="the-invited-one", electorate=Conversation.Electorate.INVITED
    ),
}
UNNAMED = {"accounts/login/", "_util/login/", "^accounts/password/"}
ANYTHING = {"number": 1, "name": "nothing.jpg", "figure_id": UUID(int=1)}


def visitor(role: str) -> Client:
    """Somebody in this role, signed in; an admin has shown their second factor."""
    client = Client()
    who = WHO[role]
    if who is None:
        return client
    somebody = who()
    cast.log_in(client, somebody)
    if role == "admin":
        secret = with_an_app(somebody)
        client.post(reverse("mfa_reauthenticate"), {"code": shown_by_the_app(secret)})
    return client


def surprises(row: Row, address: str) -> list[str]:
    """Where the site answers otherwise than the matrix says."""
    return [
        f"{role}: {row.asked} {address} is {heard}, and the matrix says {row.answers[role]}"
        for role in ROLES
        if (heard := answer(role, row.asked, address)) != row.answers[role]
    ]


def answer(role: str, asked: str, address: str) -> int:
    """What this role hears, leaving no trace for the next."""
    cache.clear()
    with transaction.atomic():
        status = visitor(role).generic(asked, address).status_code
        transaction.set_rollback(True)
    return status


def address_of(name: str, conversation: Conversation) -> str:
    if name in UNNAMED:
        return f"/{name.lstrip('^')}"
    route = next(route for route in all_routes() if route.name == name)
    known = {**ANYTHING, "slug": conversation.slug, "code": conversation.code}
    return reverse(name, kwargs={each: known[each] for each in route.parameters})


def test_every_route_of_ours_is_in_the_matrix() -> None:
    ours = {route.name for route in all_routes() if route.is_ours}
    missing = sorted(ours - MATRIX.keys())
    assert not missing, (
        f"Nobody has said who may see {', '.join(missing)}. "
        "Add a row for each to tests/architecture/permissions.py."
    )


def test_the_matrix_names_no_route_that_is_gone() -> None:
    assert MATRIX.keys() <= {route.name for route in all_routes() if route.is_ours}


def test_everything_others_wrote_hangs_under_a_row_of_its_own() -> None:
    theirs = {route.hung_under for route in all_routes() if not route.is_ours}
    assert theirs == THIRD_PARTY.keys()


@pytest.fixture(autouse=True)
def no_word_about_each_refusal(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, logger="django.request")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "row"),
    [
        pytest.param(name, row, id=f"{name} {row.asked} {row.of}")
        for name, rows in MATRIX.items()
        for row in rows
    ],
)
def test_it_answers_as_the_matrix_says(name: str, row: Row) -> None:
    conversation = CONVERSATIONS[row.of]()
    assert surprises(row, address_of(name, conversation)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("hung_under", THIRD_PARTY)
def test_what_others_wrote_answers_as_its_row_says(hung_under: str) -> None:
    address, row = THIRD_PARTY[hung_under]
    assert surprises(row, address) == []
