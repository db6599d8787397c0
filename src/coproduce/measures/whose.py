"""Whose is a set that was partly copied from others? Everybody's whose words stand in it.

The own licence, notice and source come first, those of the sets it was taken from after them. They
stay there whatever is done with the rest.
"""

from collections.abc import Iterable
from dataclasses import replace

from coproduce.formats.instruments.record import Licence

AND = " AND "  # as SPDX joins licences that all have to be kept


def together(own: Licence, taken: Iterable[Licence]) -> Licence:
    """One licence for the whole of it."""
    others = tuple(taken)
    licences = dict.fromkeys([own.licence, *(each.licence for each in others)])
    return replace(
        own,
        licence=AND.join(each for each in licences if each),
        notice="\n".join((own.notice, *_notices(others))).strip(),
        source="\n".join((own.source, *_sources(others))).strip(),
    )


def own_part(whole: Licence, taken: Iterable[Licence]) -> Licence:
    """The way back: what the makers of the set said of their own words."""
    others = tuple(taken)
    if not others:
        return whole
    return replace(
        whole,
        licence=whole.licence.split(AND)[0],
        notice=_without(whole.notice, _notices(others)),
        source=_without(whole.source, _sources(others)),
    )


def _notices(taken: tuple[Licence, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.notice for each in taken))


def _sources(taken: tuple[Licence, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.source for each in taken))


def _without(text: str, others: tuple[str, ...]) -> str:
    return text.removesuffix("\n".join(others)).strip()
