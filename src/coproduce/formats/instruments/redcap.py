"""A REDCap data dictionary as an instrument: what many evaluators already have.

A dictionary tells nothing of a licence or of scoring: the one is asked of whoever brings it, the
other is left plain. Questions that depend on others, ticks of several boxes and calculations are
refused with their row and column, as everybody is asked the same here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from io import BytesIO

from coproduce.formats.instruments.checks import checked
from coproduce.formats.instruments.faults import Fault
from coproduce.formats.instruments.foreign import (
    Asked,
    Taken,
    scored_each_by_itself,
    sorted_out,
)
from coproduce.formats.instruments.record import (
    LARGEST_NUMBER,
    Instrument,
    Item,
    Kind,
    Point,
    Scale,
)
from coproduce.formats.table import HEADER, Table, read_table

NAME, TYPE, LABEL = "Variable / Field Name", "Field Type", "Field Label"
CHOICES = "Choices, Calculations, OR Slider Labels"
SECTION, NOTE, ANNOTATION = "Section Header", "Field Note", "Field Annotation"
VALIDATION = "Text Validation Type OR Show Slider Number"
LOWEST, HIGHEST = "Text Validation Min", "Text Validation Max"
IDENTIFIER, REQUIRED, MATRIX = "Identifier?", "Required Field?", "Matrix Group Name"
BRANCHING = "Branching Logic (Show field only if...)"
_ASKED = (NAME, TYPE, LABEL, CHOICES)
# The columns as they were called in other years, or as the API calls them.
_ALSO = {
    NAME: ("field_name", "Variable/Field Name"),
    TYPE: ("field_type",),
    LABEL: ("field_label",),
    CHOICES: ("select_choices_or_calculations", "Choices OR Calculations"),
    SECTION: ("section_header",),
    NOTE: ("field_note",),
    VALIDATION: ("text_validation_type_or_show_slider_number",),
    LOWEST: ("text_validation_min",),
    HIGHEST: ("text_validation_max",),
    IDENTIFIER: ("identifier",),
    BRANCHING: ("branching_logic",),
    REQUIRED: ("required_field",),
    MATRIX: ("matrix_group_name",),
    ANNOTATION: ("field_annotation",),
}
_YES_NO = {"yesno": ((1, "Yes"), (0, "No")), "truefalse": ((1, "True"), (0, "False"))}
_REVERSED = re.compile(r"\breverse(d|-?scored|-?coded)?\b|@reverse\b", re.IGNORECASE)
_RECORD = re.compile(r"id|[a-z0-9_]*_id", re.IGNORECASE)
_SLIDER = (0, 100)


def read_redcap(raw: bytes, *, file: str, asked: Asked) -> Taken:
    """The instrument in a data dictionary (CSV), and what of it was left behind."""
    source = BytesIO(raw)
    source.name = file
    return _Dictionary(_renamed(read_table(source)), asked).taken()


def _renamed(table: Table) -> Table:
    names = {other: name for name, others in _ALSO.items() for other in others}
    renamed = Table(table.file, tuple(names.get(each, each) for each in table.header), table.rows)
    for name in _ASKED:
        if name not in renamed.header:
            raise renamed.bad(
                HEADER,
                name,
                "This column is missing, so it is no data dictionary. Download it again "
                "from REDCap.",
            )
    return renamed


@dataclass
class _Dictionary:
    """From the rows of a dictionary to the record."""

    table: Table
    asked: Asked
    remarks: list[str] = field(default_factory=list)
    scales: list[Scale] = field(default_factory=list)
    rows: dict[tuple[str, str], int] = field(default_factory=dict)  # of an item or a scale
    stems: dict[str, str] = field(default_factory=dict)  # what stands above a matrix

    def taken(self) -> Taken:
        items = tuple(self._items())
        asked, language = self.asked, self.asked.language
        instrument = Instrument(
            code=asked.code,
            version=asked.version or "1",
            title={language: asked.title} if asked.title else {},
            purpose={language: asked.purpose} if asked.purpose else {},
            licence=asked.licence,
            languages=(language,),
            items=items,
            scales=tuple(self.scales),
        )
        instrument = scored_each_by_itself(instrument)
        self.remarks.append(
            "A dictionary does not say how it is scored: each question has a score of its own. "
            "Say in the editor which belong together."
        )
        checked(instrument, file=self.table.file, place=self._place)
        return Taken(instrument, tuple(self.remarks))

    def _place(self, fault: Fault) -> tuple[int | None, str]:
        columns = {"code": NAME, "wording": LABEL, "low": LOWEST, "high": HIGHEST, "title": LABEL}
        column = CHOICES if fault.part == "scale" else columns.get(fault.field, fault.where)
        if fault.part in ("instrument", "licence"):
            return None, fault.where
        return self.rows.get((fault.part, fault.code)), column

    def _items(self) -> Iterator[Item]:
        for at, cells in enumerate(self.table.rows):
            row = {name: cell.strip() for name, cell in zip(self.table.header, cells, strict=True)}
            kind = row[TYPE].lower()
            if at == 0 and kind == "text" and _RECORD.fullmatch(row[NAME]):
                self._say(at, f"“{row[NAME]}” numbers the records and was left out")
            elif kind == "descriptive":
                self._say(at, f"“{row[NAME]}” asks nothing and was left out")
            else:
                yield self._item(at, row, kind)

    def _item(self, at: int, row: dict[str, str], kind: str) -> Item:
        if row.get(BRANCHING):
            raise self.table.bad(
                at,
                BRANCHING,
                "Questions that depend on others cannot be held here. Take this out, so that "
                "everybody is asked the same.",
            )
        self._say_what_is_left(at, row)
        self.rows["item", row[NAME]] = self.rows["score", row[NAME]] = at + 2
        item = Item(
            code=row[NAME],
            wording={self.asked.language: self._wording(at, row)},
            reverse=bool(_REVERSED.search(row.get(ANNOTATION, ""))),
            sensitive=row.get(IDENTIFIER, "").lower() == "y",
        )
        if kind in ("radio", "dropdown") or kind in _YES_NO:
            return replace(item, scale=self._scale_of(at, row, kind))
        if kind == "slider":
            low, high = self._bounds(at, row, *_SLIDER)
            return replace(item, kind=Kind.NUMBER, low=low, high=high)
        if kind in ("text", "notes"):
            return self._typed(at, row, kind, item)
        raise self.table.bad(
            at,
            TYPE,
            f"A field of the type “{row[TYPE]}” cannot be held here. Ask it as radio, dropdown, "
            "yesno, slider, text or notes, or take it out.",
        )

    def _typed(self, at: int, row: dict[str, str], kind: str, item: Item) -> Item:
        validation = row.get(VALIDATION, "").lower()
        if validation == "integer" and kind == "text":
            low, high = self._bounds(at, row, 0, LARGEST_NUMBER)
            return replace(item, kind=Kind.NUMBER, low=low, high=high)
        if validation:
            raise self.table.bad(
                at,
                VALIDATION,
                f"Only whole numbers (“integer”) or free words can be held here, not "
                f"“{row[VALIDATION]}”. Change it or take the question out.",
            )
        return replace(item, kind=Kind.WORDS, reverse=False)

    def _bounds(self, at: int, row: dict[str, str], low: int, high: int) -> tuple[int, int]:
        found = []
        for column, usual in ((LOWEST, low), (HIGHEST, high)):
            text = row.get(column, "")
            if text and not re.fullmatch(r"-?\d{1,9}", text):
                raise self.table.bad(at, column, f"“{text}” is no whole number.")
            found.append(int(text) if text else usual)
        return found[0], found[1]

    def _scale_of(self, at: int, row: dict[str, str], kind: str) -> str:
        """The code of the scale with these answers; questions with the same answers share one."""
        points = tuple(self._points(at, row, kind))
        counted, missing = sorted_out(points)
        for point in missing:
            said = next(iter(point.label.values()))
            self._say(at, f"“{said}” counts as no answer")
        for scale in self.scales:
            if (scale.points, scale.missing) == (counted, missing):
                return scale.code
        code = row.get(MATRIX) or row[NAME]
        while any(scale.code == code for scale in self.scales):
            code += "_"
        self.scales.append(Scale(code, counted, missing))
        self.rows["scale", code] = at + 2
        return code

    def _points(self, at: int, row: dict[str, str], kind: str) -> Iterator[Point]:
        language = self.asked.language
        for counts, said in _YES_NO.get(kind, ()):
            yield Point(float(counts), {language: said})
        if kind in _YES_NO:
            return
        for choice in filter(None, map(str.strip, row[CHOICES].split("|"))):
            value, comma, label = choice.partition(",")
            label = self._plain(at, label)
            if not comma or not label:
                raise self.table.bad(
                    at, CHOICES, f"“{choice}” is no answer. Write “1, Never | 2, Sometimes”."
                )
            try:
                yield Point(float(value), {language: label})
            except ValueError:
                raise self.table.bad(
                    at,
                    CHOICES,
                    f"“{value.strip()}” is no number to count with. Give each answer a number.",
                ) from None

    def _wording(self, at: int, row: dict[str, str]) -> str:
        """The label, under the heading of its matrix where it stands in one."""
        label, matrix = self._plain(at, row[LABEL]), row.get(MATRIX, "")
        section = self._plain(at, row.get(SECTION, ""))
        if matrix and section:
            self.stems[matrix] = section
            self._say(at, f"“{section}” opens each question of its matrix")
        elif section:
            self._say(at, f"the heading “{section}” was left out")
        return f"{self.stems.get(matrix, '')} {label}".strip() if matrix else label

    def _say_what_is_left(self, at: int, row: dict[str, str]) -> None:
        if row.get(NOTE):
            self._say(at, f"the note “{row[NOTE]}” was left out")
        if row.get(REQUIRED, "").lower() == "y":
            self._say(at, "no question is ever required here, so it can be left open")

    def _plain(self, at: int, text: str) -> str:
        """The words of a label without the marks of a web page that REDCap lets in."""
        if "<" not in text and "&" not in text:
            return text.replace("\r\n", "\n").strip()
        reading = _Words()
        reading.feed(text)
        reading.close()
        if "<" in text:
            self._say(at, "how the words were set off (bold, colours) was left out")
        return " ".join("".join(reading.found).split())

    def _say(self, at: int, message: str) -> None:
        said = f"row {at + 2}: {message}."
        if said not in self.remarks:
            self.remarks.append(said)


class _Words(HTMLParser):
    """The words of a piece of a web page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in ("br", "p", "div", "li"):
            self.found.append(" ")
