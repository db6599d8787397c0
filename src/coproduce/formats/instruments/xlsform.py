"""An instrument as an XLSForm, for KoboToolbox, ODK and all that reads them.

What people are asked stands where XLSForm has a place for it: one question a page, Easy Read as the
hint, pictures, languages. No question is ever required, and "prefer not to say" stands among the
answers. Licence, scoring and the like have columns, settings and a sheet of their own, which other
programs leave alone: read again, nothing is lost.
"""

from collections.abc import Iterator, Sequence

from coproduce.formats.errors import BadFile
from coproduce.formats.instruments.languages import RATHER_NOT_SAY, in_order, name_of
from coproduce.formats.instruments.native import plain
from coproduce.formats.instruments.record import Instrument, Item, Kind, Point, Words, in_language
from coproduce.formats.instruments.twin import COLUMNS, score_rows
from coproduce.formats.workbook import Cell, Rows, workbook_bytes

SURVEY, CHOICES, SETTINGS, SCORING = "survey", "choices", "settings", "_scoring"
RATHER_NOT = "rather_not_say"  # the name of the choice
SAID_AS_WORDS = ("form_title", "purpose", "introduction", "recall")
SAID_PLAINLY = (
    *("licence", "notice", "source", "may_ship", "may_reword"),
    *("population", "minutes", "status", "evidence"),
)
OUR_NOTES = ("introduction", "licence_notice")
_TYPES = {Kind.NUMBER: "integer", Kind.WORDS: "text"}
_A_REFERENCE = "${"  # to another question: XLSForm has no way to write the characters themselves
_RESERVED = "meta"

_Row = dict[str, Cell]


def write_xlsform(instrument: Instrument, *, file: str = "the form") -> bytes:
    """The instrument as a workbook with the sheets of an XLSForm; `file` is named in a refusal."""
    _refuse(instrument, file)
    survey, choices = list(_survey(instrument)), list(_choices(instrument))
    sheets = {SURVEY: _table(("type", "name"), survey)}
    if choices:
        sheets[CHOICES] = _table(("list_name", "name"), choices)
    sheets[SETTINGS] = _table(("form_title", "form_id", "version"), [_settings(instrument)])
    sheets[SCORING] = _scoring(instrument)
    return workbook_bytes(sheets)


def _refuse(instrument: Instrument, file: str) -> None:
    for item in instrument.items:
        if item.code.lower() == _RESERVED:
            raise BadFile(
                file,
                None,
                f"item {item.code}, code",
                "XLSForm keeps this name for itself. Change it.",
            )
    words = [
        *((f"item {item.code}", each) for item in instrument.items for each in _words_of(item)),
        *(
            (f"scale {scale.code}", point.label)
            for scale in instrument.scales
            for point in (*scale.points, *scale.missing)
        ),
        ("introduction", instrument.introduction),
        ("notice", {"": instrument.licence.notice}),
    ]
    for where, each in words:
        if any(_A_REFERENCE in text for text in each.values()):
            raise BadFile(
                file,
                None,
                where,
                f"XLSForm takes “{_A_REFERENCE}” for another question. Reword it.",
            )


def _words_of(item: Item) -> tuple[Words, Words]:
    return item.wording, item.easy_read


def _survey(instrument: Instrument) -> Iterator[_Row]:
    first, last = _names_of_notes(instrument)
    if instrument.introduction:
        words, _ = _in_all("label", instrument.introduction, instrument)
        yield {"type": "note", "name": first, **words}
    for item in instrument.items:
        yield _question(item, instrument)
    notice = dict.fromkeys(instrument.languages, instrument.licence.notice)
    yield {"type": "note", "name": last, **_in_all("label", notice, instrument)[0]}


def _names_of_notes(instrument: Instrument) -> list[str]:
    taken = {item.code.lower() for item in instrument.items}
    names = []
    for name in OUR_NOTES:
        while name in taken:
            name += "_"
        names.append(name)
    return names


def _question(item: Item, instrument: Instrument) -> _Row:
    labels, no_label = _in_all("label", item.wording, instrument)
    hints, no_hint = _in_all("hint", item.easy_read, instrument)
    return {
        "type": f"select_one {item.scale}" if item.kind is Kind.SCALE else _TYPES[item.kind],
        "name": item.code,
        **labels,
        **hints,
        **_images(item.image, instrument),
        "required": "no",
        **(_bounds(item, instrument) if item.kind is Kind.NUMBER else {}),
        "reverse": "yes" if item.reverse else None,
        "sensitive": "yes" if item.sensitive else None,
        **{f"image_alt ({language})": text for language, text in item.image_alt.items()},
        "untranslated": ", ".join((*no_label, *no_hint)),
    }


def _bounds(item: Item, instrument: Instrument) -> _Row:
    told = {"en": f"A whole number from {item.low} to {item.high}."}
    return {
        "constraint": f". >= {item.low} and . <= {item.high}",
        **_in_all("constraint_message", told, instrument)[0],
    }


def _images(image: str, instrument: Instrument) -> _Row:
    """The picture in each language: a form shows none in a language that has no column for it."""
    if not image:
        return {}
    return {f"media::image::{name_of(language)}": image for language in instrument.languages}


def _choices(instrument: Instrument) -> Iterator[_Row]:
    for scale in instrument.scales:
        for point in scale.points:
            yield {"list_name": scale.code, **_choice(point, instrument)}
        for point in scale.missing:
            yield {"list_name": scale.code, **_choice(point, instrument), "missing": "yes"}
        yield {
            "list_name": scale.code,
            "name": RATHER_NOT,
            **{
                f"label::{name_of(language)}": RATHER_NOT_SAY.get(language, RATHER_NOT_SAY["en"])
                for language in instrument.languages
            },
        }


def _choice(point: Point, instrument: Instrument) -> _Row:
    labels, untranslated = _in_all("label", point.label, instrument)
    return {
        "name": str(plain(point.value)),
        **labels,
        **_images(point.image, instrument),
        **{f"easy_read_{language}": text for language, text in point.easy_read.items()},
        "untranslated": ", ".join(untranslated),
    }


def _in_all(column: str, words: Words, instrument: Instrument) -> tuple[_Row, list[str]]:
    """The words in every language, since a form shows “-” for a gap; and which were filled in."""
    if not words:
        return {}, []
    known = in_order(words, instrument.languages) or words
    cells: _Row = {
        f"{column}::{name_of(language)}": in_language(known, language)
        for language in instrument.languages
    }
    return cells, [f"{column} ({each})" for each in instrument.languages if each not in known]


def _settings(instrument: Instrument) -> _Row:
    licence = instrument.licence
    said = {"form_title": instrument.title} | {
        name: getattr(instrument, name) for name in SAID_AS_WORDS[1:]
    }
    first = instrument.languages[0]
    return {
        "form_title": instrument.title[first],
        "form_id": instrument.code,
        "version": instrument.version,
        "default_language": name_of(first),
        "style": "pages",
        "languages": " ".join(instrument.languages),
        **{
            f"{name} ({language})": text
            for name, words in said.items()
            for language, text in words.items()
            if (name, language) != ("form_title", first)
        },
        "licence": licence.licence,
        "notice": licence.notice,
        "source": licence.source,
        "may_ship": "yes" if licence.may_ship else "no",
        "may_reword": "yes" if licence.may_reword else "no",
        "population": instrument.population,
        "minutes": str(instrument.minutes),
        "status": instrument.status,
        "evidence": instrument.evidence,
        "outcomes": "\n".join(instrument.outcomes),
    }


def _scoring(instrument: Instrument) -> Rows:
    """The rows of the CSV twin that tell how it is scored."""
    names = (*COLUMNS, *(f"words ({language})" for language in instrument.languages))
    rows = [{name: _exact(row.get(name)) for name in names} for row in score_rows(instrument)]
    return _table(("part", "code"), rows)


def _exact(value: Cell) -> Cell:
    """A workbook keeps sixteen digits of a number; where that is too few, it is written as text."""
    if isinstance(value, float) and float(f"{value:.16g}") != value:
        return repr(value)
    return value


def _table(always: Sequence[str], rows: Sequence[_Row]) -> Rows:
    """A header of the columns that hold anything, those named first, and the rows below it."""
    names = dict.fromkeys(always)
    for row in rows:
        names |= dict.fromkeys(name for name, value in row.items() if value not in ("", None))
    header = _by_kind(list(names))
    return [header, *([row.get(name) for name in header] for row in rows)]


def _by_kind(names: list[str]) -> list[str]:
    """Columns of one kind side by side, in the order in which the kinds first came up."""
    kinds = list(dict.fromkeys(name.partition("::")[0] for name in names))
    return sorted(names, key=lambda name: kinds.index(name.partition("::")[0]))
