"""What becomes of an uploaded paper: known by its content, and without its authors' names.

Nothing here understands a paper; it looks at how the file begins and, for office files, into the
folder that such a file is. Names of authors stand in known places there and are replaced by
nothing. What is *in* the paper (comments, tracked changes, a PDF's properties) is not touched, and
the page says so.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

LARGEST = 20 * 1024 * 1024  # bytes as uploaded
LARGEST_UNPACKED = 200 * 1024 * 1024
MOST_PARTS = 5_000
PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    "<cp:coreProperties "
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
EXTENDED = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    "<Properties "
    'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
CUSTOM = EXTENDED.replace("extended-properties", "custom-properties")
ODF_META = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'office:version="1.3"><office:meta/></office:document-meta>'
)
# Where office files keep who wrote them, and what stands there instead.
NAMELESS = {
    "docProps/core.xml": PROPERTIES,
    "docProps/app.xml": EXTENDED,
    "docProps/custom.xml": CUSTOM,
    "meta.xml": ODF_META,
}
# The part that makes an office file what its name says.
HEARTS = {
    "docx": "word/document.xml",
    "pptx": "ppt/presentation.xml",
    "xlsx": "xl/workbook.xml",
    "odt": "content.xml",
}
ODT = b"application/vnd.oasis.opendocument.text"
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": ODT.decode(),
    "txt": "text/plain; charset=utf-8",
}
KINDS = "PDF, Word (.docx), PowerPoint (.pptx), Excel (.xlsx), OpenDocument (.odt) or plain text"


class NotAPaper(ValueError):
    """The file is not what its name says, or more than we take; the sentence says which."""


@dataclass(frozen=True)
class Cleaned:
    """A paper as it is kept."""

    kind: str  # "pdf", "docx", ...
    content: bytes


def clean(file: IO[Any], filename: str) -> Cleaned:
    """The paper without its authors' names, or `NotAPaper`."""
    kind = filename.rpartition(".")[2].lower()
    if kind not in TYPES:
        raise NotAPaper(f"This cannot be shared here. Save it as {KINDS}.")
    content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise NotAPaper(
            f"This file has more than {LARGEST // 1024 // 1024} MB. Make its pictures smaller, or "
            "save it as PDF."
        )
    match kind:
        case "pdf":
            return Cleaned(kind, _pdf(content))
        case "txt":
            return Cleaned(kind, _text(content))
        case _:
            return Cleaned(kind, _office(kind, content))


def _pdf(content: bytes) -> bytes:
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-2048:]:
        raise NotAPaper("The name of this file says PDF, but it is none, or it is cut off.")
    return content


def _text(content: bytes) -> bytes:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as other:
        raise NotAPaper("This text cannot be read. Save it as UTF-8 and try again.") from other
    if any(letter < " " and letter not in "\t\n\r\f" for letter in text):
        raise NotAPaper("The name of this file says plain text, but it holds something else.")
    return text.encode()


def _office(kind: str, content: bytes) -> bytes:
    broken = f"The name of this file says .{kind}, but it is none, or it is broken."
    if not content.startswith(b"PK\x03\x04"):
        raise NotAPaper(broken)
    try:
        with ZipFile(BytesIO(content)) as packed:
            _look_inside(kind, packed, broken)
            return _packed_anew(packed)
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as why:
        if isinstance(why, NotAPaper):
            raise
        raise NotAPaper(broken) from why


def _look_inside(kind: str, packed: ZipFile, broken: str) -> None:
    parts = packed.infolist()
    names = {part.filename for part in parts}
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise NotAPaper("Unpacked, this file is far too large. Save it as PDF.")
    if HEARTS[kind] not in names or len(names) < len(parts):
        raise NotAPaper(broken)
    if kind == "odt" and packed.read("mimetype").strip() != ODT:
        raise NotAPaper(broken)
    if any(name.lower().endswith("vbaproject.bin") or name.startswith("Basic/") for name in names):
        raise NotAPaper("There are macros in this file. Save it without them, or as PDF.")


def _packed_anew(packed: ZipFile) -> bytes:
    """The same parts, but for those that name people; nothing before, between or after them."""
    fresh = BytesIO()
    unpacked = 0
    with ZipFile(fresh, "w", ZIP_DEFLATED) as out:
        for part in packed.infolist():
            with packed.open(part) as read:  # a part may lie about its size
                words = read.read(LARGEST_UNPACKED - unpacked + 1)
            unpacked += len(words)
            if unpacked > LARGEST_UNPACKED:
                raise NotAPaper("Unpacked, this file is far too large. Save it as PDF.")
            entry = ZipInfo(part.filename)  # without the day it was made
            entry.compress_type = ZIP_STORED if part.filename == "mimetype" else ZIP_DEFLATED
            out.writestr(entry, NAMELESS.get(part.filename, words))
    return fresh.getvalue()
