"""People arriving, as a picture: a mark for each, in rows that fill as the hall does."""

PER_ROW = 40
MOST_MARKS = 400  # ten rows; in a larger hall each mark is ten people
_STEP, _SIZE = 16, 5


def draw_arrivals(people: int) -> str:
    """A field of marks for so many people. The count beside it says the same, so it is silent.

    >>> draw_arrivals(3).count("M"), draw_arrivals(3_000).count("M")
    (3, 300)
    """
    marks = people if people <= MOST_MARKS else people // 10
    rows = max(1, -(-marks // PER_ROW))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="arrivals" '
        f'viewBox="0 0 {PER_ROW * _STEP} {rows * _STEP}" aria-hidden="true" focusable="false">'
        f'<path d="{"".join(map(_mark, range(marks)))}"/></svg>'
    )


def _mark(number: int) -> str:
    row, place = divmod(number, PER_ROW)
    x, y = place * _STEP + _STEP // 2 - _SIZE, row * _STEP + _STEP // 2
    return f"M{x} {y}a{_SIZE} {_SIZE} 0 1 0 {2 * _SIZE} 0a{_SIZE} {_SIZE} 0 1 0-{2 * _SIZE} 0z"
