"""How are the numbers of a chart told? Signs, intervals and counts as people read them."""

from collections.abc import Iterable

HIDDEN = "[c]"  # as `analysis.disclosure` prints it: a screen reader says more than an asterisk
Count = int | str  # how many people, or "[c]" where that is kept back

MINUS, NARROWEST = "−", 0.2  # of an interval that one decimal still tells apart


def decimals_for(low: float, high: float) -> int:
    """How many decimals an interval deserves: one; two where it is narrow or ends beside nought.

    >>> decimals_for(0.1, 0.7), decimals_for(0.11, 0.19), decimals_for(-0.6, -0.04)
    (1, 2, 2)
    """
    is_beside_nought = any(0 < abs(end) < 0.05 for end in (low, high))
    return 2 if is_beside_nought or abs(high - low) < NARROWEST else 1


def rounded(value: float, decimals: int = 1) -> float:
    """A number for a cell, never minus nought.

    >>> rounded(0.4321), rounded(-0.01)
    (0.4, 0.0)
    """
    return round(value, decimals) or 0.0


def plain(value: float, decimals: int = 1) -> str:
    """A number with a real minus sign, and never a minus before nought.

    >>> plain(-0.25, 2), plain(-0.01)
    ('−0.25', '0.0')
    """
    return f"{rounded(value, decimals):.{decimals}f}".replace("-", MINUS)


def signed(value: float, decimals: int = 1) -> str:
    """A change: plus or minus first, no sign before nought.

    >>> signed(0.43), signed(-0.43), signed(0.01)
    ('+0.4', '−0.4', '0.0')
    """
    told = plain(value, decimals)
    return told if told.startswith(MINUS) or not float(told) else f"+{told}"


def span(low: float, high: float, decimals: int = 1) -> str:
    """An interval: from where to where.

    >>> span(-0.1, 0.7)
    '−0.1 to 0.7'
    """
    return f"{plain(low, decimals)} to {plain(high, decimals)}"


def people(count: Count) -> str:
    """So many people.

    >>> people(1), people(23), people("[c]")
    ('1 person', '23 people', '[c] people')
    """
    return "1 person" if count == 1 else f"{number(count)} people"


def number(count: Count) -> str:
    """A count with its thousands apart, or "[c]".

    >>> number(12_400), number("[c]")
    ('12,400', '[c]')
    """
    return f"{count:,}" if isinstance(count, int) else count


def things(count: int, thing: str) -> str:
    """So many of something whose plural ends in s.

    >>> things(1, "project"), things(3, "project")
    ('1 project', '3 projects')
    """
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


def towards(change: float, decimals: int = 1, unit: str = "point") -> str:
    """How far, and whether to the better or the worse.

    >>> towards(0.43), towards(-1), towards(0)
    ('0.4 points towards better', '1.0 point towards worse', '0.0 points')
    """
    size = plain(abs(change), decimals)
    units = unit if float(size) == 1 else f"{unit}s"
    if not float(size):
        return f"{size} {units}"
    return f"{size} {units} towards {'better' if change > 0 else 'worse'}"


def between(low: float, high: float, decimals: int = 1) -> str:
    """An interval in a sentence: by its sizes where it lies on one side of no change.

    >>> between(0.1, 0.7), between(-0.7, -0.1)
    ('between 0.1 and 0.7', 'between 0.1 and 0.7')
    >>> between(-0.2, 0.7)
    'anywhere from 0.2 towards worse to 0.7 towards better'
    """
    if low < 0 < high:
        worse, better = plain(-low, decimals), plain(high, decimals)
        return f"anywhere from {worse} towards worse to {better} towards better"
    least, most = sorted((abs(low), abs(high)))
    return f"between {plain(least, decimals)} and {plain(most, decimals)}"


def listed(parts: Iterable[str]) -> str:
    """Parts of a sentence, the last after "and".

    >>> listed(["one up", "two the same", "none down"])
    'one up, two the same and none down'
    """
    *most, last = parts
    return f"{', '.join(most)} and {last}" if most else last


def checked(count: Count) -> Count:
    """The count, if it is one that can be drawn; raises ValueError where it is not."""
    if isinstance(count, str) and count != HIDDEN:
        raise ValueError(f"“{count}” is no count of people: a number is, or {HIDDEN}.")
    if isinstance(count, int) and count < 0:
        raise ValueError(f"{count} is no count of people.")
    return count


def refuse_one_hidden(parts: Iterable[Count], of: Count) -> None:
    """Raises ValueError where one part alone is hidden: all others and the whole give it away."""
    if isinstance(of, int) and sum(part == HIDDEN for part in parts) == 1:
        raise ValueError(
            f"One hidden count beside all others of {of} people can be worked out: hide a second."
        )
