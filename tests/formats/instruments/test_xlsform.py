"""An XLSForm that we write is one for everybody, and one that we read is one that we can hold."""

import io
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from openpyxl import Workbook, load_workbook
from pyxform.xls2xform import convert

from coproduce.formats.errors import BadFile
from coproduce.formats.instruments.bank import bank
from coproduce.formats.instruments.foreign import Asked, Taken
from coproduce.formats.instruments.record import Instrument, Item, Kind, Licence, Point
from coproduce.formats.instruments.xlsform import write_xlsform
from coproduce.formats.instruments.xlsform_in import read_xlsform
from tests.instruments_drawn import HEARD, instruments

OURS = Asked(
    Licence("CC-BY-4.0", "© a council", "a council", True, False),
    code="council",
    version="3",
    title="Council",
    purpose="To ask.",
)
Sheets = dict[str, list[list[Any]]]


def form(**changed: list[list[Any]]) -> bytes:
    """A form as another program makes it, with some of its sheets as given."""
    sheets: Sheets = {
        "survey": [
            ["type", "name", "label", "hint", "required", "relevant", "constraint"],
            ["select_one agree", "heard", "People listened to me."],
        ],
        "choices": [
            ["list_name", "name", "label"],
            ["agree", "1", "No"],
            ["agree", "2", "Yes"],
        ],
        "settings": [["form_title", "form_id"], ["Council", "council"]],
    } | changed
    return packed(sheets)


def packed(sheets: Sheets) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def survey(*rows: list[Any], header: list[Any] | None = None) -> list[list[Any]]:
    usual = ["type", "name", "label", "hint", "required", "relevant", "constraint"]
    return [header or usual, *rows]


def read(raw: bytes, asked: Asked | None = OURS) -> Taken:
    return read_xlsform(raw, file="form.xlsx", asked=asked)


def refusal(raw: bytes, asked: Asked | None = OURS) -> str:
    with pytest.raises(BadFile) as refused:
        read(raw, asked)
    return str(refused.value)


def edited(instrument: Instrument, sheet: str, cell: str, value: Any) -> bytes:
    """Our own form, with one cell changed as somebody would in a spreadsheet."""
    book = load_workbook(io.BytesIO(write_xlsform(instrument)))
    book[sheet][cell] = value
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def complaints(raw: bytes) -> list[str]:
    """What pyxform has to say; it raises where it cannot make a form of it."""
    warnings: list[str] = []
    convert(raw, warnings=warnings, file_type=".xlsx")
    return warnings


@given(instruments())
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_it_comes_back_as_it_was_and_pyxform_has_nothing_to_say(instrument: Instrument) -> None:
    assume("${" not in repr(instrument))
    raw = write_xlsform(instrument)
    assert complaints(raw) == []
    assert read_xlsform(raw, file="any.xlsx") == Taken(instrument)


@pytest.mark.parametrize("instrument", bank(), ids=lambda one: one.name)
def test_everything_in_the_bank_can_be_asked_with_other_programs(instrument: Instrument) -> None:
    raw = write_xlsform(instrument)
    assert complaints(raw) == []
    assert read_xlsform(raw, file="any.xlsx") == Taken(instrument)


def test_the_same_instrument_is_the_same_file() -> None:
    assert write_xlsform(HEARD) == write_xlsform(HEARD)


def test_a_form_asks_one_question_a_page_and_never_forces_anybody() -> None:
    xform = convert(write_xlsform(HEARD), file_type=".xlsx").xform
    assert 'class="pages"' in xform
    assert "required=" in xform
    assert 'required="true()"' not in xform
    assert "<name>rather_not_say</name>" in xform
    assert "Prefer not to say" in xform


def test_a_gap_in_a_language_is_filled_with_the_first_and_not_kept() -> None:
    heard = replace(
        HEARD,
        languages=("en", "cy"),
        title={"en": "Being heard", "cy": "Cael eich clywed"},
        items=(replace(HEARD.items[0], wording={"en": "Heard?"}), *HEARD.items[1:]),
    )
    raw = write_xlsform(heard)
    cells = [cell.value for cell in load_workbook(io.BytesIO(raw))["survey"][2]]
    assert cells.count("Heard?") == 2
    assert read(raw, None).instrument == heard


def test_a_gap_that_somebody_filled_in_is_kept() -> None:
    heard = replace(HEARD, languages=("en", "cy"))
    cell = next(
        cell.coordinate
        for cell in load_workbook(io.BytesIO(write_xlsform(heard)))["survey"][1]
        if cell.value == "label::Welsh (cy)"
    ).replace("1", "2")
    taken = read(edited(heard, "survey", cell, "Gwrandawodd pobl arnaf."), None)
    assert taken.instrument.items[0].wording["cy"] == "Gwrandawodd pobl arnaf."


def test_a_name_that_forms_keep_for_themselves_is_refused() -> None:
    asked = replace(HEARD, items=(Item("Meta", {"en": "?"}, Kind.WORDS), *HEARD.items))
    with pytest.raises(BadFile, match="item Meta, code: XLSForm keeps this name for itself"):
        write_xlsform(asked)


def test_words_that_forms_take_for_a_reference_are_refused() -> None:
    asked = replace(HEARD, introduction={"en": "Dear ${name}"})
    with pytest.raises(BadFile, match=r"heard\.xlsx, introduction: XLSForm takes “\$\{”"):
        write_xlsform(asked, file="heard.xlsx")


def test_a_form_from_elsewhere_is_read_with_the_licence_that_was_asked_for() -> None:
    taken = read(form())
    assert taken.instrument.licence == OURS.licence
    assert (taken.instrument.code, taken.instrument.version) == ("council", "3")
    assert taken.instrument.items == (
        Item("heard", {"en": "People listened to me."}, scale="agree"),
    )
    assert taken.instrument.scales[0].points == (Point(1, {"en": "No"}), Point(2, {"en": "Yes"}))
    assert [score.items for score in taken.instrument.scores] == [("heard",)]
    assert "each question has a score of its own" in taken.remarks[-1]


def test_a_form_from_elsewhere_does_not_load_without_a_licence() -> None:
    assert refusal(form(), None).startswith(
        "form.xlsx, row 2, settings, licence: The form does not"
    )


def test_what_is_left_behind_is_said() -> None:
    taken = read(
        form(
            survey=survey(
                ["start", "start"],
                ["note", "hello", "Hello!"],
                ["begin_group", "one", "First"],
                ["select_one agree", "heard", "Heard?", "Think of today", "yes"],
                ["end_group"],
                ["integer", "meetings", "Meetings?", "", "", "", ". >= 0 and . <= 12"],
                ["text", "why", "Why?"],
            ),
            choices=[
                ["list_name", "name", "label"],
                ["agree", "no", "No"],
                ["agree", "yes", "Yes"],
                ["agree", "dk", "Don't know"],
                ["agree", "pns", "Prefer not to say."],
            ],
        )
    )
    assert taken.instrument.items == (
        Item("heard", {"en": "Heard?"}, scale="agree"),
        Item("meetings", {"en": "Meetings?"}, Kind.NUMBER, high=12),
        Item("why", {"en": "Why?"}, Kind.WORDS),
    )
    scale = taken.instrument.scales[0]
    assert [point.value for point in scale.points] == [1, 2]
    assert [point.value for point in scale.missing] == [3]
    said = "\n".join(taken.remarks)
    for remark in (
        "survey, row 2: “start” is not asked of anybody",
        "survey, row 3: the note “hello” was left out",
        "survey, row 4: the group is opened up",
        "survey, row 5: the hint was left out",
        "survey, row 5: no question is ever required here",
        "choices, row 2: “no” is no number, so the answer counts as 1",
        "“Don't know” counts as no answer",
    ):
        assert remark in said


def test_languages_are_told_by_their_code_or_their_name() -> None:
    header = ["type", "name", "label::English", "label::Cymraeg (cy)"]
    raw = form(
        survey=survey(["text", "why", "Why?", "Pam?"], header=header),
        settings=[["form_title", "form_id", "default_language"], ["C", "c", "Cymraeg (cy)"]],
    )
    taken = read(raw)
    assert taken.instrument.languages == ("cy", "en")
    assert taken.instrument.items[0].wording == {"cy": "Pam?", "en": "Why?"}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            {"survey": survey(["geopoint", "where", "Where?"])},
            "form.xlsx, row 2, survey, type: A question of the type “geopoint” cannot be held",
        ),
        (
            {"survey": survey(["select_multiple agree", "which", "Which?"])},
            "row 2, survey, type: A question of the type “select_multiple agree” cannot be held",
        ),
        (
            {"survey": survey(["begin_repeat", "r", "R"], ["text", "a", "A"], ["end_repeat"])},
            "row 2, survey, type: A question of the type “begin_repeat” cannot be held",
        ),
        (
            {
                "survey": survey(
                    ["text", "why", "Why?"], ["text", "how", "How?", "", "", "${why} != ''"]
                )
            },
            "form.xlsx, row 3, survey, relevant: Questions that depend on others cannot be held",
        ),
        (
            {"survey": survey(["integer", "n", "N?", "", "", "", ". > 3"])},
            "form.xlsx, row 2, survey, constraint: “. > 3” cannot be held here.",
        ),
        (
            {"survey": survey(["text", "why", "Why?", "", "", "", "regex(., '[a-z]+')"])},
            "row 2, survey, constraint: Only whole numbers can have bounds here.",
        ),
        (
            {"survey": survey(["integer", "n", "N?", "", "", "", ". >= 9 and . <= 3"])},
            "form.xlsx, row 2, survey, item n, high: Numbers from 9 to 3 cannot be kept",
        ),
        (
            {"survey": survey(["text", "why.not", "Why?"])},
            "form.xlsx, row 2, survey, item why.not, code: Use letters, digits",
        ),
        (
            {"survey": survey(["text", "a", "A"], header=["type", "name", "label::Klingon"])},
            "form.xlsx, row 1, survey, label::Klingon: Nobody can tell which language “Klingon”",
        ),
        (
            {
                "choices": [
                    ["list_name", "name", "label"],
                    ["agree", "1", "No"],
                    ["agree", "1.0", "Yes"],
                ]
            },
            "form.xlsx, row 2, choices, scale agree, value: 2 answers count as 1.",
        ),
        (
            {
                "choices": [
                    ["list_name", "name", "label"],
                    ["agree", "1", "No"],
                    ["agree", "9999999", "Yes"],
                ]
            },
            "form.xlsx, row 3, choices, scale agree, answer 2, value: 1e+07 is no number",
        ),
        (
            {"survey": survey(["select_one disagree", "heard", "Heard?"])},
            "form.xlsx, row 2: It is no valid XLSForm: List name not in choices sheet: disagree",
        ),
        ({"survey": survey(["wish", "w", "W"])}, "It is no valid XLSForm: "),
    ],
)
def test_what_cannot_be_held_is_refused_with_its_place(
    changed: dict[str, list[list[Any]]], said: str
) -> None:
    assert said in refusal(form(**changed))


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "said"),
    [
        ("survey", "B2", "two words", "heard.xlsx, row 2"),
        (
            "_scoring",
            "E2",
            "heard herd",
            "row 2, _scoring, score heard, items: There is no question",
        ),
        ("_scoring", "F2", "median", "form.xlsx, _scoring, row 2, way: “median” is none of"),
        ("settings", "K2", "perhaps", "form.xlsx, row 2, settings, may_ship: Write yes or no."),
        ("settings", "M2", "soon", "row 2, settings, minutes: “soon” is no number of minutes."),
        ("settings", "I2", "", "row 2, settings, licence, notice: It is missing."),
        ("settings", "A1", "version", "settings, version: This column is there twice."),
    ],
)
def test_a_slip_in_our_own_form_is_found(sheet: str, cell: str, value: str, said: str) -> None:
    assert said.replace("heard.xlsx", "form.xlsx") in refusal(edited(HEARD, sheet, cell, value))


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "This is no workbook. Save it as XLSX"),
        (b"type,name,label\n", "This is no workbook. Save it as XLSX"),
        (b"PK\x03\x04 not a zip", "This workbook cannot be opened"),
        (b"PK\x03\x04" + b"x" * 5_000_000, "5.0 MB; 5 fit"),
        (packed({"list": [["a"]]}), "There is no sheet “survey”"),
        (packed({"survey": [["type", "label"]]}), "row 1, survey, name: This column is missing"),
        (packed({"survey": [["type", "name"], *[["text", "x"]] * 5_001]}), "More than 5,000 rows"),
    ],
)
def test_a_file_that_is_no_form_is_refused(raw: bytes, said: str) -> None:
    assert said in refusal(raw)
