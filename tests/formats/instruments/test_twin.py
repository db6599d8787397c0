"""The CSV twin tells the same as the JSON, and says which row and column is wrong."""

import csv
import io

import pytest
from hypothesis import given, settings

from coproduce.formats.errors import BadFile
from coproduce.formats.instruments.record import Instrument
from coproduce.formats.instruments.twin import read_twin, write_twin
from tests.instruments_drawn import HEARD, instruments


def table(instrument: Instrument = HEARD) -> list[list[str]]:
    return list(csv.reader(io.StringIO(write_twin(instrument), newline="")))


def changed(part: str, code: str, column: str, value: str) -> list[list[str]]:
    """The twin of HEARD with another value in one cell."""
    rows = table()
    row = next(row for row in rows if row[:2] == [part, code])
    row[rows[0].index(column)] = value
    return rows


def refusal(rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    with pytest.raises(BadFile) as refused:
        read_twin(text.getvalue().encode(), file="heard.csv")
    return str(refused.value)


@given(instruments())
@settings(deadline=None)
def test_it_comes_back_as_it_was(instrument: Instrument) -> None:
    assert read_twin(write_twin(instrument).encode(), file="any.csv") == instrument


def test_it_has_a_row_for_each_question() -> None:
    rows = [dict(zip(table()[0], row, strict=True)) for row in table()[1:]]
    asked = [row for row in rows if row["part"] == "item"]
    assert [row["words (en)"] for row in asked] == [
        "People listened to me.",
        "Nobody asked me.",
        "How many meetings were you at?",
        "Why is that?",
    ]
    assert (asked[1]["reverse"], asked[1]["sensitive"], asked[1]["scale"]) == (
        "yes",
        "yes",
        "agree",
    )
    answers = [row["value"] for row in rows if row["part"] == "answer"]
    assert answers == ["1", "2", "3"]


def test_no_words_of_it_run_as_a_formula() -> None:
    rows = changed("item", "why", "words (en)", "=1+1")
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    instrument = read_twin(text.getvalue().encode(), file="heard.csv")
    assert "'=1+1" in write_twin(instrument)


@pytest.mark.parametrize(
    ("part", "code", "column", "value", "said"),
    [
        ("item", "heard", "scale", "agre", "row 14, item heard, scale: There is no scale “agre”"),
        ("item", "heard", "kind", "slider", "row 14, kind: “slider” is none of scale, number"),
        ("item", "ignored", "reverse", "ja", "row 15, reverse: “ja” is neither yes nor no."),
        ("item", "meetings", "high", "many", "row 16, high: “many” is no number"),
        ("item", "meetings", "high", "7.5", "row 16, high: “7.5” is no whole number."),
        ("answer", "agree", "value", "", "row 18, value: A number is missing here."),
        ("answer", "agree", "value", "2", "scale agree, value: 2 answers count as 2."),
        ("answer", "agree", "words (en)", "", "row 18, scale agree, answer 1, label: There are no"),
        ("missing", "agree", "code", "agre", "row 21, code: Nothing else in the file is called"),
        ("score", "heard", "items", "heard herd", "row 22, score heard, items: There is no quest"),
        ("score", "heard", "way", "median", "row 22, way: “median” is none of mean, sum, lookup."),
        ("score", "heard", "part", "scored", "row 22, part: “scored” is none of about, item,"),
        ("score", "heard", "low", "inf", "row 22, low: “inf” is no number."),
        ("about", "licence", "value", "", "row 4, licence, licence: It is missing."),
        ("about", "licence", "code", "lizenz", "row 4, code: “lizenz” is none of code, version,"),
        ("about", "licence", "code", "notice", "row 5, code: “notice” is there twice."),
        ("about", "may_ship", "value", "no doubt", "row 7, value: “no doubt” is neither yes nor"),
        ("about", "language", "value", "english", "languages: “english” is no code of a language"),
    ],
)
def test_it_says_which_row_is_wrong(
    part: str, code: str, column: str, value: str, said: str
) -> None:
    assert said in refusal(changed(part, code, column, value))


def test_it_does_not_load_without_its_licence() -> None:
    rows = [row for row in table() if row[:2] != ["about", "may_reword"]]
    assert refusal(rows) == (
        "heard.csv, may_reword: There is no row about it. Add “about, may_reword”, with a value."
    )


def test_it_does_not_load_without_its_scoring() -> None:
    rows = [row for row in table() if row[0] != "score"]
    assert "It does not say how it is scored" in refusal(rows)


def test_a_column_that_nobody_knows_is_refused() -> None:
    rows = table()
    rows[0][5] = "revers"
    assert refusal(rows) == "heard.csv, row 1, revers: There is no such column. Take it out."
    assert "part: This column is missing" in refusal([["code"], ["heard"]])
