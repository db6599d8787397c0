"""How is a map made, in pictures? Draws them anew: `python -m workshop.map_pictures`.

Everything in them is worked out from invented answers, by the functions that draw real maps.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise
from typing import Any

import numpy as np

from coproduce.analysis import Factors, OpinionMap, fit_factors, map_opinions, summarise
from coproduce.analysis import where_one_stands as place_of
from coproduce.analysis.votes import Floats, Ints
from coproduce.formats.picture import PRINT
from workshop.places import ROOT

PICTURES = ROOT / "docs" / "explanation" / "img"
SEED = 7  # of the invented answers: any other tells the same story with other dots
RING_OF_90 = 4.605  # squared distance; 9 of 10 points of a normal lie within
PEOPLE, STATEMENTS = 80, 24
SHOWN = 23  # somebody off the middle, who answered nearly everything: we follow them

Votes = tuple[Ints, Ints, Ints]
Point = tuple[float, float]


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    for name, drawn in pictures().items():
        (PICTURES / f"{name}.svg").write_text(drawn + "\n", encoding="utf-8")


def pictures() -> dict[str, str]:
    """Each picture by its name, in the order in which the page shows them."""
    cloud, camps = one_cloud(), two_camps()
    return {
        "answers": a_handful_of_answers(camps),
        "standing": where_somebody_stands(cloud),
        "ring": the_ring(cloud),
        "groups": groups_only_where_they_stand_apart(cloud, camps),
        "common-ground": common_ground(camps),
    }


# Invented answers


def one_cloud() -> Votes:
    """People who lean this way and that, most of them little."""
    chance = np.random.default_rng(SEED)
    return _answers(chance.normal(size=(PEOPLE, 2)), 0.75, chance)


def two_camps() -> Votes:
    """Two in three on one side, one in three on the other, nobody by themselves."""
    chance = np.random.default_rng(SEED)
    side = np.where(np.arange(PEOPLE) % 3, -1.0, 1.0)
    along = 1.4 * side + chance.normal(0, 0.3, PEOPLE)
    return _answers(np.column_stack([along, chance.normal(size=PEOPLE)]), 0.55, chance)


def _answers(at: Floats, steepness: float, chance: np.random.Generator) -> Votes:
    """Statements lean along the map, every third across it; the first three unite everybody."""
    number = np.arange(STATEMENTS)
    along = np.where(number % 3, steepness, 0.2) * np.where(number % 2, 1, -1)
    across = np.where(number % 3, 0.1, steepness) * np.where(number % 4 < 2, 1, -1)
    along[:3], across[:3] = 0.1, 0.1
    pull, easy = np.column_stack([along, across]), np.where(number < 3, -1.2, 0.0)
    leaning = at @ pull.T + chance.normal(0, 0.7, (PEOPLE, STATEMENTS)) - easy
    vote = np.where(leaning > 0.15, 1, np.where(leaning < -0.15, -1, 0))
    much = chance.choice([0.35, 0.6, 0.95], size=PEOPLE)  # some have little time
    who, what = np.nonzero(chance.random(vote.shape) < much[:, np.newaxis])
    return who, what, vote[who, what]


# Drawing


@dataclass
class Sheet:
    """A picture being drawn: paper, then mark upon mark."""

    title: str
    description: str
    wide: int
    high: int
    marks: list[str] = field(default_factory=list)

    def path(self, d: str, **paint: str) -> None:
        told = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in paint.items())
        self.marks.append(f'<path d="{d}"{told}/>')

    def dot(self, x: float, y: float, size: float, **paint: str) -> None:
        r = f"{size:.1f}"
        across = f"{2 * size:.1f}"
        d = f"M{x - size:.1f} {y:.1f}a{r} {r} 0 1 0 {across} 0a{r} {r} 0 1 0-{across} 0z"
        self.path(d, **paint)

    def square(self, x: float, y: float, size: float, **paint: str) -> None:
        side = 1.8 * size
        d = f"M{x - side / 2:.1f} {y - side / 2:.1f}h{side:.1f}v{side:.1f}h-{side:.1f}z"
        self.path(d, **paint)

    def ring(self, x: float, y: float, covariance: Floats, scale: float) -> None:
        spread, turn = np.linalg.eigh(covariance)
        radii = scale * np.sqrt(RING_OF_90 * spread)
        angle = -np.degrees(np.arctan2(turn[1, 1], turn[0, 1])) % 180
        self.marks.append(
            f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{radii[1]:.1f}" ry="{radii[0]:.1f}" '
            f'transform="rotate({angle:.0f} {x:.1f} {y:.1f})" fill="{ACCENT}" fill-opacity=".1" '
            f'stroke="{ACCENT}" stroke-width="2"/>'
        )

    def words(
        self, x: float, y: float, text: str, *, size: int = 15, anchor: str = "start", **paint: str
    ) -> None:
        told = {"fill": PRINT.ink, **{k.replace("_", "-"): v for k, v in paint.items()}}
        rest = "".join(f' {name}="{value}"' for name, value in told.items())
        self.marks.append(
            f'<text x="{x:.0f}" y="{y:.0f}" font-size="{size}" text-anchor="{anchor}"{rest}>'
            f"{escape(text)}</text>"
        )

    def svg(self) -> str:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.wide} {self.high}" '
            'role="img" aria-labelledby="title desc" '
            'font-family="Atkinson Hyperlegible, system-ui, sans-serif">'
            f'<title id="title">{escape(self.title)}</title>'
            f'<desc id="desc">{escape(self.description)}</desc>'
            f'<rect x=".5" y=".5" width="{self.wide - 1}" height="{self.high - 1}" rx="10" '
            f'fill="{PRINT.card}" stroke="{PRINT.rule}"/>' + "\n".join(self.marks) + "</svg>"
        )


ACCENT = PRINT.groups[1]
FAINT: dict[str, Any] = {"fill": PRINT.soft, "fill_opacity": ".35"}


@dataclass(frozen=True)
class Panel:
    """A square piece of a sheet on which a map is drawn, its middle in the middle."""

    x: float
    y: float
    side: float
    reach: float = 2.9  # standard deviations from the middle to the edge

    @property
    def scale(self) -> float:
        return self.side / 2 / self.reach

    def at(self, place: Iterable[float]) -> Point:
        across, up = place
        middle = self.side / 2
        return self.x + middle + across * self.scale, self.y + middle - up * self.scale

    def cross(self, sheet: Sheet) -> None:
        """The middle of the map, as two thin lines."""
        x, y = self.at((0, 0))
        d = f"M{x:.1f} {self.y:.0f}v{self.side:.0f}M{self.x:.0f} {y:.1f}h{self.side:.0f}"
        sheet.path(d, fill="none", stroke=PRINT.rule)


# The pictures


def a_handful_of_answers(votes: Votes) -> str:
    """Eight people, eight statements, and what each of them said."""
    sheet = Sheet(
        "A handful of answers",
        "A table of eight people and eight statements. A filled dot is agree, a cross disagree, a "
        "dash pass. Many boxes are empty: nobody answers everything.",
        620,
        352,
    )
    said = {(a, b): c for a, b, c in zip(*(column.tolist() for column in votes), strict=True)}
    names = ("Amina", "Bo", "Carys", "Dev", "Ewa", "Femi", "Grace", "Hugh")
    asked = (0, 4, 5, 7, 8, 10, 11, 13)
    for column in range(len(asked)):
        sheet.words(165 + 58 * column, 40, str(column + 1), anchor="middle", font_weight="700")
    for row, name in enumerate(names):
        y = 72 + 30 * row
        sheet.words(28, y + 5, name)
        sheet.path(f"M28 {y + 15}H592", fill="none", stroke=PRINT.rule)
        for column, statement in enumerate(asked):
            _mark(sheet, 165 + 58 * column, y, said.get((row, statement)))
    for x, vote, word in ((40, 1, "agree"), (150, -1, "disagree"), (280, 0, "pass")):
        _mark(sheet, x, 324, vote)
        sheet.words(x + 16, 329, word)
    sheet.words(370, 329, "empty: not answered", fill=PRINT.soft)
    return sheet.svg()


def _mark(sheet: Sheet, x: float, y: float, vote: int | None) -> None:
    if vote == 1:
        sheet.dot(x, y, 7, fill=PRINT.ink)
    elif vote == -1:
        d = f"M{x - 6} {y - 6}l12 12M{x + 6} {y - 6}l-12 12"
        sheet.path(d, fill="none", stroke=PRINT.ink, stroke_width="2.5")
    elif vote == 0:
        sheet.path(f"M{x - 7} {y}h14", fill="none", stroke=PRINT.soft, stroke_width="2.5")


def where_somebody_stands(votes: Votes) -> str:
    """One person's answers as steps, one after the other, from the middle to where they stand."""
    sheet = Sheet(
        "Where somebody stands",
        "A map with a faint dot for each of 80 people. Arrows lead from the middle, one for each "
        "answer of one person, and end at the dot where this person stands.",
        620,
        420,
    )
    panel, factors = Panel(110, 10, 400, 2.3), fit_factors(summarise(*votes))
    panel.cross(sheet)
    _crowd(sheet, panel, votes, factors)
    steps = _steps(votes, factors, SHOWN)
    way = np.vstack([[0.0, 0.0], np.cumsum(steps, axis=0)])
    for begin, end in pairwise(way.tolist()):
        _arrow(sheet, panel.at(begin), panel.at(end))
    x, y = panel.at(way[-1])
    sheet.dot(x, y, 8, fill=ACCENT, stroke=PRINT.card, stroke_width="2")
    sheet.words(20, 34, f"{len(steps)} answers,")
    sheet.words(20, 54, f"{len(steps)} steps")
    return sheet.svg()


def _steps(votes: Votes, factors: Factors, person: int) -> Floats:
    """What each answer of a person adds to where they stand (n, 2), the longest step first."""
    who, what, vote = votes
    mine = who == person
    asked, said = what[mine], vote[mine]
    parts = factors.mean[asked], factors.loadings[asked], factors.noise[asked]
    _, (xx, xy, yy) = place_of(said, *parts)
    pull = parts[1] / parts[2][:, np.newaxis] * (said - parts[0])[:, np.newaxis]
    steps: Floats = pull @ np.array([[xx, xy], [xy, yy]])
    return steps[np.argsort(-np.hypot(*steps.T))]


def _arrow(sheet: Sheet, begin: Point, end: Point) -> None:
    (x, y), (to_x, to_y) = begin, end
    length = float(np.hypot(to_x - x, to_y - y))
    if length < 1:
        return
    along = np.array([to_x - x, to_y - y]) / length
    aside, back = np.array([-along[1], along[0]]), min(7.0, 0.6 * length)
    left, right = np.array(end) - back * along + 3.5 * aside, np.array(end) - back * along
    right = right - 3.5 * aside
    head = f"M{left[0]:.1f} {left[1]:.1f}L{to_x:.1f} {to_y:.1f}L{right[0]:.1f} {right[1]:.1f}"
    sheet.path(
        f"M{x:.1f} {y:.1f}L{to_x:.1f} {to_y:.1f}{head}",
        fill="none",
        stroke=ACCENT,
        stroke_width="2",
    )


def _crowd(sheet: Sheet, panel: Panel, votes: Votes, factors: Factors) -> None:
    """Everybody as a faint dot."""
    who, what, vote = votes
    for person in range(PEOPLE):
        mine = who == person
        asked = what[mine]
        at, _ = place_of(
            vote[mine], factors.mean[asked], factors.loadings[asked], factors.noise[asked]
        )
        sheet.dot(*panel.at(at), 4, **FAINT)


def the_ring(votes: Votes) -> str:
    """The same person after two, six and all of their answers."""
    sheet = Sheet(
        "Few answers, wide ring",
        "Three maps of the same person. After two answers the ring around the dot is wide; after "
        "six it is narrower; after all of their answers it is small.",
        620,
        262,
    )
    factors = fit_factors(summarise(*votes))
    who, what, vote = votes
    mine = np.flatnonzero(who == SHOWN)
    for column, answered in enumerate((2, 6, mine.size)):
        panel = Panel(14 + 200 * column, 14, 192, 2.6)
        panel.cross(sheet)
        asked = what[mine[:answered]]
        at, (xx, xy, yy) = place_of(
            vote[mine[:answered]],
            factors.mean[asked],
            factors.loadings[asked],
            factors.noise[asked],
        )
        x, y = panel.at(at)
        sheet.ring(x, y, np.array([[xx, xy], [xy, yy]]), panel.scale)
        sheet.dot(x, y, 6, fill=ACCENT, stroke=PRINT.card, stroke_width="2")
        sheet.words(panel.x + 96, 240, f"after {answered} answers", anchor="middle")
    return sheet.svg()


def groups_only_where_they_stand_apart(cloud: Votes, camps: Votes) -> str:
    """One cloud beside two groups, each as the map tells it."""
    sheet = Sheet(
        "Groups only where they stand apart",
        "Two maps. Left, one cloud of people without letters: no distinct groups. Right, two "
        "groups, A as dots and B as squares; a few hollow dots are people between groups.",
        620,
        342,
    )
    for x, votes in ((10, cloud), (320, camps)):
        found = map_opinions(*votes)
        panel = Panel(x, 10, 290, 2.3)
        panel.cross(sheet)
        _members(sheet, panel, found)
        sheet.words(x + 145, 325, _told(found), anchor="middle")
    return sheet.svg()


def _members(sheet: Sheet, panel: Panel, found: OpinionMap) -> None:
    for person, place in sorted(found.positions.items()):
        x, y = panel.at(place)
        group = found.groups[person]
        if found.k == 1:
            sheet.dot(x, y, 4.5, **FAINT)
        elif group is None:
            sheet.dot(x, y, 3.5, fill=PRINT.card, stroke=PRINT.soft)
        else:
            shape = sheet.dot if group == "A" else sheet.square
            shape(x, y, 4.5, fill=PRINT.groups["AB".index(group)], fill_opacity=".85")


def _told(found: OpinionMap) -> str:
    if found.k == 1:
        return "one cloud: no distinct groups"
    between = sum(found.groups[who] is None for who in found.groups)
    return f"two groups, and {between} people in neither"


def common_ground(votes: Votes) -> str:
    """Shares of agreement in both groups, with what we can be sure of."""
    found = map_opinions(*votes)
    sheet = Sheet(
        "Common ground and a divide",
        "Four statements. For each, where the share of group A, a dot, and of group B, a square, "
        "lie between none and all, with a line down to what we can be sure of. On the first two "
        "both lines stay above one half: common ground. On the last two the groups lie apart.",
        620,
        286,
    )
    told = [line.statement for line in found.common_ground[:2]]
    told += [line.statement for line in found.divides[5:11:5]]  # not the starkest ones
    _scale(sheet)
    for row, statement in enumerate(told):
        y = 66 + 52 * row
        word = "common ground" if row < 2 else "divide"
        sheet.words(24, y + 9, word, fill=PRINT.soft)
        for step, (group, colour) in enumerate(zip("AB", PRINT.groups, strict=False)):
            held = found.by_statement[statement][group]
            _share(sheet, y + 14 * step, held.agree_share or 0.0, held.agree_bound, group, colour)
    return sheet.svg()


def _scale(sheet: Sheet) -> None:
    left, wide = 170, 420
    sheet.marks.append(
        f'<rect x="{left + wide // 2}" y="40" width="{wide // 2}" height="212" '
        f'fill="{PRINT.rule}" fill-opacity=".45"/>'
    )
    marks: Sequence[tuple[float, str]] = ((0, "nobody"), (0.5, "half"), (1, "everybody"))
    for share, word in marks:
        x = left + wide * share
        sheet.path(f"M{x:.0f} 40v212", fill="none", stroke=PRINT.rule)
        sheet.words(min(x, 572), 28, word, anchor="middle")
    sheet.words(24, 275, "A", font_weight="700")
    sheet.dot(44, 270, 5, fill=PRINT.groups[0])
    sheet.words(64, 275, "B", font_weight="700")
    sheet.square(84, 270, 5, fill=PRINT.groups[1])
    sheet.words(170, 275, "mark: who agreed; line: down to what is sure", fill=PRINT.soft)


def _share(sheet: Sheet, y: float, share: float, bound: float, group: str, colour: str) -> None:
    x, low = 170 + 420 * share, 170 + 420 * bound
    sheet.path(f"M{low:.1f} {y}H{x:.1f}", fill="none", stroke=colour, stroke_width="2.5")
    shape = sheet.dot if group == "A" else sheet.square
    shape(x, y, 5.5, fill=colour)


if __name__ == "__main__":
    main()
