"""Are there groups at all? Two gates that a number of groups must pass before it is told.

Dividing people always gives groups. The first gate asks whether they stand apart more clearly than
people of one single cloud would by chance; the second, whether the same groups come again when
other people like these had answered.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from coproduce.analysis import camps, kernels
from coproduce.analysis.factors import Factors, Places, fit_factors, place
from coproduce.analysis.groups import distances, silhouette
from coproduce.analysis.moments import moments_of
from coproduce.analysis.votes import AGREE, DISAGREE, PASS, Flags, Floats, Ints, VoteTable

NUMBERS = (2, 3, 4, 5)  # methods: more are not told apart on a page
SIMULATIONS = 99  # the clearest of 100 by chance alone once in a hundred
RESAMPLES = 40
STABLE = 0.80  # methods: adjusted Rand index between resamples
# A position explains at most half of what makes somebody lean. Where it explained nearly all, one
# cloud would answer in two camps, and chance could imitate any groups (docs/decisions/0009).
STRONGEST = np.sqrt(0.5)
MOST_PEOPLE = 1_000  # in the order of their digests: more would only take longer


@dataclass(frozen=True)
class Gates:
    """What each number of groups came to.

    `silhouettes` {k: -1..1}; `by_chance`: the clearest silhouette of any number of groups among
    `simulations` one-cloud conversations like this one; `stability` {k: adjusted Rand index of
    people told as members, averaged over resamples} for each k above that; `passed`: the numbers
    that may be told, the best one first. `people` the gates looked at.
    """

    silhouettes: dict[int, float]
    by_chance: float
    simulations: int
    stability: dict[int, float]
    passed: tuple[int, ...]
    people: int


def examine(table: VoteTable, *, least: int, left_out: Flags, seed: int) -> Gates:
    """Which numbers of groups, if any, may be told of these people.

    `least`: answers that somebody needs to be grouped. A number of groups passes where its
    silhouette is above every one of 99 simulated conversations (each the clearest over all
    numbers: one false alarm in a hundred), and where the groups come again from people drawn anew
    (mean adjusted Rand index of 0.8). Simulation: people of one normal cloud, with the same shares
    of agreement and the same covariances, answer the very statements that these people answered;
    everything is then fitted anew. It stops as soon as chance has beaten every number of groups.

    Most likely broken: that one cloud is a normal one. A lopsided cloud, or a steep one in which
    one question decides nearly every answer, may pass the first gate.
    Source: parametric bootstrap, Efron & Tibshirani (1993), chapter 16; normal ogive answers, Lord
    & Novick (1968), chapter 16; resampling, Hennig (2007), Comput. Stat. Data Anal. 52.
    """
    sample = _some_people(table, least)
    kernels.for_votes(SIMULATIONS * sample.vote.size)  # loads what pays for so many repetitions
    people = int(sample.weight.size)
    moderated = sample.statements[left_out].tolist()
    factors = fit_factors(moments_of(sample), moderated=moderated)
    found = _silhouettes(place(sample, factors).at, seed)
    chance = _by_chance(sample, moderated, found, seed)
    by_chance = max(chance, default=-1.0)
    clear = [k for k in sorted(found, key=lambda k: (-found[k], k)) if found[k] > by_chance]
    stability = _stability(sample, factors, moderated, clear, seed)
    stable = [k for k in clear if stability[k] >= STABLE]
    passed = _steadiest_first(stable, found, stability, float(np.std(chance)) if chance else 0.0)
    return Gates(found, by_chance, len(chance), stability, passed, people)


def _steadiest_first(
    stable: list[int], found: dict[int, float], stability: dict[int, float], noise: float
) -> tuple[int, ...]:
    """Clearest first; where several are as clear, give or take chance, the one that comes again."""
    if not stable:
        return ()
    as_clear = [k for k in stable if found[k] >= found[stable[0]] - noise]
    best = max(as_clear, key=lambda k: (stability[k], -k))
    return (best, *(k for k in stable if k != best))


def _some_people(table: VoteTable, least: int) -> VoteTable:
    """At most so many people who answered enough, one row of weight 1 for each."""
    kept = np.flatnonzero(table.answered >= least)
    who = np.repeat(kept, table.weight[kept])[:MOST_PEOPLE]
    length = table.answered[who]
    start = np.append(0, np.cumsum(length)).astype(np.int64)
    rows = np.repeat(table.start[who] - start[:-1], length) + np.arange(start[-1])
    return replace(
        table,
        people=np.arange(who.size),
        pattern_of=np.arange(who.size),
        weight=np.ones(who.size, dtype=np.int64),
        key=table.key[who],
        start=start,
        column=table.column[rows],
        vote=table.vote[rows],
    )


def _silhouettes(at: Floats, seed: int) -> dict[int, float]:
    """How clearly each number of groups stands apart; none where all stand in one place."""
    weight = np.ones(at.shape[0])
    distance = distances(at)
    drawn = {k: camps.cluster(at, weight, k, seed) for k in NUMBERS if k < at.shape[0]}
    return {
        k: silhouette(distance, weight, group)
        for k, group in drawn.items()
        if int(group.max()) + 1 == k
    }


def _by_chance(
    sample: VoteTable, moderated: list[int], found: dict[int, float], seed: int
) -> list[float]:
    """The clearest silhouette of each one-cloud conversation, until one beats all that we found."""
    if not found:
        return []
    cloud, best = _one_cloud(sample, moderated), max(found.values())
    random = np.random.default_rng([seed, 1])
    clearest: list[float] = []
    while len(clearest) < SIMULATIONS and max(clearest, default=-1.0) < best:
        answers = replace(sample, vote=cloud.answers(sample, random))
        fitted = fit_factors(moments_of(answers), moderated=moderated)
        silhouettes = _silhouettes(place(answers, fitted).at, seed)
        clearest.append(max(silhouettes.values(), default=-1.0))
    return clearest


@dataclass(frozen=True, eq=False)
class _Cloud:
    """How people of one normal cloud answer: a leaning, and two marks it has to pass.

    `pull` (S, 2): correlation of the leaning towards each statement with the two directions; who
    leans above `agrees` (S,) agrees, who leans below `disagrees` (S,) disagrees, the rest pass.
    """

    pull: Floats
    agrees: Floats
    disagrees: Floats

    def answers(self, sample: VoteTable, random: np.random.Generator) -> NDArray[np.int8]:
        """Answers of as many new people to the very statements that these people answered."""
        at = sample.column
        position = random.normal(size=(sample.weight.size, 2))[sample.row_pattern]
        own = np.sqrt(1 - (self.pull**2).sum(axis=1))[at] * random.normal(size=at.size)
        leaning = (self.pull[at] * position).sum(axis=1) + own
        chosen = np.where(leaning > self.agrees[at], AGREE, PASS)
        return np.where(leaning < self.disagrees[at], DISAGREE, chosen).astype(np.int8)


def _one_cloud(sample: VoteTable, moderated: list[int]) -> _Cloud:
    """The one cloud that gives these statements their shares of agreement and their covariances.

    The covariances are taken as they are, not drawn towards nought as on the map: else chance
    would have too little to work with. A vote covaries with a direction by the pull times the
    height of the normal curve at both marks (Stein's identity), which gives the pull.
    """
    size = sample.statements.size
    asked = np.bincount(sample.column, minlength=size) + 1.0
    agreeing = (np.bincount(sample.column, sample.vote == AGREE, size) + 0.5) / asked
    disagreeing = (np.bincount(sample.column, sample.vote == DISAGREE, size) + 0.5) / asked
    agrees, disagrees = -ndtri(agreeing), ndtri(disagreeing)
    height = (np.exp(-(agrees**2) / 2) + np.exp(-(disagrees**2) / 2)) / np.sqrt(2 * np.pi)
    factors = fit_factors(moments_of(sample), moderated=moderated, shrinkage=0)
    pull = factors.loadings / height[:, np.newaxis]
    length = np.maximum(np.hypot(pull[:, 0], pull[:, 1]), 1e-9)[:, np.newaxis]
    return _Cloud(pull * np.minimum(1.0, STRONGEST / length), agrees, disagrees)


def _stability(
    sample: VoteTable, factors: Factors, moderated: list[int], numbers: Iterable[int], seed: int
) -> dict[int, float]:
    """How well each number of groups comes again: mean adjusted Rand index of told members."""
    wanted = list(numbers)
    if not wanted:
        return {}
    places, weight = place(sample, factors), np.ones(sample.weight.size)
    told = {k: _told(places, weight, k, seed) for k in wanted}
    again: dict[int, list[float]] = {k: [] for k in wanted}
    for drawn, everyone in _resamples(sample, moderated, seed):
        for k in wanted:
            group = _members(everyone, drawn, k, seed).argmax(axis=1)
            surely = told[k] >= 0
            again[k].append(adjusted_rand(told[k][surely], group[surely]))
    return {k: float(np.mean(values)) for k, values in again.items()}


def _resamples(
    sample: VoteTable, moderated: list[int], seed: int
) -> Iterator[tuple[Floats, Places]]:
    """People drawn anew (how often each), and where everybody then stands on the new axes."""
    random = np.random.default_rng([seed, 2])
    people = sample.weight.size
    for _ in range(RESAMPLES):
        drawn = random.multinomial(people, np.full(people, 1 / people)).astype(np.int64)
        fitted = fit_factors(moments_of(replace(sample, weight=drawn)), moderated=moderated)
        yield drawn.astype(np.float64), place(sample, fitted)


def _told(places: Places, weight: Floats, k: int, seed: int) -> Ints:
    """The group that each person would be told as a member of; -1 = between groups."""
    member = _members(places, weight, k, seed)
    return np.where(member.max(axis=1) >= camps.SURELY, member.argmax(axis=1), -1)


def _members(places: Places, weight: Floats, k: int, seed: int) -> Floats:
    """Everybody's membership, with groups drawn among those of weight."""
    there = weight > 0
    among = Places(places.at[there], places.covariance[there])
    group = camps.cluster(among.at, weight[there], k, seed)
    return camps.membership(places, camps.settle(among, weight[there], group))


def adjusted_rand(one: Ints, other: Ints) -> float:
    """How far two groupings of the same people agree beyond chance: 1 alike, 0 as by chance.

    Source: Hubert & Arabie (1985), Journal of Classification 2, equation 5.

    >>> import numpy as np
    >>> adjusted_rand(np.array([0, 0, 1, 1]), np.array([1, 1, 0, 0]))
    1.0
    """
    if one.size < 2:
        return 0.0
    together = np.zeros((int(one.max()) + 1, int(other.max()) + 1))
    np.add.at(together, (one, other), 1.0)
    both, first, second, every = (
        float((count * (count - 1) / 2).sum())
        for count in (together, together.sum(axis=1), together.sum(axis=0), np.array(one.size))
    )
    expected = first * second / every
    most = (first + second) / 2
    return 0.0 if most == expected else (both - expected) / (most - expected)
