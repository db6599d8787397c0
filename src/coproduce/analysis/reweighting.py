"""Would a share read differently, had the draw not preferred some statements to others?

The scene. Person i is shown statements J_1, J_2, ... one at a time, each drawn from those left:
p_t(j) is the probability that turn t shows statement j, given all that went before. After T turns
i is gone. We know of every statement that was shown the p_t(j) with which it was drawn, and
whether i agreed. We do not know at which turn it came: rows are kept without any order, on
purpose. The plain share of a statement counts everybody who was shown it alike, so it leans
towards those to whom it was likely to be shown. No single weight mends that whatever people do;
two do, each under a condition of its own.

**Each turn alike** (`turn_weights`): w = 1/p. Given the past, 1(J_t = j) / p_t(j) is 1 on average
while j is left, and 0 after. Summed over the turns, E[w] = E[N], N the number of turns at which j
could have come. That holds however T comes about, if only whoever turns away at turn t has not
seen turn t + 1 (optional stopping). And N is over once j is shown, so it cannot depend on what
i answers to j. What is left is that whoever stays longer has more turns, and counts for more.

**Each person alike** (`person_weights`): w = (1/p + (T - 1)/2) / T. At every turn
z_t = 1(j came before) + 1(J_t = j) / p_t(j) is 1 on average (Des Raj 1956), so their mean over
the T turns is too, if T belongs to the person and not to what they were shown. For a j that came
at turn t that mean is (1/p + T - t) / T. We do not know t, and put in the mean over all orders,
(T - 1)/2. With draws by chance alone E[w] = 1 exactly; else
E[w] = 1 + P(j is shown) (E[t | j is shown] - (T + 1)/2) / T, between 1/2 and 3/2: less where a
statement tends to come early. As far as that is so for everybody it cancels in the share; what is
left is small, but not nought.

So the first is right where people leave because of what they have just been asked, the second
where some stay long and others do not, and both where neither goes with opinion. Where they
differ, people stopped for reasons that nobody kept. A weight that is right however people stop
can use nothing but each person's first draw (of whoever leaves after one turn, nothing else is
known); it would need the order, and throw nearly all answers away. One over the product of all p
of a person, suitably scaled, is exactly right without any order where T belongs to the person,
and useless: its variance multiplies with every turn.

Of a statement that was added on the way, people count the less, the more of their turns lay before
it. And no weight knows of statements that were seen and left without an answer, or of people who
never came. Turns here are turns that were answered.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtr

from coproduce.analysis.votes import Floats

_ROUNDING = 1e-9  # two shares that are one number by arithmetic still differ in the last digits


@dataclass(frozen=True)
class Reweighed:
    """A share of agreement as counted and as weighted, and how sure the difference is.

    `counted`, `weighted`: shares in 0..1. `error`: standard error of `weighted`. `difference`:
    weighted - counted, with its standard error `difference_error`. `base`: as many answers of
    equal weight would be as sure (Kish 1965), at most the number of answers that have a weight.
    """

    counted: float
    weighted: float
    error: float
    difference: float
    difference_error: float
    base: float

    @property
    def p(self) -> float:
        """The chance of a difference at least as large where there is none.

        Student's t on `base` - 1 degrees of freedom: by the normal curve, a few heavy weights
        would raise more alarms than are allowed.
        """
        if self.difference_error < _ROUNDING or self.base <= 1:
            return 1.0
        return float(2 * stdtr(self.base - 1, -abs(self.difference) / self.difference_error))


def turn_weights(person: ArrayLike, probability: ArrayLike) -> Floats:
    """Weights under which each turn counts alike: 1/p, over the mean number of turns (R,).

    `person` (R,) whose draw each was, `probability` (R,) in (0, 1] how likely it was. Divided by
    one number for all, so that they can stand beside weights of people who were not drawn for.

    Most likely broken: that whether a statement is answered has nothing to do with opinion.
    Source: Horvitz & Thompson (1952), turn by turn; the derivation stands above.

    >>> turn_weights([1, 1, 2], [0.25, 0.5, 0.5]).round(3)
    array([2.667, 1.333, 1.333])
    """
    p = np.asarray(probability, dtype=np.float64)
    who = np.asarray(person)
    result: Floats = 1 / p * (np.unique(who).size / max(who.size, 1))
    return result


def person_weights(person: ArrayLike, probability: ArrayLike) -> Floats:
    """Weights under which each person counts alike: (1/p + (T - 1)/2) / T (R,).

    As `turn_weights`; T is how often the person is among the rows.

    Most likely broken: that how long people stay has nothing to do with what they were shown.
    Source: Des Raj (1956), JASA 51, 269-284, the place of each draw averaged over all orders; the
    derivation stands above.

    >>> person_weights([1, 1, 2], [0.25, 0.5, 0.5]).round(3)
    array([2.25, 1.25, 2.  ])
    """
    p = np.asarray(probability, dtype=np.float64)
    _, at, turns = np.unique(np.asarray(person), return_inverse=True, return_counts=True)
    T = turns[at.reshape(-1)]
    result: Floats = (1 / p + (T - 1) / 2) / T
    return result


def reweigh(agrees: ArrayLike, weights: ArrayLike) -> Reweighed | None:
    """The share of agreement with one statement, plain and weighted; None where no weight is.

    `agrees` (R,) true or false, one row for each person who answered; `weights` (R,) at least 0,
    where 0 says that the answer was not drawn: it is counted, and not weighted. Errors come from
    leaving out one person after the other, so that a heavy weight shows; the two shares rest on
    the same people, which the error of their difference takes into account.

    Most likely broken: that people came independently of one another.
    Source: Hájek (1971) for the weighted share; jackknife as in Särndal, Swensson & Wretman
    (1992), chapter 11; `base` from Kish (1965).

    >>> told = reweigh([True, True, False, False], [1, 1, 3, 3])
    >>> told.counted, told.weighted, round(told.error, 3), told.base
    (0.5, 0.25, 0.226, 3.2)
    """
    x = np.asarray(agrees, dtype=np.float64)
    w = np.asarray(weights, dtype=np.float64)
    total = float(w.sum())
    if total <= 0:
        return None
    counted, weighted = float(x.mean()), float((w * x).sum() / total)
    without = _left_out(x, w, weighted)
    plainly = (x - counted) / max(x.size - 1, 1)
    return Reweighed(
        counted=counted,
        weighted=weighted,
        error=_jackknife(without[w > 0]),
        difference=weighted - counted,
        difference_error=_jackknife(without - plainly),
        base=total**2 / float((w**2).sum()),
    )


def _left_out(x: Floats, w: Floats, share: float) -> Floats:
    """By how much the share falls without each person (R,); without bound where nobody is left."""
    rest = w.sum() - w
    falls = w * (x - share) / np.where(rest > 0, rest, 1.0)
    return np.where(rest > 0, falls, np.inf)


def _jackknife(falls: Floats) -> float:
    people = falls.size
    if people < 2:
        return float("inf")
    return float(np.sqrt((falls**2).sum() * (people - 1) / people))
