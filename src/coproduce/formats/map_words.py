"""An opinion map in words: what a page, a terminal or a spreadsheet may say of anonymous votes.

Coarse words and a smallest base everywhere, as in `analysis.disclosure`: no exact count of votes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coproduce.analysis import (
    DEFAULT_POLICY,
    CommonGround,
    Divide,
    GroupShare,
    OpinionMap,
    Policy,
    about_people,
    about_share,
    at_least_share,
    has_base,
)
from coproduce.formats.picture import Dot
from coproduce.formats.text import csv_text

_VOICES_TOLD = 3  # statements that set a group apart: more than three nobody remembers


@dataclass(frozen=True)
class SharedLine:
    """A statement that all groups hold, or all reject: "at least 7 in 10 in every group"."""

    statement: int
    words: str
    share: str
    answered: str


@dataclass(frozen=True)
class DivideLine:
    """A statement that parts the groups, with what each group says of it."""

    statement: int
    words: str
    by_group: dict[str, str]


@dataclass(frozen=True)
class GroupLine:
    """A group: how many people, what it agrees with more, and less, than everybody else."""

    label: str
    people: str
    more: tuple[str, ...]
    less: tuple[str, ...]


@dataclass(frozen=True)
class MapWords:
    """All that may be told of a map. `kept_back`: lines that too few people stand behind.

    `ungrouped` are in no group, of whom `between` stand between groups and the others answered too
    little. `how_groups`: what the groups had to pass, or why there are none, in a sentence.
    """

    people: str
    votes: int
    statements: str
    ungrouped: str
    between: str
    how_groups: str
    groups: tuple[GroupLine, ...]
    agreed: tuple[SharedLine, ...]
    rejected: tuple[SharedLine, ...]
    divides: tuple[DivideLine, ...]
    kept_back: int
    too_few: str | None


def tell(
    found: OpinionMap, words: Mapping[int, str], *, policy: Policy = DEFAULT_POLICY
) -> MapWords:
    """The map in words; `words` {statement: its sentence}, its number where there is none."""
    agreed = _shared(found.common_ground, words, policy)
    rejected = _shared(found.rejected_by_all, words, policy)
    divides = _divided(found.divides, words, policy)
    listed = len(found.common_ground) + len(found.rejected_by_all) + len(found.divides)
    nowhere = found.people - sum(found.group_sizes.values())
    between = sum(
        found.groups[who] is None and any(member) for who, member in found.membership.items()
    )
    return MapWords(
        people=about_people(found.people, policy=policy),
        votes=found.votes,
        statements=_statements(found),
        ungrouped=about_people(nowhere, policy=policy) if nowhere else "nobody",
        between=about_people(between, policy=policy) if between else "nobody",
        how_groups=_how_groups(found),
        groups=tuple(_group(found, label, words, policy) for label in found.group_sizes),
        agreed=agreed,
        rejected=rejected,
        divides=divides,
        kept_back=listed - len(agreed) - len(rejected) - len(divides),
        too_few=_too_few(found, policy),
    )


def _how_groups(found: OpinionMap) -> str:
    gates = found.gates
    if gates is None:
        return "Groups are drawn because they were asked for, even where opinion is one cloud."
    if len(found.group_sizes) > 1:
        return (
            f"These groups stand apart more clearly than in any of {gates.simulations} "
            "conversations made up by chance of one single cloud of people, and the same groups "
            "come out when people are picked anew."
        )
    return (
        "No distinct groups stand apart: conversations of one single cloud of people, made up by "
        "chance, look as clumped as this one, or their groups do not come again when people are "
        "picked anew. So all are told as one."
    )


def public_dots(found: OpinionMap, *, policy: Policy = DEFAULT_POLICY) -> tuple[Dot, ...]:
    """The people of a map as dots; a group that is too small to be shown is not marked as one."""
    shown = {
        label: label for label, size in found.group_sizes.items() if has_base(size, policy=policy)
    }
    return tuple(
        Dot(x, y, shown.get(found.groups[person] or ""))
        for person, (x, y) in found.positions.items()
    )


def aggregates_csv(
    found: OpinionMap, words: Mapping[int, str], *, policy: Policy = DEFAULT_POLICY
) -> str:
    """aggregates.csv, for everyone: each statement and group, shares in words, none below base."""
    return csv_text(
        ("comment-id", "comment-body", "group", "people", "agree", "disagree"),
        (
            (
                statement,
                _words(words, statement),
                label,
                about_people(found.group_sizes[label], policy=policy),
                about_share(each.agrees, each.votes, policy=policy) or "too few to show",
                about_share(each.disagrees, each.votes, policy=policy) or "too few to show",
            )
            for statement, by_group in found.by_statement.items()
            for label, each in by_group.items()
        ),
    )


def _statements(found: OpinionMap) -> str:
    count = "1 statement" if found.statements == 1 else f"{found.statements} statements"
    if not found.moderated:
        return count
    return f"{count}, {len(found.moderated)} of them taken out by the moderators"


def _too_few(found: OpinionMap, policy: Policy) -> str | None:
    if has_base(found.people, policy=policy) and found.not_enough is None:
        return None
    if found.not_enough is None:
        base = policy.smallest_public_base
        return f"{_people_have(found.people)} voted; results are shown from {base}."
    few = found.not_enough
    return (
        f"{_people_have(few.people)} answered enough statements; a map needs {few.needed}. "
        "Ask more people, or ask them to answer a few more."
    )


def _people_have(count: int) -> str:
    return "1 person has" if count == 1 else f"{count} people have"


def _words(words: Mapping[int, str], statement: int) -> str:
    return words.get(statement) or f"Statement {statement}"


def _shared(
    lines: Iterable[CommonGround], words: Mapping[int, str], policy: Policy
) -> tuple[SharedLine, ...]:
    told = (
        (line, at_least_share(line.lowest_share_bound, _fewest(line.by_group), policy=policy))
        for line in lines
    )
    return tuple(
        SharedLine(
            line.statement,
            _words(words, line.statement),
            share,
            about_people(line.votes, policy=policy),
        )
        for line, share in told
        if share is not None
    )


def _fewest(by_group: Mapping[str, GroupShare]) -> int:
    return min(each.votes for each in by_group.values())


def _divided(
    lines: Iterable[Divide], words: Mapping[int, str], policy: Policy
) -> tuple[DivideLine, ...]:
    return tuple(
        DivideLine(line.statement, _words(words, line.statement), _told(line.by_group, policy))
        for line in lines
        if all(
            has_base(line.by_group[label].votes, policy=policy)
            for label in (line.higher, line.lower)
        )
    )


def _told(by_group: Mapping[str, GroupShare], policy: Policy) -> dict[str, str]:
    return {
        label: about_share(each.agrees, each.votes, policy=policy) or "too few to show"
        for label, each in by_group.items()
    }


def _group(found: OpinionMap, label: str, words: Mapping[int, str], policy: Policy) -> GroupLine:
    size = found.group_sizes[label]
    own = [voice for voice in found.representative if voice.group == label]
    shown = own if has_base(size, policy=policy) else []
    more = [_words(words, voice.statement) for voice in shown if voice.difference > 0]
    less = [_words(words, voice.statement) for voice in shown if voice.difference < 0]
    return GroupLine(
        label,
        about_people(size, policy=policy),
        tuple(more[:_VOICES_TOLD]),
        tuple(less[:_VOICES_TOLD]),
    )
