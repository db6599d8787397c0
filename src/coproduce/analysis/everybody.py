"""What would the change be with everybody who answered once, too?

A random-intercept model on all answers: those of one person go together by the same share rho,
whoever answered once helps to tell where their wave stands. A sensitivity line, not a headline.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize_scalar

from coproduce.analysis.arrays import Floats
from coproduce.analysis.pairs import Pairs

LINKED_FOR_A_MODEL = 6
_MOST_ALIKE = 1 - 1e-6  # nearer to 1 the covariance can no longer be inverted to nine digits
_NOISE = 10 * np.finfo(np.float64).eps


@dataclass(frozen=True)
class Everybody:
    """The change when those who answered one wave count as well.

    `people`: all who answered; `mean_change` in scale points with its standard error `se`;
    `alike`: the share of variance that lies between people (the intraclass correlation), 0..1.
    """

    people: int
    mean_change: float
    se: float
    alike: float


@dataclass(frozen=True)
class _Answers:
    """What the likelihood needs of the answers: people, means, sums of squares around them."""

    linked: int
    means: Floats  # (2,) of the linked
    squares: Floats  # (2, 2) of the linked, with products
    once: Floats  # (2,) people who answered only this wave
    once_means: Floats
    once_squares: float

    @property
    def count(self) -> float:
        return 2 * self.linked + float(self.once.sum())


def everybody(pairs: Pairs) -> Everybody | None:
    """The change by a random-intercept model on all answers, fitted by restricted likelihood.

    y_iw = μ_w + u_i + e_iw, two waves w, u and e normal; change = μ_after - μ_before. Returns None
    where nobody answered just once (it would be the mean change again), with fewer than 6 linked
    people, or where nobody differs.

    Most likely broken: that who left would, given their first answer, have changed like those who
    stayed (missing at random). No test can tell.
    Source: Laird & Ware (1982), Biometrics 38; Patterson & Thompson (1971), Biometrika 58.

    >>> from coproduce.analysis.pairs import summarise_pairs
    >>> before, after = [1, 2, 3, 4, 5, 3, 5], [2, 2, 4, 4, 5, 3, None]
    >>> found = everybody(summarise_pairs(before, after))
    >>> found.people, round(found.mean_change, 2)
    (7, 0.31)
    """
    answers = _answers(pairs)
    if answers is None or _nobody_differs(answers):
        return None
    found = minimize_scalar(
        lambda alike: _criterion(alike, answers),
        bounds=(0.0, _MOST_ALIKE),
        method="bounded",
        options={"xatol": 1e-10},
    )
    alike = min((0.0, float(found.x)), key=lambda rho: _criterion(rho, answers))
    means, spread, squares = _fit(alike, answers)
    variance = squares / (answers.count - 2)
    contrast = np.array([-1.0, 1.0])
    return Everybody(
        people=answers.linked + int(answers.once.sum()),
        mean_change=float(contrast @ means),
        se=float(np.sqrt(variance * (contrast @ spread @ contrast))),
        alike=alike,
    )


def _answers(pairs: Pairs) -> _Answers | None:
    before, after, people = pairs.linked()
    n = int(people.sum())
    if n < LINKED_FOR_A_MODEL or pairs.is_linked.all():
        return None
    linked = np.stack((before, after))
    means = linked @ people / n
    away = linked - means[:, np.newaxis]
    once, once_means, once_squares = np.zeros(2), np.zeros(2), 0.0
    for wave, (here, there) in enumerate(
        ((pairs.before, pairs.after), (pairs.after, pairs.before))
    ):
        alone = np.isnan(there)
        once[wave] = pairs.people[alone].sum()
        if once[wave]:
            once_means[wave] = pairs.people[alone] @ here[alone] / once[wave]
            apart = here[alone] - once_means[wave]
            once_squares += float(pairs.people[alone] @ (apart * apart))
    return _Answers(n, means, (away * people) @ away.T, once, once_means, once_squares)


def _nobody_differs(answers: _Answers) -> bool:
    noise = _NOISE * float(np.abs(answers.means).max())
    return bool(_fit(0.5, answers)[2] <= answers.count * noise * noise)


def _fit(alike: float, answers: _Answers) -> tuple[Floats, Floats, float]:
    """Means of both waves, their covariance in units of the variance, weighted squares left."""
    inverse = np.array([[1.0, -alike], [-alike, 1.0]]) / (1 - alike * alike)
    information = answers.linked * inverse + np.diag(answers.once)
    spread = np.asarray(np.linalg.inv(information), dtype=np.float64)
    known = answers.linked * inverse @ answers.means + answers.once * answers.once_means
    means = spread @ known
    off, once_off = answers.means - means, answers.once_means - means
    squares = (
        float(np.sum(inverse * answers.squares))
        + float(answers.linked * off @ inverse @ off)
        + answers.once_squares
        + float(answers.once @ (once_off * once_off))
    )
    return means, spread, squares


def _criterion(alike: float, answers: _Answers) -> float:
    """Minus twice the restricted log-likelihood, without its constant."""
    _, spread, squares = _fit(alike, answers)
    return float(
        (answers.count - 2) * np.log(squares)
        + answers.linked * np.log1p(-alike * alike)
        - np.log(np.linalg.det(spread))
    )
