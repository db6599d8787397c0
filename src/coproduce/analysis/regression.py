"""Do projects that differ in something also differ in their effect? Never: because of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from coproduce.analysis import tau
from coproduce.analysis.arrays import Floats

PROJECTS_NEEDED = 10  # methods-measure: meta-regression from ten projects,
OF_EACH_LEVEL = 4  # with four of each label


@dataclass(frozen=True)
class Term:
    """One line of the regression: the effect at nought or in the first label, or a difference."""

    name: str
    estimate: float
    se: float
    ci95: tuple[float, float]


@dataclass(frozen=True)
class Association:
    """How effects go together with one moderator.

    `p`: of all its terms together (F test with Hartung-Knapp errors); `tau2`: what is left between
    projects; `headline` is in words that never say why. Where projects are too few, `terms` is
    empty and `needed` says what is missing.
    """

    moderator: str
    terms: tuple[Term, ...]
    p: float | None
    tau2: float | None
    headline: str | None
    needed: str | None


def associations(
    y: Floats, v: Floats, moderators: Mapping[str, Sequence[float | str]]
) -> tuple[Association, ...]:
    """One regression for each moderator by itself. Raises ValueError where lengths differ.

    Source: Knapp & Hartung (2003), Statistics in Medicine 22; thresholds: decision of ours after
    Higgins et al. (2023), Cochrane Handbook 10.11.5.1.
    """
    return tuple(_one(name, values, y, v) for name, values in moderators.items())


def _one(name: str, values: Sequence[float | str], y: Floats, v: Floats) -> Association:
    if len(values) != y.size:
        raise ValueError(f"“{name}” has {len(values)} values for {y.size} projects.")
    columns, labels = _columns(name, values)
    needed = _missing(values, labels, y.size)
    if needed:
        return Association(name, (), None, None, None, needed)
    X = np.column_stack([np.ones(y.size), *columns.values()])
    if np.linalg.matrix_rank(X) < X.shape[1]:
        return Association(name, (), None, None, None, "The projects do not differ in it.")
    fit = tau.fit(y, v, X)
    freedom = y.size - X.shape[1]
    reach = float(stats.t.ppf(0.975, freedom))
    terms = tuple(
        Term(term, float(b), float(se), (float(b - reach * se), float(b + reach * se)))
        for term, b, se in zip(("intercept", *columns), fit.coefficients, fit.errors, strict=True)
    )
    p = _all_at_once(fit, X, freedom)
    verb = "is associated with" if p < 0.05 else "is not clearly associated with"
    return Association(name, terms, p, fit.tau2, f"“{name}” {verb} the effect", None)


def _columns(
    name: str, values: Sequence[float | str]
) -> tuple[dict[str, Floats], list[str] | None]:
    """The columns of the design beside the ones, and the labels where it is of labels."""
    try:
        numbers = np.asarray(values, dtype=np.float64)
    except ValueError:
        labels = sorted({str(each) for each in values})
        seen = np.asarray([str(each) for each in values])
        return {label: (seen == label).astype(np.float64) for label in labels[1:]}, labels
    if not np.isfinite(numbers).all():
        raise ValueError(f"“{name}” has a value that is no number. Leave those projects out.")
    return {name: numbers}, None


def _missing(values: Sequence[float | str], labels: list[str] | None, k: int) -> str | None:
    if k < PROJECTS_NEEDED:
        return f"{k} projects; an association is looked for from {PROJECTS_NEEDED} on."
    for label in labels or ():
        count = sum(str(each) == label for each in values)
        if count < OF_EACH_LEVEL:
            return f"“{label}” has {count} projects; {OF_EACH_LEVEL} of each label are needed."
    return None


def _all_at_once(fit: tau.Fit, X: Floats, freedom: int) -> float:
    """The F test of all terms but the intercept."""
    inverse = fit.scale * np.linalg.inv(X.T @ (fit.weights[:, np.newaxis] * X))
    b, spread = fit.coefficients[1:], inverse[1:, 1:]
    f = float(b @ np.linalg.solve(spread, b)) / b.size
    return float(stats.f.sf(f, b.size, freedom))
