"""Everything a place owns, as files that any other program can read. Never a row of votes."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from coproduce.conversations.models import Conversation, ShowOfHands, Statement
from coproduce.formats.text import csv_text
from coproduce.formats.whole_files import write_whole
from coproduce.people.models import Place
from coproduce.trust.figures import content_of
from coproduce.trust.models import Figure, LogEntry

Advance = Callable[[int, int], None]  # one more, of so many

READ_ME = """\
What {place} takes along from the network's site.

conversations.csv      each conversation: its question, its phase, its days
log.csv                what was done with them, and when; by whom is not in it
<conversation>/        one folder each:
  conversation.json      question, welcome, where the answers come from
  statements.csv         every statement in all its wordings, with its state
  hands.csv              shows of hands, where there were any
  figures.json           every published number with its method, version, seed and people
  figures/*.csv          the same as tables

Counts below the smallest base are left out of the figures, as on the pages. How each person
voted is not here and never leaves this way: on the site, two coordinators together can release
rows of votes without names or times.
"""


class NotEmpty(Exception):
    """The folder is in use, and nothing was written."""


def take_along(place: Place, folder: Path, advance: Advance) -> int:
    """Write everything of this place into a new folder; how many files that made."""
    if folder.exists() and any(folder.iterdir()):
        raise NotEmpty(f"{folder} is not empty, so nothing was written. Name a new folder.")
    conversations = list(place.conversations.order_by("made_at"))
    files = {folder / name: text for name, text in _of_place(place, conversations)}
    for conversation in conversations:
        inside = folder / conversation.slug
        files |= {inside / name: text for name, text in _of_conversation(conversation)}
        advance(1, len(conversations))
    for parent in {path.parent for path in files}:
        parent.mkdir(parents=True, exist_ok=True)
    write_whole(files)
    return len(files)


def _of_place(place: Place, conversations: list[Conversation]) -> Iterator[tuple[str, str]]:
    yield "README.txt", READ_ME.format(place=place.name)
    facts = {
        "name": place.name,
        "within": [around.name for around in place.upwards()[1:]],
        "parts": [part.name for part in place.parts.all()],
    }
    yield "place.json", _json(facts)
    yield "conversations.csv", _conversations(conversations)
    yield "log.csv", _log(conversations)


def _of_conversation(conversation: Conversation) -> Iterator[tuple[str, str]]:
    yield "conversation.json", _json(_facts(conversation))
    yield "statements.csv", _statements(conversation)
    if hands := list(ShowOfHands.objects.filter(statement__conversation=conversation)):
        yield "hands.csv", _hands(hands)
    figures = list(Figure.objects.filter(release__thing=conversation.thing))
    if figures:
        yield "figures.json", _json([_figure(figure) for figure in figures])
    for figure in figures:
        content = content_of(figure)
        yield f"figures/{_name(figure)}.csv", csv_text(content.columns, content.rows)


def _conversations(conversations: list[Conversation]) -> str:
    header = ("folder", "question", "phase", "open to", "opened", "closed", "published")
    rows = [
        (
            one.slug,
            one.question,
            one.phase,
            one.electorate,
            _day(one.opened_at),
            _day(one.closed_at),
            _day(one.published_at),
        )
        for one in conversations
    ]
    return csv_text(header, rows)


def _log(conversations: list[Conversation]) -> str:
    slugs = {one.thing: one.slug for one in conversations}
    entries = LogEntry.objects.filter(thing__in=slugs).order_by("id")
    rows = [(_day(entry.at), entry.deed, slugs[entry.thing], entry.note) for entry in entries]
    return csv_text(("day", "what was done", "folder", "note"), rows)


def _facts(conversation: Conversation) -> dict[str, str | None]:
    return {
        "question": conversation.question,
        "welcome": conversation.welcome,
        "provenance": conversation.provenance,
        "electorate": conversation.get_electorate_display(),
        "moderation": conversation.get_moderation_display(),
        "phase": conversation.phase,
        "opened": _day(conversation.opened_at),
        "closed": _day(conversation.closed_at),
        "published": _day(conversation.published_at),
    }


def _statements(conversation: Conversation) -> str:
    header = ("number", "words", "plain words", "easy read", "language", "from", "state", "into")
    statements = conversation.statements.select_related("merged_into")
    return csv_text(header, [_statement(one) for one in statements])


def _statement(one: Statement) -> tuple[int | str | None, ...]:
    origin = "the facilitator" if one.is_seed else "somebody who took part"
    into = one.merged_into.number if one.merged_into else None
    return (
        one.number,
        one.words,
        one.plain_words,
        one.easy_read,
        one.language,
        origin,
        one.state,
        into,
    )


def _hands(hands: list[ShowOfHands]) -> str:
    rows = sorted(
        (each.statement.number, each.agree, each.disagree, each.neither) for each in hands
    )
    return csv_text(("statement", "agree", "disagree", "neither"), rows)


def _figure(figure: Figure) -> dict[str, object]:
    return {
        "id": str(figure.id),
        "release": figure.release.number,
        "kind": figure.kind,
        "key": figure.key,
        **asdict(content_of(figure)),
        "method": figure.method,
        "version": figure.version,
        "seed": figure.seed,
        "input_digest": figure.input_digest,
        "people": figure.people,
        "consent_basis": figure.consent_basis,
        "manifest": figure.manifest,
        "correction": figure.correction,
    }


def _name(figure: Figure) -> str:
    """A file name that sorts as the figures do on the page."""
    parts = (f"{figure.release.number:02}", figure.kind, figure.key)
    letters = "-".join(part for part in parts if part)
    return "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in letters)


def _day(moment: datetime | None) -> str | None:
    """The day alone: a time could meet a person's."""
    return moment.date().isoformat() if moment else None


def _json(content: object) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"
