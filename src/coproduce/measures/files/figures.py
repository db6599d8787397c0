"""The results of a survey as files for everybody: CSV, XLSX, JSON, from its Figures alone.

A number stands in a file as it stands on the page of its figure, rounded as it is there and [c]
where it is hidden there: more digits would let somebody work out what was hidden.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from coproduce.formats.text import csv_text
from coproduce.formats.workbook import workbook_bytes
from coproduce.measures.evidence import likert
from coproduce.measures.files.addresses import whole
from coproduce.measures.results import Result, Shown, Told
from coproduce.trust.figures import Cell

NUMBERS = ("wave", "figure", "row", "column", "value", "people", "method", "version", "address")
FIGURES = (
    *("wave", "figure", "says", "about", "people", "method", "version", "made_on"),
    *("corrections", "address"),
)
LIMITS = ("wave", "what_we_may_not_conclude")
HIDDEN = "[c] stands for fewer than five people, or hides a number that such a one follows from."


@dataclass(frozen=True)
class File:
    """One way of taking the results along."""

    ending: str
    kind: str
    words: str
    make: Callable[[Told], bytes]


def csv_of(told: Told) -> bytes:
    """A row for each number, with the address of the figure that it stands in."""
    return csv_text(NUMBERS, _numbers(told)).encode()


def xlsx_of(told: Told) -> bytes:
    """Three sheets: what the figures say, their numbers, what may not be concluded from them."""
    return workbook_bytes(
        {
            "figures": [FIGURES, *_figures(told)],
            "numbers": [NUMBERS, *_numbers(told)],
            "limits": [LIMITS, *_limits(told)],
            "about": [("about", "words"), *_about(told)],
        }
    )


def json_of(told: Told) -> bytes:
    """The same for a program."""
    written = dict(_about(told)) | {
        "not_told_yet": list(told.waits),
        "waves": [_wave(result) for result in told.results],
    }
    return (json.dumps(written, ensure_ascii=False, indent=1) + "\n").encode()


FILES = (
    File("csv", "text/csv; charset=utf-8", "as CSV, a line for each number", csv_of),
    File(
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "as a workbook (XLSX)",
        xlsx_of,
    ),
    File("json", "application/json", "as JSON, for programs", json_of),
)


def _about(told: Told) -> Iterator[tuple[str, str]]:
    survey = told.survey
    yield "title", survey.title
    yield "written_by", survey.written_by
    yield "purpose", survey.get_purpose_display()
    yield "seen_first_by", survey.seen_first_by
    yield "hidden", HIDDEN


def _each(told: Told) -> Iterator[tuple[Result, Shown]]:
    return ((result, shown) for result in told.results for shown in result.figures)


def _numbers(told: Told) -> Iterator[tuple[Cell, ...]]:
    for result, shown in _each(told):
        figure, content = shown.figure, shown.content
        behind = (figure.people, figure.method, figure.version, whole("trust:figure", figure.id))
        for row in content.rows:
            values = _values(shown)
            for at in values:
                named = " / ".join(str(cell) for cell in row[: values.start])
                yield (
                    *(str(result.wave), content.title, named, content.columns[at]),
                    *(row[at], *behind),
                )


def _values(shown: Shown) -> range:
    """Which columns hold values; those before them name the row."""
    first = 2 if shown.figure.kind == likert.ANSWERS else 1  # the question and when
    return range(first, len(shown.content.columns))


def _figures(told: Told) -> Iterator[tuple[Cell, ...]]:
    for result, shown in _each(told):
        figure, content = shown.figure, shown.content
        yield (
            *(str(result.wave), content.title, content.sentence, content.about, figure.people),
            *(figure.method, figure.version, f"{figure.made_at:%Y-%m-%d}", figure.correction),
            whole("trust:figure", figure.id),
        )


def _limits(told: Told) -> Iterator[tuple[str, str]]:
    return ((str(result.wave), limit) for result in told.results for limit in result.limits)


def _wave(result: Result) -> dict[str, Any]:
    return {
        "wave": str(result.wave),
        "what_we_may_not_conclude": result.limits,
        "figures": [_figure(shown) for shown in result.figures],
    }


def _figure(shown: Shown) -> dict[str, Any]:
    figure, content = shown.figure, shown.content
    return {
        "address": whole("trust:figure", figure.id),
        "kind": figure.kind,
        "title": content.title,
        "says": content.sentence,
        "about": content.about,
        "columns": list(content.columns),
        "rows": [list(row) for row in content.rows],
        "limits": list(content.limits),
        "people": figure.people,
        "method": figure.method,
        "version": figure.version,
        "how": figure.value["how"],
        "consent_basis": figure.consent_basis,
        "input_digest": figure.input_digest,
        "made_on": f"{figure.made_at:%Y-%m-%d}",
        "corrections": shown.corrections,
    }
