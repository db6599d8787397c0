"""How is it told? From a counted map to sentences and tables that give nobody away.

Shares are told in tenths and only of ten people or more; counts of people as the disclosure
rules allow. Nothing finer than what stands here is ever stored or shown.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from coproduce.analysis import (
    CommonGround,
    Divide,
    GroupShare,
    about_people,
    about_share,
    at_least_share,
    has_base,
)
from coproduce.conversations.evidence.counting import Counted, Tally
from coproduce.trust.figures import Content

TOO_FEW = "too few to tell"
SPLIT_FROM = 3  # tenths who agree, and tenths who disagree: fewer on one side is no split
Words = Mapping[int, str]


@dataclass(frozen=True)
class Told:
    """One figure to be: what kind, which one of its kind, and what it says."""

    kind: str
    key: str
    content: Content


def every_group(counted: Counted) -> str:
    """How a sentence names all groups at once."""
    return {0: "of everybody", 2: "in both groups"}.get(len(counted.letters), "in every group")


def common_ground(counted: Counted, words: Words) -> Iterator[Told]:
    """What every group agrees with."""
    for line in counted.map.common_ground:
        if share := _in_every_group(line, counted):
            yield _line("common_ground", line, share, f"{share} agree", counted, words)


def rejected(counted: Counted, words: Words) -> Iterator[Told]:
    """What every group turns down."""
    for line in counted.map.rejected_by_all:
        if share := _in_every_group(line, counted):
            yield _line("rejected_by_all", line, share, f"{share} disagree", counted, words)


def kept_back_lines(counted: Counted) -> int:
    """Lines that hold in every group, but rest on fewer than ten people in one of them."""
    lines = (*counted.map.common_ground, *counted.map.rejected_by_all)
    return sum(_in_every_group(line, counted) is None for line in lines)


def _in_every_group(line: CommonGround, counted: Counted) -> str | None:
    smallest = min(share.votes for share in line.by_group.values())
    told = at_least_share(line.lowest_share_bound, smallest)
    return f"{told} {every_group(counted)}" if told else None


def _line(
    kind: str, line: CommonGround, share: str, claim: str, counted: Counted, words: Words
) -> Told:
    votes = about_people(line.votes)
    return Told(
        kind,
        str(line.statement),
        Content(
            title=f"Statement {line.statement}",
            sentence=f"“{words[line.statement]}” {claim[0].upper()}{claim[1:]}.",
            about=(
                "The share is that of the least agreed group, and the lowest that its answers "
                "leave room for: with 95 % probability the true share is higher. It is rounded "
                "down to tenths. A pass counts as an answer that does not agree."
            ),
            columns=("Group", "Agree", "Disagree", "Answered"),
            rows=_by_group(line.by_group, counted),
            facts={
                "number": line.statement,
                "words": words[line.statement],
                "share": share,
                "tenths": int(line.lowest_share_bound * 10 + 1e-9),
                "answered": f"{votes} answered",
            },
        ),
    )


def divides(counted: Counted, words: Words) -> Iterator[Told]:
    """What parts the groups."""
    for divide in counted.map.divides:
        higher, lower = divide.by_group[divide.higher], divide.by_group[divide.lower]
        most = about_share(higher.agrees, higher.votes)
        least = about_share(lower.agrees, lower.votes)
        if most and least and most != least:
            yield _divide(divide, most, least, counted, words)


def _divide(divide: Divide, most: str, least: str, counted: Counted, words: Words) -> Told:
    apart = at_least_share(divide.low, 10) or "less than 1 in 10"
    share = f"{capital(says(most, 'agree'))} in group {divide.higher}, {least} in {divide.lower}"
    return Told(
        "divide",
        str(divide.statement),
        Content(
            title=f"Statement {divide.statement}",
            sentence=f"“{words[divide.statement]}” {share}.",
            about=(
                "Listed because the shares of two groups lie further apart than chance explains: "
                "the 95 % interval of their difference (Newcombe) leaves out no difference at "
                f"all. The two shares are {apart} apart. The groups were found from these same "
                "answers, which makes differences look somewhat larger."
            ),
            columns=("Group", "Agree", "Disagree", "Answered"),
            rows=_by_group(divide.by_group, counted),
            facts={
                "number": divide.statement,
                "words": words[divide.statement],
                "share": share,
                "sides": [
                    {"letter": divide.higher, "share": most, "tenths": _tenths(most)},
                    {"letter": divide.lower, "share": least, "tenths": _tenths(least)},
                ],
            },
        ),
    )


def _tenths(share: str) -> int:
    """A coarse share as a length that can be drawn: no finer than its words."""
    return {"hardly anyone": 0, "nearly everyone": 10}.get(share) or int(
        "".join(letter for letter in share.partition(" in ")[0] if letter.isdigit()) or 0
    )


def _by_group(
    by_group: Mapping[str, GroupShare], counted: Counted
) -> tuple[tuple[str, str, str, str], ...]:
    if not counted.letters:
        (share,) = by_group.values()
        return (("everybody", *_shares(share.agrees, share.disagrees, share.votes)),)
    return tuple(
        (letter, *_shares(share.agrees, share.disagrees, share.votes))
        for letter, share in by_group.items()
    )


def _shares(agrees: int, disagrees: int, votes: int) -> tuple[str, str, str]:
    return (
        about_share(agrees, votes) or TOO_FEW,
        about_share(disagrees, votes) or TOO_FEW,
        about_people(votes),
    )


def splits(counted: Counted, tallies: Mapping[int, Tally], words: Words) -> Iterator[Told]:
    """What parts people where no groups do: many agree and many disagree; the most even first."""
    if counted.letters:
        return
    told = {
        number: (about_share(tally.agrees, tally.votes), about_share(tally.disagrees, tally.votes))
        for number, tally in tallies.items()
        if number in words
    }
    both = {
        number: (agree, disagree)
        for number, (agree, disagree) in told.items()
        if agree and disagree and min(_tenths(agree), _tenths(disagree)) >= SPLIT_FROM
    }
    for number in sorted(both, key=lambda one: (_gap(*both[one]), one)):
        yield _split(number, *both[number], tallies[number].votes, words)


def _gap(agree: str, disagree: str) -> int:
    return abs(_tenths(agree) - _tenths(disagree))


def _split(number: int, agree: str, disagree: str, votes: int, words: Words) -> Told:
    share = f"{capital(agree)} agree, {disagree} disagree"
    return Told(
        "split",
        str(number),
        Content(
            title=f"Statement {number}",
            sentence=f"“{words[number]}” {share}.",
            about=(
                f"Listed because at least {SPLIT_FROM} in 10 agree and at least {SPLIT_FROM} in 10 "
                "disagree, of all who answered. Who thinks which goes right through the room: no "
                "groups stand apart."
            ),
            columns=("Agree", "Disagree", "Answered"),
            rows=((agree, disagree, about_people(votes)),),
            facts={
                "number": number,
                "words": words[number],
                "share": share,
                "answered": f"{about_people(votes)} answered",
            },
        ),
    )


def not_yet(counted: Counted, tallies: Mapping[int, Tally], words: Words) -> Iterator[Told]:
    """What cannot be said yet: statements that too few have answered, in all or in a group."""
    rows = [
        (number, words[number], why)
        for number in sorted(words)
        if (why := _too_few(number, counted, tallies))
    ]
    if not rows:
        return
    many = "statement has" if len(rows) == 1 else "statements have"
    yield Told(
        "not_yet",
        "",
        Content(
            title="What we cannot say yet",
            sentence=f"{len(rows)} {many} too few answers to be told for every group.",
            about=(
                "A share is told of ten answers or more. Where fewer people of a group have met a "
                "statement, it is neither common ground nor a divide: we do not know yet."
            ),
            columns=("No.", "Statement", "Where answers lack"),
            rows=tuple(rows),
        ),
    )


def _too_few(number: int, counted: Counted, tallies: Mapping[int, Tally]) -> str:
    if not has_base(tallies.get(number, Tally(0, 0, 0)).votes):
        return "everywhere"
    by_group = counted.map.by_statement.get(number, {})
    thin = [letter for letter in counted.letters if not has_base(by_group[letter].votes)]
    return f"in group {' and '.join(thin)}" if thin else ""


def every_statement(
    counted: Counted, tallies: Mapping[int, Tally], words: Words, people: int
) -> Told:
    """All statements with how all and each group answered, for whoever wants to look closer."""
    rows = [_statement_row(number, counted, tallies, words) for number in sorted(words)]
    by_group = tuple(f"Agree in {letter}" for letter in counted.letters)
    return Told(
        "statements",
        "",
        Content(
            title="Every statement",
            sentence=f"{people} people answered {len(words)} statements; this is how, in tenths.",
            about=(
                "All statements that were shown, with the share of all who answered each, and of "
                "each group. People who answered too little to stand in a group count among all."
            ),
            columns=("No.", "Statement", "Answered", "Agree", "Disagree", *by_group),
            rows=tuple(rows),
            facts={
                "letters": list(counted.letters),
                "covered": {str(number): _covered(number, counted) for number in sorted(words)},
            },
        ),
    )


def _statement_row(
    number: int, counted: Counted, tallies: Mapping[int, Tally], words: Words
) -> tuple[str | int, ...]:
    tally = tallies.get(number, Tally(0, 0, 0))
    agree, disagree, answered = _shares(tally.agrees, tally.disagrees, tally.votes)
    shares = counted.map.by_statement.get(number, {})
    by_group = (
        (about_share(share.agrees, share.votes) if share else None) or TOO_FEW
        for share in (shares.get(letter) for letter in counted.letters)
    )
    return (number, words[number], answered, agree, disagree, *by_group)


def _covered(number: int, counted: Counted) -> list[str]:
    """The groups in which enough have answered for a share: all that the table tells of counts."""
    shares = counted.map.by_statement.get(number, {})
    return [
        letter for letter in counted.letters if letter in shares and has_base(shares[letter].votes)
    ]


def says(share: str, deed: str) -> str:
    """A share and what it does: about 6 in 10 agree, hardly anyone agrees."""
    return f"{share} {deed}" if share[-1].isdigit() else f"{share} {deed}s"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
