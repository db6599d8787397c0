"""`coproduce map`: from a file of votes to common ground."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from coproduce.analysis import OpinionMap, Without, about_people, map_opinions, try_without
from coproduce.cli.parsing import Refused
from coproduce.formats.map_json import map_json
from coproduce.formats.map_page import map_page
from coproduce.formats.map_words import DivideLine, MapWords, tell
from coproduce.formats.polis import Votes, read_statements, read_votes
from coproduce.formats.whole_files import write_whole

if TYPE_CHECKING:
    from coproduce.cli.parsing import Commands

_LINES_SHOWN = 10  # of each list; the page and the JSON have them all


def add_map(commands: "Commands") -> None:
    """`coproduce map`: from a file of votes to common ground."""
    command = commands.add_parser(
        "map",
        help="who thinks alike, what all agree on, what divides",
        description=(
            "Read the votes of a conversation and show who thinks alike, what every group agrees "
            "on, and what divides the groups. Reads Polis exports (votes.csv or "
            "participants-votes.csv) and plain files with the columns person,statement,vote; "
            "1 is agree, -1 disagree, 0 pass. Files may be gzipped; - reads standard input."
        ),
        epilog=(
            "Example: coproduce map votes.csv --statements comments.csv --html map.html "
            "shows statements in words and leaves out those that were moderated out."
        ),
    )
    command.add_argument("votes", metavar="VOTES.csv", help="the votes, or - for standard input")
    command.add_argument("--statements", metavar="COMMENTS.csv", help="what the statements say")
    command.add_argument(
        "--polis", action="store_true", help="the Polis-compatible map, to compare with theirs"
    )
    command.add_argument("--groups", metavar="K", type=int, help="draw K groups, 1 to 5")
    command.add_argument(
        "--seed", metavar="N", type=int, default=0, help="the same seed, the same map (0)"
    )
    command.add_argument(
        "--sensitivity",
        action="store_true",
        help="try it without identical answers, bursts and people with few answers",
    )
    command.add_argument("--json", metavar="OUT", type=Path, help="every number, in full")
    command.add_argument("--html", metavar="OUT", type=Path, help="a page to read and to print")
    command.set_defaults(run=run_map)


def run_map(chosen: argparse.Namespace) -> int:
    """Read, map, write, tell."""
    _check_map_choices(chosen)
    votes = read_votes(chosen.votes)
    statements = read_statements(chosen.statements) if chosen.statements else ()
    found = map_opinions(
        votes.person,
        votes.statement,
        votes.vote,
        groups=chosen.groups,
        polis=chosen.polis,
        seed=chosen.seed,
        moderated=[each.id for each in statements if each.moderated < 0],
    )
    without = _sensitivity(chosen, votes, found)
    told = tell(found, {each.id: each.words for each in statements})
    write_whole(_map_files(chosen, found, told, votes, without))
    print("\n".join([map_in_words(told), *_without_in_words(without)]))
    return 0


def _sensitivity(
    chosen: argparse.Namespace, votes: Votes, found: OpinionMap
) -> tuple[Without, ...] | None:
    """What would stand without odd answers, where that was asked for and there is a map."""
    if not chosen.sensitivity or found.k is None:
        return None
    return try_without(votes.person, votes.statement, votes.vote, found, seconds=votes.seconds)


def _check_map_choices(chosen: argparse.Namespace) -> None:
    if chosen.groups is not None and not 1 <= chosen.groups <= 5:
        raise Refused(f"--groups is {chosen.groups}; give a number of groups from 1 to 5")
    if chosen.seed < 0:
        raise Refused(f"--seed is {chosen.seed}; give 0 or a whole number above")
    if chosen.votes == "-" and chosen.statements == "-":
        raise Refused("Only one of the two files can come from standard input")
    if chosen.json and chosen.html and chosen.json.resolve() == chosen.html.resolve():
        raise Refused("--json and --html name the same file; give two")


def _map_files(
    chosen: argparse.Namespace,
    found: OpinionMap,
    told: MapWords,
    votes: Votes,
    without: tuple[Without, ...] | None,
) -> dict[Path, str]:
    files = {}
    if chosen.json:
        files[chosen.json] = map_json(found, name=votes.name, without=without)
    if chosen.html:
        source = "standard input" if chosen.votes == "-" else Path(chosen.votes).name
        files[chosen.html] = map_page(
            found, told, title="What we agree on, and what divides us", source=source
        )
    return files


def map_in_words(told: MapWords) -> str:
    """The map for a terminal: groups, common ground, divides."""
    lines = [f"{told.people}, {told.votes:,} answers, {told.statements}"]
    if told.too_few:
        return "\n".join([*lines, told.too_few])
    is_one = len(told.groups) == 1
    if not is_one:
        lines += [f"Group {group.label}: {group.people}" for group in told.groups]
        lines.append(f"In no group: {told.ungrouped}; of them between groups: {told.between}")
    lines.append(told.how_groups)
    everybody = "all" if is_one else "all groups"
    for verb, shared in (("agree", told.agreed), ("disagree", told.rejected)):
        heading = f"What {everybody} {'agree on' if verb == 'agree' else 'reject'}"
        lines += _section(heading, [f"{each.share} {verb}: {each.words}" for each in shared])
    if not is_one:
        lines += _section("What divides the groups", [*map(_divide_in_words, told.divides)])
    if told.kept_back:
        lines.append(f"\n{told.kept_back} more lines rest on fewer than 10 people in a group")
    return "\n".join(lines)


def _without_in_words(without: tuple[Without, ...] | None) -> list[str]:
    if without is None:
        return []
    return ["", "Does it hang on a few?", *(f"  {_one_without(each)}" for each in without)]


def _one_without(each: Without) -> str:
    if not each.people:
        return f"{each.why}: nobody"
    people = about_people(each.people)
    if each.changes_nothing:
        return f"{each.why}: without {people}, the same common ground"
    lost, gained = (", ".join(map(str, lines)) or "none" for lines in (each.lost, each.gained))
    return f"{each.why}: without {people}, common ground loses {lost} and gains {gained}"


def _divide_in_words(line: DivideLine) -> str:
    shares = ", ".join(f"{label} {share}" for label, share in line.by_group.items())
    return f"{line.words} ({shares} agree)"


def _section(heading: str, lines: Sequence[str]) -> list[str]:
    more = len(lines) - _LINES_SHOWN
    rest = [f"  … and {more} more"] if more > 0 else []
    shown = [f"  {line}" for line in lines[:_LINES_SHOWN]] or ["  nothing that is sure yet"]
    return [f"\n{heading}", *shown, *rest]
