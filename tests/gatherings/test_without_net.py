"""The page for taking notes without a net: what a device keeps of it, and what it never keeps."""

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from coproduce.gatherings.actions import noting
from coproduce.gatherings.actions.noting import Note
from coproduce.gatherings.models import Gathering
from coproduce.gatherings.views.without_net import PARTS
from tests import cast

pytestmark = pytest.mark.django_db

SAID = "Nobody asked us before the rota was made."


@pytest.fixture
def gathering() -> Gathering:
    return cast.a_gathering()


@pytest.fixture
def host(client: Client) -> Client:
    return cast.log_in(client, cast.facilitator())


def at(name: str, gathering: Gathering) -> str:
    return reverse(f"gatherings:{name}", args=[gathering.slug])


def test_the_shell_is_the_page_without_a_word_that_anybody_said(
    host: Client, gathering: Gathering
) -> None:
    noting.take_notes(gathering, [Note(SAID)], None)
    host.post(at("notes", gathering), {"words": "Another thing", "question": "What was asked?"})
    shell = host.get(at("notes_shell", gathering)).content.decode()
    assert "There is no net just now." in shell
    for words in (SAID, "Another thing", "What was asked?"):
        assert words not in shell


def test_the_worker_reaches_this_page_alone(host: Client, gathering: Gathering) -> None:
    answer = host.get(at("notes_worker", gathering))
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "Service-Worker-Allowed" not in answer.headers  # it stays below its own address
    assert at("notes_worker", gathering).startswith(at("notes", gathering))
    script = answer.content.decode()
    assert f'"page": "{at("notes", gathering)}"' in script
    assert "coproduce.css" in script
    assert "&quot;" not in script


def test_what_the_worker_keeps_are_files_that_there_are(host: Client, gathering: Gathering) -> None:
    assert all(finders.find(part) for part in PARTS)
