"""How does a coordinator write text without a toolbar, and what becomes of it?

An empty line begins a paragraph, "- " a point of a list, **two stars** make words bold, an address
becomes a link. It is kept as a little HTML, cleaned, and read back as passages, of which pages,
documents and slides are made.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

import nh3

from coproduce.people.words import plain_words

TAGS = {"p", "ul", "li", "strong", "b", "a", "br"}
MARK = re.compile(
    r"\*\*(?P<bold>[^*]+)\*\*"
    r"|\[(?P<words>[^\]]+)\]\((?P<to>https?://[^\s)]+)\)"
    r"|(?P<bare>https?://[^\s<>]+[^\s<>.,;:!?)”’])"
)
# A number about people has to come in as a figure, which says how we know it.
ABOUT_PEOPLE = re.compile(
    r"\d[\d.,]*\s*(?:%|per\s?cent\b)"
    r"|\b(?:\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten)\s+(?:in|out of|of)\s+"
    r"(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|twenty|a hundred)\b"
    r"|\b\d[\d,]*\s+(?:people|persons|participants|members|voices)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Run:
    """Words of one kind within a paragraph."""

    words: str
    is_bold: bool = False
    href: str = ""


@dataclass(frozen=True)
class Passage:
    """A paragraph, or a point of a list."""

    runs: tuple[Run, ...]
    is_point: bool = False

    @property
    def words(self) -> str:
        return "".join(run.words for run in self.runs)


def number_about_people(text: str) -> str:
    """The first number in it that only a figure may tell; "" if there is none."""
    found = ABOUT_PEOPLE.search(text)
    return found.group() if found else ""


def from_typed(text: str) -> str:
    """What somebody typed, as the little HTML that is kept."""
    parts = "".join(_block(lines) for lines in _chunks(text))
    return cleaned(parts)


def cleaned(text: str) -> str:
    """Only the tags that we write ourselves; what is left out keeps its words."""
    return nh3.clean(
        text,
        tags=TAGS,
        clean_content_tags={"script", "style"},
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener",
    )


def to_typed(kept: str) -> str:
    """What is kept, as one types it again."""
    lines: list[str] = []
    was_point = False
    for passage in passages(kept):
        typed = "".join(map(_typed, passage.runs))
        if lines and not (was_point and passage.is_point):
            lines.append("")
        lines.append(f"- {typed}" if passage.is_point else typed)
        was_point = passage.is_point
    return "\n".join(lines)


def passages(kept: str) -> list[Passage]:
    """What is kept, paragraph by paragraph."""
    reader = _Reader()
    reader.feed(kept)
    reader.close()
    reader.end_passage()
    return reader.found


def _chunks(text: str) -> Iterator[list[str]]:
    """Lines that belong together: a paragraph, or a list without an empty line in it."""
    chunk: list[str] = []
    for line in [*map(plain_words, text.splitlines()), ""]:
        begins_list = line.startswith("- ") and bool(chunk) and not chunk[-1].startswith("- ")
        ends_list = not line.startswith("- ") and bool(chunk) and chunk[-1].startswith("- ")
        if chunk and (not line or begins_list or ends_list):
            yield chunk
            chunk = []
        if line:
            chunk.append(line)


def _block(lines: list[str]) -> str:
    if lines[0].startswith("- "):
        return f"<ul>{''.join(f'<li>{_inline(line[2:])}</li>' for line in lines)}</ul>"
    return f"<p>{_inline(' '.join(lines))}</p>"


def _inline(line: str) -> str:
    parts, at = [], 0
    for mark in MARK.finditer(line):
        parts += [html.escape(line[at : mark.start()]), _marked(mark)]
        at = mark.end()
    return "".join([*parts, html.escape(line[at:])])


def _marked(mark: re.Match[str]) -> str:
    if bold := mark["bold"]:
        return f"<strong>{html.escape(bold)}</strong>"
    to, words = mark["to"] or mark["bare"], mark["words"] or mark["bare"]
    return f'<a href="{html.escape(to)}">{html.escape(words)}</a>'


def _typed(run: Run) -> str:
    if run.href:
        return run.href if run.href == run.words else f"[{run.words}]({run.href})"
    return f"**{run.words}**" if run.is_bold else run.words


class _Reader(HTMLParser):
    """Reads our own little HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Passage] = []
        self._runs: list[Run] = []
        self._is_point = self._is_bold = False
        self._href = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("p", "li", "ul"):
            self.end_passage()
            self._is_point = tag == "li"
        elif tag in ("strong", "b"):
            self._is_bold = True
        elif tag == "a":
            self._href = dict(attrs).get("href") or ""
        elif tag == "br":
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("p", "li", "ul"):
            self.end_passage()
        elif tag in ("strong", "b"):
            self._is_bold = False
        elif tag == "a":
            self._href = ""

    def handle_data(self, data: str) -> None:
        self._runs.append(Run(data, self._is_bold, self._href))

    def end_passage(self) -> None:
        if any(run.words.strip() for run in self._runs):
            self.found.append(Passage(tuple(self._runs), self._is_point))
        self._runs, self._is_point = [], False
