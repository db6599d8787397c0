"""What goes out when a wave is closed? One release with all of its figures, or the reason why not.

Nothing is live: what stands, stands until so many people have taken their answers back that
another picture tells on nobody. What rests on five to nine people is for the project's team alone.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from django.db import transaction

from coproduce import __version__
from coproduce.analysis import Change, paired_change
from coproduce.analysis.disclosure import HIDDEN, has_base, shown_count
from coproduce.measures.evidence import attrition, comparing, likert, wording
from coproduce.measures.evidence.comparing import Both, Pair, Scored
from coproduce.measures.evidence.wording import Told
from coproduce.measures.models import Survey, Wave
from coproduce.trust import figures, releases
from coproduce.trust.figures import Basis, Entry
from coproduce.trust.models import Figure, Release
from coproduce.trust.releases import Blocked

METHOD = "paired change between two waves"
HOW = (
    "Everybody answered under a code of their own, so that the same person's two sheets could be "
    "put beside each other without a name. Only people who answered both times are compared.",
    "The average change is the mean of after minus before; its interval is the 95 % t interval. "
    "How many moved is counted person by person. A score is made where at least half of its "
    "questions were answered.",
    "What somebody answered for another person is kept apart and is not in it. Neither is "
    "anything that was taken back before this was counted.",
    "Nothing is told of fewer than ten people. [c] stands for fewer than five of them, or hides "
    "a number from which such a one could be worked out.",
)
COUNTED_ANEW = "Somebody took their answers back, and this was counted anew without them."


def thing_of(pair: Pair, *, team: bool = False) -> str:
    """How the ledger of releases names what two waves showed."""
    return f"{pair.after.thing} team" if team else pair.after.thing


def levels_of(pair: Pair) -> str:
    """How the ledger names whose averages before were shown, whatever they are set beside."""
    return f"{pair.before.thing} levels"


@dataclass(frozen=True, eq=False)
class Found:
    """All that two waves show of those linked: for everybody, and for the team alone."""

    both: Both
    public: tuple[Told, ...]
    team: tuple[Told, ...]
    shows_levels: bool


def put_out(survey: Survey) -> list[Release]:
    """A release for each pair of closed waves that has none yet."""
    return [
        release
        for pair in comparing.pairs_of(survey)
        if releases.newest(thing_of(pair)) is None
        for release in record(pair)
    ]


def record(pair: Pair) -> list[Release]:
    """Count first, then write everything in one short transaction."""
    both = Both.read(pair)
    levels = releases.standing(levels_of(pair), both.linked)
    are_new = not isinstance(levels, Blocked)
    found = find(both, shows_levels=are_new or releases.is_out(levels_of(pair), both.linked))
    with transaction.atomic():
        public, team = _write(both, found.public), _write(both, found.team, team=True)
        if public and not isinstance(levels, Blocked):
            releases.put_out(levels)
    return [release for release in (public, team) if release]


def _write(both: Both, told: Sequence[Told], *, team: bool = False) -> Release | None:
    """The release and its figures, where there is something and the ledger lets it out."""
    if not told:
        return None
    snapshot = releases.standing(thing_of(both.pair, team=team), both.linked, team=team)
    if isinstance(snapshot, Blocked):
        return None
    release = releases.put_out(snapshot)
    basis = _basis(both)
    figures.record(release, [Entry(each.kind, each.key, each.content, basis) for each in told])
    return release


def find(both: Both, *, shows_levels: bool) -> Found:
    """Every score and every question, sorted by who may see it."""
    public: list[Told] = []
    team: list[Told] = []
    left: list[Told] = []
    for scored in both.scored():
        people = int(scored.linked.size)
        if has_base(people, team=True):
            change = _change(scored)
            told = _told(both.pair, scored, change, shows_levels=shows_levels)
            (public if has_base(people) else team).append(told)
            left += attrition.leavers(scored, change.leavers)
    if public:
        public = [attrition.flow(both), *public, *left]
        public += likert.bars(both) if shows_levels else []
    return Found(both, tuple(public), tuple(team), shows_levels)


def _change(scored: Scored) -> Change:
    score = scored.score
    return paired_change(
        scored.before,
        scored.after,
        scale=(score.low, score.high),
        higher_is_better=score.higher_is_better,
    )


def _told(pair: Pair, scored: Scored, found: Change, *, shows_levels: bool) -> Told:
    turned = wording.Direction(found, scored.score.higher_is_better)
    counts = _printed((turned.better, found.same, turned.worse))
    return wording.change(pair, scored, found, counts, shows_levels=shows_levels)


def _printed(counts: tuple[int, int, int]) -> tuple[str, str, str]:
    """Better, same, worse as they may be printed beside the average: all three, or none of them.

    The average and its interval tell nearly how many moved up less how many moved down, and how
    many of both; with one of the three counts the others would follow.
    """
    shown = [shown_count(each) for each in counts]
    better, same, worse = [HIDDEN] * 3 if HIDDEN in shown else shown
    return better, same, worse


def _basis(both: Both) -> Basis:
    admitted = both.admitted()
    rows = np.stack([admitted.person, admitted.item, admitted.value])
    digest = hashlib.sha256(rows[:, np.lexsort(rows[::-1])].tobytes()).hexdigest()
    return Basis.of(
        admitted, method=METHOD, version=__version__, seed=0, input_digest=digest, how=HOW
    )


def count_anew(wave: Wave) -> str:
    """After somebody took back what they gave: a new picture where it tells on nobody, or a note.

    `wave` is one that they had answered; every pair that it is in is looked at.
    """
    pairs = [each for each in comparing.pairs_of(wave.survey) if wave in (each.before, each.after)]
    done = [_again(pair) for pair in pairs if releases.newest(thing_of(pair)) is not None]
    return " ".join(done) or "Nothing that rests on it is out."


def _again(pair: Pair) -> str:
    out = list(_standing_figures(pair))
    if record(pair):
        figures.correct(out, COUNTED_ANEW)
        return f"{pair.after} was counted anew."
    figures.correct(out, figures.SOMEBODY_TOOK_BACK)
    return f"{pair.after} has a note."


def _standing_figures(pair: Pair) -> Iterator[Figure]:
    things = (thing_of(pair), thing_of(pair, team=True))
    newest = (releases.newest(thing) for thing in things)
    return (figure for release in newest if release for figure in release.figures.all())


def told_of(survey: Survey, *, team: bool = False) -> Iterable[tuple[Wave, Release]]:
    """The newest release of each closed wave, with its wave, in the order of the waves."""
    for wave in survey.waves.closed():
        release = releases.newest(f"{wave.thing} team" if team else wave.thing)
        if release is not None:
            yield wave, release
