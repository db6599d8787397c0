"""Where does everybody stand? The map as rounded places, and its sentence."""

from collections import Counter

from coproduce.analysis import about_people
from coproduce.conversations.evidence.counting import Counted
from coproduce.conversations.evidence.wording import Told
from coproduce.trust.figures import Content

STEPS = 64  # places are rounded to this many steps across the map, and only so are they kept
NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five"}


def opinion_map(counted: Counted) -> Told:
    """The map as a figure: rounded places with how many stand there, and in which group."""
    people = counted.map.people
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
            rows=_places(counted),
            facts={"letters": list(counted.letters), "directions": _directions(counted)},
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
    return "no groups stand apart"


def _limits(counted: Counted) -> tuple[str, ...]:
    limits = []
    if counted.letters and counted.groups_found != len(counted.letters):
        limits.append(
            "A finer grouping showed, but one of its groups had fewer than ten people; "
            "a group that small is not told apart."
        )
    if counted.unplaced and counted.letters:
        told = about_people(counted.unplaced)
        limits.append(
            f"{told[0].upper()}{told[1:]} answered too few statements to be placed in a group; "
            "they are drawn as small rings."
        )
    if counted.letters:
        limits.append("Groups are drawn even where opinion is one cloud without a gap.")
    return tuple(limits)


def _places(counted: Counted) -> tuple[tuple[int, int, str, int], ...]:
    """Rounded places; the middle of everybody's average answer is 0, 0."""
    positions = counted.map.positions
    if not positions or _has_only_small_groups(counted):
        return ()
    xs, ys = [x for x, _ in positions.values()], [y for _, y in positions.values()]
    width = max(max(xs) - min(xs), max(ys) - min(ys))
    step = width / STEPS if width > 0 else 1.0
    stood = Counter(
        (round(x / step), round(y / step), _letter(counted, person))
        for person, (x, y) in positions.items()
    )
    return tuple((x, y, letter, people) for (x, y, letter), people in sorted(stood.items()))


def _letter(counted: Counted, person: int) -> str:
    group = counted.map.groups[person]
    return group if group and counted.letters else ""


def _directions(counted: Counted) -> dict[str, list[float]]:
    """Towards where people stand who agree with a statement, by its number."""
    return {str(number): [round(x, 2), round(y, 2)] for number, (x, y) in counted.map.axes.items()}
