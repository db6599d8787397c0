"""What of a report may everybody read now? Asked anew for each page and each file.

A voice stands in a report where whoever said it allows it in the report of the day and on this
website, since that is where the report comes out; a photo where everybody in it does. What a
version held and may not show any more leaves a line at its place; what it never held does not
come in later.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.dateformat import format as in_format
from django.utils.safestring import mark_safe

from coproduce.conversations.models import Conversation, Phase
from coproduce.gatherings import evidence, voices_shown
from coproduce.gatherings.models import Decision, Gathering, Insight, ReportBack
from coproduce.gatherings.models import Voice as SomethingSaid
from coproduce.gatherings.voices_shown import ShownVoice
from coproduce.pictures import shown as pictures
from coproduce.pictures.models import Kind as PictureKind
from coproduce.pictures.models import Picture
from coproduce.pictures.shown import ShownPicture
from coproduce.reports import pieces, rich
from coproduce.reports.body import Block, Kind
from coproduce.reports.models import Report, Version
from coproduce.reports.pieces import Gone, Piece, Quote
from coproduce.trust import figures
from coproduce.trust.consent import Item
from coproduce.trust.models import Consent, Figure, Where

CHANNELS = (Where.REPORT, Where.WEB)
WITH_TABLE = ("attendance", "took_part")  # the sentence of every other figure says it all


@dataclass(frozen=True)
class Things:
    """All that the blocks of a report point at, read in a fixed number of queries."""

    gathering: Gathering
    quotes: Mapping[str, Quote]
    photos: Mapping[str, ShownPicture]
    gone: Mapping[str, Gone]
    insights: Mapping[str, Insight]
    figures: Mapping[str, Figure]
    decisions: Mapping[str, Decision]
    until: datetime | None  # answers given later are not in it

    def said(self, voice: str) -> Quote | Gone | None:
        return self.quotes.get(voice) or self.gone.get(voice)

    def seen(self, photo: str) -> ShownPicture | Gone | None:
        return self.photos.get(photo) or self.gone.get(photo)


def of_draft(report: Report) -> list[Piece]:
    """The report as it would come out now."""
    blocks = report.blocks
    return _pieces(blocks, _things(report.gathering, blocks, held=None, until=None))


def of_version(version: Version) -> list[Piece]:
    """A version as it may be shown today."""
    gathering, blocks = version.report.gathering, version.blocks
    held = frozenset(version.held)
    return _pieces(blocks, _things(gathering, blocks, held, until=version.published_at))


def asked_in(blocks: Iterable[Block]) -> set[str]:
    """The voices and photos that stand in these blocks, by id."""
    return {key for block in blocks for key in block.asked}


def allowed(gathering: Gathering, asked: Iterable[str]) -> set[str]:
    """Those of these voices and photos that a report may show today."""
    keys = set(asked)
    return {*covered(gathering, keys), *photos_covered(gathering, keys)}


def photos_covered(gathering: Gathering, photos: Iterable[str]) -> dict[str, ShownPicture]:
    """Those of these photos that a report may show today."""
    keys = _ids(photos)
    if not keys:
        return {}
    about = Picture.objects.about(gathering.thing).filter(kind=PictureKind.PHOTO)
    found = list(about.filter(pk__in=keys).with_files())
    judged = [{s.picture.pk: s for s in pictures.shown_of(found, each)} for each in CHANNELS]
    return {str(key): judged[0][key] for key in set.intersection(*map(set, judged))}


def covered(gathering: Gathering, voices: Iterable[str]) -> dict[str, ShownVoice]:
    """Those of these voices that a report may show today."""
    listed = SomethingSaid.objects.listed().filter(gathering=gathering, pk__in=_ids(voices))
    said = list(
        listed.select_related("said_by", "gathering").prefetch_related(
            "said_by__memberships__place"
        )
    )
    judged = [{s.voice.pk: s for s in voices_shown.shown_of(said, each)} for each in CHANNELS]
    return {str(key): judged[0][key] for key in set.intersection(*map(set, judged))}


def gone_from(version: Version) -> list[str]:
    """The voices and photos that a version held and may not show any more."""
    still = allowed(version.report.gathering, version.held)
    return [key for key in version.held if key not in still]


def why_gone(gathering: Gathering, asked: Sequence[str]) -> dict[str, Gone]:
    """What stands at the place of each voice and photo that may not be shown any more."""
    if not asked:
        return {}
    keys = _ids(asked)
    said = SomethingSaid.objects.filter(gathering=gathering, pk__in=keys)
    seen = Picture.objects.filter(pk__in=keys).prefetch_related("shown")
    known: dict[str, SomethingSaid | Picture] = {
        **{str(each.pk): each for each in said.select_related("gathering")},
        **{str(each.pk): each for each in seen},
    }
    names = {n for each in known.values() for n in (each.item.thing, *each.item.kinds)}
    entries = list(Consent.objects.filter(thing__in=names).order_by("at"))
    return {key: Gone(_why(known.get(key), entries)) for key in asked}


def figures_for(gathering: Gathering) -> list[Figure]:
    """Every published figure that a report of this gathering may carry, as they are told."""
    held = Conversation.objects.filter(gathering=gathering, phase=Phase.PUBLISHED)
    things = [evidence.thing_of(gathering), *(each.thing for each in held)]
    found = Figure.objects.filter(release__thing__in=things).select_related("release")
    return list(found.order_by("release__thing", "-release__number", "position"))


def _ids(keys: Iterable[str]) -> list[UUID]:
    return [UUID(key) for key in keys]


def _why(known: SomethingSaid | Picture | None, entries: Sequence[Consent]) -> str:
    """In a sentence that names nobody: taken back when, over since when, or just not shown."""
    is_photo = isinstance(known, Picture)
    back = "A photo was taken back" if is_photo else "Somebody took their words back"
    if known is None:
        return f"{back}."
    gone_at = known.gone_at if isinstance(known, Picture) else known.taken_back_at
    if gone_at is not None:
        return f"{back} on {_day(gone_at)}."
    last = _last_no(known.item, entries)
    if last is None:
        what = "The photo that stood" if is_photo else "What somebody said"
        return f"{what} here is not shown at the moment."
    if last.is_given and last.until is not None and _is_past(last.until):
        return f"The time for which somebody allowed this ended on {_day(last.until)}."
    return f"{back} on {_day(last.at)}."


def _last_no(item: Item, entries: Sequence[Consent]) -> Consent | None:
    """The newest answer of somebody it needs that does not allow it any more."""
    about = {item.thing, *item.kinds}
    newest = {e.person: e for e in entries if e.thing in about and _is_asked(item, e)}
    noes = [e for e in newest.values() if not set(CHANNELS) <= set(e.channels) or _is_past(e.until)]
    return max(noes, key=lambda entry: entry.at, default=None)


def _is_asked(item: Item, entry: Consent) -> bool:
    return entry.person in item.people if entry.person else item.is_crowd


def _is_past(day: date | None) -> bool:
    return day is not None and day < timezone.localdate()


def _day(when: datetime | date) -> str:
    here = timezone.localtime(when) if isinstance(when, datetime) else when
    return in_format(here, "j F Y")


def _things(
    gathering: Gathering,
    blocks: Sequence[Block],
    held: frozenset[str] | None,
    until: datetime | None,
) -> Things:
    asked = asked_in(blocks) if held is None else asked_in(blocks) & held
    said, seen = covered(gathering, asked), photos_covered(gathering, asked)
    lost = [] if held is None else sorted(asked - said.keys() - seen.keys())
    return Things(
        gathering,
        {key: _quote(shown) for key, shown in said.items()},
        seen,
        why_gone(gathering, lost),
        _insights(gathering, blocks),
        _figures(gathering, blocks),
        _decisions(gathering, blocks),
        until,
    )


def _named(blocks: Iterable[Block], kind: Kind) -> set[str]:
    return {name for block in blocks if (name := block.named(kind))}


def _insights(gathering: Gathering, blocks: Sequence[Block]) -> dict[str, Insight]:
    """Those that everybody may read; one that was merged since keeps its place."""
    named = _ids(_named(blocks, Kind.INSIGHT))
    found = Insight.objects.filter(pk__in=named, gathering=gathering).exclude(shown_at=None)
    return {
        str(each.pk): each
        for each in found.select_related("theme").prefetch_related("report_backs")
    }


def _figures(gathering: Gathering, blocks: Sequence[Block]) -> dict[str, Figure]:
    named = _named(blocks, Kind.FIGURE)
    if not named:
        return {}
    return {str(each.pk): each for each in figures_for(gathering) if str(each.pk) in named}


def _decisions(gathering: Gathering, blocks: Sequence[Block]) -> dict[str, Decision]:
    named = _ids(_named(blocks, Kind.DECISION))
    theirs = Q(gathering=gathering) | Q(gathering__place=gathering.place)
    found = Decision.objects.on_show().filter(theirs, pk__in=named)
    return {str(each.pk): each for each in found.with_all()}


def _quote(shown: ShownVoice) -> Quote:
    voice = shown.voice
    return Quote(
        voice.words,
        shown.who,
        voice.get_source_display(),
        shown.basis,
        voice.language,
        voice.wording == voice.Wording.VERBATIM,
        voice.address,
    )


def _pieces(blocks: Iterable[Block], things: Things) -> list[Piece]:
    return [piece for block in blocks if (piece := _piece(block, things)) is not None]


def _piece(block: Block, things: Things) -> Piece | None:
    """What is to be seen of a block; None where nothing of it may be."""
    match block.kind:
        case Kind.HEADING:
            return pieces.Heading(block.id, block.value)
        case Kind.TEXT:
            # Cleaned when it was written, and once more here: it is the only HTML we pass on.
            html = rich.cleaned(block.value)
            return pieces.Text(block.id, mark_safe(html), tuple(rich.passages(html)))  # noqa: S308
        case Kind.PROGRAMME:
            items = things.gathering.programme.prefetch_related("speakers")
            return pieces.Programme(block.id, tuple(items))
        case Kind.NEXT:
            return _next(block)
        case _:
            return _pointing(block, things)


def _next(block: Block) -> Piece:
    by_when = block.value.get("by_when")
    day = date.fromisoformat(by_when) if by_when else None
    return pieces.Next(block.id, block.value["words"], block.value.get("who", ""), day)


def _pointing(block: Block, things: Things) -> Piece | None:
    """A block that shows something kept elsewhere."""
    match block.kind:
        case Kind.VOICE:
            said = things.said(block.value["voice"])
            return pieces.Voice(block.id, said) if said else None
        case Kind.PHOTO:
            photo = things.seen(block.value["photo"])
            return pieces.Photo(block.id, photo) if photo else None
        case Kind.INSIGHT:
            insight = things.insights.get(block.value["insight"])
            return _point(block, insight, things) if insight else None
        case Kind.FIGURE:
            figure = things.figures.get(block.value["figure"])
            return _number(block, figure) if figure else None
        case _:
            decision = things.decisions.get(block.value["decision"])
            return pieces.Decided(block.id, decision) if decision else None


def _point(block: Block, insight: Insight, things: Things) -> Piece:
    said = [things.said(voice) for voice in block.voices]
    answers = [each for each in insight.report_backs.all() if _is_in_time(each, things.until)]
    return pieces.Insight(
        block.id,
        block.value.get("words") or insight.words,
        insight.theme.name if insight.theme else "",
        tuple(each for each in said if each is not None),
        tuple(answers),
    )


def _is_in_time(answer: ReportBack, until: datetime | None) -> bool:
    return until is None or answer.at <= until


def _number(block: Block, figure: Figure) -> Piece:
    content = figures.content_of(figure)
    has_table = figure.kind in WITH_TABLE and len(content.rows) > 1
    return pieces.Number(block.id, figure.id, content, figure.correction, has_table)
