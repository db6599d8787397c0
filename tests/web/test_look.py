"""The look: letters one can read in every light, pages that are light to load, kind errors."""

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import path
from django.views.defaults import server_error

from coproduce.conversations import tasks
from coproduce.conversations.models import Conversation, Phase
from coproduce.web import urls as site
from tests import cast, crowds

STATIC = Path(str(settings.PACKAGE)) / "static"
SHEET = (STATIC / "coproduce.css").read_text()
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", part))
    for part in SHEET.split("@layer base {")[0].split("prefers-color-scheme: dark")
)
GROUNDS = ("paper", "card", "wash")


def luminance(colour: str) -> float:
    """How bright a colour is, from 0 to 1 (WCAG 2.2, relative luminance)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def test_it_knows_how_to_measure_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("light", [LIGHT, DARK], ids=["light", "dark"])
def test_it_sets_body_text_at_seven_to_one_on_every_ground(
    light: dict[str, str], ground: str
) -> None:
    tokens = LIGHT | light
    for text in ("ink", "soft"):
        assert contrast(tokens[text], tokens[ground]) >= 7, text


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("light", [LIGHT, DARK], ids=["light", "dark"])
def test_it_sets_every_other_text_at_four_and_a_half_to_one(
    light: dict[str, str], ground: str
) -> None:
    tokens = LIGHT | light
    for text in ("brick", "brick-deep", "warn"):
        assert contrast(tokens[text], tokens[ground]) >= 4.5, text


@pytest.mark.parametrize("light", [LIGHT, DARK], ids=["light", "dark"])
def test_it_sets_letters_on_every_group_mark_at_four_and_a_half_to_one(
    light: dict[str, str],
) -> None:
    tokens = LIGHT | light
    for group in "abcdef":
        assert contrast(tokens["on-group"], tokens[f"group-{group}"]) >= 4.5, group
        assert contrast(tokens[f"group-{group}"], tokens["card"]) >= 3, group


@pytest.mark.parametrize("light", [LIGHT, DARK], ids=["light", "dark"])
def test_it_draws_the_edge_of_a_field_at_three_to_one(light: dict[str, str]) -> None:
    tokens = LIGHT | light
    for ground in GROUNDS:
        assert contrast(tokens["edge"], tokens[ground]) >= 3, ground


def test_it_loads_nothing_from_elsewhere() -> None:
    files = [*STATIC.rglob("*.css"), *STATIC.rglob("*.js")]
    assert len(files) >= 2
    for file in files:
        assert not re.search(r"(url\(|import |fetch\()[\"']?(https?:)?//", file.read_text()), file


def test_it_carries_the_licence_of_its_letters() -> None:
    assert "SIL Open Font License" in (STATIC / "fonts" / "LICENSE").read_text()


@pytest.fixture
def as_full_as_a_day() -> None:
    """A question to answer, and one that 220 people and 30 statements have behind them."""
    cast.an_open_conversation(slug="the-one")
    found = cast.an_open_conversation([f"Statement {n}" for n in range(30)], slug="found")
    crowds.crowd(found, 220, crowds.two_camps)
    tasks.finish.call(str(crowds.close_at_once(found).id))
    Conversation.objects.filter(pk=found.pk).update(phase=Phase.PUBLISHED)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/talk/the-one/", "/talk/found/common-ground/"])
def test_it_weighs_less_than_a_hundred_kilobytes_at_the_first_visit(
    client: Client, as_full_as_a_day: None, address: str
) -> None:
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    weight = len(answer.content)  # as it travels
    is_pressed = answer.headers.get("Content-Encoding") == "gzip"
    page = gzip.decompress(answer.content) if is_pressed else answer.content
    for linked in set(re.findall(rb'(?:src|href)="/static/([^"]+)"', page)):
        weight += sent(linked.decode())
    for font in (STATIC / "fonts").glob("*.woff2"):
        weight += font.stat().st_size * (font.name not in page.decode())
    assert weight <= 100_000


def sent(name: str) -> int:
    """How many bytes of a static file travel."""
    found = finders.find(name)
    assert isinstance(found, str), name
    content = Path(found).read_bytes()
    return len(content) if name.endswith("woff2") else len(gzip.compress(content))


def broken(request: HttpRequest) -> Any:
    raise RuntimeError("as if something broke")


def mixed_up(request: HttpRequest) -> Any:
    raise SuspiciousOperation("as if something was cut off")


urlpatterns = [*site.urlpatterns[:-1], path("broken/", broken), path("mixed-up/", mixed_up)]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/nowhere/", 404, "There is no such page"),
        ("/broken/", 500, "Something broke on our side"),
        ("/mixed-up/", 400, "We could not read that"),
    ],
)
def test_it_says_what_went_wrong_in_kind_words(address: str, status: int, heading: str) -> None:
    client = Client(raise_request_exception=False)
    answer = client.get(address)
    assert answer.status_code == status
    page = answer.content.decode()
    assert f"<h1>{heading}</h1>" in page
    assert 'href="/"' in page


def test_it_says_so_without_the_database_when_that_is_what_broke(rf: Any) -> None:
    answer = server_error(rf.get("/"))  # no database fixture: a query would fail this test
    assert "Something broke on our side" in answer.content.decode()


@pytest.mark.parametrize("page", ["400.html", "403_csrf.html", "429.html", "500.html", "503.html"])
def test_it_says_without_the_database_what_must_be_said_under_load(page: str, rf: Any) -> None:
    said = render_to_string(page, {}, rf.get("/"))
    assert said.count("<h1>") == 1
    assert "coproduce.css" in said


@pytest.mark.django_db
def test_it_says_kindly_that_a_form_was_open_for_too_long() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/accounts/login/code/", {"email": "amina@example.org"})
    assert answer.status_code == 403
    assert "This form was open for too long" in answer.content.decode()


@pytest.mark.django_db
def test_it_has_no_style_and_no_script_written_into_a_page(client: Client) -> None:
    cast.an_open_conversation()
    for address in ("/", "/accounts/login/code/", "/accounts/signup/", "/nowhere/"):
        page = client.get(address).content.decode()
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", page), address


@pytest.mark.django_db
def test_it_tells_htmx_to_keep_to_the_content_policy(client: Client) -> None:
    page = client.get("/accounts/login/code/").content.decode()
    assert '"includeIndicatorStyles": false' in page
    assert '"allowEval": false' in page
    assert '"selfRequestsOnly": true' in page
