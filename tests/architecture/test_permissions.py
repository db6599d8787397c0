"""Does every address answer each role as the matrix says, and is every address in it?"""

import logging

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from tests.architecture.permissions import MATRIX, ROLES, THIRD_PARTY, Row
from tests.architecture.routes import all_routes
from tests.architecture.scene import CONVERSATIONS, address_of, visitor

Signed = dict[str, str]  # the cookies with which somebody in a role is signed in


def everybody_signed_in() -> Signed:
    """Once for a test: signing in takes longer than most pages."""
    return {role: visitor(role).cookies.output(header="", sep=";") for role in ROLES}


def surprises(row: Row, address: str, signed: Signed) -> list[str]:
    """Where the site answers otherwise than the matrix says."""
    return [
        f"{role}: {row.asked} {address} is {heard}, and the matrix says {row.answers[role]}"
        for role in ROLES
        if (heard := answer(signed[role], row.asked, address)) != row.answers[role]
    ]


def answer(cookies: str, asked: str, address: str) -> int:
    """What somebody with these cookies hears, leaving no trace for the next."""
    cache.clear()
    client = Client()
    client.cookies.load(cookies)
    with transaction.atomic():
        status = client.generic(asked, address).status_code
        transaction.set_rollback(True)
    return status


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
@pytest.mark.parametrize("of", CONVERSATIONS)
def test_it_answers_as_the_matrix_says(of: str) -> None:
    talk, signed = CONVERSATIONS[of](), everybody_signed_in()
    found = [
        surprise
        for name, rows in MATRIX.items()
        for row in rows
        if row.of == of
        for surprise in surprises(row, address_of(name, talk), signed)
    ]
    assert not found, "\n".join(found)


def test_every_row_is_about_a_conversation_of_the_scene() -> None:
    assert {row.of for rows in MATRIX.values() for row in rows} == CONVERSATIONS.keys()


@pytest.mark.django_db
@pytest.mark.parametrize("hung_under", THIRD_PARTY)
def test_what_others_wrote_answers_as_its_row_says(hung_under: str) -> None:
    address, row = THIRD_PARTY[hung_under]
    assert surprises(row, address, everybody_signed_in()) == []
