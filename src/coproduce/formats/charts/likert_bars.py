"""What did people answer, before and after? Bars to both sides of a middle line, with numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from coproduce.analysis import NotEnough, has_base
from coproduce.formats.charts.chart import Cell, Chart, Form, Sheet, chart_of, too_few
from coproduce.formats.charts.layout import spread_out
from coproduce.formats.charts.lettering import width_of
from coproduce.formats.charts.pencil import LINE, SMALL, Block, box, hatched, line, word
from coproduce.formats.charts.words import (
    HIDDEN,
    Count,
    checked,
    listed,
    number,
    people,
    refuse_one_hidden,
)

FEWEST_POINTS, MOST_POINTS = 2, 7  # more answers than that are told by their mean
_HOW = (
    "Each bar is one wave: the lower answers to the left of a middle line, the higher ones to the "
    "right, the middle answer half and half. Numbers are people."
)
_KEPT_BACK = (
    f"{HIDDEN}: kept back, so that nobody can be singled out. How wide it is drawn says nothing."
)
_BAR, _HATCH = 26, 30  # how high a bar is; how wide a hidden part is, whatever it holds
_NAMES = {True: 80, False: 96}  # room for "before" and how many, narrow or wide


@dataclass(frozen=True)
class Answers:
    """How many of `people` gave each answer, from lowest to highest; "[c]" where kept back."""

    people: int
    counts: tuple[Count, ...]

    def __post_init__(self) -> None:
        shown = [count for count in map(checked, self.counts) if isinstance(count, int)]
        refuse_one_hidden(self.counts, self.people)
        if sum(shown) > self.people or (HIDDEN not in self.counts and sum(shown) != self.people):
            raise ValueError(f"Answers of {sum(shown)} people are not those of {self.people}.")


@dataclass(frozen=True)
class Question:
    """A question with its answers before and, once there are some, after."""

    words: str
    before: Answers
    after: Answers | None = None

    @property
    def waves(self) -> tuple[tuple[str, Answers], ...]:
        after = (("after", self.after),) if self.after else ()
        return (("before", self.before), *after)

    @property
    def fewest(self) -> int:
        """How many people answered in the wave with fewer."""
        return min(wave.people for _, wave in self.waves)


@dataclass(frozen=True)
class LikertBars:
    """Questions that share one set of answers: `points`, in words, from lowest to highest.

    `left_out`: how many more questions there are, with too few people in a wave to be shown.
    """

    title: str
    points: tuple[str, ...]
    questions: tuple[Question, ...]
    left_out: int = 0

    def __post_init__(self) -> None:
        if not FEWEST_POINTS <= len(self.points) <= MOST_POINTS:
            raise ValueError(
                f"{len(self.points)} answers cannot be drawn as bars: "
                f"{FEWEST_POINTS} to {MOST_POINTS} can."
            )
        for question in self.questions:
            if any(len(wave.counts) != len(self.points) for _, wave in question.waves):
                raise ValueError(f"“{question.words}” has not one count for each answer.")

    def as_shown(self) -> "LikertBars":
        """Without the questions that too few people answered in a wave; these are counted."""
        shown = tuple(each for each in self.questions if has_base(each.fewest))
        left_out = self.left_out + len(self.questions) - len(shown)
        return replace(self, questions=shown, left_out=left_out)

    @property
    def upper(self) -> tuple[str, ...]:
        """The answers above the middle."""
        return self.points[(len(self.points) + 1) // 2 :]


def draw_likert_bars(bars: LikertBars, *, prefix: str) -> Chart | NotEnough:
    """A question with too few people in either wave is left out; with none left it is refused."""
    refused = too_few(each.fewest for each in bars.questions)
    if refused:
        return refused
    shown = bars.as_shown()
    return chart_of(
        lambda form: _sheet(shown, form),
        prefix=prefix,
        title=bars.title,
        sentence=_sentence(shown),
        how_to_read=_HOW,
        columns=("Question", "When", *bars.points, "People"),
        rows=[row for question in shown.questions for row in _rows(question)],
    )


def _rows(question: Question) -> Iterator[tuple[Cell, ...]]:
    for when, wave in question.waves:
        yield (question.words, when, *wave.counts, wave.people)


def _sentence(bars: LikertBars) -> str:
    shown = bars.questions
    answers = " or ".join(f"“{point}”" for point in bars.upper)
    rest = f" {bars.left_out} more had too few people to be drawn." if bars.left_out else ""
    if len(shown) == 1:
        return _of_one(shown[0], bars, answers) + rest
    tallies = [_compared(question, bars) for question in shown]
    told = [
        words.format(tallies.count(way))
        for way, words in (
            ("larger", "larger after than before in {}"),
            ("smaller", "smaller in {}"),
            ("same", "the same in {}"),
            ("hidden", "not told in {}, since answers are kept back"),
            ("once", "asked only once in {}"),
        )
        if way in tallies
    ]
    return (
        f"The share who answered {answers} was, of {len(shown)} questions, {'; '.join(told)}.{rest}"
    )


def _of_one(question: Question, bars: LikertBars, answers: str) -> str:
    told = []
    for when, wave in question.waves:
        above = _above(wave, bars)
        if above is None:
            return f"“{question.words}”: some answers are kept back, so none are added up."
        told.append(f"{above} of {people(wave.people)} {when}")
    return f"“{question.words}”: {listed(told)} answered {answers}."


def _compared(question: Question, bars: LikertBars) -> str:
    """How the share above the middle went."""
    if question.after is None:
        return "once"
    before, after = _above(question.before, bars), _above(question.after, bars)
    if before is None or after is None:
        return "hidden"
    difference = after * question.before.people - before * question.after.people
    return "same" if difference == 0 else "larger" if difference > 0 else "smaller"


def _above(wave: Answers, bars: LikertBars) -> int | None:
    """How many answered above the middle, None where some of them are kept back."""
    counts = wave.counts[len(bars.points) - len(bars.upper) :]
    shown = [count for count in counts if isinstance(count, int)]
    return sum(shown) if len(shown) == len(counts) else None


@dataclass(frozen=True)
class _Ground:
    """Where the bars go: the middle line, and how wide one in all of a wave's people is."""

    start: float
    middle: float
    whole: float

    def width(self, count: Count, of: int) -> float:
        return self.whole * count / of if isinstance(count, int) else _HATCH


def _sheet(bars: LikertBars, form: Form) -> Sheet:
    ground = _ground(bars.questions, form)
    key = _key(bars, form)
    marks, down = [key.marks], key.height + 14
    for place, question in enumerate(bars.questions):
        down += 18 if place else 0
        words = Block.of(question.words, form.width, bold=True)
        marks.append(words.at(0, down))
        down += words.height + 8
        for when, wave in question.waves:
            row = _bar(when, wave, ground, down)
            marks.append(row.marks)
            down += row.height + 9
    return Sheet("".join(marks), down + 4)


def _ground(shown: Sequence[Question], form: Form) -> _Ground:
    """One ground for all bars, as wide as lets the longest on either side fit."""
    start = float(_NAMES[form.is_narrow])
    room = form.width - start - 2
    sides = [_reach(wave) for question in shown for _, wave in question.waves]
    lefts, rights = ([side[which] for side in sides] for which in (0, 1))
    whole = min(
        (room - left.hatched - right.hatched) / (left.share + right.share or 1.0)
        for left in lefts
        for right in rights
    )
    return _Ground(start, start + max(left.share * whole + left.hatched for left in lefts), whole)


@dataclass(frozen=True)
class _Reach:
    """How far a bar goes to one side: a share of its people, and a width for what is hidden."""

    share: float
    hatched: float


def _reach(wave: Answers) -> tuple[_Reach, _Reach]:
    """To the left, and to the right."""
    reach = []
    for counts in (wave.counts, wave.counts[::-1]):
        side = counts[: len(counts) // 2]
        middle = counts[len(side)] if len(counts) % 2 else 0
        shown = sum(count for count in side if isinstance(count, int))
        half = middle / 2 if isinstance(middle, int) else 0
        hidden = sum(count == HIDDEN for count in side) + (middle == HIDDEN) / 2
        reach.append(_Reach((shown + half) / wave.people, hidden * _HATCH))
    return reach[0], reach[1]


def _bar(when: str, wave: Answers, ground: _Ground, top: float) -> Sheet:
    parts = list(_parts(wave, ground))
    tight = [part for part in parts if not part.holds_number]
    lifted = 16.0 if tight else 0.0
    at = top + lifted
    above = at if tight else at - 4
    marks = [
        # Under the bar, on whose middle many a number stands; not through those above it.
        line(ground.middle, above, ground.middle, at + _BAR + 5, "zero"),
        word(0, at + 12, when, size=SMALL, bold=True),
        word(0, at + 26, people(wave.people), "note", size=12.5),
        *(part.drawn(at) for part in parts),
    ]
    wanted = [(part.left + part.wide / 2, width_of(part.told, SMALL)) for part in tight]
    spots = spread_out(wanted, start=ground.start, end=parts[-1].left + 200, gap=5)
    marks += [
        word(spot, at - 4, part.told, size=SMALL, anchor="middle")
        for spot, part in zip(spots or (), tight, strict=False)
    ]
    return Sheet("".join(marks), lifted + _BAR)


@dataclass(frozen=True)
class _Part:
    """One answer of a bar."""

    left: float
    wide: float
    count: Count
    tone: str
    ink: str

    @property
    def told(self) -> str:
        return number(self.count)

    @property
    def holds_number(self) -> bool:
        return width_of(self.told, SMALL, bold=True) + 4 <= self.wide

    def drawn(self, top: float) -> str:
        middle, base = self.left + self.wide / 2, top + _BAR / 2 + 5
        if self.count == HIDDEN:
            plate = box(middle - 10, top + 4, 20, _BAR - 8, "plate")
            return (
                hatched(self.left + 1, top, self.wide - 2, _BAR)
                + plate
                + word(middle, base, HIDDEN, size=SMALL, anchor="middle")
            )
        drawn = box(self.left, top, self.wide, _BAR, self.tone)
        if self.holds_number:
            drawn += word(middle, base, self.told, self.ink, size=SMALL, bold=True, anchor="middle")
        return drawn


def _parts(wave: Answers, ground: _Ground) -> Iterator[_Part]:
    """The answers somebody gave, from the left; together they lie about the middle line."""
    tones = list(_tones(len(wave.counts)))
    widths = [ground.width(count, wave.people) for count in wave.counts]
    half = len(widths) // 2
    left = ground.middle - sum(widths[:half])
    if len(widths) % 2:
        left -= widths[half] / 2
    for count, wide, (tone, ink) in zip(wave.counts, widths, tones, strict=True):
        if count:
            yield _Part(left, wide, count, tone, ink)
        left += wide


def _tones(points: int) -> Iterator[tuple[str, str]]:
    """The paint of each answer and of the words on it: stronger towards both ends."""
    strengths = {1: (2,), 2: (1, 3), 3: (1, 2, 3)}[points // 2]
    for strength in reversed(strengths):
        yield f"low-{strength}", f"on-{strength}"
    if points % 2:
        yield "middle", "on-1"
    for strength in strengths:
        yield f"high-{strength}", f"on-{strength}"


def _key(bars: LikertBars, form: Form) -> Sheet:
    """The answers in words, in the order of the bars."""
    marks = [word(0, 13, "From left to right:", "note", size=SMALL)]
    x, y = width_of("From left to right:", SMALL) + 14, 0.0
    for point, (tone, _) in zip(bars.points, _tones(len(bars.points)), strict=True):
        block = Block.of(point, form.width - 24, size=SMALL, most=2)
        if x + 20 + block.width > form.width:
            x, y = 0.0, y + 20
        marks += [box(x, y + 1.5, 14, 14, tone), block.at(x + 20, y)]
        y += max(block.height - SMALL * LINE, 0)
        x += 20 + block.width + 16
    down = y + 20
    if any(HIDDEN in wave.counts for question in bars.questions for _, wave in question.waves):
        note = Block.of(_KEPT_BACK, form.width - 28, size=SMALL, paint="note")
        marks += [hatched(0, down + 2, 20, 13), note.at(28, down)]
        down += note.height + 2
    return Sheet("".join(marks), down)
