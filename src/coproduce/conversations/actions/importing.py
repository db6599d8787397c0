"""Bringing in what was asked elsewhere: a Polis export or a plain file, into a closed conversation.

All of it or nothing. Where it comes from is kept and stands on every page drawn from it.
"""

import secrets
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from django.db import transaction

from coproduce.conversations import tasks
from coproduce.conversations.actions import facilitating
from coproduce.conversations.models import Conversation, Phase, Statement, Vote
from coproduce.conversations.to_be_found import conversation_changed
from coproduce.formats.errors import BadFile
from coproduce.formats.polis import ReadStatement, Votes, read_statements, read_votes
from coproduce.people.models import Person, Place
from coproduce.people.words import plain_words
from coproduce.trust import log

MOST_BYTES = 512 * 1024 * 1024  # unpacked; a conversation of ten million votes is smaller
VOTES_FILES = ("votes.csv", "votes.csv.gz", "participants-votes.csv", "participants-votes.csv.gz")
STATEMENTS_FILES = ("comments.csv", "comments.csv.gz", "statements.csv")
OUT = -1  # Polis: moderated out
ROWS_AT_ONCE = 20_000


@dataclass(frozen=True)
class Found:
    """The files of an export: the votes, and the words of the statements where there are any."""

    votes: Path
    statements: Path | None


def import_polis(
    path: Path,
    *,
    place: Place,
    question: str,
    provenance: str,
    by: Person | None = None,
    statements: Path | None = None,
) -> Conversation:
    """A closed conversation made of an export; its figures are drawn in the background.

    `path`: a folder or zip as Polis exports it, or one file of votes (plain or .gz), then with
    `statements` beside it for the words. Raises BadFile with file, row and field where something
    is wrong, and then nothing has been written.
    """
    if not provenance.strip():
        raise BadFile(
            path.name, None, None, "Say where these answers come from: it is always shown."
        )
    with _files(path, statements) as found:
        votes = read_votes(found.votes)
        read = read_statements(found.statements) if found.statements else ()
        described = _described(votes, read, found)
    with transaction.atomic():
        conversation = _closed(question, provenance, place, by)
        numbered = _write_statements(conversation, described)
        _write_votes(votes, numbered)
        conversation_changed(conversation)
        log.record("import", conversation.thing, by=by.id if by else None, note=path.name[:200])
        tasks.finish.enqueue(str(conversation.id))
    return conversation


def _described(
    votes: Votes, read: tuple[ReadStatement, ...], found: Found
) -> dict[int, ReadStatement]:
    """Every statement that is voted on or listed; each must have words that fit."""
    file = found.statements.name if found.statements else found.votes.name
    listed = {each.id: each for each in read}
    for each in listed.values():
        _check(each, file)
    silent = sorted(set(votes.statements) - set(listed))
    if silent and listed:
        raise BadFile(
            found.votes.name,
            None,
            "comment-id",
            f"Statement {silent[0]} has votes, but {file} has no words for it. Export both again.",
        )
    listed.update({number: ReadStatement(number, f"Statement {number}", 1) for number in silent})
    if not listed:
        raise BadFile(found.votes.name, None, None, "There are no statements in it.")
    return dict(sorted(listed.items()))


def _check(statement: ReadStatement, file: str) -> None:
    longest = Statement._meta.get_field("words").max_length or 0
    words = plain_words(statement.words)
    if statement.id < 0:
        raise BadFile(file, None, "comment-id", f"{statement.id} is below 0. Number from 0 up.")
    if not words:
        raise BadFile(file, None, "comment-body", f"Statement {statement.id} has no words.")
    if len(words) > longest:
        raise BadFile(
            file,
            None,
            "comment-body",
            f"Statement {statement.id} has {len(words)} characters; {longest} fit. Shorten it.",
        )


def _closed(question: str, provenance: str, place: Place, by: Person | None) -> Conversation:
    """A conversation that never was open here, and has no key."""
    conversation = facilitating.make(question, [], place, by, provenance=provenance)
    conversation.phase = Phase.CLOSED
    conversation.save(update_fields=["phase"])
    return conversation


def _write_statements(
    conversation: Conversation, described: Mapping[int, ReadStatement]
) -> dict[int, Statement]:
    made = Statement.objects.bulk_create(
        Statement(
            conversation=conversation,
            number=number,
            words=plain_words(each.words),
            is_seed=True,
            state=Statement.State.HIDDEN if each.moderated == OUT else Statement.State.SHOWN,
        )
        for number, each in described.items()
    )
    return {statement.number: statement for statement in made}


def _write_votes(votes: Votes, statements: Mapping[int, Statement]) -> None:
    """The last vote of each person on each statement, in random order under fresh numbers."""
    last = dict(
        zip(
            zip(votes.person.tolist(), votes.statement.tolist(), strict=True),
            votes.vote.tolist(),
            strict=True,
        )
    )
    fresh = {who: secrets.randbits(63) for who in np.unique(votes.person).tolist()}
    rows = [
        Vote(pseudonym=fresh[who], statement=statements[what], choice=choice)
        for (who, what), choice in last.items()
    ]
    secrets.SystemRandom().shuffle(rows)
    Vote.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)


@contextmanager
def _files(path: Path, statements: Path | None) -> Iterator[Found]:
    """The files of an export, wherever they lie."""
    if path.is_dir():
        yield _in_folder(path, path.name)
    elif zipfile.is_zipfile(path):
        with tempfile.TemporaryDirectory() as folder:
            _unpack(path, Path(folder))
            yield _in_folder(Path(folder), path.name)
    else:
        yield Found(path, statements)


def _in_folder(folder: Path, name: str) -> Found:
    votes = next((folder / file for file in VOTES_FILES if (folder / file).exists()), None)
    if votes is None:
        raise BadFile(
            name, None, None, "There is no votes.csv or participants-votes.csv in it. Add one."
        )
    listed = (folder / file for file in STATEMENTS_FILES)
    return Found(votes, next((file for file in listed if file.exists()), None))


def _unpack(path: Path, folder: Path) -> None:
    """Only the files that an export has, by name alone: no path in a zip is followed."""
    wanted = {*VOTES_FILES, *STATEMENTS_FILES}
    with zipfile.ZipFile(path) as packed:
        members = [each for each in packed.infolist() if Path(each.filename).name in wanted]
        if sum(each.file_size for each in members) > MOST_BYTES:
            raise BadFile(path.name, None, None, "Unpacked it is larger than 512 MB.")
        try:
            for each in members:
                (folder / Path(each.filename).name).write_bytes(packed.read(each))
        except (zipfile.BadZipFile, EOFError, RuntimeError) as error:
            raise BadFile(
                path.name, None, None, "This zip is cut off or damaged. Fetch or pack it again."
            ) from error
