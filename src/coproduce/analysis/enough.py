"""What is said instead of a number where too few people stand behind it?"""

from dataclasses import dataclass


@dataclass(frozen=True)
class NotEnough:
    """Too few for an answer: `people` who answered, of `needed`.

    For a map those who answered enough statements, for change those linked in both waves, for
    reliability those who answered every item. It is a result, not an error: a page shows it.
    """

    people: int
    needed: int
