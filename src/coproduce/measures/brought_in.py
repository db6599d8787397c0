"""Which kind of file is it, and what are the questions in it?"""

from dataclasses import dataclass, replace

from django.utils.text import slugify

from coproduce.formats.errors import BadFile
from coproduce.formats.instruments import native, redcap, twin, xlsform_in
from coproduce.formats.instruments.foreign import Asked, Taken

READS = {"json": "JSON", "csv": "a table (CSV)", "xlsx": "an XLSForm"}


@dataclass(frozen=True)
class Understood:
    """What a file was taken for, and what was found in it."""

    kind: str
    taken: Taken


class LicenceUnsaid(Exception):
    """A file that cannot say whose its questions are, and nobody said it for the file."""


def understand(name: str, raw: bytes, asked: Asked | None) -> Understood:
    """The questions in a file of any kind that is known here, or a BadFile with what is wrong."""
    stem, _, ending = name.rpartition(".")
    ending = ending.lower()
    if ending == "json":
        return Understood("JSON of this platform", Taken(native.read_instrument(raw, file=name)))
    if ending == "xlsx":
        return Understood("an XLSForm", xlsform_in.read_xlsform(raw, file=name, asked=asked))
    if ending != "csv":
        raise BadFile(name, None, None, "Bring in a file that ends in .json, .csv or .xlsx.")
    if _is_dictionary(raw):
        if asked is None:
            raise LicenceUnsaid
        named = replace(asked, code=asked.code or short_name(asked.title or stem))
        taken = redcap.read_redcap(raw, file=name, asked=named)
        return Understood("a REDCap data dictionary", taken)
    return Understood("a table of this platform", Taken(twin.read_twin(raw, file=name)))


def short_name(title: str) -> str:
    """A code out of a title or the name of a file."""
    stem = slugify(title)[:50].strip("-_")
    return stem if stem[:1].isalpha() else f"set-{stem}".rstrip("-")


def _is_dictionary(raw: bytes) -> bool:
    """A dictionary names the type of each field; a table of ours does not."""
    header = raw.decode("utf-8-sig", errors="replace").partition("\n")[0].lower()
    return "field type" in header or "field_type" in header
