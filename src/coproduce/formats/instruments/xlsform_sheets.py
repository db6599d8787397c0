"""The sheets of an XLSForm, looked over by pyxform before anything is made of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from coproduce.formats.errors import BadFile
from coproduce.formats.instruments.xlsform import CHOICES, SCORING, SETTINGS, SURVEY

_SHEETS = (SURVEY, CHOICES, SETTINGS, SCORING)
_ROW = re.compile(r"\[row : (\d+)\]")
_SHEET = re.compile(r"'(survey|choices|settings)' sheet")


@dataclass
class Sheet:
    """One sheet: its header, and its cells by column."""

    file: str
    name: str
    lines: list[list[str]]
    header: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.header = [name.strip() for name in self.lines[0]]
        for name in filter(None, self.header):
            if self.header.count(name) > 1:
                raise self.bad(1, name, "This column is there twice. Keep the right one.")

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Each row that holds anything, with its number as a spreadsheet counts it."""
        for number, line in enumerate(self.lines[1:], start=2):
            if any(line):
                yield number, dict(zip(self.header, line, strict=True))

    def bad(self, row: int | None, column: str, message: str) -> BadFile:
        return BadFile(self.file, row, f"{self.name}, {column}", message)


def sheets_of(file: str, found: dict[str, list[list[str]]]) -> dict[str, Sheet]:
    """The sheets of an XLSForm by name; one that is not there is empty."""
    by_name = {name.strip().lower(): rows for name, rows in found.items()}
    if SURVEY not in by_name:
        raise BadFile(file, None, None, "There is no sheet “survey”, so it is no XLSForm.")
    sheets = {name: Sheet(file, name, by_name.get(name) or [[]]) for name in _SHEETS}
    for name in ("type", "name"):
        if name not in sheets[SURVEY].header:
            raise BadFile(file, 1, f"{SURVEY}, {name}", "This column is missing. Add it.")
    return sheets


def looked_over(file: str, raw: bytes) -> list[str]:
    """What pyxform warns of; what it refuses becomes our refusal."""
    # Here, since a bare core reads files without it; it comes without types.
    from pyxform.errors import PyXFormError  # type: ignore[import-untyped]
    from pyxform.xls2xform import convert  # type: ignore[import-untyped]

    warnings: list[str] = []
    try:
        convert(raw, warnings=warnings, file_type=".xlsx")
    except PyXFormError as error:
        said = " ".join(str(error).split())
        row, sheet = _ROW.search(said), _SHEET.search(said)
        raise BadFile(
            file,
            int(row[1]) if row else None,
            sheet[1] if sheet else None,
            f"It is no valid XLSForm: {_ROW.sub('', said).strip()} Mend it and bring it again.",
        ) from None
    except Exception as broken:  # whatever an odd form makes pyxform stumble over
        raise BadFile(
            file, None, None, "This form cannot be read. Open it in the program it comes from."
        ) from broken
    return [" ".join(warning.split()) for warning in warnings]


def parted(column: str) -> tuple[str, str]:
    """The kind of a column and its language: "media::image::English (en)" is of an image."""
    parts = [part.strip() for part in re.split("::?", column)]
    if parts[0].lower() in ("media", "bind", "body") and len(parts) > 1:
        parts = parts[1:]
    return parts[0].lower(), parts[1] if len(parts) > 1 else ""


def image_of(row: dict[str, str]) -> str:
    """The picture of a row, in whichever language it is named first."""
    return next((text for name, text in row.items() if text and parted(name)[0] == "image"), "")
