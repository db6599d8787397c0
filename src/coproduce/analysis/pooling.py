"""What do many projects say together, and how much do they differ?

Each project brings an effect and how sure it is. Projects differ by more than chance, so they are
pooled with random effects: one average, its interval, and where a further project would land.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from coproduce.analysis import tau
from coproduce.analysis.arrays import Floats
from coproduce.analysis.change_words import decimals, points
from coproduce.analysis.regression import Association, associations

METHOD = "random-effects pooling, REML with a capped Hartung-Knapp interval"
PROJECTS_FOR_A_HEADLINE = 3  # methods-measure, Pooled across projects
PROJECTS_TO_EXPECT = 5  # a prediction interval: the same
MOST_WEIGHT = 0.85  # R5: of no single project, or the pool would be its own result
CONFIDENCE = 0.95


@dataclass(frozen=True)
class TooFewProjects:
    """So many projects; a pooled answer is told from `needed` on."""

    projects: int
    needed: int


@dataclass(frozen=True)
class Step:
    """The pooled answer from some of the projects: the first so many, or all but one."""

    estimate: float
    se: float
    tau2: float


@dataclass(frozen=True)
class Pooled:
    """What the projects say together. Effects in their own unit, variances in its square.

    `k`: projects; `estimate`, `se`, `ci95`: the average effect, its Hartung-Knapp standard error
    capped from below, and its t interval (None for one project). `tau2`: the variance of true
    effects between projects (REML), `tau2_ci95` its Q-profile interval, whose upper end is None
    where it does not close; `i2`: per cent of the variance between projects; `q`: Cochran's.
    `prediction_interval`: where the true effect of a further project would lie, from five projects
    on. By project: `shrunken`, its effect drawn towards the others' the less sure it is by itself,
    with `shrunken_se`, and `weights`, shares that add up to 1. `not_enough`: why there is no
    headline; `dominated_by`: the project with more than 85 % of the weight, if one has it.
    `associated`: how effects go together with each moderator.
    """

    k: int
    estimate: float
    se: float
    ci95: tuple[float, float] | None
    tau2: float
    tau2_ci95: tuple[float, float | None] | None
    i2: float
    q: float
    prediction_interval: tuple[float, float] | None
    shrunken: Mapping[str, float]
    shrunken_se: Mapping[str, float]
    weights: Mapping[str, float]
    headline: str | None
    not_enough: TooFewProjects | None
    dominated_by: str | None
    warnings: tuple[str, ...]
    associated: tuple[Association, ...] = field(default=())
    method: str = METHOD


@dataclass(frozen=True)
class Effects:
    """Effects by project, ready to be put together with those of other places.

    Adding is associative and commutative. The same project may come twice with the same numbers;
    with other numbers it is refused, since one of the two must be out of date.
    """

    of: Mapping[str, tuple[float, float]]  # project -> effect, variance

    def __add__(self, other: "Effects") -> "Effects":
        for name in self.of.keys() & other.of.keys():
            if self.of[name] != other.of[name]:
                raise ValueError(
                    f"“{name}” comes twice with other numbers. Keep its newest evidence alone."
                )
        return Effects(dict(sorted({**self.of, **other.of}.items())))


def summarise_effects(names: Iterable[str], effects: ArrayLike, variances: ArrayLike) -> Effects:
    """The effects of some projects by their names; raises ValueError as `pool` does.

    >>> here = summarise_effects(["hall", "bus"], [0.2, 0.8], [0.04, 0.05])
    >>> there = summarise_effects(["lunch"], [0.5], [0.02])
    >>> (here + there).of["lunch"]
    (0.5, 0.02)
    """
    labels = [str(name) for name in names]
    values, spread = _checked(effects, variances, labels)
    found = {name: (float(y), float(v)) for name, y, v in zip(labels, values, spread, strict=True)}
    return Effects(dict(sorted(found.items())))


def conclude_effects(effects: Effects) -> Pooled:
    """What the projects of all places say together; arguments and result as in `pool`."""
    values = list(effects.of.values())
    return pool([effect for effect, _ in values], [v for _, v in values], names=list(effects.of))


def align(effects: ArrayLike, higher_is_better: ArrayLike) -> Floats:
    """Effects turned so that above nought is better, whichever way each instrument points.

    >>> align([0.4, -0.3], [True, False]).tolist()
    [0.4, 0.3]
    """
    values = np.asarray(effects, dtype=np.float64)
    turned: Floats = np.where(np.asarray(higher_is_better, dtype=np.bool_), values, -values)
    return turned


def pool(
    effects: ArrayLike,
    variances: ArrayLike,
    moderators: Mapping[str, Sequence[float | str]] | None = None,
    *,
    names: Sequence[str] | None = None,
) -> Pooled:
    """One answer from many projects, how sure it is, and how much they differ.

    `effects` (k,): one for each project, all in one unit and one direction (see `align`): mean
    changes of one instrument, or standardised ones (g_av) of several. `variances` (k,): of each,
    above nought. `moderators`: for each name a number or a label a project. `names`: of the
    projects, "1", "2", … unless told.

    The headline comes from three projects on, a prediction interval from five, an association with
    a moderator from ten with four of each label; a project with over 85 % of the weight leaves no
    headline, since the pool would be its own result. No z interval is ever given.
    Raises ValueError where there is no project, lists differ in length, a number is not finite, a
    variance is not above nought, or a name comes twice.

    Most likely broken: that projects which reported are like those which did not; count the
    registered ones that are missing beside the result.
    Source: REML: Raudenbush (2009), The Handbook of Research Synthesis, 2nd ed., ch. 16; interval:
    Knapp & Hartung (2003), Statistics in Medicine 22, capped as in Röver, Knapp & Friede (2015),
    BMC Medical Research Methodology 15; prediction: Higgins, Thompson & Spiegelhalter (2009),
    JRSS A 172, with k - 1 degrees of freedom; tau² interval: Viechtbauer (2007), Statistics in
    Medicine 26; I²: Higgins & Thompson (2002), Statistics in Medicine 21.

    >>> found = pool([0.2, 0.5, 0.8, 0.4, 0.3], [0.04, 0.03, 0.05, 0.02, 0.06])
    >>> found.k, round(found.estimate, 3), [round(end, 2) for end in found.ci95]
    (5, 0.432, [0.19, 0.68])
    >>> pool([0.2, 0.8], [0.04, 0.05]).not_enough
    TooFewProjects(projects=2, needed=3)
    """
    labels = _numbered(effects) if names is None else list(names)
    y, v = _checked(effects, variances, labels)
    k = y.size
    fit = tau.fit(y, v)
    mu, se = float(fit.coefficients[0]), float(fit.errors[0])
    weights = fit.weights / fit.weights.sum()
    dominated = labels[int(weights.argmax())] if k > 1 and weights.max() > MOST_WEIGHT else None
    not_enough = (
        None if k >= PROJECTS_FOR_A_HEADLINE else TooFewProjects(k, PROJECTS_FOR_A_HEADLINE)
    )
    ci95 = _around(mu, se, k) if k > 1 else None
    ahead = None
    if k >= PROJECTS_TO_EXPECT and dominated is None:
        ahead = _around(mu, float(np.hypot(se, np.sqrt(fit.tau2))), k)
    drawn, errors = _shrunken(y, v, mu, fit)
    told = not_enough is None and dominated is None
    return Pooled(
        k=k,
        estimate=mu,
        se=se,
        ci95=ci95,
        tau2=fit.tau2,
        tau2_ci95=tau.profile(y, v) if k > 1 else None,
        i2=tau.i2(fit.tau2, v),
        q=tau.cochran(y, v),
        prediction_interval=ahead,
        shrunken=dict(zip(labels, drawn.tolist(), strict=True)),
        shrunken_se=dict(zip(labels, errors.tolist(), strict=True)),
        weights=dict(zip(labels, weights.tolist(), strict=True)),
        headline=_headline(k, mu, ci95, ahead) if told and ci95 else None,
        not_enough=not_enough,
        dominated_by=dominated,
        warnings=tuple(_warnings(dominated)),
        associated=associations(y, v, moderators or {}),
    )


def _checked(
    effects: ArrayLike, variances: ArrayLike, names: Sequence[str]
) -> tuple[Floats, Floats]:
    y, v = (np.asarray(each, dtype=np.float64) for each in (effects, variances))
    if y.ndim != 1 or y.shape != v.shape or y.size != len(names):
        raise ValueError("Each project needs one effect, one variance and one name.")
    if not y.size:
        raise ValueError("There is no project to pool.")
    if len(set(names)) < len(names):
        raise ValueError("Two projects have the same name. Give each its own.")
    for name, effect, variance in zip(names, y, v, strict=True):
        if not np.isfinite(effect):
            raise ValueError(f"The effect of “{name}” is {effect}; it has to be a number.")
        if not (np.isfinite(variance) and variance > 0):
            raise ValueError(
                f"The variance of “{name}” is {variance:g}; it has to be above nought. Where all "
                "people moved alike, leave the project out and say so."
            )
    return y, v


def _around(middle: float, half: float, k: int) -> tuple[float, float]:
    """The t interval with k - 1 degrees of freedom."""
    reach = float(stats.t.ppf(0.5 + CONFIDENCE / 2, k - 1)) * half
    return middle - reach, middle + reach


def _shrunken(y: Floats, v: Floats, mu: float, fit: tau.Fit) -> tuple[Floats, Floats]:
    """Best linear unbiased predictions; Raudenbush & Bryk (1985), J. Educational Statistics 10."""
    own = fit.tau2 / (fit.tau2 + v)
    drawn: Floats = own * y + (1 - own) * mu
    errors: Floats = np.sqrt(own * v + (1 - own) ** 2 / fit.weights.sum())
    return drawn, errors


def cumulative(effects: ArrayLike, variances: ArrayLike) -> tuple[Step, ...]:
    """The pool of the first project, of the first two, and so on, in the order given.

    Arguments, errors and sources as in `pool`. Takes k times as long as one pool.

    >>> [round(step.estimate, 2) for step in cumulative([0.2, 0.8, 0.5], [0.04, 0.05, 0.02])]
    [0.2, 0.49, 0.49]
    """
    y, v = _checked(effects, variances, _numbered(effects))
    return tuple(_step(y[: at + 1], v[: at + 1]) for at in range(y.size))


def leave_one_out(effects: ArrayLike, variances: ArrayLike) -> tuple[Step, ...]:
    """The pool without each project in turn: does it hang on one? None of one project.

    Arguments, errors and sources as in `pool`. Takes k times as long as one pool.

    >>> [round(step.estimate, 2) for step in leave_one_out([0.2, 0.8, 0.5], [0.04, 0.05, 0.02])]
    [0.6, 0.38, 0.49]
    """
    y, v = _checked(effects, variances, _numbered(effects))
    if y.size < 2:
        return ()
    return tuple(_step(np.delete(y, at), np.delete(v, at)) for at in range(y.size))


def _numbered(effects: ArrayLike) -> list[str]:
    return [str(at) for at in range(1, np.size(effects) + 1)]


def _step(y: Floats, v: Floats) -> Step:
    fit = tau.fit(y, v)
    return Step(float(fit.coefficients[0]), float(fit.errors[0]), fit.tau2)


def _headline(
    k: int, mu: float, ci95: tuple[float, float], ahead: tuple[float, float] | None
) -> str:
    """The pool in a sentence without a full stop; never what brought anything about."""
    digits = decimals(ci95[1] - ci95[0])
    mean, low, high = (points(each, digits) for each in (mu, *ci95))
    words = f"over {k} projects {mean} on average, between {low} and {high}"
    if ci95[0] <= 0 <= ci95[1]:
        words += "; it may be no change at all"
    if ahead is None:
        return words
    first, last = (points(each, digits) for each in ahead)
    return f"{words}; a further project would be expected between {first} and {last}"


def _warnings(dominated: str | None) -> Iterable[str]:
    if dominated is not None:
        yield (
            f"“{dominated}” has more than {MOST_WEIGHT:.0%} of the weight: the pool would say "
            "little more than what that project says by itself."
        )
