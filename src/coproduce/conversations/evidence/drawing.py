"""Where does everybody stand? The map as rounded places, how sure it is, and its sentence."""

from collections import Counter
from collections.abc import Iterator

import numpy as np

from coproduce.analysis import about_people, has_base
from coproduce.conversations.evidence.counting import Counted
from coproduce.conversations.evidence.wording import Told
from coproduce.trust.figures import Content

STEPS = 64  # places are rounded to this many steps across the map, and only so are they kept
NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five"}
PARTS = 3  # rings are told of people with few, some and many answers


def opinion_map(counted: Counted, answered: dict[int, int]) -> Told:
    """The map as a figure: rounded places with how many stand there, and in which group.

    `answered`: how many statements each person answered.
    """
    people = counted.map.people
    step = _step(counted)
    return Told(
        "opinion_map",
        "",
        Content(
            title=f"Where {people} people stand",
            sentence=_sentence(counted),
            about=(
                "Each mark is a place where people stand; those who answer alike stand close. "
                "Distance means nothing more than that, and left, right, up and down mean "
                "nothing by themselves. Places are rounded, so that no mark is anybody's "
                "exact answers."
            ),
            columns=("Across", "Up", "Group", "People"),
            rows=_places(counted, step),
            facts={
                "letters": list(counted.letters),
                "step": step,
                "middles": _middles(counted, step),
                "between": about_people(counted.between) if has_base(counted.between) else "",
                "rings": list(_rings(counted, answered)),
                **_model(counted),
            },
            limits=_limits(counted),
            is_folded=True,
        ),
    )


def _sentence(counted: Counted) -> str:
    if not counted.letters:
        return f"{counted.map.people} people, told as one: {_why_one(counted)}."
    sizes = [
        f"{letter} with {about_people(counted.map.group_sizes[letter])}"
        for letter in counted.letters
    ]
    told = f"{', '.join(sizes[:-1])} and {sizes[-1]}"
    number = NUMBERS.get(len(sizes), str(len(sizes)))
    return f"{number.capitalize()} groups of people who answer alike: {told}."


def _has_only_small_groups(counted: Counted) -> bool:
    """Drawn, they would be told apart after all."""
    return not counted.letters and counted.groups_found is not None and counted.groups_found > 1


def _why_one(counted: Counted) -> str:
    if counted.map.k is None:
        return "too few answered enough statements for a map"
    if _has_only_small_groups(counted):
        return (
            "smaller groups stand apart, but each needs ten people to be told, "
            "so no map is drawn either"
        )
    return "no distinct groups stand apart"


def _limits(counted: Counted) -> tuple[str, ...]:
    limits = []
    if counted.letters and counted.groups_found != len(counted.letters):
        limits.append(
            "A finer grouping showed, but one of its groups had fewer than ten people; "
            "a group that small is not told apart."
        )
    if counted.letters and counted.between:
        limits.append(
            f"{_capital(about_people(counted.between))} stand between groups: their answers leave "
            "more than a little doubt, so they count in no group; their marks are hollow."
        )
    if counted.letters and counted.unplaced:
        limits.append(
            f"{_capital(about_people(counted.unplaced))} answered too few statements to be placed "
            "in a group; their marks are hollow too."
        )
    return (*limits, *_how_sure(counted))


def _how_sure(counted: Counted) -> Iterator[str]:
    """What the groups had to pass, in words."""
    gates = counted.gates
    if gates is None or counted.map.k is None or _has_only_small_groups(counted):
        return
    if counted.letters:
        yield (
            f"These groups stand apart more clearly than in any of {gates.simulations} "
            "conversations made up by chance of one single cloud of people, and the same groups "
            "come out when people are picked anew."
        )
    else:
        yield (
            "People differ, but not in clumps: conversations of one single cloud of people, made "
            "up by chance with the same shares of agreement, look as clumped as this one, or their "
            "groups do not come again when people are picked anew."
        )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _step(counted: Counted) -> float:
    """How wide one step of the grid is, in positions."""
    if not counted.map.positions:
        return 1.0
    at = np.array(list(counted.map.positions.values()))
    width = float((at.max(axis=0) - at.min(axis=0)).max())
    return width / STEPS if width > 0 else 1.0


def _places(counted: Counted, step: float) -> tuple[tuple[int, int, str, int], ...]:
    """Rounded places; the middle of everybody is 0, 0."""
    if _has_only_small_groups(counted):
        return ()
    stood = Counter(
        (round(x / step), round(y / step), _letter(counted, person))
        for person, (x, y) in counted.map.positions.items()
    )
    return tuple((x, y, letter, people) for (x, y, letter), people in sorted(stood.items()))


def _middles(counted: Counted, step: float) -> dict[str, list[int]]:
    """Where each group has its middle, rounded like the places."""
    members = {
        letter: np.array(
            [counted.map.positions[who] for who, one in counted.map.groups.items() if one == letter]
        )
        for letter in counted.letters
    }
    return {
        letter: [round(float(value)) for value in at.mean(axis=0) / step]
        for letter, at in members.items()
    }


def _rings(counted: Counted, answered: dict[int, int]) -> Iterator[dict[str, object]]:
    """The typical ring of people with few, some and many answers, ten of them at least."""
    rings = counted.map.rings
    in_order = sorted(rings, key=lambda person: (answered[person], person))
    for people in np.array_split(np.array(in_order, dtype=np.int64), PARTS):
        if not has_base(people.size):
            continue
        least, most = answered[int(people[0])], answered[int(people[-1])]
        middle = np.median([rings[who] for who in people.tolist()], axis=0)
        yield {
            "answers": f"{least} to {most}" if least != most else str(least),
            "people": about_people(int(people.size)),
            "ring": [round(float(value), 2) for value in middle],
        }


def _letter(counted: Counted, person: int) -> str:
    group = counted.map.groups[person]
    return group if group and counted.letters else ""


def _model(counted: Counted) -> dict[str, object]:
    """What each statement says of a position, rounded: exact shares would give votes away.

    `directions` point towards where people stand who agree; `model` has two loadings and the
    noise, `means` the average vote in tenths.
    """
    found = counted.map
    directions = {str(of): [round(x, 2), round(y, 2)] for of, (x, y) in found.axes.items()}
    return {
        "directions": directions,
        "model": {of: [*at, round(found.noise[int(of)], 1)] for of, at in directions.items()},
        "means": {str(of): round(mean, 1) for of, mean in found.mean.items()},
    }
