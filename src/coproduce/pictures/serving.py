"""Handing out a file, whole or a part of it, in a way that nothing keeps without asking again.

`private, no-cache`: a browser may keep what it got, but asks each time before it shows it, so that
a withdrawal holds at once; nobody in between keeps anything. Drafts are not kept at all.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, Any

from django.core.files.storage import Storage
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header, parse_etags

FOR_EVERYBODY, FOR_HOSTS = "private, no-cache", "private, no-store"
NOTHING_RUNS = "default-src 'none'; sandbox"
PIECE = 256 * 1024


@dataclass(frozen=True)
class Handed:
    """A file with the way it goes out."""

    file: FieldFile
    kind: str  # its media type
    filename: str = ""  # given: it is saved, never opened inside our pages

    @property
    def storage(self) -> Storage:
        return self.file.storage

    @property
    def etag(self) -> str:
        """Files are never written over: their name stands for their content."""
        return f'"{PurePath(str(self.file.name)).stem}"'


def hand_out(request: HttpRequest, handed: Handed, *, is_public: bool) -> HttpResponseBase:
    """The file, or that it has not changed, or the part that was asked for."""
    response = _answer(request, handed)
    response["ETag"] = handed.etag
    response["Cache-Control"] = FOR_EVERYBODY if is_public else FOR_HOSTS
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = NOTHING_RUNS
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _answer(request: HttpRequest, handed: Handed) -> HttpResponseBase:
    if is_unchanged(request, handed.etag):
        return HttpResponse(status=304)
    size = handed.storage.size(str(handed.file.name))
    part = _part_asked_for(request, handed.etag, size)
    if part == ():
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    first, last = part or (0, size - 1)
    headers = {
        "Content-Type": handed.kind,
        "Content-Length": str(last - first + 1),
        "Accept-Ranges": "bytes",
        **_saved_as(handed),
    }
    if part:
        headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    status = 206 if part else 200
    if request.method == "HEAD":
        return HttpResponse(status=status, headers=headers)
    opened = handed.storage.open(str(handed.file.name))
    if part:
        return StreamingHttpResponse(_between(opened, first, last), status=status, headers=headers)
    whole = FileResponse(opened)
    for name, value in headers.items():  # it has its own idea of them
        whole[name] = value
    return whole


def is_unchanged(request: HttpRequest, etag: str) -> bool:
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return "*" in known or etag in known or f"W/{etag}" in known


def _saved_as(handed: Handed) -> dict[str, str]:
    if not handed.filename:
        return {"Content-Disposition": "inline"}
    header = content_disposition_header(as_attachment=True, filename=handed.filename)
    return {"Content-Disposition": str(header)}


def _part_asked_for(request: HttpRequest, etag: str, size: int) -> tuple[int, ...] | None:
    """(first, last) byte; () where there is no such part; None for all of it.

    Several parts at once are answered with the whole file, as one may.
    """
    if request.headers.get("If-Range", etag) != etag:
        return None
    asked = re.fullmatch(r"bytes=(\d*)-(\d*)", request.headers.get("Range", "").strip())
    if asked is None or not any(asked.groups()):
        return None
    begins, ends = asked.groups()
    if not begins:
        first, last = max(0, size - int(ends)), size - 1
    else:
        first, last = int(begins), min(int(ends or size), size - 1)
    if begins and ends and int(ends) < int(begins):
        return None
    return (first, last) if first <= last else ()


def _between(opened: IO[Any], first: int, last: int) -> Iterator[bytes]:
    with opened:
        opened.seek(first)
        left = last - first + 1
        while left > 0 and (piece := opened.read(min(PIECE, left))):
            left -= len(piece)
            yield piece
