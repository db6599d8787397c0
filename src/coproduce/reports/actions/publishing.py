"""Letting a version out, for good; and the next one by ourselves where something had to go."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.db import IntegrityError, transaction

from coproduce.people.models import Person
from coproduce.people.words import plain_words
from coproduce.reports import body, missing, shown
from coproduce.reports.actions.deeds import NotPossible, in_hand, record_deed
from coproduce.reports.body import Block, Kind
from coproduce.reports.models import Report, Version
from coproduce.reports.pieces import Insight, Piece
from coproduce.reports.to_be_found import report_changed

LONGEST_NOTE = 280
ONE_AND_MANY = {
    Kind.HEADING: ("heading", "headings"),
    Kind.TEXT: ("text", "texts"),
    Kind.PROGRAMME: ("programme", "programmes"),
    Kind.INSIGHT: ("insight", "insights"),
    Kind.VOICE: ("voice", "voices"),
    Kind.FIGURE: ("figure", "figures"),
    Kind.PHOTO: ("photo", "photos"),
    Kind.DECISION: ("decision", "decisions"),
    Kind.NEXT: ("next step", "next steps"),
}


def publish(report: Report, by: Person | None, *, note: str = "") -> Version:
    """Let out the next version: what may be read of the draft today."""
    with in_hand(report):
        if bars := missing.bars(report):
            raise NotPossible(bars[0].sentence)
        before = report.newest
        blocks = _as_shown(report.blocks, shown.of_draft(report))
        if not blocks:
            raise NotPossible("Nothing in it may be shown yet. See what is missing.")
        changes = what_changed(before.blocks, blocks) if before else []
        if before and not changes and before.title == report.title:
            raise NotPossible(f"Nothing has changed since version {before.number}.")
        if before and not plain_words(note):
            raise NotPossible("Say what changed since the last version, and why.")
        version = _put_out(report, blocks, by, note=plain_words(note), changes=changes)
        report_changed(report)
        record_deed("publish a report", report, by, note=f"version {version.number}")
    return version


def current(report: Report) -> Version | None:
    """The newest version; a corrected one first, where something in it may not be shown any more.

    Nobody has to notice it: whoever asks for the report next has it corrected before they see it.
    """
    newest = report.newest
    if newest is None:
        return None
    return _correct(report, newest) if shown.gone_from(newest) else newest


def _correct(report: Report, wrong: Version) -> Version:
    """The same without what had to go, with the reason and the day."""
    gone = shown.gone_from(wrong)
    reasons = shown.why_gone(report.gathering, gone).values()
    note = " ".join(dict.fromkeys(each.sentence for each in reasons))[:LONGEST_NOTE]
    held = [voice for voice in wrong.held if voice not in gone]
    try:
        with transaction.atomic():
            version = Version.objects.create(
                report=report,
                number=wrong.number + 1,
                title=wrong.title,
                body=wrong.body,
                held=held,
                note=note,
                changes=_taken_out(wrong, gone),
                is_correction=True,
            )
            report_changed(report)
            record_deed("correct a report", report, None, note=f"version {version.number}")
    except IntegrityError:  # whoever asked at the same moment was faster
        return Version.objects.get(report=report, number=wrong.number + 1)
    return version


def _taken_out(wrong: Version, gone: Sequence[str]) -> list[str]:
    photos = {block.named(Kind.PHOTO) for block in wrong.blocks}
    sides = (
        (sum(key not in photos for key in gone), "1 quote was", "{} quotes were"),
        (sum(key in photos for key in gone), "1 photo was", "{} photos were"),
    )
    return [
        f"{(one if count == 1 else many).format(count)} taken out."
        for count, one, many in sides
        if count
    ]


def what_changed(before: Sequence[Block], now: Sequence[Block]) -> list[str]:
    """What a new version has that the last one had not, counted by kind: "1 text was changed."."""
    old, new = {each.id: each for each in before}, {each.id: each for each in now}
    sides = (
        ("added", [new[key].kind for key in new if key not in old]),
        ("changed", [new[k].kind for k in new if k in old and new[k].value != old[k].value]),
        ("taken out", [old[key].kind for key in old if key not in new]),
    )
    told = [_counted(kinds, deed) for deed, kinds in sides if kinds]
    was_in, is_in = [k for k in old if k in new], [k for k in new if k in old]
    return [*told, *(["The order was changed."] if was_in != is_in else [])]


def _counted(kinds: Iterable[Kind], deed: str) -> str:
    counted = Counter(kinds)
    parts = [f"{n} {ONE_AND_MANY[kind][n > 1]}" for kind, n in counted.items()]
    verb = "was" if sum(counted.values()) == 1 else "were"
    listed = ", ".join(parts[:-1]) + f" and {parts[-1]}" if len(parts) > 1 else parts[0]
    return f"{listed} {verb} {deed}."


def _as_shown(blocks: Iterable[Block], pieces: Iterable[Piece]) -> list[Block]:
    """Only what is to be seen; insights with the words they have today."""
    seen = {piece.block: piece for piece in pieces}
    return [_frozen(block, seen[block.id]) for block in blocks if block.id in seen]


def _frozen(block: Block, piece: Piece) -> Block:
    return block.with_value(words=piece.words) if isinstance(piece, Insight) else block


def _put_out(
    report: Report, blocks: Sequence[Block], by: Person | None, *, note: str, changes: list[str]
) -> Version:
    held = shown.allowed(report.gathering, shown.asked_in(blocks))
    newest = report.newest
    return Version.objects.create(
        report=report,
        number=newest.number + 1 if newest else 1,
        title=report.title,
        body=body.written(blocks),
        held=sorted(held),
        note=note[:LONGEST_NOTE],
        changes=changes,
        published_by=by.id if by else None,
    )
