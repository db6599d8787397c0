"""The mail of the demo: readable on a page there, and nowhere else."""

from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.mail import EmailMessage, get_connection
from django.test import Client
from django.urls import reverse

from coproduce.web.demo_mail import NEWEST
from tests import cast
from tests.web.test_accounts import ASK, CONFIRM

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings: Any, tmp_path: Path) -> None:
    cache.clear()
    settings.DEMO = True
    settings.EMAIL_BACKEND = "coproduce.web.demo_mail.FolderAndTerminal"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"


def letter(number: int) -> EmailMessage:
    return EmailMessage(f"Number {number}", "Hello – it’s us.", "us@example.org", ["you@e.org"])


def test_it_has_no_such_page_outside_the_demo(client: Client) -> None:
    assert client.get("/demo/mail/").status_code == 404
    assert "/demo/mail/" not in client.get(ASK).content.decode()


def test_it_shows_the_code_that_lets_a_visitor_in(client: Client, demo: None, capsys: Any) -> None:
    cast.member()
    client.post(ASK, {"email": "amina@example.org"})
    assert reverse("demo_mail") in client.get(CONFIRM).content.decode()
    newest = client.get("/demo/mail/").context["letters"][0]
    assert newest.to == "amina@example.org"
    code = next(line.strip() for line in newest.words.splitlines() if line.startswith("    "))
    assert code in capsys.readouterr().out, "the terminal shows it too"
    assert client.post(CONFIRM, {"code": code}).headers["Location"] == "/"


def test_it_shows_the_newest_first_and_not_more_than_fit(client: Client, demo: None) -> None:
    get_connection().send_messages([letter(number) for number in range(NEWEST + 5)])
    subjects = [each.subject for each in client.get("/demo/mail/").context["letters"]]
    assert subjects[0] == f"Number {NEWEST + 4}"
    assert len(subjects) == NEWEST


def test_it_shows_words_as_words(client: Client, demo: None) -> None:
    get_connection().send_messages(
        [EmailMessage("<b>Hi</b>", "<script>1</script> – it’s us.", "us@example.org", ["y@e.org"])]
    )
    page = client.get("/demo/mail/").content.decode()
    assert "&lt;script&gt;1&lt;/script&gt; – it’s us." in page
    assert "<b>Hi" not in page
