"""Who is each group? What sets it apart, told as a portrait in statements."""

from collections.abc import Iterator
from dataclasses import dataclass

from coproduce.analysis import GroupShare, about_people, about_share
from coproduce.conversations.evidence.counting import Counted
from coproduce.conversations.evidence.wording import Told, Words, capital, says
from coproduce.trust.figures import Content

TRAITS_TOLD = 8  # per group; the rest is in the table of all statements
SURELY_APART = 2.58  # standard errors: once in a hundred by chance
ABOUT = (
    "Statements on which this group answers unlike everybody else. “Tested” ones passed a fair "
    "test: groups were found again from one half of the answers and the statement was tested on "
    "the other half, so that at most one in ten of those is there by chance. The others describe "
    "the group by the same answers that made it, which makes differences look larger."
)


@dataclass(frozen=True)
class Trait:
    """A statement on which a group gives one answer more often than everybody else."""

    statement: int
    deed: str  # "agree" or "disagree"
    is_tested: bool


def groups(counted: Counted, words: Words) -> Iterator[Told]:
    """Each group: how large it is, and what sets it apart."""
    for letter in counted.letters:
        yield _group(letter, counted, words)


def _group(letter: str, counted: Counted, words: Words) -> Told:
    size = counted.map.group_sizes[letter]
    of_placed = about_share(size, sum(counted.map.group_sizes.values()))
    traits = _told_traits(letter, counted, words)
    return Told(
        "group",
        letter,
        Content(
            title=f"Group {letter}",
            sentence=f"Group {letter} is {about_people(size)}, {of_placed} of those placed. "
            f"{_first_of(traits)}",
            about=ABOUT,
            columns=("Statement", "In this group", "Elsewhere", "Tested"),
            rows=tuple(
                (
                    f"{each['number']}. {each['words']}",
                    each["share"],
                    each["elsewhere"],
                    each["tested"],
                )
                for each in traits
            ),
            facts={
                "letter": letter,
                "size": about_people(size),
                "share": of_placed,
                "voices": traits,
            },
        ),
    )


def _first_of(traits: list[dict[str, str]]) -> str:
    if not traits:
        return "No single statement sets them apart for sure."
    first = traits[0]
    return (
        f"What sets them apart most: “{first['words']}” "
        f"{capital(first['share'])}; elsewhere {first['elsewhere']}."
    )


def _told_traits(letter: str, counted: Counted, words: Words) -> list[dict[str, str]]:
    told = (_told(trait, letter, counted, words) for trait in _traits(letter, counted))
    return [each for each in told if each is not None][:TRAITS_TOLD]


def _traits(letter: str, counted: Counted) -> list[Trait]:
    """Tested ones first; among them what the group itself leans to: it says what somebody wants."""
    tested = [
        Trait(voice.statement, "agree" if voice.difference > 0 else "disagree", True)
        for voice in counted.map.representative
        if voice.group == letter
    ]
    known = {trait.statement for trait in tested}
    described = [trait for trait in _described(letter, counted) if trait.statement not in known]
    return sorted(
        tested + described,
        key=lambda trait: (not trait.is_tested, not _leans(trait, letter, counted)),
    )


def _described(letter: str, counted: Counted) -> list[Trait]:
    """What sets the group apart on the map as drawn, surest first."""
    shares = {number: by[letter] for number, by in counted.map.by_statement.items()}
    apart = sorted(shares, key=lambda number: -max(_z(shares[number])))
    return [
        Trait(number, "agree" if agree >= disagree else "disagree", False)
        for number in apart
        for agree, disagree in (_z(shares[number]),)
        if max(agree, disagree) >= SURELY_APART
    ]


def _z(share: GroupShare) -> tuple[float, float]:
    return share.agree_z, share.disagree_z


def _leans(trait: Trait, letter: str, counted: Counted) -> bool:
    """Whether at least half of the group give this answer."""
    share = counted.map.by_statement[trait.statement][letter]
    return 2 * _chosen(trait, share) >= share.votes


def _chosen(trait: Trait, share: GroupShare) -> int:
    return share.agrees if trait.deed == "agree" else share.disagrees


def _told(trait: Trait, letter: str, counted: Counted, words: Words) -> dict[str, str] | None:
    by_group = counted.map.by_statement[trait.statement]
    others = [share for other, share in by_group.items() if other != letter]
    own = about_share(_chosen(trait, by_group[letter]), by_group[letter].votes)
    elsewhere = about_share(
        sum(_chosen(trait, share) for share in others), sum(share.votes for share in others)
    )
    if own is None or elsewhere is None or own == elsewhere:
        return None
    return {
        "number": str(trait.statement),
        "words": words[trait.statement],
        "share": says(own, trait.deed),
        "elsewhere": elsewhere,
        "tested": "yes" if trait.is_tested else "no",
    }
