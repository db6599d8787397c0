"""Questions out of a file: understood, errors told by row, and nothing loads without a licence."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from coproduce.formats.instruments import native, twin, xlsform
from coproduce.formats.instruments.record import Instrument as Record
from coproduce.formats.workbook import workbook_bytes
from coproduce.measures import bank
from coproduce.measures.models import Instrument
from tests import cast, measured

pytestmark = pytest.mark.django_db

LICENCE = {
    "licence_kind": "CC-BY-4.0",
    "notice": "© Salford carers, 2026",
    "source": "Written by Salford carers, 2026",
}
SAID = {"title": "Heard", "purpose": "To see who is heard."}
DICTIONARY = (
    "Variable / Field Name,Form Name,Section Header,Field Type,Field Label,"
    '"Choices, Calculations, OR Slider Labels"\n'
    'heard,f,,radio,I was listened to.,"1, Never | 2, Sometimes | 3, Always"\n'
    "why,f,,notes,Why?,\n"
)


@pytest.fixture
def desk(client: Client) -> Client:
    return cast.log_in(client, cast.evaluator())


def hand_in(client: Client, name: str, content: bytes | str, **typed: str) -> Any:
    raw = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile(name, raw)
    return client.post(reverse("measures:bring_in"), {"file": file, **typed})


def keep(client: Client, understood: Any, **typed: str) -> Any:
    form = understood.context["form"]
    given = {name: form[name].value() for name in ("record", "code", "version")}
    return client.post(reverse("measures:bring_in_keep"), given | typed)


def from_elsewhere() -> Record:
    return measured.a_record("from-elsewhere")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", lambda: native.write_instrument(from_elsewhere())),
        ("a.csv", lambda: twin.write_twin(from_elsewhere())),
        ("a.xlsx", lambda: xlsform.write_xlsform(from_elsewhere())),
    ],
)
def test_our_own_files_come_back_as_they_went_out(desk: Client, name: str, content: Any) -> None:
    understood = hand_in(desk, name, content())
    assert "My voice counts here, way 1." in understood.content.decode()
    assert not Instrument.objects.filter(code="from-elsewhere").exists()  # nothing is kept yet
    answer = keep(desk, understood)
    made = Instrument.objects.get(code="from-elsewhere")
    assert answer["Location"] == reverse("measures:desk", args=[made.pk])
    assert made.is_draft
    assert made.place == cast.manchester()
    assert made.read() == from_elsewhere()


def test_it_can_be_ready_at_once(desk: Client) -> None:
    understood = hand_in(desk, "a.json", native.write_instrument(from_elsewhere()))
    keep(desk, understood, ready="1")
    assert not Instrument.objects.get(code="from-elsewhere").is_draft


def test_a_data_dictionary_is_understood_once_it_is_said_whose_it_is(desk: Client) -> None:
    refused = hand_in(desk, "dictionary.csv", DICTIONARY, **SAID)
    assert "This file cannot say whose its questions are" in refused.content.decode()
    understood = hand_in(desk, "dictionary.csv", DICTIONARY, **SAID, **LICENCE)
    told = understood.content.decode()
    assert "a REDCap data dictionary" in told
    assert "Never · Sometimes · Always" in told
    assert "does not say how it is scored" in told
    keep(desk, understood)
    made = Instrument.objects.get(code="heard")
    assert made.read().licence.notice == LICENCE["notice"]


def test_a_form_of_another_program_is_asked_whose_it_is(desk: Client) -> None:
    form = workbook_bytes(
        {
            "survey": [["type", "name", "label"], ["select_one yn", "heard", "Were you heard?"]],
            "choices": [["list_name", "name", "label"], ["yn", "1", "No"], ["yn", "2", "Yes"]],
            "settings": [["form_title", "form_id", "version"], ["Heard", "heard", "1"]],
        }
    )
    refused = hand_in(desk, "form.xlsx", form)
    assert "does not say whose its questions are" in refused.content.decode()
    understood = hand_in(desk, "form.xlsx", form, **SAID, **LICENCE)
    assert "Were you heard?" in understood.content.decode()


def test_what_is_wrong_is_told_with_its_row_and_field(desk: Client) -> None:
    wrong = DICTIONARY.replace("radio", "calc")
    told = hand_in(desk, "dictionary.csv", wrong, **SAID, **LICENCE).content.decode()
    assert "dictionary.csv, row 2, Field Type" in told


def test_a_file_without_a_licence_does_not_load(desk: Client) -> None:
    record = from_elsewhere()
    bare = replace(record, licence=replace(record.licence, notice=""))
    told = hand_in(desk, "a.json", native.write_instrument(bare)).content.decode()
    assert "licence, notice" in told
    assert "Write the words that the holder wants beside the questions." in told


@pytest.mark.parametrize("name", ["a.txt", "a", "a.pdf"])
def test_a_file_of_another_kind_is_refused_in_words(desk: Client, name: str) -> None:
    told = hand_in(desk, name, "Hello").content.decode()
    assert "Bring in a file that ends in .json, .csv or .xlsx." in told


def test_nobody_puts_a_version_over_one_that_came_along_or_is_of_another_place(
    desk: Client,
) -> None:
    bank.keep_shipped()
    record = replace(from_elsewhere(), code="ons4", version="2025")
    understood = hand_in(desk, "a.json", native.write_instrument(record))
    told = keep(desk, understood).content.decode()
    assert "Another set is called “ons4” already." in told
    answer = keep(desk, understood, code="ons4-salford")
    assert answer.status_code == 302
    assert Instrument.objects.get(code="ons4-salford").version == "2025"


def test_what_comes_back_from_the_page_is_checked_again(desk: Client) -> None:
    answer = desk.post(
        reverse("measures:bring_in_keep"), {"record": "{}", "code": "a", "version": "1"}
    )
    assert answer["Location"] == reverse("measures:bring_in")
    assert not Instrument.objects.filter(code="a").exists()


def test_a_file_that_is_too_large_is_not_read(desk: Client) -> None:
    told = hand_in(desk, "a.json", BytesIO(b" " * 1_000_001).read()).content.decode()
    assert "more than 1 MB" in told
