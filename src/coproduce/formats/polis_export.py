"""A conversation as Polis would export it, so that nobody is locked in.

Times are blank: they would tie a vote to a moment in the hall. The ids of people are the caller's,
who makes them fresh and random for each release; rows stand in the order of these ids.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from coproduce.formats.text import csv_text


@dataclass(frozen=True)
class ExportedStatement:
    """A statement on its way out; tallies only where exact counts may leave."""

    id: int
    words: str
    moderated: int = 1
    agrees: int | None = None
    disagrees: int | None = None


def comments_csv(statements: Sequence[ExportedStatement]) -> str:
    """comments.csv: every statement, its author left blank."""
    header = (
        *("timestamp", "datetime", "comment-id", "author-id"),
        *("agrees", "disagrees", "moderated", "comment-body"),
    )
    return csv_text(
        header,
        (
            (None, None, each.id, None, each.agrees, each.disagrees, each.moderated, each.words)
            for each in statements
        ),
    )


def votes_csv(person: ArrayLike, statement: ArrayLike, vote: ArrayLike) -> str:
    """votes.csv: one row for each vote, agree = 1; the last of a repeated pair wins."""
    votes = _last_votes(person, statement, vote)
    return csv_text(
        ("timestamp", "datetime", "comment-id", "voter-id", "vote"),
        ((None, None, what, who, votes[who, what]) for who, what in sorted(votes)),
    )


def participants_votes_csv(
    person: ArrayLike,
    statement: ArrayLike,
    vote: ArrayLike,
    *,
    statements: Sequence[int],
    groups: Mapping[int, str | None],
) -> str:
    """participants-votes.csv: a row for each person, a column for each statement, blank = none.

    `groups` as in an opinion map; A is written as 0, as Polis counts.
    """
    votes = _last_votes(person, statement, vote)
    by_person: dict[int, dict[int, int]] = {}
    for (who, what), each in votes.items():
        by_person.setdefault(who, {})[what] = each
    header = ("participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree")
    return csv_text(
        (*header, *map(str, statements)),
        (
            (who, _group_number(groups.get(who)), None, *_counts(given), *_cells(given, statements))
            for who, given in sorted(by_person.items())
        ),
    )


def summary_csv(
    *, topic: str, url: str, description: str, voters: int, statements: int, groups: int
) -> str:
    """summary.csv: the conversation in a few lines, as name and value; views are not counted."""
    return csv_text(
        (),
        (
            ("topic", topic),
            ("url", url),
            ("views", None),
            ("voters", voters),
            ("voters-in-conv", voters),
            ("commenters", None),
            ("comments", statements),
            ("groups", groups),
            ("conversation-description", description),
        ),
    )


def _last_votes(
    person: ArrayLike, statement: ArrayLike, vote: ArrayLike
) -> dict[tuple[int, int], int]:
    columns = (np.asarray(column).tolist() for column in (person, statement, vote))
    return {(who, what): each for who, what, each in zip(*columns, strict=True)}


def _counts(given: Mapping[int, int]) -> tuple[int, int, int]:
    votes = list(given.values())
    return len(votes), votes.count(1), votes.count(-1)


def _cells(given: Mapping[int, int], statements: Sequence[int]) -> tuple[int | None, ...]:
    return tuple(given.get(each) for each in statements)


def _group_number(label: str | None) -> int | None:
    return None if label is None else ord(label) - ord("A")
