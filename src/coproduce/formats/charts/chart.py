"""What is a chart here? Two drawings of one thing, its table, its sentence; or too few people."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from coproduce.analysis import NotEnough, has_base
from coproduce.analysis.disclosure import DEFAULT_POLICY
from coproduce.formats.charts.pencil import escaped

Cell = str | int | float | None
# For readers that know no stylesheet; a page's own rule for words in pictures goes before.
_FONTS = "Atkinson Hyperlegible Next, Atkinson Hyperlegible, sans-serif"
PEOPLE_NEEDED = DEFAULT_POLICY.smallest_public_base


@dataclass(frozen=True)
class Form:
    """The paper that a chart is drawn on: `WIDE` for desk and print, `NARROW` for a phone."""

    name: str
    width: float

    @property
    def is_narrow(self) -> bool:
        return self is NARROW


WIDE = Form("wide", 720)
NARROW = Form("narrow", 330)  # at 320 pixels the words are an eighth smaller than drawn


class Svg(str):
    """An `<svg>` element whose words are escaped already: a template sets it as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


@dataclass(frozen=True)
class Sheet:
    """What was drawn on a form, from the top down, and how far down that goes."""

    marks: str
    height: float


@dataclass(frozen=True)
class Chart:
    """A chart as a page needs it.

    `svg` and `narrow` are one picture in two forms, of which the stylesheet shows one; `svg` alone
    is enough where there is no stylesheet. `columns` and `rows` say the same as a table, the first
    cell of a row heads it; `sentence` says it in plain words.
    """

    title: str
    desc: str
    sentence: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    svg: Svg
    narrow: Svg


def chart_of(
    draw: Callable[[Form], Sheet],
    *,
    prefix: str,
    title: str,
    sentence: str,
    how_to_read: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Cell]],
) -> Chart:
    """Both forms of a picture with what a screen reader hears. `prefix` begins all ids within."""
    desc = f"{sentence} {how_to_read} The table says the same."

    def drawn(form: Form) -> Svg:
        return _svg(form, draw(form), name=f"{prefix}-{form.name}", title=title, desc=desc)

    return Chart(
        title=title,
        desc=desc,
        sentence=sentence,
        columns=tuple(columns),
        rows=tuple(tuple(row) for row in rows),
        svg=drawn(WIDE),
        narrow=drawn(NARROW),
    )


def too_few(people: Iterable[int]) -> NotEnough | None:
    """A refusal where the largest of these counts of people is too small to be shown (rule R1)."""
    most = max(people, default=0)
    return None if has_base(most) else NotEnough(people=most, needed=PEOPLE_NEEDED)


def refusal(found: NotEnough) -> str:
    """What stands in the place of a picture that is not drawn; it gives no number away.

    >>> refusal(NotEnough(people=7, needed=10))
    'Too few people to draw: shown from 10 on.'
    """
    return f"Too few people to draw: shown from {found.needed} on."


def _svg(form: Form, sheet: Sheet, *, name: str, title: str, desc: str) -> Svg:
    name = escaped(name)
    width, height = f"{form.width:g}", f"{sheet.height:.0f}"
    return Svg(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="plot {form.name}" '
        f'viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-family="{_FONTS}" role="img" aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escaped(title)}</title>'
        f'<desc id="{name}-desc">{escaped(desc)}</desc>{sheet.marks}</svg>'
    )
