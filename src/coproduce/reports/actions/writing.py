"""Making a report and writing in it, block by block, so that two can write in it at once.

Whoever changes a block says which one they had before them (its fingerprint). If somebody else has
changed it meanwhile, nothing is written: they are told, and what they typed stays theirs.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from coproduce.gatherings.models import Gathering
from coproduce.people.models import Person
from coproduce.people.words import plain_words
from coproduce.reports import rich
from coproduce.reports.actions.deeds import NotPossible, in_hand, record_deed
from coproduce.reports.body import Block, Kind
from coproduce.reports.draft import draft
from coproduce.reports.models import Report
from coproduce.reports.to_be_found import report_changed

MOST_BLOCKS = 200
LONGEST_TEXT = 8_000


class ChangedMeanwhile(NotPossible):
    """Somebody else has changed this block; `now` is how it stands, or None if they took it out."""

    def __init__(self, now: Block | None) -> None:
        self.now = now
        what = "changed this" if now else "taken this out"
        super().__init__(f"Somebody else has {what} since you opened it. Nothing of yours is lost.")


@dataclass(frozen=True)
class Guest:
    """Whose report it is, where it came out first, and who permitted that it stands here."""

    author: str
    organisation: str = ""
    address: str = ""
    licence: str = ""
    permission_from: str = ""
    permission_on: date | None = None
    permission_scope: str = ""


def begin(gathering: Gathering, by: Person | None) -> Report:
    """The first draft of our own report, from all that is known of the day."""
    try:
        with transaction.atomic():
            report = Report(gathering=gathering, slug=_slug(gathering, ""), made_by=by)
            report.title = gathering.title
            report.write(draft(gathering))
            report.save(force_insert=True)
            record_deed("draft a report", report, by)
    except IntegrityError as there_is_one:
        raise NotPossible("There is a report of this day already. Go on with that one.") from (
            there_is_one
        )
    return report


def take_in(gathering: Gathering, title: str, text: str, guest: Guest, by: Person | None) -> Report:
    """A guest's report, from the text of it. It goes out once somebody has permitted that."""
    title = plain_words(title)[:160]
    with transaction.atomic():
        report = Report(
            gathering=gathering,
            kind=Report.Kind.GUEST,
            title=title,
            slug=_slug(gathering, title),
            made_by=by,
            **vars(guest),
        )
        report.write([Block(Kind.TEXT, rich.from_typed(part)) for part in _parts(text)])
        report.save(force_insert=True)
        record_deed("take in a guest's report", report, by)
    return report


def describe(report: Report, title: str, guest: Guest | None, by: Person | None) -> None:
    """Its title; of a guest's, whose it is and who permitted it."""
    with transaction.atomic():
        with in_hand(report):
            report.title = plain_words(title)[:160]
            for name, value in vars(guest).items() if guest else ():
                setattr(report, name, value)
            record_deed("describe a report", report, by)
        report_changed(report)  # written by now: its permission may be gone


def fingerprint(block: Block) -> str:
    """What tells a block from what somebody else has made of it."""
    content = json.dumps([block.kind, block.value], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def add(report: Report, block: Block, by: Person | None, *, after: str = "") -> None:
    """Put a block in, after another one or at the end."""
    with in_hand(report):
        blocks = report.blocks
        if len(blocks) >= MOST_BLOCKS:
            raise NotPossible(f"A report holds {MOST_BLOCKS} blocks. Take something out first.")
        at = next((i for i, each in enumerate(blocks, start=1) if each.id == after), len(blocks))
        if after == FIRST:
            at = 0
        report.write([*blocks[:at], block, *blocks[at:]])
        record_deed("add to a report", report, by, note=block.kind.label)


FIRST = "first"  # instead of the id of a block: before all of them


def change(report: Report, key: str, value: Any, by: Person | None, *, was: str) -> None:
    """Another content for a block, if it is still as whoever changes it has seen it."""
    with in_hand(report):
        blocks = report.blocks
        old = _as_seen(blocks, key, was)
        report.write([replace(old, value=value) if each.id == key else each for each in blocks])
        record_deed("change a report", report, by, note=old.kind.label)


def take_out(report: Report, key: str, by: Person | None, *, was: str) -> Block:
    with in_hand(report):
        blocks = report.blocks
        gone = _as_seen(blocks, key, was)
        report.write(each for each in blocks if each.id != key)
        record_deed("take out of a report", report, by, note=gone.kind.label)
    return gone


def move(report: Report, key: str, by: Person | None, *, steps: int) -> None:
    """So many places down, or up where it is less than nothing."""
    with in_hand(report):
        blocks = report.blocks
        at = next((i for i, each in enumerate(blocks) if each.id == key), None)
        if at is None:
            raise NotPossible("Somebody else has taken that out of the report meanwhile.")
        moved = blocks.pop(at)
        blocks.insert(min(max(at + steps, 0), len(blocks)), moved)
        report.write(blocks)
        record_deed("sort a report", report, by)


def _as_seen(blocks: Sequence[Block], key: str, was: str) -> Block:
    now = next((each for each in blocks if each.id == key), None)
    if now is None or fingerprint(now) != was:
        raise ChangedMeanwhile(now)
    return now


def _parts(text: str) -> list[str]:
    """A long text in pieces that one can still work with, cut between paragraphs."""
    parts = [""]
    for paragraph in text.replace("\r\n", "\n").split("\n\n"):
        if parts[-1] and len(parts[-1]) + len(paragraph) > LONGEST_TEXT:
            parts.append("")
        parts[-1] += f"{paragraph}\n\n"
    return [part for part in parts if part.strip()]


def _slug(gathering: Gathering, title: str) -> str:
    """The gathering's own for our report; the title's for a guest's, numbered where it is taken."""
    base = (slugify(title) or "report") if title else gathering.slug
    base = base[:80].strip("-")
    taken = set(Report.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return next(each for each in (base, *numbered) if each not in taken)
