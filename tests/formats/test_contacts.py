"""A list of contacts is read as spreadsheets write it, and refused with a sentence otherwise."""

import io
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from coproduce.formats import contacts
from coproduce.formats.contacts import read_contacts
from coproduce.formats.errors import BadFile


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_it_guesses_the_encoding(encoding: str) -> None:
    table = read_contacts("list.csv", "Name,E-mail\nZoë O’Hara,zoe@example.org\n".encode(encoding))
    assert table.header == ("Name", "E-mail")
    assert table.rows == (("Zoë O’Hara", "zoe@example.org"),)


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_it_guesses_the_mark_between_cells(mark: str) -> None:
    table = read_contacts("list.csv", f"Name{mark}Phone\nBea{mark}07700 900123\n".encode())
    assert table.rows == (("Bea", "07700 900123"),)


def test_a_workbook_is_read_with_numbers_and_days_as_words() -> None:
    raw = workbook(("Name", "Phone", "Since"), ("Bea", 447700900123, date(2026, 5, 12)), ("Otto",))
    table = read_contacts("list.xlsx", raw)
    assert table.rows == (("Bea", "447700900123", "2026-05-12"), ("Otto", "", ""))


def test_rows_have_as_many_cells_as_the_widest() -> None:
    table = read_contacts("list.csv", b"Name\nBea,b@example.org\n\nOtto\n")
    assert table.header == ("Name", "Column 2")
    assert table.rows == (("Bea", "b@example.org"), ("", ""), ("Otto", ""))


def test_a_heading_that_is_there_twice_is_told_apart() -> None:
    assert read_contacts("list.csv", b"Name,Name\n").header == ("Name", "Name (column 2)")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "The first row is empty"),
        (b",,\nBea,,\n", "The first row is empty"),
        (b"Name\n" + b"x" * 1_001, "more than 1,000 characters"),
        (b'Name\n"Bea\n', "stray quotation mark"),
        (b"Name\n\x81\x8d\n", "not a list of text"),
        (b"Name\0\nBea\n", "not a list of text"),
        (b"PK\x03\x04 not a zip", "cannot be opened"),
        (b"x" * (contacts.MOST_BYTES + 1), "2.0 MB; 2 MB fit"),
        (b"Name\n" + b"Bea\n" * 5_001, "More than 5,000 rows"),
        (b"," * 60 + b"Name\n", "61 columns"),
    ],
)
def test_it_says_what_is_wrong_and_what_to_do(raw: bytes, said: str) -> None:
    with pytest.raises(BadFile) as refused:
        read_contacts("list.csv", raw)
    assert said in str(refused.value)


def test_a_small_file_that_unpacks_to_a_large_one_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(contacts, "MOST_UNPACKED", 1_000)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 1_001)
    with pytest.raises(BadFile, match="unpacks to far too much"):
        read_contacts("list.xlsx", file.getvalue())


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_with_a_sentence(raw: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"Name,E-mail\n"):
        try:
            table = read_contacts("list", start + raw)
        except BadFile:
            continue
        assert all(len(row) == len(table.header) for row in table.rows)
