"""What may be shown without telling on anybody? Small numbers, coarse words, releases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import ArrayLike

from coproduce.analysis.votes import Ints

HIDDEN = "[c]"  # for "confidential"; a screen reader reads it, unlike an asterisk


@dataclass(frozen=True)
class Policy:
    """The numbers behind every rule, in one place, so that a place may be stricter."""

    # R1: nothing public rests on fewer people.
    smallest_public_base: int = 10
    # R1: the project's own team, under its agreement, works from here.
    smallest_team_base: int = 5
    # R2: counts below this, except 0, are hidden: the minimum frequency rule, Hundepool et al.
    # (2012), Statistical Disclosure Control, chapter 5.
    smallest_count: int = 5
    # R4: two releases of one thing must differ by nobody or by so many people: as R1.
    smallest_difference: int = 10
    # A picture of many moves once a twentieth has come in addition: a ledger of 20,000 people then
    # holds about a hundred releases and not two thousand, each of which every later one is set
    # beside (decision 0003).
    smallest_growth: float = 0.05

    def __post_init__(self) -> None:
        if min(self.smallest_count, self.smallest_team_base, self.smallest_difference) < 1:
            raise ValueError("Every threshold of a disclosure policy must be at least 1.")


DEFAULT_POLICY = Policy()


@dataclass(frozen=True)
class Released:
    """This may go out: it rests on `people`, of whom `new` are in no earlier release."""

    people: int
    new: int


@dataclass(frozen=True)
class Blocked:
    """This must wait: set beside release number `against` it would single out `differing` people.

    `against` counts earlier releases from 0; None means the release by itself is too small.
    Both numbers are for the facilitator, never for the page.
    """

    against: int | None
    differing: int


def has_base(people: int, *, team: bool = False, policy: Policy = DEFAULT_POLICY) -> bool:
    """Whether so many people are enough to show anything at all (rule R1).

    >>> has_base(9), has_base(9, team=True)
    (False, True)
    """
    return people >= (policy.smallest_team_base if team else policy.smallest_public_base)


def shown_count(count: int, *, policy: Policy = DEFAULT_POLICY) -> str:
    """A count of people as it may be printed: small ones as "[c]", nought as nought (rule R2).

    >>> shown_count(0), shown_count(3), shown_count(12)
    ('0', '[c]', '12')
    """
    return HIDDEN if 0 < count < policy.smallest_count else str(count)


def shown_counts(
    counts: Mapping[str, int], *, people: int | None = None, policy: Policy = DEFAULT_POLICY
) -> dict[str, str] | None:
    """Counts as they may be printed beside their known total; None where none may be (rule R2).

    Small counts are hidden, and with them as many of the next smallest as it takes until what is
    left over leaves every small count open from 1 to 4. Where one person may be in several counts,
    say of how many `people` they are: a count that leaves out 1 to 4 of them is hidden as well.
    Set beside each other, counts that overlap tell less than parts of a whole, so that what is
    open for these is open for those. Source: secondary suppression, Hundepool et al. (2012),
    chapter 5.

    >>> shown_counts({"carers": 12, "trainers": 3, "others": 25})
    {'carers': '[c]', 'trainers': '[c]', 'others': '25'}
    >>> shown_counts({"carers": 38, "trainers": 20}, people=40)
    {'carers': '[c]', 'trainers': '20'}
    """
    least = policy.smallest_count
    small = {label for label, number in counts.items() if 0 < number < least}
    nearly_all = {
        label for label, number in counts.items() if people and 0 < people - number < least
    }
    hidden = small | nearly_all
    others = sorted(
        (label for label in counts if label not in hidden), key=lambda each: counts[each]
    )
    others = [label for label in others if counts[label]]
    while small and not _is_open(
        sum(counts[label] for label in hidden), len(hidden), len(small), least
    ):
        if not others:
            return None
        hidden.add(others.pop(0))
    return {label: HIDDEN if label in hidden else str(number) for label, number in counts.items()}


def _is_open(left_over: int, hidden: int, small: int, least: int) -> bool:
    """Whether each small count could still be anything from 1 to 4, by all that is known."""
    could_be_largest = left_over - (hidden - 1) >= least - 1
    could_be_one = hidden > small or left_over - 1 <= (least - 1) * (hidden - 1)
    return hidden > 1 and could_be_largest and could_be_one


def shown_percentage(count: int, base: int, *, policy: Policy = DEFAULT_POLICY) -> str:
    """A percentage of people as it may be printed, or "[c]" (rules R1 and R2).

    It is printed only where the base is large enough and both the count and its complement are
    0 or at least 5: otherwise the reader could work out who. Raises ValueError where count is
    not within 0..base.

    >>> shown_percentage(30, 40), shown_percentage(38, 40), shown_percentage(40, 40)
    ('75 %', '[c]', '100 %')
    """
    if not 0 <= count <= base:
        raise ValueError(f"{count} of {base} people is not a share.")
    told = any(0 < part < policy.smallest_count for part in (count, base - count))
    if told or not has_base(base, policy=policy):
        return HIDDEN
    return f"{100 * count / base:.0f} %"


def about_share(count: int, votes: int, *, policy: Policy = DEFAULT_POLICY) -> str | None:
    """A share of anonymous votes in coarse words, None below the base: "about 6 in 10".

    Steps of a tenth, and open ends, so that neither a share nor its change gives away one vote:
    "hardly anyone" and "nearly everyone" take in nobody and everybody. Raises ValueError where
    count is not within 0..votes. Source: our own rule, decision 0006.

    >>> about_share(30, 48), about_share(48, 48), about_share(5, 9)
    ('about 6 in 10', 'nearly everyone', None)
    """
    if not 0 <= count <= votes:
        raise ValueError(f"{count} of {votes} votes is not a share.")
    if not has_base(votes, policy=policy):
        return None
    tenths = (20 * count + votes) // (2 * votes)  # to the nearest tenth, halves up, in integers
    if tenths == 0:
        return "hardly anyone"
    return "nearly everyone" if tenths == 10 else f"about {tenths} in 10"


def at_least_share(bound: float, votes: int, *, policy: Policy = DEFAULT_POLICY) -> str | None:
    """A lower bound in coarse words, rounded down: "at least 7 in 10"; None below the base.

    `bound` in 0..1; `votes` of the smallest group behind it. Below a tenth there is nothing to
    promise, and the answer is None too. Raises ValueError where bound is no share.
    Source: our own rule, decision 0006.

    >>> at_least_share(0.79, 40), at_least_share(0.79, 8)
    ('at least 7 in 10', None)
    """
    if not 0 <= bound <= 1:
        raise ValueError(f"{bound} is not a share between 0 and 1.")
    tenths = int(bound * 10 + 1e-9)
    if tenths < 1 or not has_base(votes, policy=policy):
        return None
    return f"at least {tenths} in 10"


def about_people(people: int, *, policy: Policy = DEFAULT_POLICY) -> str:
    """How many people, to the nearest ten: "about 40 people".

    Source: our own rule, decision 0006.

    >>> about_people(38), about_people(7)
    ('about 40 people', 'fewer than 10 people')
    """
    base = policy.smallest_public_base
    if people < base:
        return f"fewer than {base} people"
    return f"about {max(10, (people + 5) // 10 * 10)} people"


def may_release(
    earlier: Sequence[ArrayLike], now: ArrayLike, *, policy: Policy = DEFAULT_POLICY
) -> Released | Blocked:
    """Whether a new release of the same thing, set beside all earlier ones, singles anybody out.

    `earlier`: for each earlier release the ids (whole numbers) of the people it rests on; `now`:
    those of this one. It is blocked where it differs from any earlier release, or from no release
    at all, by 1 to 9 people, counted as symmetric difference (rule R4).

    Most likely broken: that an id stands for a person *with the votes they then had*. Where
    somebody may vote again between releases, give an id of person and votes together; a changed
    vote then counts as one out and one in. Combinations of three and more releases are guarded
    only where each holds all people of the one before.

    >>> hall = range(40)
    >>> may_release([], hall)
    Released(people=40, new=40)
    >>> may_release([hall], range(43))
    Blocked(against=0, differing=3)
    """
    people = _people(now)
    if 0 < people.size < policy.smallest_difference:
        return Blocked(against=None, differing=int(people.size))
    seen = np.zeros(0, dtype=np.int64)
    for number, release in enumerate(earlier):
        shown = _people(release)
        differing = int(np.setxor1d(shown, people, assume_unique=True).size)
        if 0 < differing < policy.smallest_difference:
            return Blocked(against=number, differing=differing)
        seen = np.union1d(seen, shown)
    new = np.setdiff1d(people, seen, assume_unique=True).size
    return Released(people=int(people.size), new=int(new))


def smallest_step(previous: int, *, policy: Policy = DEFAULT_POLICY) -> int:
    """How many people the next picture has to add to one of `previous` people.

    >>> smallest_step(0), smallest_step(200), smallest_step(2_000)
    (10, 10, 100)
    """
    return max(policy.smallest_difference, ceil(policy.smallest_growth * previous))


def next_release(
    previous: ArrayLike,
    now: ArrayLike,
    *,
    hold_back: int | None = None,
    seed: int,
    policy: Policy = DEFAULT_POLICY,
) -> Ints | None:
    """The people whom an interim picture may take in, or None where it must wait.

    `previous`: ids behind the last picture (empty at first); `now`: ids of all who have answered.
    The answer, in ascending order, is everybody of `previous` who is still there, and newcomers
    drawn at random of whom `hold_back` (10 unless told) stay out: the closing picture can so take
    in everybody and still differ by at least 10. None where fewer people would be added than
    `smallest_step` says. `seed` must be one that nobody in the room can guess, or they could tell
    who is held back.

    Most likely broken: as in `may_release`, which must still be asked about all earlier releases,
    since people may have left in between. Source: our own rule, decision 0003.

    >>> first = next_release([], range(35), seed=1)
    >>> first.size
    25
    >>> next_release(first, range(40), seed=1) is None
    True
    """
    kept_back = policy.smallest_difference if hold_back is None else hold_back
    if kept_back < policy.smallest_difference:
        raise ValueError(f"At least {policy.smallest_difference} people must be held back.")
    shown, people = _people(previous), _people(now)
    newcomers = np.setdiff1d(people, shown, assume_unique=True)
    added = newcomers.size - kept_back
    if added < smallest_step(int(shown.size), policy=policy):
        return None
    drawn = np.random.default_rng(seed).permutation(newcomers)[:added]
    return np.union1d(np.intersect1d(shown, people, assume_unique=True), drawn)


def _people(ids: ArrayLike) -> Ints:
    return np.unique(np.asarray(ids, dtype=np.int64))
