"""How much do true effects differ between projects? The variance between them, and its interval."""

from dataclasses import dataclass

import numpy as np
from scipy import optimize, stats

from coproduce.analysis.arrays import Floats

ENOUGH = 1e-12  # of the scale of the effects: REML has settled
MOST_STEPS = 200
FAR = 1e12  # times the largest variance: an interval that reaches further does not close


@dataclass(frozen=True, eq=False)
class Fit:
    """A random-effects fit: coefficients (p,), their errors (p,), tau², and the weights (k,)."""

    coefficients: Floats
    errors: Floats
    tau2: float
    weights: Floats
    scale: float  # of Hartung and Knapp, capped from below


def fit(y: Floats, v: Floats, design: Floats | None = None) -> Fit:
    """REML with Hartung-Knapp errors whose scale is never below 1.

    `design` (k, p): one column of ones unless told. With as many coefficients as projects there
    is nothing to tell differences from: tau² is 0 and the scale 1.
    """
    X = np.ones((y.size, 1)) if design is None else design
    tau2 = reml(y, v, X) if y.size > X.shape[1] else 0.0
    w = 1 / (v + tau2)
    inverse, b, rest = _weighted(y, w, X)
    freedom = y.size - X.shape[1]
    scale = max(1.0, float((w * rest**2).sum()) / freedom) if freedom else 1.0
    return Fit(b, np.sqrt(scale * np.diag(inverse)), tau2, w, scale)


def reml(y: Floats, v: Floats, X: Floats) -> float:
    """The restricted maximum likelihood estimate of tau², never below 0.

    Fisher scoring from the moment estimate (Raudenbush 2009, eq. 16.31), then the root of the
    score by Brent's method in the bracket that the scoring ended in, to the last digits.
    """
    unit = float(v.mean())
    guess = max(0.0, float(y.var(ddof=X.shape[1])) - unit)
    for _ in range(MOST_STEPS):
        score, information = _score(guess, y, v, X)
        step = score / information
        after = max(0.0, guess + step)
        if abs(after - guess) <= ENOUGH * (unit + guess):
            return after
        guess = after
    return _searched(y, v, X, unit)


def _searched(y: Floats, v: Floats, X: Floats, unit: float) -> float:
    """Where scoring goes to and fro: the best of a grid, made exact between its neighbours."""
    grid = np.concatenate([[0.0], unit * np.logspace(-8, 8, 400)])
    best = int(np.argmin([_minus_log_likelihood(t, y, v, X) for t in grid]))
    low, high = grid[max(best - 1, 0)], grid[min(best + 1, grid.size - 1)]
    found = optimize.minimize_scalar(
        _minus_log_likelihood,
        bounds=(low, high),
        args=(y, v, X),
        method="bounded",
        options={"xatol": ENOUGH * unit},
    )
    return float(found.x)


def _score(tau2: float, y: Floats, v: Floats, X: Floats) -> tuple[float, float]:
    """The score y'PPy - tr(P) and the information tr(PP), in O(k)."""
    w = 1 / (v + tau2)
    inverse, _, rest = _weighted(y, w, X)
    second, third = (X.T @ (w[:, np.newaxis] ** power * X) for power in (2, 3))
    turned = inverse @ second
    trace = float(w.sum() - np.trace(turned))
    information = float((w**2).sum() - 2 * np.trace(inverse @ third) + np.trace(turned @ turned))
    return float(((w * rest) ** 2).sum()) - trace, information


def _minus_log_likelihood(tau2: float, y: Floats, v: Floats, X: Floats) -> float:
    w = 1 / (v + tau2)
    inverse, _, rest = _weighted(y, w, X)
    _, log_determinant = np.linalg.slogdet(inverse)
    return float((w * rest**2).sum() - np.log(w).sum() - log_determinant)


def _weighted(y: Floats, w: Floats, X: Floats) -> tuple[Floats, Floats, Floats]:
    """Weighted least squares: (X'WX)⁻¹, the coefficients, and what is left over."""
    weighted = w[:, np.newaxis] * X
    inverse: Floats = np.linalg.inv(X.T @ weighted).astype(np.float64)
    b = inverse @ (weighted.T @ y)
    return inverse, b, y - X @ b


def cochran(y: Floats, v: Floats, tau2: float = 0.0) -> float:
    """Cochran's Q with weights 1 / (v + tau²)."""
    w = 1 / (v + tau2)
    mean = (w * y).sum() / w.sum()
    return float((w * (y - mean) ** 2).sum())


def i2(tau2: float, v: Floats) -> float:
    """Per cent of the variance that is between projects: tau² over tau² and the typical within."""
    if v.size < 2:
        return 0.0
    w = 1 / v
    typical = (v.size - 1) * w.sum() / (w.sum() ** 2 - (w**2).sum())
    return float(100 * tau2 / (tau2 + typical))


def profile(y: Floats, v: Floats) -> tuple[float, float | None]:
    """The 95 % Q-profile interval of tau²; its upper end is None where it does not close."""
    low, high = (float(stats.chi2.ppf(each, y.size - 1)) for each in (0.975, 0.025))
    return _where_q_is(low, y, v) or 0.0, _where_q_is(high, y, v)


def _where_q_is(wanted: float, y: Floats, v: Floats) -> float | None:
    """The tau² at which Q, which only falls, comes down to `wanted`; 0 where it begins below."""
    if cochran(y, v) <= wanted:
        return 0.0
    end = unit = float(v.max())
    while cochran(y, v, end) > wanted:
        end *= 2
        if end > FAR * unit:
            return None
    return float(
        optimize.brentq(lambda t: cochran(y, v, t) - wanted, 0.0, end, xtol=1e-14, rtol=1e-12)
    )
