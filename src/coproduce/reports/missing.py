"""What is missing before a report can go out, and whose answer is it?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coproduce.gatherings import voices_shown
from coproduce.gatherings.models import Voice
from coproduce.pictures import shown as pictures
from coproduce.pictures.models import Picture
from coproduce.reports import shown
from coproduce.reports.body import Block, Kind
from coproduce.reports.models import Report


@dataclass(frozen=True)
class Lack:
    """One thing that is missing. `is_bar`: nothing goes out before it is there."""

    sentence: str
    block: str = ""
    about: str = ""
    whose: tuple[str, ...] = ()
    is_bar: bool = False


def missing(report: Report) -> list[Lack]:
    """What keeps the report from going out, then what would stay out of it."""
    blocks = report.blocks
    return [
        *_bars(report, blocks),
        *_voices(report, blocks),
        *_photos(report, blocks),
        *_others(report, blocks),
    ]


def bars(report: Report) -> list[Lack]:
    return list(_bars(report, report.blocks))


def _bars(report: Report, blocks: Sequence[Block]) -> Iterator[Lack]:
    if report.gathering.is_draft:
        yield Lack("The gathering has not been announced. Announce it first.", is_bar=True)
    if not report.is_permitted:
        yield Lack(
            "Nobody has permitted yet that this report stands here. Write down who did, and when.",
            is_bar=True,
        )
    if not blocks:
        yield Lack("There is nothing in it yet. Add a block.", is_bar=True)


def _voices(report: Report, blocks: Sequence[Block]) -> Iterator[Lack]:
    """Voices that stay out, each with whose answer is missing."""
    allowed = shown.covered(report.gathering, shown.asked_in(blocks))
    wanted = [(block, key) for block in blocks for key in block.voices if key not in allowed]
    found = Voice.objects.filter(pk__in=[key for _, key in wanted], gathering=report.gathering)
    said = {str(each.pk): each for each in found.select_related("said_by", "gathering")}
    whose = [voices_shown.why_not_all(list(said.values()), each) for each in shown.CHANNELS]
    for block, key in wanted:
        voice = said.get(key)
        if voice is None or not voice.words:
            yield Lack("Somebody took their words back, so they stay out.", block.id)
            continue
        told = [why for reasons in whose for why in reasons[voice.pk]]
        answers = tuple(dict.fromkeys(told)) or ("A worry about it is being looked at.",)
        yield Lack("This voice stays out until it is allowed.", block.id, voice.words, answers)


def _photos(report: Report, blocks: Sequence[Block]) -> Iterator[Lack]:
    """Photos that stay out, each with what it lacks and whose answer is missing."""
    named = {block.named(Kind.PHOTO): block.id for block in blocks if block.kind == Kind.PHOTO}
    about = Picture.objects.about(report.gathering.thing).with_files()
    found = list(about.filter(pk__in=[*named]))
    kept = {str(picture.pk) for picture in found}
    for key in named.keys() - kept:
        yield Lack("A photo was taken back, so it stays out.", named[key])
    why: dict[Picture, list[str]] = {}
    for each in shown.CHANNELS:
        for lack in pictures.not_yet(found, each):
            why.setdefault(lack.picture, []).extend(lack.why or ("A host has to let it be shown.",))
    for picture, answers in why.items():
        told = tuple(dict.fromkeys(answers))
        sentence = "This photo stays out until it is allowed."
        yield Lack(sentence, named[str(picture.pk)], picture.description, told)


def _others(report: Report, blocks: Sequence[Block]) -> Iterator[Lack]:
    seen = {piece.block for piece in shown.of_draft(report)}
    why = {
        Kind.INSIGHT: "This insight stays out: only hosts may read it. Show it to everybody.",
        Kind.FIGURE: "This figure stays out: it is not published, or not of this gathering.",
        Kind.DECISION: "This decision stays out: it is not of this place.",
    }
    for block in blocks:
        if block.id not in seen and block.kind in why:
            yield Lack(why[block.kind], block.id)
    if not report.is_guests and not any(block.kind == Kind.NEXT for block in blocks):
        yield Lack("Nobody reads yet what happens next. Add it, if only one step.")
