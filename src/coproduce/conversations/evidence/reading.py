"""What is out? The figures of the newest release, arranged for a page, a screen or a PDF."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe

from coproduce.conversations.evidence.answers import HELD_BACK
from coproduce.conversations.models import Conversation
from coproduce.formats.picture import (
    PRINT,
    SCREEN,
    Dot,
    Landmark,
    Palette,
    You,
    draw_map,
    draw_ring,
)
from coproduce.formats.rings import Ring
from coproduce.trust import releases
from coproduce.trust.figures import Content, content_of
from coproduce.trust.models import Figure, Release


@dataclass(frozen=True)
class Side:
    """One group's share on one side of a divide."""

    letter: str
    share: str
    tenths: int

    @property
    def percent(self) -> int:
        return self.tenths * 10


@dataclass(frozen=True)
class Line:
    """A statement with what the groups hold of it, and the figure behind it."""

    figure: UUID
    number: int
    words: str
    share: str
    answered: str = ""
    tenths: int = 0
    sides: tuple[Side, ...] = ()

    @property
    def percent(self) -> int:
        return self.tenths * 10


@dataclass(frozen=True)
class Voice:
    """A statement on which a group stands apart, in words."""

    number: str
    words: str
    share: str
    elsewhere: str
    tested: str


@dataclass(frozen=True)
class Group:
    """People who answer alike, as a portrait."""

    figure: UUID
    letter: str
    size: str
    share: str
    voices: tuple[Voice, ...]


@dataclass(frozen=True)
class Hands:
    """A show of hands for one statement."""

    figure: UUID
    number: int
    words: str
    agree: str
    disagree: str
    neither: str


@dataclass(frozen=True)
class Counts:
    """Who took part, by one thing that people said of themselves."""

    figure: UUID
    title: str
    rows: tuple[tuple[str, str], ...]
    nobody: tuple[str, ...]
    limits: tuple[str, ...]


@dataclass(frozen=True)
class NotYet:
    """What cannot be said yet: statements and where they lack answers, with the figure behind."""

    figure: UUID
    sentence: str
    about: str
    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class HangsOnFew:
    """What would stand without odd answers, with the figure behind."""

    figure: UUID
    rows: tuple[tuple[str, str, str], ...]
    limits: tuple[str, ...]


@dataclass(frozen=True)
class Pin:
    """A statement that can be shown on the map, and towards where its friends stand."""

    number: int
    words: str
    x: float
    y: float

    @property
    def towards(self) -> str:
        """Where its mark stands, in words."""
        if self.x == self.y == 0:
            return "the middle"
        across, up = ("right" if self.x > 0 else "left"), ("top" if self.y > 0 else "bottom")
        if abs(self.x) > 2 * abs(self.y):
            return f"the {across}"
        return f"the {up}" if abs(self.y) > 2 * abs(self.x) else f"the {up} {across}"


@dataclass(frozen=True)
class TypicalRing:
    """How sure the picture is of people with so many answers, and how many people those are."""

    answers: str
    people: str
    ring: Ring


@dataclass(frozen=True)
class Model:
    """What places somebody on a picture by their answers, each by the number of its statement.

    `mean` vote; `loadings`: how much a vote changes for one step on each axis; `noise`: variance
    that the axes leave over. `unit`: how long one step of the grid is, in the units of the model.
    """

    mean: Mapping[int, float]
    loadings: Mapping[int, tuple[float, float]]
    noise: Mapping[int, float]
    unit: float


@dataclass(frozen=True)
class Picture:
    """The map: its places, ready to be drawn (none where none may be shown), and what it says.

    `middles` of the groups, by letter; `rings` from few answers to many; `between`: how many
    people stand between groups. These and `model` are empty in pictures that tell nothing of them.
    """

    figure: UUID
    title: str
    sentence: str
    about: str
    limits: tuple[str, ...]
    dots: tuple[Dot, ...]
    can_be_pinned: tuple[Pin, ...]
    middles: Mapping[str, tuple[float, float]]
    rings: tuple[TypicalRing, ...]
    between: str
    model: Model | None

    def drawn(
        self,
        prefix: str = "map",
        *,
        palette: Palette = SCREEN,
        pins: Sequence[int] = (),
        you: You | None = None,
        is_forming: bool = False,
    ) -> SafeString:
        """The picture as SVG; `pins`: numbers of statements to be marked, `you`: whoever looks."""
        marked = [
            Landmark(each.x, each.y, str(each.number))
            for each in self.can_be_pinned
            if each.number in pins
        ]
        svg = draw_map(
            self.dots,
            title=self.title,
            description=f"{self.sentence} The table says the same.",
            prefix=prefix,
            landmarks=marked,
            you=you,
            is_forming=is_forming,
            palette=palette,
        )
        return mark_safe(svg)  # noqa: S308  drawn by us from numbers; its words are escaped

    @property
    def svg(self) -> SafeString:
        return self.drawn()

    @property
    def together(self) -> SafeString:
        """Everybody in one tone: the picture before anybody is told apart."""
        svg = draw_map(
            [replace(dot, group=None) for dot in self.dots],
            title=self.title,
            description="Everybody in one tone. Those who answer alike stand close together.",
            prefix="map",
        )
        return mark_safe(svg)  # noqa: S308  drawn by us from numbers; its words are escaped

    @property
    def forming(self) -> SafeString:
        """Groups told apart, over everybody in one tone, so that a screen can fade across."""
        return self.drawn(is_forming=True)

    @property
    def how_sure(self) -> list[tuple[TypicalRing, SafeString]]:
        """Each typical ring with its picture, all of one scale."""
        widest = max((each.ring for each in self.rings), key=lambda ring: ring.radii, default=None)
        drawn = (draw_ring(each.ring, self.dots, widest=widest) for each in self.rings)
        return [
            (typical, mark_safe(picture))  # noqa: S308  only numbers
            for typical, picture in zip(self.rings, drawn, strict=True)
        ]

    @property
    def for_print(self) -> SafeString:
        return self.drawn("print", palette=PRINT)


@dataclass(frozen=True)
class PublishedMap:
    """All that one release says, and nothing that a figure does not stand behind."""

    release: UUID
    number: int
    at: datetime
    is_last: bool
    people: int
    answers: int
    paper: str
    turnout: UUID
    limits: tuple[str, ...]
    how: tuple[str, ...]
    method: str
    consent_basis: str
    kept_back: tuple[str, ...]
    picture: Picture
    groups: tuple[Group, ...]
    common_ground: tuple[Line, ...]
    rejected: tuple[Line, ...]
    divides: tuple[Line, ...]
    splits: tuple[Line, ...]
    not_yet: NotYet | None
    hangs_on_few: HangsOnFew | None
    hands: tuple[Hands, ...]
    took_part: tuple[Counts, ...]
    every_statement: UUID
    how_chosen: UUID | None  # told once, with the last picture

    @property
    def stands_from_the_room(self) -> bool:
        """Whether this is the last picture, though some people are not in it."""
        return self.is_last and any(HELD_BACK in kept for kept in self.kept_back)


def latest(conversation: Conversation) -> PublishedMap | None:
    """What the newest release of this conversation says; None while nothing is out."""
    release = releases.newest(conversation.thing)
    return None if release is None else read(release)


def read(release: Release) -> PublishedMap:
    """One release, from its figures alone."""
    figures = list(release.figures.all())
    turnout = _of_kind(figures, "turnout")[0]
    every = _of_kind(figures, "statements")[0]
    facts = turnout.value["facts"]
    return PublishedMap(
        release=release.id,
        number=release.number,
        at=release.at,
        is_last=release.is_last,
        people=facts["people"],
        answers=facts["answers"],
        paper=facts["paper"],
        turnout=turnout.id,
        limits=tuple(turnout.value["limits"]),
        how=tuple(turnout.value["how"]),
        method=turnout.method,
        consent_basis=turnout.consent_basis,
        kept_back=tuple(f"{each['rows']} {each['why']}" for each in turnout.manifest["kept_back"]),
        picture=_picture(_of_kind(figures, "opinion_map")[0], every),
        groups=tuple(_group(figure) for figure in _of_kind(figures, "group")),
        common_ground=_lines(figures, "common_ground"),
        rejected=_lines(figures, "rejected_by_all"),
        divides=_lines(figures, "divide"),
        splits=_lines(figures, "split"),
        not_yet=next(map(_not_yet, _of_kind(figures, "not_yet")), None),
        hangs_on_few=next(map(_hangs_on_few, _of_kind(figures, "sensitivity")), None),
        hands=tuple(_hands(figure) for figure in _of_kind(figures, "show_of_hands")),
        took_part=tuple(_counts(figure) for figure in _of_kind(figures, "took_part")),
        every_statement=every.id,
        how_chosen=next((figure.id for figure in _of_kind(figures, "how_chosen")), None),
    )


def _of_kind(figures: Iterable[Figure], kind: str) -> list[Figure]:
    return [figure for figure in figures if figure.kind == kind]


def _lines(figures: Iterable[Figure], kind: str) -> tuple[Line, ...]:
    return tuple(_line(figure) for figure in _of_kind(figures, kind))


def _line(figure: Figure) -> Line:
    facts = figure.value["facts"]
    return Line(
        figure=figure.id,
        number=facts["number"],
        words=facts["words"],
        share=facts["share"],
        answered=facts.get("answered", ""),
        tenths=facts.get("tenths", 0),
        sides=tuple(Side(**side) for side in facts.get("sides", ())),
    )


def _group(figure: Figure) -> Group:
    facts = figure.value["facts"]
    return Group(
        figure=figure.id,
        letter=facts["letter"],
        size=facts["size"],
        share=facts["share"],
        voices=tuple(Voice(**voice) for voice in facts["voices"]),
    )


def _hands(figure: Figure) -> Hands:
    return Hands(figure=figure.id, **figure.value["facts"])


def _not_yet(figure: Figure) -> NotYet:
    content = content_of(figure)
    return NotYet(
        figure=figure.id,
        sentence=content.sentence,
        about=content.about,
        rows=_three(content),
    )


def _hangs_on_few(figure: Figure) -> HangsOnFew:
    content = content_of(figure)
    return HangsOnFew(figure=figure.id, rows=_three(content), limits=content.limits)


def _three(content: Content) -> tuple[tuple[str, str, str], ...]:
    return tuple((str(one), str(two), str(three)) for one, two, three in content.rows)


def _counts(figure: Figure) -> Counts:
    content = content_of(figure)
    return Counts(
        figure=figure.id,
        title=content.title,
        rows=tuple((str(label), str(number)) for label, number in content.rows),
        nobody=tuple(content.facts["nobody"]),
        limits=content.limits,
    )


def _picture(figure: Figure, every_statement: Figure) -> Picture:
    content = content_of(figure)
    words = {row[0]: row[1] for row in every_statement.value["rows"]}
    return Picture(
        figure=figure.id,
        title=content.title,
        sentence=content.sentence,
        about=content.about,
        limits=content.limits,
        dots=tuple(
            Dot(x, y, group or None)
            for x, y, group, people in figure.value["rows"]
            for _ in range(people)
        ),
        can_be_pinned=tuple(
            Pin(int(number), words[int(number)], x, y)
            for number, (x, y) in content.facts["directions"].items()
            if int(number) in words
        ),
        middles={letter: (x, y) for letter, (x, y) in content.facts.get("middles", {}).items()},
        rings=_rings(content.facts),
        between=content.facts.get("between", ""),
        model=_model(content.facts),
    )


def _rings(facts: Mapping[str, Any]) -> tuple[TypicalRing, ...]:
    """The typical rings in steps of the grid, as the places are."""
    return tuple(
        TypicalRing(each["answers"], each["people"], Ring(*each["ring"]).scaled(1 / facts["step"]))
        for each in facts.get("rings", ())
    )


def _model(facts: Mapping[str, Any]) -> Model | None:
    if not ("model" in facts and "means" in facts and "step" in facts):
        return None
    known = {int(number): part for number, part in facts["model"].items()}
    return Model(
        mean={number: facts["means"][str(number)] for number in known},
        loadings={number: (across, up) for number, (across, up, _) in known.items()},
        noise={number: noise for number, (_, _, noise) in known.items()},
        unit=facts["step"],
    )
