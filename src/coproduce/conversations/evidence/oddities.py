"""Does what we found hang on a few odd answers? Counted once more without them, and told.

Told once, with the last picture, and only where ten people or more would be missing: a result
beside the same result without a few people would tell what those few answered (rule R4).
"""

from collections.abc import Iterator

import numpy as np

from coproduce.analysis import about_people, has_base, odd_people
from coproduce.conversations.evidence.counting import Counted, count
from coproduce.conversations.evidence.wording import Told
from coproduce.trust.figures import Content
from coproduce.trust.gate import Admitted, only

WHAT = {
    "identical answers": "copies of exactly the same answers, more than chance explains",
    "few answers": "people who answered fewer than seven statements",
}


def hangs_on_few(admitted: Admitted, counted: Counted) -> Told:
    """The same lines of common ground without each kind of odd answers."""
    odd = odd_people(admitted.person, admitted.item, admitted.value, counted.map)
    rows = tuple((WHAT[why], *_without(people, admitted, counted)) for why, people in odd.items())
    return Told(
        "sensitivity",
        "",
        Content(
            title="Does it hang on a few?",
            sentence=" ".join(f"Without {what}: {says}." for what, _, says in rows),
            about=(
                "Everything is worked out once more without answers that may not be what they "
                "seem, and the lines of common ground are compared. Odd does not mean wrong."
            ),
            columns=("Left out", "People", "Common ground then"),
            rows=rows,
            limits=(
                "Bursts of answers cannot be looked for: answers are kept without any time, so "
                "that they give nobody away.",
            ),
        ),
    )


def _without(
    people: np.ndarray[tuple[int], np.dtype[np.int64]], admitted: Admitted, counted: Counted
) -> tuple[str, str]:
    """How many would be missing, and what would change; nothing of fewer than ten."""
    if not people.size:
        return "nobody", "there are none"
    if not has_base(int(people.size)):
        return about_people(int(people.size)), "too few to say what would change"
    others = np.setdiff1d(admitted.people, people)
    if not has_base(int(others.size)):
        return about_people(int(people.size)), "too few would be left"
    again = count(only(admitted, others, why="left out to see what hangs on them"))
    return about_people(int(people.size)), _change(set(_shared(counted)), set(_shared(again)))


def _shared(counted: Counted) -> Iterator[int]:
    for line in (*counted.map.common_ground, *counted.map.rejected_by_all):
        yield line.statement


def _change(before: set[int], after: set[int]) -> str:
    lost, gained = sorted(before - after), sorted(after - before)
    if not lost and not gained:
        return "the same lines stand"
    parts = [f"statement {number} would no longer stand" for number in lost]
    parts += [f"statement {number} would stand too" for number in gained]
    return "; ".join(parts)
