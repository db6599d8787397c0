"""What is a report made of? Blocks, each of which points at what it shows.

Voices, insights, figures, photos and decisions stand in a block by their id alone. What they say
and show is read when the report is shown, from the one place where it can be taken back or erased.
Only headings, text and what happens next are words of the editor's own.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

from django.db.models import TextChoices
from wagtail import blocks

TEXT_FEATURES = ["bold", "link", "ul"]


class Kind(TextChoices):
    """What a block shows."""

    HEADING = "heading", "Heading"
    TEXT = "text", "Text"
    PROGRAMME = "programme", "Programme of the day"
    INSIGHT = "insight", "Insight with its voices"
    VOICE = "voice", "A single voice"
    FIGURE = "figure", "Figure"
    PHOTO = "photo", "Photo"
    DECISION = "decision", "Decision"
    NEXT = "next", "What happens next"


class InsightBlock(blocks.StructBlock):
    """A point, and those of its voices that were chosen for the report."""

    insight = blocks.CharBlock()
    voices = blocks.ListBlock(blocks.CharBlock())
    words = blocks.CharBlock(required=False)  # as they were when it was published


class VoiceBlock(blocks.StructBlock):
    voice = blocks.CharBlock()


class FigureBlock(blocks.StructBlock):
    figure = blocks.CharBlock()


class PhotoBlock(blocks.StructBlock):
    photo = blocks.CharBlock()  # the id of the picture that it is


class DecisionBlock(blocks.StructBlock):
    decision = blocks.CharBlock()


class NextBlock(blocks.StructBlock):
    words = blocks.CharBlock(max_length=280)
    who = blocks.CharBlock(max_length=120, required=False)
    by_when = blocks.CharBlock(required=False)  # 2026-05-01


class BodyBlock(blocks.StreamBlock):
    """Everything that a report can hold. A number comes in as a figure or not at all."""

    heading = blocks.CharBlock(max_length=120)
    text = blocks.RichTextBlock(features=TEXT_FEATURES)
    programme = blocks.StaticBlock()
    insight = InsightBlock()
    voice = VoiceBlock()
    figure = FigureBlock()
    photo = PhotoBlock()
    decision = DecisionBlock()
    next = NextBlock()


@dataclass(frozen=True)
class Block:
    """One block as it is kept. `value` has the shape that its kind has in `BodyBlock`."""

    kind: Kind
    value: Any = None
    id: str = field(default_factory=lambda: str(uuid4()))

    @property
    def voices(self) -> list[str]:
        """The voices that stand in it, by id."""
        if self.kind == Kind.VOICE:
            return [self.value["voice"]]
        return list(self.value["voices"]) if self.kind == Kind.INSIGHT else []

    @property
    def asked(self) -> list[str]:
        """All in it that somebody has to allow, by id: voices and photos."""
        return [*self.voices, *filter(None, [self.named(Kind.PHOTO)])]

    def named(self, kind: Kind) -> str:
        """The id of the thing that it shows, if it shows one of this kind."""
        return str(self.value[kind.value]) if self.kind == kind else ""

    def with_value(self, **changed: Any) -> "Block":
        return replace(self, value={**self.value, **changed})


def read(raw: Iterable[Any]) -> list[Block]:
    """Blocks as the database holds them."""
    return [Block(Kind(each["type"]), _plain(each["value"]), each["id"]) for each in raw]


def written(these: Iterable[Block]) -> list[dict[str, Any]]:
    """Blocks as the database is to hold them."""
    return [{"type": each.kind.value, "value": each.value, "id": each.id} for each in these]


def _plain(value: Any) -> Any:
    """A list block of Wagtail's wraps each of its items; here an item is what it says."""
    if isinstance(value, dict) and isinstance(value.get("voices"), list):
        items = [each["value"] if isinstance(each, dict) else each for each in value["voices"]]
        return {**value, "voices": items}
    return value
