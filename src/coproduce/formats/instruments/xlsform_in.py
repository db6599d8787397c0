"""An XLSForm from elsewhere, or one of our own that somebody has edited, as an instrument.

pyxform looks it over first, since it knows the format; then whatever cannot be held here is
refused with its row and column, and what is left behind without harm is said in a remark.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from coproduce.formats.instruments.checks import checked
from coproduce.formats.instruments.faults import Fault
from coproduce.formats.instruments.foreign import (
    Asked,
    Taken,
    scored_each_by_itself,
    sorted_out,
)
from coproduce.formats.instruments.languages import code_of, in_order
from coproduce.formats.instruments.record import (
    LARGEST_NUMBER,
    Instrument,
    Item,
    Kind,
    Licence,
    Point,
    Scale,
    Score,
    Words,
)
from coproduce.formats.instruments.twin import scores_of
from coproduce.formats.instruments.xlsform import (
    CHOICES,
    OUR_NOTES,
    RATHER_NOT,
    SAID_AS_WORDS,
    SCORING,
    SETTINGS,
    SURVEY,
)
from coproduce.formats.instruments.xlsform_sheets import (
    Sheet,
    image_of,
    looked_over,
    parted,
    sheets_of,
)
from coproduce.formats.table import Table
from coproduce.formats.workbook import read_workbook

_METADATA = {
    *("start", "end", "today", "deviceid", "phonenumber", "username", "email", "simserial"),
    *("subscriberid", "audit", "start-geopoint", "background-audio"),
}
_CANNOT = ("relevant", "calculation", "choice_filter", "repeat_count", "trigger")
_LEFT_OUT = ("default", "read_only", "readonly", "guidance_hint", "audio", "video", "big-image")
_BETWEEN = re.compile(r"\.\s*>=\s*(\d+)\s+and\s+\.\s*<=\s*(\d+)")
_YES = {"yes", "true", "1"}


def read_xlsform(raw: bytes, *, file: str, asked: Asked | None = None) -> Taken:
    """The instrument in an XLSForm, and what of the form was left behind.

    `asked`: for a form from elsewhere, which says nothing of its licence. One of our own keeps the
    licence that it has; code, version, title and purpose are those of `asked` where it has them.
    """
    sheets = sheets_of(file, read_workbook(file, raw))
    remarks = looked_over(file, raw)
    return _Form(file, sheets, asked, remarks).taken()


@dataclass(frozen=True)
class _Choice:
    """One row of the choices."""

    row: int
    point: Point
    is_missing: bool


@dataclass
class _Form:
    """From the sheets of a form to the record."""

    file: str
    sheets: dict[str, Sheet]
    asked: Asked | None
    remarks: list[str]
    at: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)  # what stands where
    answers: dict[str, list[int]] = field(default_factory=dict)  # the rows of a scale's answers

    def taken(self) -> Taken:
        self.settings = next(self.sheets[SETTINGS].rows(), (2, {}))[1]
        self.is_ours = bool(self.settings.get("licence"))
        self.languages = self._languages()
        scales = self._scales()
        items = tuple(self._items())
        instrument = self._instrument(items, scales)
        instrument = self._scored(instrument)
        checked(instrument, file=self.file, place=self._place)
        return Taken(instrument, tuple(dict.fromkeys(self.remarks)))

    def _languages(self) -> tuple[str, ...]:
        """Those that the form names, the one that it opens in first."""
        first = self.settings.get("default_language", "")
        named = self.settings.get("languages", "").split()
        if first:
            named.insert(0, self._language(first, SETTINGS, 2, "default_language"))
        for name in (SURVEY, CHOICES):
            for column in self.sheets[name].header:
                base, language = parted(column)
                if language and base in ("label", "hint"):
                    named.append(self._language(language, name, 1, column))
        plain = "label" in self.sheets[SURVEY].header
        if plain and not first:
            named.insert(0, self.asked.language if self.asked else "en")
        return tuple(dict.fromkeys(named))

    def _language(self, name: str, sheet: str, row: int, column: str) -> str:
        code = code_of(name)
        if code is None:
            raise self.sheets[sheet].bad(
                row,
                column,
                f"Nobody can tell which language “{name}” is. Write its code behind it, "
                f"for instance “{name} (en)”.",
            )
        return code

    def _words(self, row: dict[str, str], wanted: str, sheet: str) -> dict[str, str]:
        """The words of one kind in a row, without those that were only filled in."""
        words: dict[str, str] = {}
        for column, text in row.items():
            base, language = parted(column)
            if base == wanted and text:
                code = self._language(language, sheet, 1, column) if language else self.languages[0]
                words[code] = text
        words = in_order(words, self.languages)
        filled = [
            language
            for language in words
            if f"{wanted} ({language})" in row.get("untranslated", "").split(", ")
        ]
        own = [text for language, text in words.items() if language not in filled]
        return {
            language: text
            for language, text in words.items()
            if language not in filled or text not in own[:1]
        }

    def _scales(self) -> tuple[Scale, ...]:
        lists: dict[str, list[_Choice]] = {}
        for number, row in self.sheets[CHOICES].rows():
            code = row.get("list_name", "") or row.get("list name", "")
            known = lists.setdefault(code, [])
            self.at.setdefault(("scale", code), (number, CHOICES))
            if row.get("name", "").lower() != RATHER_NOT:
                known.append(self._choice(number, row, len(known) + 1))
        return tuple(self._scale(code, choices) for code, choices in lists.items())

    def _choice(self, number: int, row: dict[str, str], place: int) -> "_Choice":
        point = Point(
            value=self._value(number, row, place),
            label=self._words(row, "label", CHOICES),
            easy_read={
                column.removeprefix("easy_read_"): text
                for column, text in row.items()
                if column.startswith("easy_read_") and text
            },
            image=image_of(row),
        )
        return _Choice(number, point, row.get("missing", "").lower() in _YES)

    def _value(self, number: int, row: dict[str, str], place: int) -> float:
        name = row.get("name", "")
        try:
            return float(name)
        except ValueError:
            self.remarks.append(
                f"choices, row {number}: “{name}” is no number, so the answer counts as {place}, "
                "its place in the list."
            )
            return float(place)

    def _scale(self, code: str, choices: "list[_Choice]") -> Scale:
        counted = tuple(choice.point for choice in choices if not choice.is_missing)
        missing = tuple(choice.point for choice in choices if choice.is_missing)
        if not self.is_ours:
            counted, found = sorted_out(counted)
            missing += found
            for point in found:
                said = next(iter(point.label.values()))
                self.remarks.append(f"“{said}” counts as no answer.")
        row_of = {id(choice.point): choice.row for choice in choices}
        self.answers[code] = [row_of[id(point)] for point in (*counted, *missing)]
        return Scale(code, counted, missing)

    def _items(self) -> Iterator[Item]:
        sheet = self.sheets[SURVEY]
        for number, row in sheet.rows():
            kind = " ".join(row["type"].replace("select one", "select_one").split())
            kind, _, rest = kind.partition(" ")
            whole = f"{kind} {rest}".lower().replace("_", " ").strip()
            self._refuse_logic(number, row)
            if kind.lower() == "note":
                self._say_note(number, row)
            elif whole in ("begin group", "end group"):
                self._say(number, "the group is opened up; its questions stand in their order")
            elif kind.lower() in _METADATA:
                self._say(number, f"“{kind}” is not asked of anybody and was left out")
            else:
                yield self._item(number, row, kind.lower(), rest)

    def _refuse_logic(self, number: int, row: dict[str, str]) -> None:
        for column in _CANNOT:
            if row.get(column):
                raise self.sheets[SURVEY].bad(
                    number,
                    column,
                    "Questions that depend on others cannot be held here. Take this out, so that "
                    "everybody is asked the same.",
                )
        for column, text in row.items():
            base, _ = parted(column)
            if text and base in _LEFT_OUT:
                self._say(number, f"“{column}” was left out")
        if row.get("required", "").lower() in _YES | {"true()"}:
            self._say(number, "no question is ever required here, so it can be left open")

    def _say(self, number: int, message: str) -> None:
        self.remarks.append(f"survey, row {number}: {message}.")

    def _say_note(self, number: int, row: dict[str, str]) -> None:
        ours = self.is_ours and row.get("name", "").rstrip("_") in OUR_NOTES
        if not ours:
            self._say(number, f"the note “{row.get('name', '')}” was left out")

    def _item(self, number: int, row: dict[str, str], kind: str, rest: str) -> Item:
        code = row.get("name", "")
        self.at[("item", code)] = (number, SURVEY)
        image = image_of(row)
        item = Item(
            code=code,
            wording=self._words(row, "label", SURVEY),
            image=image,
            image_alt={
                column.removeprefix("image_alt (")[:-1]: text
                for column, text in row.items()
                if column.startswith("image_alt (") and text
            },
            easy_read=self._hint(number, row),
            reverse=row.get("reverse", "").lower() in _YES,
            sensitive=row.get("sensitive", "").lower() in _YES,
        )
        if image and not item.image_alt:
            self._say(number, f"the picture “{image}” was left out: nothing says what it shows")
            item = replace(item, image="")
        return self._answered(number, row, item, kind, rest)

    def _hint(self, number: int, row: dict[str, str]) -> Words:
        """Our own forms have Easy Read as a hint; a hint from elsewhere may be anything."""
        hint = self._words(row, "hint", SURVEY)
        if hint and not self.is_ours:
            self._say(
                number, "the hint was left out; the Easy Read wording is written in the editor"
            )
            return {}
        return hint

    def _answered(self, number: int, row: dict[str, str], item: Item, kind: str, rest: str) -> Item:
        if kind == "select_one" and rest and " " not in rest:
            self._no_constraint(number, row)
            return replace(item, kind=Kind.SCALE, scale=rest)
        if kind == "text":
            self._no_constraint(number, row)
            return replace(item, kind=Kind.WORDS)
        if kind in ("integer", "int"):
            low, high = self._bounds(number, row)
            return replace(item, kind=Kind.NUMBER, low=low, high=high)
        raise self.sheets[SURVEY].bad(
            number,
            "type",
            f"A question of the type “{row['type']}” cannot be held here. Ask it as select_one, "
            "integer or text, or take it out.",
        )

    def _no_constraint(self, number: int, row: dict[str, str]) -> None:
        if row.get("constraint"):
            raise self.sheets[SURVEY].bad(
                number, "constraint", "Only whole numbers can have bounds here. Take it out."
            )

    def _bounds(self, number: int, row: dict[str, str]) -> tuple[int, int]:
        constraint = row.get("constraint", "").strip()
        if not constraint:
            return 0, LARGEST_NUMBER
        found = _BETWEEN.fullmatch(constraint)
        if not found:
            raise self.sheets[SURVEY].bad(
                number,
                "constraint",
                f"“{constraint}” cannot be held here. Write it as “. >= 0 and . <= 10”.",
            )
        return int(found[1]), int(found[2])

    def _instrument(self, items: tuple[Item, ...], scales: tuple[Scale, ...]) -> Instrument:
        asked, settings = self.asked, self.settings
        said = {name: self._said(name) for name in SAID_AS_WORDS}
        if asked and self.languages:
            first = self.languages[0]
            for name, text in (("form_title", asked.title), ("purpose", asked.purpose)):
                if text:
                    said[name] = {first: text}
        return Instrument(
            code=(asked.code if asked else "") or settings.get("form_id", ""),
            version=(asked.version if asked else "") or settings.get("version", "") or "1",
            title=said["form_title"],
            purpose=said["purpose"],
            licence=self._licence(),
            languages=self.languages,
            items=items,
            scales=scales,
            introduction=said["introduction"],
            recall=said["recall"],
            population=settings.get("population", ""),
            minutes=self._minutes(),
            outcomes=tuple(filter(None, settings.get("outcomes", "").split("\n"))),
            status=settings.get("status", "") or "unvalidated",
            evidence=settings.get("evidence", ""),
        )

    def _said(self, name: str) -> dict[str, str]:
        words = {
            column.removeprefix(f"{name} (")[:-1]: text
            for column, text in self.settings.items()
            if column.startswith(f"{name} (") and text
        }
        plain = self.settings.get(name)
        if plain and self.languages:
            words[self.languages[0]] = plain
        return words

    def _licence(self) -> Licence:
        settings = self.settings
        if not self.is_ours:
            if self.asked is None:
                raise self.sheets[SETTINGS].bad(
                    2,
                    "licence",
                    "The form does not say whose its questions are and what may be done with "
                    "them. Say so when you bring it in.",
                )
            return self.asked.licence
        for name in ("may_ship", "may_reword"):
            if settings.get(name, "").lower() not in ("yes", "no"):
                raise self.sheets[SETTINGS].bad(2, name, "Write yes or no.")
        return Licence(
            licence=settings["licence"],
            notice=settings.get("notice", ""),
            source=settings.get("source", ""),
            may_ship=settings["may_ship"].lower() == "yes",
            may_reword=settings["may_reword"].lower() == "yes",
        )

    def _minutes(self) -> int:
        said = self.settings.get("minutes", "") or "5"
        if not said.isdecimal():
            raise self.sheets[SETTINGS].bad(2, "minutes", f"“{said}” is no number of minutes.")
        return int(said)

    def _scored(self, instrument: Instrument) -> Instrument:
        scores = self._scores()
        if scores is not None:
            return replace(instrument, scores=scores)
        self.remarks.append(
            "The form does not say how it is scored: each question has a score of its own. "
            "Say in the editor which belong together."
        )
        return scored_each_by_itself(instrument)

    def _scores(self) -> tuple[Score, ...] | None:
        lines = self.sheets[SCORING].lines
        if not any(lines[0]):
            return None
        table = Table(f"{self.file}, {SCORING}", tuple(self.sheets[SCORING].header), lines[1:])
        for number, row in self.sheets[SCORING].rows():
            if row.get("part") == "score":
                self.at[("score", row.get("code", ""))] = (number, SCORING)
        return scores_of(table)

    def _place(self, fault: Fault) -> tuple[int | None, str]:
        """The row and the sheet of a fault."""
        if fault.part in ("instrument", "licence"):
            return 2, f"{SETTINGS}, {fault.where}"
        row, sheet = self.at.get((fault.part, fault.code), (None, SURVEY))
        if fault.answer:
            row = self.answers[fault.code][fault.answer - 1]
        return row, f"{sheet}, {fault.where}"
