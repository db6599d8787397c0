"""What do several items have in common, if it is one thing? Loadings and what is left of each."""

import numpy as np
from scipy.optimize import minimize

from coproduce.analysis.arrays import Floats

_LEAST_LEFT = 0.005  # of an item's variance; at this bound the solution is improper (Heywood)
_ITEMS = 3  # with fewer one factor is not determined


def one_factor(correlations: Floats) -> tuple[Floats, Floats] | None:
    """(loadings (k,), variance left (k,)) of one common factor, by maximum likelihood.

    `correlations` (k, k). None with fewer than 3 items, where the items determine each other, or
    where an item would be wholly explained (a Heywood case), which is no proper solution.
    Minimises Σ_{j>1} (e_j - log e_j - 1) over the variances left ψ, e_j the eigenvalues of
    ψ^-1/2 R ψ^-1/2 in descending order.
    Most likely broken: that there is one factor; a scale of two halves has a good omega too.
    Source: Jöreskog (1967), Psychometrika 32, 443-482; Lawley & Maxwell (1971), chapter 4.

    >>> loadings, left = one_factor(np.array([[1, 0.3, 0.24], [0.3, 1, 0.2], [0.24, 0.2, 1]]))
    >>> loadings.round(3).tolist(), left.round(3).tolist()
    ([0.6, 0.5, 0.4], [0.64, 0.75, 0.84])
    """
    k = correlations.shape[0]
    if k < _ITEMS or np.linalg.eigvalsh(correlations)[0] < 1e-9:
        return None
    start = (1 - 0.5 / k) / np.diag(np.linalg.inv(correlations))
    found = minimize(
        _misfit,
        np.clip(start, _LEAST_LEFT, 1.0),
        args=(correlations,),
        jac=True,
        method="L-BFGS-B",
        bounds=[(_LEAST_LEFT, 1.0)] * k,
        options={"ftol": 1e-15, "gtol": 1e-9, "maxiter": 5_000, "maxfun": 20_000},
    )
    left = np.asarray(found.x, dtype=np.float64)
    if left.min() <= _LEAST_LEFT * (1 + 1e-6):
        return None
    loadings = _loadings(left, correlations)
    return (loadings if loadings.sum() >= 0 else -loadings), left


def _misfit(left: Floats, correlations: Floats) -> tuple[float, Floats]:
    """How far the model lies from the correlations, and the slope of it along each ψ."""
    root = np.sqrt(left)
    rest = np.linalg.eigvalsh(correlations / np.outer(root, root))[:-1]
    loadings = _loadings(left, correlations)
    slope = (loadings * loadings + left - np.diag(correlations)) / (left * left)
    return float(np.sum(rest - np.log(rest) - 1)), slope


def _loadings(left: Floats, correlations: Floats) -> Floats:
    root = np.sqrt(left)
    size, direction = np.linalg.eigh(correlations / np.outer(root, root))
    loadings: Floats = root * direction[:, -1] * np.sqrt(max(float(size[-1]) - 1, 0.0))
    return loadings
