"""An instrument as one table: the CSV twin of its JSON, for people who think in spreadsheets.

One row for each question, below it one for each answer of a scale, each score, each row of a table
to look up; above it one for each thing said about the whole. `part` tells which kind of row it is,
and words stand in a column for each language.
"""

from collections.abc import Iterator, Mapping
from io import BytesIO

from coproduce.formats.errors import BadFile
from coproduce.formats.instruments.checks import checked
from coproduce.formats.instruments.faults import Fault
from coproduce.formats.instruments.native import plain
from coproduce.formats.instruments.record import (
    LARGEST_NUMBER,
    Instrument,
    Item,
    Kind,
    Licence,
    Point,
    Scale,
    Score,
    Way,
    Words,
)
from coproduce.formats.table import HEADER, Table, read_table
from coproduce.formats.text import csv_text, unguarded

Cell = str | int | float | None
Row = dict[str, Cell]

COLUMNS = (
    *("part", "code", "value", "kind", "scale", "reverse", "sensitive", "low", "high", "image"),
    *("items", "way", "least_answered", "higher_is_better"),
    *("minimal_important", "minimal_important_source", "becomes"),
)
WORDS = ("words", "easy read", "picture in words")  # each with its language: "words (en)"
_PLAIN = (
    *("code", "version", "licence", "notice", "source", "may_ship", "may_reword"),
    *("population", "minutes", "status", "evidence"),
)
_WORDED = ("title", "purpose", "introduction", "recall")
_YES, _NO = "yes", "no"


def write_twin(instrument: Instrument) -> str:
    """The instrument as CSV; read again, it is the same."""
    header = header_for(instrument.languages)
    return csv_text(header, ([row.get(name) for name in header] for row in twin_rows(instrument)))


def read_twin(raw: bytes, *, file: str) -> Instrument:
    """The instrument in a CSV twin, or a BadFile with the row and the column that is wrong."""
    source = BytesIO(raw)
    source.name = file
    table = read_table(source)
    rows = [[unguarded(cell.replace("\r\n", "\n").strip()) for cell in row] for row in table.rows]
    reading = _Reading(Table(table.file, table.header, rows))
    return checked(reading.instrument(), file=file, place=reading.place)


def scores_of(table: Table) -> tuple[Score, ...]:
    """The scores that a table of a twin's rows holds."""
    reading = _Reading(table)
    return reading.scores()


def header_for(languages: tuple[str, ...]) -> tuple[str, ...]:
    """The names of the columns: the fixed ones, then words in each language."""
    return (*COLUMNS, *(f"{words} ({language})" for language in languages for words in WORDS))


def twin_rows(instrument: Instrument) -> Iterator[Row]:
    """The whole instrument, row by row."""
    yield from about_rows(instrument)
    for item in instrument.items:
        yield _item_row(item)
    for scale in instrument.scales:
        for part, points in (("answer", scale.points), ("missing", scale.missing)):
            for point in points:
                yield _point_row(part, scale.code, point)
    yield from score_rows(instrument)


def about_rows(instrument: Instrument) -> Iterator[Row]:
    """What is said about the whole, and its licence."""
    for name in _PLAIN:
        holder = instrument.licence if hasattr(instrument.licence, name) else instrument
        value = getattr(holder, name)
        if value != "":
            yield {"part": "about", "code": name, "value": _said(value)}
    for language in instrument.languages:
        yield {"part": "about", "code": "language", "value": language}
    for outcome in instrument.outcomes:
        yield {"part": "about", "code": "outcome", "value": outcome}
    for name in _WORDED:
        words = getattr(instrument, name)
        if words:
            yield {"part": "about", "code": name, **_worded("words", words)}


def score_rows(instrument: Instrument) -> Iterator[Row]:
    """How it is scored."""
    for score in instrument.scores:
        yield {
            "part": "score",
            "code": score.code,
            "items": " ".join(score.items),
            "way": score.way.value,
            "least_answered": plain(score.least_answered),
            "low": plain(score.low),
            "high": plain(score.high),
            "higher_is_better": _said(score.higher_is_better),
            "minimal_important": _number_or_none(score.minimal_important),
            "minimal_important_source": score.minimal_important_source or None,
            **_worded("words", score.title),
        }
        for raw, becomes in score.lookup.items():
            yield {
                "part": "lookup",
                "code": score.code,
                "value": plain(raw),
                "becomes": plain(becomes),
            }


def _item_row(item: Item) -> Row:
    number = item.kind is Kind.NUMBER
    return {
        "part": "item",
        "code": item.code,
        "kind": item.kind.value,
        "scale": item.scale or None,
        "reverse": _YES if item.reverse else None,
        "sensitive": _YES if item.sensitive else None,
        "low": item.low if number else None,
        "high": item.high if number else None,
        "image": item.image or None,
        **_worded("words", item.wording),
        **_worded("easy read", item.easy_read),
        **_worded("picture in words", item.image_alt),
    }


def _point_row(part: str, scale: str, point: Point) -> Row:
    return {
        "part": part,
        "code": scale,
        "value": plain(point.value),
        "image": point.image or None,
        **_worded("words", point.label),
        **_worded("easy read", point.easy_read),
    }


def _worded(column: str, words: Words) -> Row:
    return {f"{column} ({language})": text for language, text in words.items()}


def _said(value: str | bool | int) -> str | int:
    if isinstance(value, bool):
        return _YES if value else _NO
    return value


def _number_or_none(number: float | None) -> int | float | None:
    return None if number is None else plain(number)


class _Reading:
    """From the rows of a table to the record."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._check_columns()
        self.rows = [dict(zip(table.header, row, strict=True)) for row in table.rows]
        self._check_parts()

    def _check_columns(self) -> None:
        for name in ("part", "code"):
            if name not in self.table.header:
                raise self.table.bad(HEADER, name, "This column is missing. Add it.")
        for name in self.table.header:
            words = any(name.startswith(f"{each} (") and name.endswith(")") for each in WORDS)
            if name not in COLUMNS and not words:
                raise self.table.bad(
                    -1, name or "(no name)", "There is no such column. Take it out."
                )

    def _check_parts(self) -> None:
        known = ("about", "item", "answer", "missing", "score", "lookup")
        for at, row in enumerate(self.rows):
            if row["part"] not in known:
                raise self.table.bad(at, "part", f"“{row['part']}” is none of {', '.join(known)}.")

    def of(self, part: str) -> Iterator[tuple[int, dict[str, str]]]:
        """The rows of one kind, with where they stand."""
        return ((at, row) for at, row in enumerate(self.rows) if row["part"] == part)

    def place(self, fault: Fault) -> tuple[int | None, str]:
        """The row that a fault is in, as a spreadsheet counts it."""
        parts = {
            "scale": ("answer", "missing"),
            "instrument": ("about",),
            "licence": ("about",),
        }.get(fault.part, (fault.part,))
        named = {"languages": "language", "outcomes": "outcome"}.get(fault.field, fault.field)
        code = (fault.code or named).lower()
        rows = [at for part in parts for at, row in self.of(part) if row["code"].lower() == code]
        if not rows:
            return None, fault.where
        return rows[fault.answer - 1] + 2, fault.where  # the last row, where none is named

    def instrument(self) -> Instrument:
        self._no_stray("missing", {row["code"] for _, row in self.of("answer")})
        plain_entries, words, languages, outcomes = self._about()
        for name in ("code", "version", "licence", "notice", "source", "may_ship", "may_reword"):
            if name not in plain_entries:
                raise self.table.bad(
                    None, name, f"There is no row about it. Add “about, {name}”, with a value."
                )
        entry = {name: value for name, (_, value) in plain_entries.items()}
        return Instrument(
            code=entry["code"],
            version=entry["version"],
            title=words.get("title", {}),
            purpose=words.get("purpose", {}),
            licence=self._licence(plain_entries),
            languages=languages,
            items=tuple(self._item(at, row) for at, row in self.of("item")),
            scales=self._scales(),
            scores=self.scores(),
            population=entry.get("population", ""),
            introduction=words.get("introduction", {}),
            recall=words.get("recall", {}),
            minutes=self._minutes(plain_entries),
            outcomes=outcomes,
            status=entry.get("status", "unvalidated"),
            evidence=entry.get("evidence", ""),
        )

    def scores(self) -> tuple[Score, ...]:
        self._no_stray("lookup", {row["code"] for _, row in self.of("score")})
        return tuple(self._score(at, row) for at, row in self.of("score"))

    def _about(
        self,
    ) -> tuple[dict[str, tuple[int, str]], dict[str, Words], tuple[str, ...], tuple[str, ...]]:
        entries: dict[str, tuple[int, str]] = {}
        words: dict[str, Words] = {}
        lists: dict[str, list[str]] = {"language": [], "outcome": []}
        for at, row in self.of("about"):
            name = row["code"]
            if name in entries or name in words:
                raise self.table.bad(at, "code", f"“{name}” is there twice. Keep the right row.")
            if name in lists:
                lists[name].append(row.get("value", ""))
            elif name in _PLAIN:
                entries[name] = (at, row.get("value", ""))
            elif name in _WORDED:
                words[name] = self._words(row, "words")
            else:
                known = ", ".join((*_PLAIN, "language", "outcome", *_WORDED))
                raise self.table.bad(at, "code", f"“{name}” is none of {known}.")
        return entries, words, tuple(lists["language"]), tuple(lists["outcome"])

    def _licence(self, entries: Mapping[str, tuple[int, str]]) -> Licence:
        return Licence(
            licence=entries["licence"][1],
            notice=entries["notice"][1],
            source=entries["source"][1],
            may_ship=self._claim(*entries["may_ship"], "value"),
            may_reword=self._claim(*entries["may_reword"], "value"),
        )

    def _minutes(self, entries: Mapping[str, tuple[int, str]]) -> int:
        return self._whole(*entries["minutes"], "value", 5) if "minutes" in entries else 5

    def _item(self, at: int, row: dict[str, str]) -> Item:
        return Item(
            code=row["code"],
            wording=self._words(row, "words"),
            kind=Kind(self._one_of(at, row, "kind", [each.value for each in Kind], "scale")),
            scale=row.get("scale", ""),
            easy_read=self._words(row, "easy read"),
            image=row.get("image", ""),
            image_alt=self._words(row, "picture in words"),
            reverse=self._claim(at, row.get("reverse", ""), "reverse"),
            sensitive=self._claim(at, row.get("sensitive", ""), "sensitive"),
            low=self._whole(at, row.get("low", ""), "low", 0),
            high=self._whole(at, row.get("high", ""), "high", LARGEST_NUMBER),
        )

    def _scales(self) -> tuple[Scale, ...]:
        points: dict[str, list[Point]] = {}
        missing: dict[str, list[Point]] = {}
        for part, kept in (("answer", points), ("missing", missing)):
            for at, row in self.of(part):
                kept.setdefault(row["code"], []).append(self._point(at, row))
        return tuple(
            Scale(code, tuple(each), tuple(missing.get(code, ()))) for code, each in points.items()
        )

    def _point(self, at: int, row: dict[str, str]) -> Point:
        return Point(
            value=self._number(at, row.get("value", ""), "value"),
            label=self._words(row, "words"),
            easy_read=self._words(row, "easy read"),
            image=row.get("image", ""),
        )

    def _score(self, at: int, row: dict[str, str]) -> Score:
        least, matters = row.get("least_answered", ""), row.get("minimal_important", "")
        return Score(
            code=row["code"],
            title=self._words(row, "words"),
            items=tuple(row.get("items", "").split()),
            way=Way(self._one_of(at, row, "way", [each.value for each in Way], "mean")),
            least_answered=self._number(at, least, "least_answered") if least else 0.5,
            low=self._number(at, row.get("low", ""), "low"),
            high=self._number(at, row.get("high", ""), "high"),
            higher_is_better=self._claim(
                at, row.get("higher_is_better", "") or _YES, "higher_is_better"
            ),
            minimal_important=self._number(at, matters, "minimal_important") if matters else None,
            minimal_important_source=row.get("minimal_important_source", ""),
            lookup=self._lookup(row["code"]),
        )

    def _lookup(self, score: str) -> dict[float, float]:
        table: dict[float, float] = {}
        for at, row in self.of("lookup"):
            if row["code"] != score:
                continue
            raw = self._number(at, row.get("value", ""), "value")
            if raw in table:
                raise self.table.bad(at, "value", f"The sum {raw:g} is there twice. Keep one.")
            table[raw] = self._number(at, row.get("becomes", ""), "becomes")
        return table

    def _no_stray(self, part: str, known: set[str]) -> None:
        for at, row in self.of(part):
            if row["code"] not in known:
                raise self.table.bad(
                    at, "code", f"Nothing else in the file is called “{row['code']}”. Check it."
                )

    def _words(self, row: dict[str, str], column: str) -> Words:
        start = f"{column} ("
        return {
            name[len(start) : -1]: text
            for name, text in row.items()
            if name.startswith(start) and text
        }

    def _one_of(
        self, at: int, row: dict[str, str], column: str, known: list[str], usual: str
    ) -> str:
        value = row.get(column, "") or usual
        if value not in known:
            raise self.table.bad(at, column, f"“{value}” is none of {', '.join(known)}.")
        return value

    def _claim(self, at: int, text: str, column: str) -> bool:
        if text.lower() not in ("", _YES, _NO):
            raise self.table.bad(at, column, f"“{text}” is neither yes nor no.")
        return text.lower() == _YES

    def _number(self, at: int, text: str, column: str) -> float:
        try:
            number = float(text)
        except ValueError:
            raise self._no_number(at, text, column) from None
        if not abs(number) <= 1e15:
            raise self._no_number(at, text, column)
        return number

    def _no_number(self, at: int, text: str, column: str) -> BadFile:
        said = f"“{text}” is no number" if text else "A number is missing here"
        return self.table.bad(at, column, f"{said}. Write digits alone, with a dot.")

    def _whole(self, at: int, text: str, column: str, usual: int) -> int:
        if not text:
            return usual
        number = self._number(at, text, column)
        if not number.is_integer():
            raise self.table.bad(at, column, f"“{text}” is no whole number.")
        return int(number)
