"""An instrument as a file of its own: JSON that people can read, write by hand and compare.

The entries are the fields of the record, by their names. What has its usual value is left out, so
that a short instrument is a short file. What is not known is refused: a misspelt “revers” would
otherwise leave a question unturned in silence.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import StrEnum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from coproduce.formats.errors import BadFile
from coproduce.formats.instruments.checks import checked
from coproduce.formats.instruments.record import Instrument

FORMAT = "coproduce instrument 1"
MOST_BYTES = 1_000_000
LARGEST = 1e15  # up to here every whole number is exact
_INNERMOST = re.compile(r"[{\[]\n[^{}\[\]]{0,120}\n *[}\]]")
_BREAK = re.compile(r"\n *")
_ONE_OF = {
    "items": "item",
    "scales": "scale",
    "scores": "score",
    "points": "point",
    "missing": "missing",
    "lookup": "row",
}


def read_instrument(raw: bytes, *, file: str) -> Instrument:
    """The instrument in a JSON file, or a BadFile that says which part of it is wrong."""
    return checked(read_unfinished(raw, file=file), file=file)


def read_unfinished(raw: bytes, *, file: str) -> Instrument:
    """The same for one that is still being worded: much may be missing, nothing misspelt."""
    if len(raw) > MOST_BYTES:
        raise BadFile(file, None, None, f"It has {len(raw) / 1e6:.1f} MB; 1 MB fits.")
    whole = _parsed(file, raw)
    if not isinstance(whole, dict) or whole.pop("format", None) != FORMAT:
        raise BadFile(
            file, None, "format", f"It is no instrument: “format” has to be “{FORMAT}” in it."
        )
    instrument: Instrument = _Reading(file).made(Instrument, whole, "")
    return instrument


def write_instrument(instrument: Instrument) -> str:
    """The instrument as JSON; read again, it is the same."""
    whole = {"format": FORMAT, **_entries(instrument)}
    text = json.dumps(whole, ensure_ascii=False, allow_nan=False, indent=1)
    return _INNERMOST.sub(lambda found: _BREAK.sub(" ", found[0]), text) + "\n"


def plain(number: float) -> int | float:
    """The number without “.0” where it is whole."""
    return int(number) if float(number).is_integer() else number


def _parsed(file: str, raw: bytes) -> Any:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        entries: dict[str, Any] = {}
        for key, value in pairs:
            if key in entries:
                raise BadFile(file, None, key, "This entry is there twice. Keep the right one.")
            entries[key] = value
        return entries

    try:
        return json.loads(raw.decode("utf-8-sig"), object_pairs_hook=once)
    except UnicodeDecodeError:
        raise BadFile(file, None, None, "The text is not UTF-8. Save it again as UTF-8.") from None
    except json.JSONDecodeError as error:
        raise BadFile(
            file,
            error.lineno,
            None,
            f"This is not JSON ({error.msg}). Look for a comma or quotation mark before this row.",
        ) from None
    except (RecursionError, ValueError):
        raise BadFile(file, None, None, "No instrument is made like this. Look it over.") from None


class _Reading:
    """From the entries of a file to the record, by the types that the record states."""

    def __init__(self, file: str) -> None:
        self.file = file

    def bad(self, where: str, message: str) -> BadFile:
        return BadFile(self.file, None, where or None, message)

    def made(self, wanted: Any, value: Any, where: str) -> Any:
        """The value as what is wanted of it."""
        if is_dataclass(wanted):
            return self._record(wanted, value, where)
        origin = get_origin(wanted)
        if origin is tuple:
            return self._many(get_args(wanted)[0], value, where)
        if origin is UnionType:  # a number, or none
            return None if value is None else self._number(value, where)
        if origin is Mapping:
            words = get_args(wanted)[0] is str
            return self._words(value, where) if words else self._pairs(value, where)
        if issubclass(wanted, StrEnum):
            return self._choice(wanted, value, where)
        simple = {str: self._text, bool: self._claim, int: self._whole, float: self._number}
        return simple[wanted](value, where)

    def _record(self, wanted: Any, value: Any, where: str) -> Any:
        if not isinstance(value, dict):
            raise self.bad(where, "Entries with names belong here: {“…”: …}.")
        named = {each.name: each for each in fields(wanted)}
        for key in value:
            if key not in named:
                known = ", ".join(named)
                raise self.bad(_inside(where, key), f"There is no such entry. There are: {known}.")
        for name, each in named.items():
            if name not in value and _is_asked(each):
                raise self.bad(_inside(where, name), "It is missing. Without it nothing loads.")
        types = get_type_hints(wanted)
        return wanted(
            **{
                name: self.made(types[name], entry, _inside(where, name))
                for name, entry in value.items()
            }
        )

    def _many(self, wanted: Any, value: Any, where: str) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise self.bad(where, "A list belongs here: […].")
        return tuple(
            self.made(wanted, each, _one_of(where, number, each))
            for number, each in enumerate(value, start=1)
        )

    def _words(self, value: Any, where: str) -> dict[str, str]:
        if not isinstance(value, dict):
            raise self.bad(where, "Words belong here by language: {“en”: “…”}.")
        return {language: self._text(text, where) for language, text in value.items()}

    def _pairs(self, value: Any, where: str) -> dict[float, float]:
        if not isinstance(value, list):
            raise self.bad(where, "A table belongs here: [[7, 7.0], [8, 9.51], …].")
        table: dict[float, float] = {}
        for number, pair in enumerate(value, start=1):
            row = _one_of(where, number, pair)
            if not isinstance(pair, list) or len(pair) != 2:
                raise self.bad(row, "Two numbers belong here: the sum, and what it becomes.")
            raw, becomes = (self._number(each, row) for each in pair)
            if raw in table:
                raise self.bad(row, f"The sum {raw:g} is there twice. Keep the right row.")
            table[raw] = becomes
        return table

    def _choice(self, wanted: type[StrEnum], value: Any, where: str) -> StrEnum:
        known = [each.value for each in wanted]
        if value not in known:
            raise self.bad(where, f"“{value}” is none of {', '.join(known)}.")
        return wanted(value)

    def _text(self, value: Any, where: str) -> str:
        if not isinstance(value, str):
            raise self.bad(where, f"Words in quotation marks belong here, not {json.dumps(value)}.")
        return value.replace("\r\n", "\n").strip()

    def _claim(self, value: Any, where: str) -> bool:
        if not isinstance(value, bool):
            raise self.bad(where, f"true or false belongs here, not {json.dumps(value)}.")
        return value

    def _number(self, value: Any, where: str) -> float:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not abs(value) <= LARGEST:  # says no to NaN, too
            raise self.bad(where, f"A number belongs here, not {json.dumps(value)}.")
        return float(value)

    def _whole(self, value: Any, where: str) -> int:
        number = self._number(value, where)
        if not number.is_integer():
            raise self.bad(where, f"A whole number belongs here, not {number:g}.")
        return int(number)


def _is_asked(each: "Field[Any]") -> bool:
    """Scores may not be forgotten: how it is scored is part of the gate."""
    unsaid = each.default is MISSING and each.default_factory is MISSING
    return unsaid or each.name == "scores"


def _inside(where: str, name: str) -> str:
    return f"{where}, {name}" if where else name


def _one_of(where: str, number: int, value: Any) -> str:
    """The place of one in a list: "item satisfied", "scale agree, point 3"."""
    before, _, last = where.rpartition(", ")
    code = value.get("code") if isinstance(value, dict) else None
    name = f"{_ONE_OF.get(last, last)} {code if isinstance(code, str) else number}"
    return _inside(before, name)


def _entries(record: Any) -> dict[str, Any]:
    """The fields of a record that are not as usual."""
    entries = {}
    for each in fields(record):
        value = getattr(record, each.name)
        if _is_asked(each) or value != _usual(each):
            entries[each.name] = _entry(value)
    return entries


def _usual(each: "Field[Any]") -> Any:
    return each.default if each.default_factory is MISSING else each.default_factory()


def _entry(value: Any) -> Any:
    if is_dataclass(value):
        return _entries(value)
    if isinstance(value, tuple):
        return [_entry(each) for each in value]
    if isinstance(value, Mapping):
        if all(isinstance(key, str) for key in value):
            return dict(value)
        return [[plain(raw), plain(becomes)] for raw, becomes in value.items()]
    return plain(value) if isinstance(value, float) else value
