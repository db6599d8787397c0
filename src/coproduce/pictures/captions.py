"""Are these captions that a browser can show? WebVTT, as a film's subtitles come."""

import re

LARGEST = 500_000  # bytes; a film of three hours has about a fifth of it
TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
CUE = re.compile(rf"^{TIME}[ \t]+-->[ \t]+{TIME}(?:[ \t].*)?$")


class NotCaptions(ValueError):
    """The file is no WebVTT; the sentence says where."""


def read_captions(content: bytes) -> str:
    """The captions as they are kept, or `NotCaptions`."""
    if len(content) > LARGEST:
        raise NotCaptions(f"These captions are larger than {LARGEST // 1000} kB.")
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as other:
        raise NotCaptions("The captions cannot be read. Save them as UTF-8.") from other
    lines = text.split("\n")
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]) or "\0" in text:
        raise NotCaptions(
            "Captions are a WebVTT file, whose first line is WEBVTT. Most film programs make it."
        )
    _check_times(lines)
    return text


def _check_times(lines: list[str]) -> None:
    count, before = 0, 0
    for number, line in enumerate(lines, start=1):
        if "-->" not in line:
            continue
        found = CUE.match(line.strip())
        if found is None:
            raise NotCaptions(
                f"Line {number} of the captions has no time as 00:01.000 --> 00:04.000."
            )
        begins, ends = _milliseconds(found.groups()[:4]), _milliseconds(found.groups()[4:])
        if ends <= begins or begins < before:
            raise NotCaptions(f"In line {number} of the captions the time runs backwards.")
        count, before = count + 1, begins
    if not count:
        raise NotCaptions("There is no caption in this file.")


def _milliseconds(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, rest = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest
