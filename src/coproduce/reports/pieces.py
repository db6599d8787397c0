"""What a reader sees of each block, once consent has been asked: the same for page and files."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from django.utils.safestring import SafeString

from coproduce.gatherings.models import Decision, ProgrammeItem, ReportBack
from coproduce.pictures.shown import ShownPicture
from coproduce.reports.photographs import photograph_of
from coproduce.reports.rich import Passage
from coproduce.trust.figures import Content


@dataclass(frozen=True)
class Heading:
    kind: ClassVar[str] = "heading"
    block: str
    words: str


@dataclass(frozen=True)
class Text:
    kind: ClassVar[str] = "text"
    block: str
    html: SafeString
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Programme:
    kind: ClassVar[str] = "programme"
    block: str
    items: tuple[ProgrammeItem, ...]


@dataclass(frozen=True)
class Quote:
    """Somebody's words, with whose they are and what allows us to show them."""

    words: str
    who: str
    source: str
    basis: str
    language: str
    is_verbatim: bool
    address: str = ""

    @property
    def marked(self) -> str:
        """With quotation marks where these are their very words."""
        return f"“{self.words}”" if self.is_verbatim else self.words


@dataclass(frozen=True)
class Gone:
    """Where somebody's words stood, and why they do not any more."""

    sentence: str


@dataclass(frozen=True)
class Voice:
    kind: ClassVar[str] = "voice"
    block: str
    said: Quote | Gone


@dataclass(frozen=True)
class Photo:
    """A photo with those who want to be named in it, or what stands at its place."""

    kind: ClassVar[str] = "photo"
    block: str
    shown: ShownPicture | Gone

    @property
    def title(self) -> str:
        return self.shown.picture.caption if isinstance(self.shown, ShownPicture) else ""

    @property
    def alt(self) -> str:
        """What it shows, for whoever cannot see it."""
        return self.shown.picture.description if isinstance(self.shown, ShownPicture) else ""

    @property
    def on_paper(self) -> str:
        """The photo itself, as it stands in a page that may load nothing."""
        if isinstance(self.shown, Gone):
            return ""
        return photograph_of(self.shown.picture).data_address

    @property
    def whose(self) -> str:
        """Who is in it by their wish, who made it, how others may use it, who permitted it."""
        if isinstance(self.shown, Gone):
            return ""
        picture = self.shown.picture
        seen = f"In the picture: {self.shown.who}." if self.shown.who else ""
        told = ", ".join(filter(None, (picture.credit, picture.get_licence_display())))
        return " ".join(filter(None, (seen, f"{told}." if told else "", picture.by_permission)))


@dataclass(frozen=True)
class Insight:
    kind: ClassVar[str] = "insight"
    block: str
    words: str
    theme: str
    said: tuple[Quote | Gone, ...]
    answers: tuple[ReportBack, ...]


@dataclass(frozen=True)
class Number:
    kind: ClassVar[str] = "figure"
    block: str
    figure: UUID
    content: Content
    correction: str
    has_table: bool  # it stands in the report; others are one link away


@dataclass(frozen=True)
class Decided:
    kind: ClassVar[str] = "decision"
    block: str
    decision: Decision


@dataclass(frozen=True)
class Next:
    kind: ClassVar[str] = "next"
    block: str
    words: str
    who: str
    by_when: date | None


Piece = Heading | Text | Programme | Voice | Photo | Insight | Number | Decided | Next
