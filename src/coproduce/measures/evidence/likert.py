"""How did those linked answer each question, before and after?"""

from collections.abc import Iterator

import numpy as np

from coproduce.analysis.disclosure import HIDDEN, has_base, shown_counts
from coproduce.formats.charts.facts import facts_of
from coproduce.formats.charts.likert_bars import (
    FEWEST_POINTS,
    MOST_POINTS,
    Answers,
    LikertBars,
    Question,
)
from coproduce.formats.charts.words import Count
from coproduce.formats.instruments.record import Instrument, Item, Kind, Scale, in_language
from coproduce.measures.evidence.comparing import Both
from coproduce.measures.evidence.reading import Ints, Rows
from coproduce.measures.evidence.wording import CHART, Told
from coproduce.trust.figures import Content

ANSWERS = "answers"


def bars(both: Both) -> Iterator[Told]:
    """A figure for each scale of an instrument: its questions that ten people answered twice."""
    for instrument in both.shared():
        for scale in instrument.scales:
            if FEWEST_POINTS <= len(scale.points) <= MOST_POINTS:
                questions = tuple(_questions(both, instrument, scale))
                if questions:
                    yield _told(instrument, scale, questions)


def _questions(both: Both, instrument: Instrument, scale: Scale) -> Iterator[Question]:
    points = len(scale.points)
    for at, item in enumerate(instrument.items):
        if not _is_of(item, scale):
            continue
        codes = [_codes(rows, instrument, at, both.linked) for rows in (both.before, both.after)]
        twice = np.all([(code > 0) & (code <= points) for code in codes], axis=0)
        if has_base(int(twice.sum())):
            before, after = (_answers(code[twice], points) for code in codes)
            yield Question(in_language(item.wording, "en"), before, after)


def _is_of(item: Item, scale: Scale) -> bool:
    return item.kind == Kind.SCALE and item.scale == scale.code and not item.sensitive


def _codes(rows: Rows, instrument: Instrument, at: int, linked: Ints) -> Ints:
    """The codes of one item, of those linked, in the order of `linked`."""
    where = np.searchsorted(rows.people, linked)
    codes: Ints = rows.of(instrument)[where, at].astype(np.int64)
    return codes


def _answers(codes: Ints, points: int) -> Answers:
    """How many chose each point, as it may be printed beside how many answered."""
    counted = np.bincount(codes - 1, minlength=points)
    labelled = {str(at): int(count) for at, count in enumerate(counted)}
    shown = shown_counts(labelled) or dict.fromkeys(labelled, HIDDEN)
    counts: tuple[Count, ...] = tuple(
        HIDDEN if count == HIDDEN else int(count) for count in shown.values()
    )
    return Answers(int(codes.size), counts)


def _told(instrument: Instrument, scale: Scale, questions: tuple[Question, ...]) -> Told:
    labels = tuple(in_language(point.label, "en") for point in scale.points)
    title = in_language(instrument.title, "en")
    asked = f"{len(questions)} question{'s' if len(questions) > 1 else ''}"
    content = Content(
        title=f"Answer by answer: {title}",
        sentence=f"How people answered {asked} of “{title}”, before and after.",
        about="Of each question, only those are counted who answered it both times.",
        columns=("Question", "When", *labels),
        rows=tuple(
            (question.words, when, *map(str, answers.counts))
            for question in questions
            for when, answers in question.waves
        ),
        facts={"stands": True, CHART: facts_of(LikertBars(title, labels, questions))},
        is_folded=True,
    )
    return Told(ANSWERS, f"{instrument.name}:{scale.code}", content)
