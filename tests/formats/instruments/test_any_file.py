"""Whatever somebody did to a file: it loads, or it is refused with a sentence. Nothing else."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from coproduce.formats.errors import BadFile
from coproduce.formats.instruments.bank import from_bank
from coproduce.formats.instruments.checks import faults
from coproduce.formats.instruments.foreign import Taken
from coproduce.formats.instruments.native import read_instrument, write_instrument
from coproduce.formats.instruments.record import Instrument
from coproduce.formats.instruments.redcap import read_redcap
from coproduce.formats.instruments.twin import read_twin, write_twin
from coproduce.formats.instruments.xlsform import write_xlsform
from coproduce.formats.instruments.xlsform_in import read_xlsform
from tests.formats.instruments.test_redcap import AGREE, ASKED, HEADER, LIKERT, dictionary
from tests.instruments_drawn import HEARD

CELLS = st.one_of(
    st.sampled_from(
        ["", "yes", "-1", "1e400", "nan", "heard", "agree", "item", "${heard}", "=1", "en", "a b"]
    ),
    st.sampled_from(["select_one agree", "select_one", "begin_group", "note", "integer", "."]),
    st.text(max_size=8),
    st.integers(-(10**20), 10**20).map(str),
)
ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), CELLS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(CELLS, inner, max_size=3)),
    max_leaves=4,
)


def loads_or_says_why(read: Callable[[], Instrument | Taken]) -> None:
    try:
        found = read()
    except BadFile as refused:
        said = refused.message
    else:
        instrument = found.instrument if isinstance(found, Taken) else found
        assert list(faults(instrument)) == []
        return
    assert len(said) > 10, said


def places(value: Any) -> list[tuple[Any, Any]]:
    """Each entry of a JSON value, as its holder and its key."""
    keys = list(value) if isinstance(value, dict) else range(len(value))
    found = [(value, key) for key in keys]
    for key in keys:
        if isinstance(value[key], dict | list):
            found += places(value[key])
    return found


@given(st.data())
@settings(deadline=None, max_examples=200)
def test_any_json(data: st.DataObject) -> None:
    whole = json.loads(write_instrument(HEARD))
    holder, key = data.draw(st.sampled_from(places(whole)))
    holder[key] = data.draw(ANYTHING)
    loads_or_says_why(lambda: read_instrument(json.dumps(whole).encode(), file="any.json"))


@given(st.data())
@settings(deadline=None, max_examples=200)
def test_any_twin(data: st.DataObject) -> None:
    rows = list(csv.reader(io.StringIO(write_twin(HEARD), newline="")))
    for _ in range(data.draw(st.integers(1, 3))):
        row = data.draw(st.sampled_from(rows))
        row[data.draw(st.integers(0, len(row) - 1))] = data.draw(CELLS)
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    raw = text.getvalue().encode(errors="replace")
    loads_or_says_why(lambda: read_twin(raw, file="any.csv"))


@given(st.data())
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_any_form(data: st.DataObject) -> None:
    starter = from_bank("coproduce-starter@1")
    assert starter is not None
    book = load_workbook(io.BytesIO(write_xlsform(data.draw(st.sampled_from([HEARD, starter])))))
    for _ in range(data.draw(st.integers(1, 3))):
        sheet = data.draw(st.sampled_from(book.worksheets))
        cell = sheet.cell(
            data.draw(st.integers(1, sheet.max_row)), data.draw(st.integers(1, sheet.max_column))
        )
        cell.value = data.draw(CELLS.filter(str.isprintable))
        cell.data_type = "s"
    file = io.BytesIO()
    book.save(file)
    loads_or_says_why(lambda: read_xlsform(file.getvalue(), file="any.xlsx"))


@given(st.data())
@settings(deadline=None, max_examples=200)
def test_any_dictionary(data: st.DataObject) -> None:
    made = dictionary(LIKERT, {"name": "sure", "type": "slider", "label": "Sure?"})
    rows = list(csv.reader(io.StringIO(made.decode(), newline="")))
    for _ in range(data.draw(st.integers(1, 3))):
        row = data.draw(st.sampled_from(rows))
        row[data.draw(st.integers(0, len(HEADER) - 1))] = data.draw(
            st.one_of(
                CELLS, st.sampled_from([AGREE, "slider", "text", "yesno", "1,|2", "|,|", "<b"])
            )
        )
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    raw = text.getvalue().encode(errors="replace")
    loads_or_says_why(lambda: read_redcap(raw, file="any.csv", asked=ASKED))


@given(st.binary(max_size=200))
@settings(deadline=None)
def test_any_bytes(raw: bytes) -> None:
    loads_or_says_why(lambda: read_instrument(raw, file="any"))
    loads_or_says_why(lambda: read_twin(raw, file="any"))
    loads_or_says_why(lambda: read_redcap(raw, file="any", asked=ASKED))
    loads_or_says_why(lambda: read_xlsform(b"PK\x03\x04" + raw, file="any", asked=ASKED))
