"""Each file of answers, read back with a program that knows its kind, tells what was put in."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import polars
import pyreadstat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from coproduce.formats.answers.files import answers_csv, answers_xlsx, codebook_csv, csv_files
from coproduce.formats.answers.from_instrument import columns_of, rather_not_say, value_of
from coproduce.formats.answers.package import answers_package
from coproduce.formats.answers.parquet import answers_parquet
from coproduce.formats.answers.spss import answers_sav, spss_name
from coproduce.formats.answers.table import AnswerTable, Column, Kind, Value
from coproduce.formats.instruments.bank import bank
from coproduce.formats.instruments.record import Item, Point, Scale
from coproduce.formats.instruments.record import Kind as Asked
from tests.instruments_drawn import HEARD

HEARD_COLUMN = Column(
    "heard",
    "People listened to me.",
    Kind.CHOICE,
    {1: "Disagree", 2: "Neither", 3: "Agree"},
    {-8: "Does not apply", -99: "Prefer not to say"},
)
TABLE = AnswerTable(
    name="heard-before",
    title="Being heard, before",
    columns=(
        HEARD_COLUMN,
        Column("mean", "Heard, all in all", Kind.NUMBER),
        Column("meetings", "Meetings", Kind.NUMBER, missing={-99: "Prefer not to say"}),
        Column("role", "=Role", Kind.WORDS, is_quasi_identifier=True, is_sensitive=True),
    ),
    rows=(
        (3, 2.5, 4, "member"),
        (-99, None, -99, "=HYPERLINK(1)"),
        (None, 1.0, None, None),
        (-8, 1 / 3, 12, "-2 + Zoë,\n“chair”"),
    ),
    licence="OGL-UK-3.0",
    notice="Contains public sector information.",
    methods=("People made a code of their own.", "Groups under five were left out."),
)


def sav(table: AnswerTable, tmp_path: Path, **how: Any) -> tuple[dict[str, list[Any]], Any]:
    path = tmp_path / "answers.sav"
    path.write_bytes(answers_sav(table))
    frame, about = pyreadstat.read_sav(path, output_format="dict", **how)
    return {name: list(values) for name, values in frame.items()}, about


def table_with(column: Column, *values: Value) -> AnswerTable:
    return replace(TABLE, columns=(column,), rows=tuple((value,) for value in values))


def test_csv_keeps_numbers_as_numbers_and_guards_words() -> None:
    rows = list(csv.reader(io.StringIO(answers_csv(TABLE), newline="")))
    assert rows == [
        ["heard", "mean", "meetings", "role"],
        ["3", "2.5", "4", "member"],
        ["-99", "", "-99", "'=HYPERLINK(1)"],
        ["", "1", "", ""],
        ["-8", "0.3333333333333333", "12", "'-2 + Zoë,\n“chair”"],
    ]


def test_the_codebook_says_what_each_code_means() -> None:
    rows = list(csv.DictReader(io.StringIO(codebook_csv(TABLE), newline="")))
    heard = [row for row in rows if row["column"] == "heard"]
    assert [(row["value"], row["meaning"], row["counts"]) for row in heard] == [
        ("", "", ""),
        ("1", "Disagree", "yes"),
        ("2", "Neither", "yes"),
        ("3", "Agree", "yes"),
        ("-8", "Does not apply", "no"),
        ("-99", "Prefer not to say", "no"),
    ]
    role = rows[-1]
    assert (role["label"], role["quasi_identifier"], role["sensitive"]) == ("'=Role", "yes", "yes")


def test_licence_and_method_go_with_the_csv() -> None:
    about = csv_files(TABLE)["about.csv"]
    assert "licence,OGL-UK-3.0" in about
    assert "method,Groups under five were left out." in about


def test_a_workbook_has_no_formula_and_keeps_numbers() -> None:
    book = load_workbook(io.BytesIO(answers_xlsx(TABLE)))
    assert book.sheetnames == ["answers", "codebook", "about"]
    rows = list(book["answers"].iter_rows(values_only=True))
    assert rows[1] == (3, 2.5, 4, "member")
    assert rows[2] == (-99, None, -99, "=HYPERLINK(1)")
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds == {"s", "n"}


def test_spss_knows_labels_and_what_counts_as_no_answer(tmp_path: Path) -> None:
    values, about = sav(TABLE, tmp_path, user_missing=True)
    assert values["heard"] == [3, -99, None, -8]
    assert values["mean"] == [2.5, None, 1, 1 / 3]
    assert values["meetings"] == [4, -99, None, 12]
    assert values["role"] == ["member", "=HYPERLINK(1)", "", "-2 + Zoë,\n“chair”"]
    assert about.column_names_to_labels["heard"] == "People listened to me."
    assert about.variable_value_labels["heard"] == {
        1: "Disagree",
        2: "Neither",
        3: "Agree",
        -8: "Does not apply",
        -99: "Prefer not to say",
    }
    assert [each["lo"] for each in about.missing_ranges["heard"]] == [-99, -8]
    assert about.variable_measure["heard"] == "ordinal"
    assert about.file_label == "Being heard, before"
    assert "Licence: OGL-UK-3.0" in about.notes
    assert "Groups under five were left out." in about.notes


def test_spss_leaves_user_missing_out_of_what_it_counts(tmp_path: Path) -> None:
    values, _ = sav(TABLE, tmp_path)
    assert values["heard"] == [3, None, None, None]


def test_more_than_three_missing_codes_are_a_range(tmp_path: Path) -> None:
    column = replace(HEARD_COLUMN, missing={code: f"No {code}" for code in (-9, -8, -7, -6)})
    values, about = sav(table_with(column, 1, -6, -9), tmp_path, user_missing=True)
    assert values["heard"] == [1, -6, -9]
    assert about.missing_ranges["heard"] == [{"lo": -9, "hi": -6}]


def test_missing_codes_among_the_answers_never_count(tmp_path: Path) -> None:
    column = replace(HEARD_COLUMN, missing={code: f"No {code}" for code in (-9, 0, 8, 9)})
    values, about = sav(table_with(column, 1, -9, 8, 9), tmp_path, user_missing=True)
    assert values["heard"] == [1, -9, 8, None]
    assert [each["lo"] for each in about.missing_ranges["heard"]] == [-9, 0, 8]


def test_spss_gets_no_word_that_it_keeps_for_itself(tmp_path: Path) -> None:
    assert (spss_name("BY"), spss_name("byte")) == ("BY_", "byte")
    values, _ = sav(table_with(Column("all", "All", Kind.NUMBER), 1), tmp_path)
    assert values == {"all_": [1]}


def test_long_words_are_cut_where_spss_cuts_them(tmp_path: Path) -> None:
    column = Column("why", "ü" * 200, Kind.CHOICE, {1: "ü" * 100, 2: "No"})
    long = replace(table_with(column, 1), title="ü" * 60, methods=("ü" * 300, "word " * 60))
    values, about = sav(long, tmp_path)
    assert values["why"] == [1]
    assert about.column_names_to_labels["why"] == "ü" * 127
    assert about.variable_value_labels["why"][1] == "ü" * 60
    assert about.file_label == "ü" * 32
    assert max(len(line.encode()) for line in about.notes) <= 80
    assert "".join(about.notes).count("ü") == 60 + 300


def test_parquet_keeps_types_and_carries_the_codebook() -> None:
    raw = answers_parquet(TABLE)
    frame = polars.read_parquet(io.BytesIO(raw))
    assert frame.schema == {
        "heard": polars.Int64,
        "mean": polars.Float64,
        "meetings": polars.Int64,
        "role": polars.String,
    }
    assert frame.rows() == list(TABLE.rows)
    about = json.loads(polars.read_parquet_metadata(io.BytesIO(raw))["coproduce"])
    assert about["licence"] == "OGL-UK-3.0"
    assert about["methods"] == list(TABLE.methods)
    assert about["columns"][0]["answers"] == [[1, "Disagree"], [2, "Neither"], [3, "Agree"]]
    assert about["columns"][3]["quasi_identifier"] is True


def test_a_data_package_describes_its_files() -> None:
    with zipfile.ZipFile(io.BytesIO(answers_package(TABLE))) as package:
        described = json.loads(package.read("datapackage.json"))
        files = {name: package.read(name) for name in package.namelist()[1:]}
    assert set(files) == {"answers.csv", "codebook.csv", "about.csv"}
    assert files["answers.csv"].decode() == answers_csv(TABLE)
    assert described["name"] == "heard-before"
    assert described["licenses"] == [{"name": "OGL-UK-3.0"}]
    for resource in described["resources"]:
        raw = files[resource["path"]]
        assert resource["bytes"] == len(raw)
        assert resource["hash"] == f"sha256:{sha256(raw).hexdigest()}"
        header = next(csv.reader(io.StringIO(raw.decode(), newline="")))
        assert [field["name"] for field in resource["schema"]["fields"]] == header
    heard, mean, _, role = described["resources"][0]["schema"]["fields"]
    assert heard == {
        "name": "heard",
        "title": "People listened to me.",
        "type": "integer",
        "categories": [
            {"value": 1, "label": "Disagree"},
            {"value": 2, "label": "Neither"},
            {"value": 3, "label": "Agree"},
        ],
        "categoriesOrdered": True,
        "missingValues": [
            {"value": "", "label": "Not answered"},
            {"value": "-8", "label": "Does not apply"},
            {"value": "-99", "label": "Prefer not to say"},
        ],
        "quasiIdentifier": False,
        "sensitive": False,
    }
    assert (mean["type"], role["type"], role["sensitive"]) == ("number", "string", True)


def test_a_licence_without_a_name_is_told_in_words() -> None:
    table = replace(TABLE, licence="By agreement with the holder")
    with zipfile.ZipFile(io.BytesIO(answers_package(table))) as package:
        described = json.loads(package.read("datapackage.json"))
    assert "licenses" not in described
    assert described["licence"] == "By agreement with the holder"


NAMES = ("answers_xlsx", "answers_sav", "answers_parquet", "answers_package")
AGAIN = """
import sys, hashlib
from tests.formats.answers import test_answers as these
for name in these.NAMES:
    print(hashlib.sha256(getattr(these, name)(these.TABLE)).hexdigest())
"""


def test_the_same_answers_are_the_same_bytes_in_another_run() -> None:
    ours = [sha256(globals()[name](TABLE)).hexdigest() for name in NAMES]
    theirs = subprocess.run(
        [sys.executable, "-c", AGAIN], capture_output=True, text=True, check=True
    ).stdout.split()
    assert theirs == ours


@pytest.mark.parametrize("write", [answers_csv, answers_xlsx, answers_parquet, answers_package])
def test_a_table_without_rows_can_be_written(write: Any) -> None:
    assert write(replace(TABLE, rows=()))


def test_a_table_without_rows_can_be_written_for_spss(tmp_path: Path) -> None:
    values, about = sav(replace(TABLE, rows=()), tmp_path)
    assert about.number_rows == 0
    assert list(values) == ["heard", "mean", "meetings", "role"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from([None, 1, 2, 3, -8, -99]),
            st.one_of(st.none(), st.floats(-1e9, 1e9)),
            st.one_of(st.none(), st.integers(-1_000_000, 1_000_000)),
            st.one_of(st.none(), st.text(st.characters(exclude_categories=("Cs", "Cc")))),
        ),
        max_size=6,
    )
)
@settings(deadline=None, max_examples=40)
def test_any_answers_come_back_from_parquet_and_csv(rows: list[tuple[Value, ...]]) -> None:
    table = replace(TABLE, rows=tuple(rows))
    assert polars.read_parquet(io.BytesIO(answers_parquet(table))).rows() == rows
    read = list(csv.reader(io.StringIO(answers_csv(table), newline="")))[1:]
    assert [float(row[1]) if row[1] else None for row in read] == [row[1] for row in rows]
    assert not any(row[3][:1] in tuple("=+-@\t\r") for row in read if row[3])


@pytest.mark.parametrize(
    ("columns", "row", "said"),
    [
        ((), (), "A table needs a column"),
        ((HEARD_COLUMN, HEARD_COLUMN), (1, 1), "The column heard is there 2 times"),
        ((HEARD_COLUMN,), (1, 2), "Row 1 has 2 cells for 1"),
        ((HEARD_COLUMN,), (4,), "Row 1: 4 cannot stand in heard"),
        ((HEARD_COLUMN,), ("1",), "Row 1: '1' cannot stand in heard"),
        ((Column("n", "N", Kind.NUMBER),), (float("nan"),), "Row 1: nan cannot stand in n"),
        ((Column("n", "N", Kind.NUMBER),), (True,), "Row 1: True cannot stand in n"),
        ((Column("w", "W", Kind.WORDS),), (1,), "Row 1: 1 cannot stand in w"),
        ((Column("a b", "W", Kind.WORDS),), ("",), "“a b” is no code of a column"),
        ((Column("w", "W", Kind.WORDS, {1: "a"}),), ("",), "w holds words, which have no codes"),
        ((Column("n", "N", Kind.NUMBER, {1: "a"}),), (1,), "n holds numbers, which stand for"),
        ((replace(HEARD_COLUMN, missing={1: "?"}),), (1,), "heard: 1 both counts and does not"),
    ],
)
def test_a_table_that_does_not_hold_together_is_not_made(
    columns: tuple[Column, ...], row: tuple[Value, ...], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        replace(TABLE, columns=columns, rows=(row,))


def test_packed_answers_become_the_values_of_their_points() -> None:
    heard, _, meetings, _ = HEARD.items
    assert [value_of(packed, heard, HEARD) for packed in (0, 1, 3, 4, 65_535)] == [
        *(None, 1, 3, -8, -99)
    ]
    assert [value_of(packed, meetings, HEARD) for packed in (0, 1, 51, 65_535)] == [
        *(None, 0, 50, -99)
    ]


def test_columns_are_those_of_the_questions_without_own_words() -> None:
    columns = columns_of(HEARD, "en")
    assert [column.code for column in columns] == ["heard", "ignored", "meetings"]
    assert columns[1].is_sensitive
    assert columns[0].missing == {-8: "Does not apply", -99: "Prefer not to say"}
    rows = tuple(
        tuple(value_of(packed, item, HEARD) for item in HEARD.items[:3])
        for packed in (0, 1, 65_535)
    )
    assert replace(TABLE, columns=columns, rows=rows).rows[2] == (-99, -99, -99)


def test_prefer_not_to_say_has_a_code_that_no_answer_has() -> None:
    taken = (-99, -999, -9_999, 1)
    scale = Scale("odd", tuple(Point(value, {"en": str(value)}) for value in taken))
    odd = replace(HEARD, scales=(scale,), items=(Item("q", {"en": "?"}, Asked.SCALE, "odd"),))
    assert rather_not_say(odd.items[0], odd) == -10_000


@pytest.mark.parametrize("instrument", bank(), ids=lambda one: one.name)
def test_everything_in_the_bank_can_be_answered_and_written(
    instrument: Any, tmp_path: Path
) -> None:
    columns = columns_of(instrument, "en")
    rows = tuple(
        tuple(value_of(packed, item, instrument) for item in instrument.items)
        for packed in (0, 1, 2, 65_535)
    )
    values, _ = sav(replace(TABLE, columns=columns, rows=rows), tmp_path, user_missing=True)
    assert list(values) == [item.code for item in instrument.items]
