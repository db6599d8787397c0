"""What is known of a day already? The first draft of its report, which somebody then makes theirs.

It reads and writes nothing: from programme, numbers, insights with voices that may be shown,
common ground, decisions and what is to happen next to the blocks of a report.
"""

from collections.abc import Iterator, Sequence

from coproduce.conversations.models import Conversation, Phase
from coproduce.gatherings.models import Decision, Gathering, Insight, Voice
from coproduce.pictures.models import Kind as PictureKind
from coproduce.pictures.models import Picture
from coproduce.reports import rich, shown
from coproduce.reports.body import Block, Kind
from coproduce.trust.models import Figure

VOICES_EACH = 2  # of an insight: what is left out is one tick away
# What a conversation found, as a report tells it: who answered, what all agree on, what divides.
TOLD_OF_A_CONVERSATION = ("turnout", "common_ground", "divide")
MOST_PHOTOS = 3
MOST_LINES = 4  # of common ground, and of divides


def draft(gathering: Gathering) -> list[Block]:
    """The blocks of a first draft, in the order in which one tells of a day."""
    figures = shown.figures_for(gathering)
    parts = (
        _day(gathering),
        _photos(gathering),
        _who_was_there(gathering, figures),
        _what_was_said(gathering),
        _what_we_agree_on(gathering, figures),
        _what_was_decided(gathering),
    )
    return [block for part in parts for block in part]


def _heading(words: str) -> Block:
    return Block(Kind.HEADING, words)


def _day(gathering: Gathering) -> Iterator[Block]:
    if gathering.purpose:
        yield Block(Kind.TEXT, rich.from_typed(gathering.purpose))
    if gathering.programme.exists():
        yield _heading("The day")
        yield Block(Kind.PROGRAMME)


def _photos(gathering: Gathering) -> Iterator[Block]:
    """The first photos that may stand in a report."""
    about = Picture.objects.about(gathering.thing).filter(kind=PictureKind.PHOTO)
    keys = [str(key) for key in about.values_list("pk", flat=True)]
    allowed = shown.photos_covered(gathering, keys)
    for key in [key for key in keys if key in allowed][:MOST_PHOTOS]:
        yield Block(Kind.PHOTO, {"photo": key})


def _who_was_there(gathering: Gathering, figures: Sequence[Figure]) -> Iterator[Block]:
    there = [each for each in figures if each.release.thing.startswith(gathering.thing)]
    if there:
        yield _heading("Who was there")
        yield from map(_figure, there)


def _what_was_said(gathering: Gathering) -> Iterator[Block]:
    """Every insight that everybody may read, theme by theme, each with a voice or two."""
    on_show = Insight.objects.on_show().filter(gathering=gathering).select_related("theme")
    listed = on_show.prefetch_related("voices")
    found = sorted(listed, key=lambda each: each.theme.position if each.theme else 999)
    voices = {str(voice.pk): voice for insight in found for voice in insight.voices.all()}
    allowed = shown.covered(gathering, voices)
    if found:
        yield _heading("What was said")
    for insight in found:
        said = [voice for voice in insight.voices.all() if str(voice.pk) in allowed]
        chosen = [str(voice.pk) for voice in sorted(said, key=_telling)[:VOICES_EACH]]
        yield Block(Kind.INSIGHT, {"insight": str(insight.pk), "voices": chosen, "words": ""})


def _telling(voice: Voice) -> tuple[bool, bool]:
    """Their very words first, and those that were read back to whoever said them."""
    return voice.wording != Voice.Wording.VERBATIM, voice.checked_at is None


def _what_we_agree_on(gathering: Gathering, figures: Sequence[Figure]) -> Iterator[Block]:
    """Each published conversation, by the figures of its newest picture."""
    held = Conversation.objects.filter(gathering=gathering, phase=Phase.PUBLISHED)
    for conversation in held.order_by("made_at"):
        told = _newest([each for each in figures if each.release.thing == conversation.thing])
        lines = [line for kind in TOLD_OF_A_CONVERSATION for line in _of_kind(told, kind)]
        if lines:
            yield _heading("What we agree on, and what divides us")
            yield Block(
                Kind.TEXT, rich.from_typed(f"The question was: **{conversation.question}**")
            )
            yield from map(_figure, lines)


def _newest(figures: Sequence[Figure]) -> list[Figure]:
    last = max((each.release.number for each in figures), default=0)
    return [each for each in figures if each.release.number == last]


def _of_kind(figures: Sequence[Figure], kind: str) -> list[Figure]:
    return [each for each in figures if each.kind == kind][:MOST_LINES]


def _figure(figure: Figure) -> Block:
    return Block(Kind.FIGURE, {"figure": str(figure.pk)})


def _what_was_decided(gathering: Gathering) -> Iterator[Block]:
    standing = list(Decision.objects.standing().filter(gathering=gathering).reverse())
    if standing:
        yield _heading("What was decided")
    for decision in standing:
        yield Block(Kind.DECISION, {"decision": str(decision.pk)})
    steps = [decision for decision in standing if decision.what_next]
    if steps:
        yield _heading("What happens next")
    for decision in steps:
        yield Block(Kind.NEXT, _step(decision))


def _step(decision: Decision) -> dict[str, str]:
    by_when = decision.by_when.isoformat() if decision.by_when else ""
    return {"words": decision.what_next, "who": "", "by_when": by_when}
