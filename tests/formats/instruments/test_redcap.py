"""A REDCap data dictionary is read with the licence that was asked for, or refused with its row."""

import csv
import io

import pytest

from coproduce.formats.errors import BadFile
from coproduce.formats.instruments.foreign import Asked, Taken
from coproduce.formats.instruments.record import Item, Kind, Licence, Point
from coproduce.formats.instruments.redcap import read_redcap

HEADER = (
    *("Variable / Field Name", "Form Name", "Section Header", "Field Type", "Field Label"),
    *("Choices, Calculations, OR Slider Labels", "Field Note"),
    *("Text Validation Type OR Show Slider Number", "Text Validation Min", "Text Validation Max"),
    *("Identifier?", "Branching Logic (Show field only if...)", "Required Field?"),
    *("Custom Alignment", "Question Number (surveys only)", "Matrix Group Name"),
    *("Matrix Ranking?", "Field Annotation"),
)
SHORT = {
    "name": 0,
    "section": 2,
    "type": 3,
    "label": 4,
    "choices": 5,
    "note": 6,
    "validation": 7,
    "low": 8,
    "high": 9,
    "identifier": 10,
    "branching": 11,
    "required": 12,
    "matrix": 15,
    "annotation": 17,
}
ASKED = Asked(
    Licence("CC-BY-4.0", "© a university", "a university", True, False),
    code="trial",
    title="Trial",
    purpose="To learn.",
)
AGREE = "1, Disagree | 2, Neither | 3, Agree"
LIKERT = {"name": "heard", "type": "radio", "label": "I was heard.", "choices": AGREE}


def dictionary(*fields: dict[str, str]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER)
    for each in fields:
        row = [""] * len(HEADER)
        for short, value in each.items():
            row[SHORT[short]] = value
        writer.writerow(row)
    return text.getvalue().encode()


def read(*fields: dict[str, str]) -> Taken:
    return read_redcap(dictionary(*fields), file="dictionary.csv", asked=ASKED)


def refusal(*fields: dict[str, str]) -> str:
    with pytest.raises(BadFile) as refused:
        read(*fields)
    return str(refused.value)


def test_a_dictionary_becomes_an_instrument() -> None:
    taken = read(
        {"name": "record_id", "type": "text", "label": "Record"},
        {**LIKERT, "identifier": "y"},
        {**LIKERT, "name": "ignored", "annotation": "@REVERSE", "label": "I was ignored."},
        {"name": "again", "type": "yesno", "label": "Would you come again?"},
        {"name": "sure", "type": "slider", "label": "How sure are you?"},
        {
            "name": "meetings",
            "type": "text",
            "label": "How many meetings?",
            "validation": "integer",
            "low": "0",
            "high": "40",
        },
        {"name": "why", "type": "notes", "label": "Why?"},
    )
    instrument = taken.instrument
    assert instrument.items == (
        Item("heard", {"en": "I was heard."}, scale="heard", sensitive=True),
        Item("ignored", {"en": "I was ignored."}, scale="heard", reverse=True),
        Item("again", {"en": "Would you come again?"}, scale="again"),
        Item("sure", {"en": "How sure are you?"}, Kind.NUMBER, high=100),
        Item("meetings", {"en": "How many meetings?"}, Kind.NUMBER, high=40),
        Item("why", {"en": "Why?"}, Kind.WORDS),
    )
    assert [scale.code for scale in instrument.scales] == ["heard", "again"]
    assert [point.value for point in instrument.scales[1].points] == [1, 0]
    assert instrument.licence == ASKED.licence
    assert [(score.code, score.low, score.high) for score in instrument.scores] == [
        ("heard", 1, 3),
        ("ignored", 1, 3),
        ("again", 0, 1),
        ("sure", 0, 100),
        ("meetings", 0, 40),
    ]
    assert "row 2: “record_id” numbers the records and was left out." in taken.remarks
    assert "each question has a score of its own" in taken.remarks[-1]


def test_the_heading_of_a_matrix_opens_each_of_its_questions() -> None:
    matrix = {**LIKERT, "matrix": "week"}
    taken = read(
        {**matrix, "section": "In the last week,", "label": "I was heard."},
        {**matrix, "name": "asked", "label": "I was asked."},
        {**LIKERT, "name": "other", "section": "And else?", "label": "I was well."},
    )
    assert [item.wording["en"] for item in taken.instrument.items] == [
        "In the last week, I was heard.",
        "In the last week, I was asked.",
        "I was well.",
    ]
    assert taken.instrument.items[0].scale == "week"
    assert "row 4: the heading “And else?” was left out." in taken.remarks


def test_what_means_no_answer_does_not_count() -> None:
    choices = f"{AGREE} | 8, Don't know | 9, Prefer not to say"
    taken = read({**LIKERT, "choices": choices})
    scale = taken.instrument.scales[0]
    assert [point.value for point in scale.points] == [1, 2, 3]
    assert scale.missing == (Point(8, {"en": "Don't know"}),)


def test_the_marks_of_web_pages_are_taken_off() -> None:
    taken = read({**LIKERT, "label": "<b>Were</b> you heard<br>&amp; seen?"})
    assert taken.instrument.items[0].wording == {"en": "Were you heard & seen?"}
    assert "row 2: how the words were set off (bold, colours) was left out." in taken.remarks


def test_what_is_left_behind_is_said() -> None:
    taken = read(
        {**LIKERT, "note": "Think of today", "required": "y"},
        {"name": "hello", "type": "descriptive", "label": "Hello"},
    )
    said = "\n".join(taken.remarks)
    assert "row 2: the note “Think of today” was left out." in said
    assert "row 2: no question is ever required here, so it can be left open." in said
    assert "row 3: “hello” asks nothing and was left out." in said


def test_a_dictionary_from_the_api_is_read_as_well() -> None:
    raw = dictionary(LIKERT).decode()
    for name, other in (
        (HEADER[0], "field_name"),
        (HEADER[3], "field_type"),
        (HEADER[4], "field_label"),
        (f'"{HEADER[5]}"', "select_choices_or_calculations"),
    ):
        raw = raw.replace(name, other)
    taken = read_redcap(raw.encode(), file="dictionary.csv", asked=ASKED)
    assert taken.instrument.items[0].code == "heard"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"type": "checkbox"}, "row 2, Field Type: A field of the type “checkbox” cannot be held"),
        ({"type": "calc"}, "row 2, Field Type: A field of the type “calc” cannot be held here."),
        ({"type": "file"}, "row 2, Field Type: A field of the type “file” cannot be held here."),
        ({"branching": "[a] = '1'"}, "row 2, Branching Logic (Show field only if...): Questions"),
        ({"choices": "1, No | Yes"}, "row 2, Choices, Calculations, OR Slider Labels: “Yes” is no"),
        (
            {"choices": "a, No | b, Yes"},
            "“a” is no number to count with. Give each answer a number",
        ),
        ({"choices": "1, No"}, "row 2, Choices, Calculations, OR Slider Labels: It has 1 answers"),
        ({"choices": "1, No | 1, Yes"}, "2 answers count as 1. Give each a value of its own."),
        ({"type": "text", "validation": "email"}, "row 2, Text Validation Type OR Show Slider Num"),
        (
            {"type": "text", "validation": "integer", "low": "5", "high": "3"},
            "row 2, Text Validation Max: Numbers from 5 to 3 cannot be kept",
        ),
        (
            {"type": "text", "validation": "integer", "low": "-5"},
            "row 2, Text Validation Min: Numbers from -5 to 65,000 cannot be kept",
        ),
        (
            {"type": "slider", "high": "[age]"},
            "row 2, Text Validation Max: “[age]” is no whole number.",
        ),
        ({"label": ""}, "row 2, Field Label: There are no words for it in “en”. Add them."),
        ({"name": "two words"}, "row 2, Variable / Field Name: Use letters, digits"),
    ],
)
def test_what_cannot_be_held_is_refused_with_its_row(wrong: dict[str, str], said: str) -> None:
    assert said in refusal({**LIKERT, **wrong})


def test_a_question_that_is_there_twice_is_refused() -> None:
    assert "row 3, Variable / Field Name: This code is there 2 times" in refusal(LIKERT, LIKERT)


def test_another_table_is_no_dictionary() -> None:
    with pytest.raises(BadFile, match="so it is no data dictionary"):
        read_redcap(b"person,vote\n1,1\n", file="votes.csv", asked=ASKED)


def test_nothing_loads_without_a_licence() -> None:
    nobody = Asked(Licence("", "", "", False, False), code="trial", title="T", purpose="P")
    with pytest.raises(BadFile, match=r"dictionary\.csv, licence, licence: It is missing"):
        read_redcap(dictionary(LIKERT), file="dictionary.csv", asked=nobody)
