"""Does every address answer each role as the matrix says, and is every address in it?"""

import logging
from collections.abc import Callable
from uuid import UUID

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from coproduce.conversations import tasks
from coproduce.conversations.actions import facilitating, on_paper, publishing
from coproduce.conversations.models import Conversation, Phase
from coproduce.people.models import Person
from coproduce.trust import second_person
from coproduce.trust.models import Figure, Request
from tests import cast, crowds
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
UNNAMED = {"accounts/login/", "_util/login/", "^accounts/password/"}
NOBODY = UUID(int=1)


def finished(slug: str, phase: Phase) -> Conversation:
    """A conversation of thirty people, its figures made, and its rows asked for by one person."""
    talk = cast.an_open_conversation(slug=slug)
    crowds.crowd(talk, 30, crowds.two_camps)
    crowds.close_at_once(talk)
    tasks.finish.call(str(talk.id))
    Conversation.objects.filter(pk=talk.pk).update(phase=phase)
    talk.refresh_from_db()
    asked_by = cast.other_coordinator().id
    second_person.ask(publishing.RELEASE_ROWS, talk.thing, why="for a study", by=asked_by)
    return talk


def on_paper_too(slug: str) -> Conversation:
    """An open conversation with a sheet and eight slips to print."""
    talk = cast.an_open_conversation(slug=slug)
    on_paper.print_sheets(talk, by=None)
    facilitating.give_out_slips(talk, 8, by=None)
    return talk


CONVERSATIONS: dict[str, Callable[[], Conversation]] = {
    "open": lambda: cast.an_open_conversation(slug="the-open-one"),
    "draft": lambda: cast.a_draft(slug="the-draft"),
    "invited": lambda: cast.an_open_conversation(
        slug="the-invited-one", electorate=Conversation.Electorate.INVITED
    ),
    "paper": lambda: on_paper_too("the-one-on-paper"),
    "closed": lambda: finished("the-closed-one", Phase.CLOSED),
    "published": lambda: finished("the-published-one", Phase.PUBLISHED),
}


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


def address_of(name: str, talk: Conversation) -> str:
    if name in UNNAMED:
        return f"/{name.lstrip('^')}"
    figure = Figure.objects.filter(release__thing=talk.thing).first()
    edition = talk.paper_editions.first()
    asked = Request.objects.filter(thing=talk.thing).first()
    known = {
        "slug": talk.slug,
        "code": talk.code,
        "figure_id": figure.id if figure else NOBODY,
        "request_id": asked.id if asked else NOBODY,
        "letters": edition.letters if edition else "BCDF",
        "name": "nothing.jpg",
        "number": 1,
        "first": 1,
        "last": 8,
    }
    route = next(route for route in all_routes() if route.name == name)
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
@pytest.mark.parametrize("of", CONVERSATIONS)
def test_it_answers_as_the_matrix_says(of: str) -> None:
    talk = CONVERSATIONS[of]()
    found = [
        surprise
        for name, rows in MATRIX.items()
        for row in rows
        if row.of == of
        for surprise in surprises(row, address_of(name, talk))
    ]
    assert not found, "\n".join(found)


def test_every_row_is_about_a_conversation_of_the_scene() -> None:
    assert {row.of for rows in MATRIX.values() for row in rows} == CONVERSATIONS.keys()


@pytest.mark.django_db
@pytest.mark.parametrize("hung_under", THIRD_PARTY)
def test_what_others_wrote_answers_as_its_row_says(hung_under: str) -> None:
    address, row = THIRD_PARTY[hung_under]
    assert surprises(row, address) == []
