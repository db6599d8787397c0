"""Questions to ask, open to everybody: found by what they measure, whose they are said plainly."""

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from coproduce.formats.instruments import native, twin
from coproduce.formats.instruments.xlsform_in import read_xlsform
from coproduce.measures import bank, to_be_found
from coproduce.measures.models import Instrument
from coproduce.search import rebuilding
from coproduce.search.models import Findable
from tests import cast, measured

pytestmark = pytest.mark.django_db

STARTER = ("coproduce-starter", "1")


def page(client: Client, name: str, *args: object, **asked: str) -> str:
    answer = client.get(reverse(f"measures:{name}", args=args), asked)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_everybody_finds_what_came_along_by_what_it_measures(client: Client) -> None:
    everything = page(client, "instrument_list")
    for title in ("Personal well-being (ONS4)", "Loneliness, asked directly", "a short start"):
        assert title in everything
    lonely = page(client, "instrument_list", measures="Loneliness")
    assert "Loneliness, asked directly" in lonely
    assert "Personal well-being (ONS4)" not in lonely


def test_a_word_of_a_question_finds_its_set(client: Client) -> None:
    assert "(ONS4)" in page(client, "instrument_list", q="satisfied nowadays")
    assert "No set does." in page(client, "instrument_list", q="zebra")


def test_it_is_said_plainly_that_a_set_is_unvalidated(client: Client) -> None:
    assert "Nobody has checked yet whether these questions" in page(client, "instrument", *STARTER)
    assert "Nobody has checked yet whether" not in page(client, "instrument", "ons4", "2024")


def test_its_page_says_whose_it_is_and_how_it_is_counted(client: Client) -> None:
    told = page(client, "instrument", "ons4", "2024")
    assert "Open Government Licence" in told
    assert "The answer to question 4, from 0 to 10. Lower is better." in told
    assert "Nobody has found out yet from which difference on they matter" in told


@pytest.mark.parametrize("look", ["phone", "paper", "easy"])
def test_it_is_seen_as_people_see_it_and_nothing_is_kept(client: Client, look: str) -> None:
    shown = page(client, "instrument_as", *STARTER, look)
    words = "What I said was as important" if look == "easy" else "What I said counted as much"
    assert words in shown
    assert ("equal-voice" in shown) == (look == "easy")
    assert ("answer-none" in shown) == (look == "easy")  # answers have their pictures too
    assert "<form" not in shown.partition("<main")[2].partition("</main>")[0]


def test_a_look_that_there_is_not_is_not_found(client: Client) -> None:
    address = reverse("measures:instrument_as", args=[*STARTER, "stone"])
    assert client.get(address).status_code == 404


def test_every_file_of_it_holds_the_same_questions(client: Client) -> None:
    page(client, "instrument_list")
    kept = Instrument.objects.get(code="ons4").read()
    files = {
        ending: client.get(reverse("measures:instrument_file", args=["ons4", "2024", ending]))
        for ending in ("json", "csv", "xlsx")
    }
    assert native.read_instrument(files["json"].content, file="f") == kept
    assert twin.read_twin(files["csv"].content, file="f") == kept
    assert read_xlsform(files["xlsx"].content, file="f.xlsx").instrument.items == kept.items
    assert 'filename="ons4-2024.json"' in files["json"]["Content-Disposition"]


def test_the_newest_version_says_what_is_different_and_the_older_one_that_it_is_older(
    client: Client,
) -> None:
    measured.an_instrument("voice", "1", items=2)
    measured.an_instrument("voice", "2", items=3)
    told = page(client, "instrument", "voice", "2")
    assert "What is different from version 1" in told
    assert "New: “My voice counts here, way 3.”" in told
    assert "There is a newer one" in page(client, "instrument", "voice", "1")
    newest = client.get(reverse("measures:instrument_newest", args=["voice"]))
    assert newest["Location"] == reverse("measures:instrument", args=["voice", "2"])


def test_a_draft_is_nobodys_to_find(client: Client) -> None:
    draft = measured.an_instrument("voice", "1")
    Instrument.objects.filter(pk=draft.pk).update(is_draft=True, place=cast.manchester())
    assert "My voice counts" not in page(client, "instrument_list")
    address = reverse("measures:instrument", args=["voice", "1"])
    assert client.get(address).status_code == 404


def test_questions_whose_holder_does_not_let_them_be_shown_are_not_shown(client: Client) -> None:
    record = measured.a_record("held")
    closed = replace(record, licence=replace(record.licence, may_ship=False))
    Instrument.objects.create(
        code="held",
        version="1",
        place=cast.manchester(),
        record=native.write_instrument(closed),
    )
    told = page(client, "instrument", "held", "1")
    assert "My voice counts here" not in told
    for name, last in (("instrument_as", "phone"), ("instrument_file", "json")):
        address = reverse(f"measures:{name}", args=["held", "1", last])
        assert client.get(address).status_code == 404


def test_search_finds_the_newest_version_of_every_ready_set(client: Client) -> None:
    page(client, "instrument_list")
    older, newer = measured.an_instrument("voice", "1"), measured.an_instrument("voice", "2")
    to_be_found.instrument_changed("voice")
    things = set(Findable.objects.filter(kind="instrument").values_list("thing", flat=True))
    assert newer.thing in things
    assert older.thing not in things
    assert len(things) == len(bank.entries())
    assert rebuilding.rebuild().was_fine
