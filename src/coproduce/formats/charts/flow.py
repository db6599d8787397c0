"""Who was asked, who answered, who stayed? From everybody invited to those who can be compared."""

from collections.abc import Iterator
from dataclasses import dataclass

from coproduce.analysis import NotEnough
from coproduce.formats.charts.chart import Chart, Form, Sheet, chart_of, too_few
from coproduce.formats.charts.lettering import width_of
from coproduce.formats.charts.pencil import LINE, SMALL, TEXT, Block, box, hatched, word
from coproduce.formats.charts.words import HIDDEN, Count, checked, number, people

_HOW = (
    "One bar for each step, as long as there are people; those who left stand where they are "
    "missing, behind those who can be compared."
)
_KEPT_BACK = "How long a striped bar is drawn says nothing of how many people it stands for."
_INVITED, _BEFORE, _AFTER = "Invited", "Answered before", "Answered after"
_LINKED, _LEFT = "Answered both times, linked", "Left: before, but not after"
# The nearer to what can be compared, the darker.
_PAINTS = {_INVITED: "ghost", _BEFORE: "tone", _AFTER: "tone", _LINKED: "block", _LEFT: "missing"}
_BAR, _HATCH = 24, 56  # how high a bar is; how long a hidden one is, whatever it holds


@dataclass(frozen=True)
class Flow:
    """How many people there were at each step, "[c]" where kept back.

    `invited` is None where nobody counted them (an open link). `linked` answered both times and
    can be compared; `left` answered before and not after, or cannot be linked.
    """

    title: str
    invited: Count | None
    before: Count
    after: Count
    linked: Count
    left: Count

    def __post_init__(self) -> None:
        steps = [self.before, self.after, self.linked, self.left]
        for count in steps if self.invited is None else [self.invited, *steps]:
            checked(count)
        if _is_more(self.linked, self.before) or _is_more(self.linked, self.after):
            raise ValueError(f"{self.linked} linked people are more than answered in a wave.")
        if [self.before, self.linked, self.left].count(HIDDEN) == 1:
            raise ValueError(
                "Those linked and those who left make up those who answered before: one hidden "
                "count of the three can be worked out, hide a second."
            )

    @property
    def steps(self) -> tuple[tuple[str, Count], ...]:
        invited = ((_INVITED, self.invited),) if self.invited is not None else ()
        return (
            *invited,
            (_BEFORE, self.before),
            (_AFTER, self.after),
            (_LINKED, self.linked),
            (_LEFT, self.left),
        )


def _is_more(some: Count, of: Count) -> bool:
    return isinstance(some, int) and isinstance(of, int) and some > of


def draw_flow(flow: Flow, *, prefix: str) -> Chart | NotEnough:
    """Refused where fewer than ten people answered before, or where that is kept back."""
    refused = too_few([flow.before if isinstance(flow.before, int) else 0])
    if refused:
        return refused
    return chart_of(
        lambda form: _sheet(flow, form),
        prefix=prefix,
        title=flow.title,
        sentence=_sentence(flow),
        how_to_read=_HOW,
        columns=("Step", "People"),
        rows=flow.steps,
    )


def _sentence(flow: Flow) -> str:
    invited = (
        f"Of {people(flow.invited)} invited, {number(flow.before)} answered before"
        if flow.invited is not None
        else f"{people(flow.before)} answered before"
    )
    told = (
        f"{invited} and {number(flow.after)} after; {number(flow.linked)} answered both times and "
        f"can be compared, {number(flow.left)} left."
    )
    if any(count == HIDDEN for _, count in flow.steps):
        told += f" {HIDDEN} is kept back, so that nobody can be singled out."
    return told


@dataclass(frozen=True)
class _Place:
    """Where bars begin and end on a form; a number may follow the longest."""

    start: float
    end: float
    most: int

    @classmethod
    def on(cls, form: Form, flow: Flow) -> "_Place":
        counts = [count for _, count in flow.steps if isinstance(count, int)]
        widest = max(width_of(number(count), 18, bold=True) for count in counts)
        return cls(0 if form.is_narrow else 232, form.width - widest - 10, max(counts))

    def length(self, count: Count) -> float:
        if not isinstance(count, int):
            return _HATCH
        return (self.end - self.start) * count / self.most


def _sheet(flow: Flow, form: Form) -> Sheet:
    place = _Place.on(form, flow)
    marks, down = [], 2.0
    for name, count in flow.steps:
        if form.is_narrow:
            marks.append(word(0, down + TEXT, name))
            down += TEXT * LINE + 5
        else:
            marks.append(word(0, down + _BAR / 2 + 5, name))
        marks.extend(_step(flow, name, count, place, down))
        down += _BAR + (12 if form.is_narrow else 11)
    if all(count != HIDDEN for _, count in flow.steps):
        return Sheet("".join(marks), down - 6)
    note = Block.of(_KEPT_BACK, form.width, size=SMALL, paint="note")
    return Sheet("".join(marks) + note.at(0, down), down + note.height + 4)


def _step(flow: Flow, name: str, count: Count, place: _Place, top: float) -> Iterator[str]:
    start = place.start
    if name == _LEFT and _completes(flow):
        start += place.length(flow.linked)
    length = place.length(count)
    if count == HIDDEN:
        yield hatched(start, top, length, _BAR)
    else:
        yield box(start, top, length, _BAR, _PAINTS[name])
    yield word(start + length + 8, top + _BAR / 2 + 6.5, number(count), size=18, bold=True)


def _completes(flow: Flow) -> bool:
    """Whether those linked and those who left are all who answered before."""
    parts = (flow.before, flow.linked, flow.left)
    before, linked, left = (count if isinstance(count, int) else -1 for count in parts)
    return min(before, linked, left) >= 0 and linked + left == before
