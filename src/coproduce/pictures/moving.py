"""What becomes of an uploaded film: known by its content, and without where and who made it.

An MP4 is a tree of boxes, each with its size and its name. Phones write the place, the time and
their owner into boxes beside the pictures ("udta", "meta"). Such a box keeps its size, so that
nothing moves, but is called "free" (to be skipped) and filled with zeros. A WebM is taken as it is.
"""

from collections.abc import Iterator
from typing import IO, Any

LARGEST = 200 * 1024 * 1024
TYPES = {"mp4": "video/mp4", "webm": "video/webm"}
NESTED = {b"moov", b"trak"}  # boxes that hold boxes in which names may stand
TELLING = {b"udta", b"meta", b"uuid"}
DEEPEST = 4
PIECE = 64 * 1024


class NotAFilm(ValueError):
    """The file is no film that a browser shows; the sentence says what to do."""


def kind_of(file: IO[Any], filename: str, size: int) -> str:
    """ "mp4" or "webm", if the content is what the name says."""
    kind = filename.rpartition(".")[2].lower()
    if kind not in TYPES:
        raise NotAFilm("A film is kept as MP4 or WebM. Save it as one of these and try again.")
    if size > LARGEST:
        raise NotAFilm(
            f"This film has {size // 1024 // 1024} MB; {LARGEST // 1024 // 1024} MB is the most. "
            "Make it shorter or smaller, or put it elsewhere and give its address."
        )
    file.seek(0)
    begins = file.read(4096)
    file.seek(0)
    is_film = begins[4:8] == b"ftyp" if kind == "mp4" else _is_webm(begins)
    if not is_film:
        raise NotAFilm(f"The name of this file says .{kind}, but it is none.")
    return kind


def _is_webm(begins: bytes) -> bool:
    return begins.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in begins[:64]


def forget_where_and_who(file: IO[Any]) -> int:
    """Empty the boxes of an MP4 that tell where, when and by whom; how many there were."""
    telling = list(_telling(file, 0, _end(file), 0))
    for start, size, header in telling:
        file.seek(start + 4)
        file.write(b"free")
        file.seek(start + header)
        for at in range(header, size, PIECE):
            file.write(bytes(min(PIECE, size - at)))
    file.seek(0)
    return len(telling)


def _telling(file: IO[Any], start: int, end: int, depth: int) -> Iterator[tuple[int, int, int]]:
    """(start, size, size of its head) of each box that tells."""
    while start + 8 <= end:
        file.seek(start)
        head = file.read(16)
        size, name, header = int.from_bytes(head[:4]), head[4:8], 8
        if size == 1:
            size, header = int.from_bytes(head[8:16]), 16
        elif size == 0:
            size = end - start  # the last one, to the end
        if size < header or start + size > end:
            raise NotAFilm("This film is cut off or broken. Save it again and try once more.")
        if name in TELLING:
            yield start, size, header
        elif name in NESTED and depth < DEEPEST:
            yield from _telling(file, start + header, start + size, depth + 1)
        start += size


def _end(file: IO[Any]) -> int:
    return file.seek(0, 2)
