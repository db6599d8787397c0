"""Which addresses does the site have, and whose are they?"""

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Route:
    """One address: its name or pattern, the first piece it hangs under, what answers there."""

    name: str
    hung_under: str
    pattern: URLPattern

    @property
    def is_ours(self) -> bool:
        view = inspect.unwrap(self.pattern.callback)
        return getattr(view, "view_class", view).__module__.startswith("coproduce.")

    @property
    def parameters(self) -> list[str]:
        return list(self.pattern.pattern.regex.groupindex)


def all_routes() -> list[Route]:
    return [
        route
        for entry in get_resolver().url_patterns
        for route in _below(entry, (), str(entry.pattern))
    ]


def _below(entry: Any, spaces: tuple[str, ...], hung_under: str) -> Iterator[Route]:
    if isinstance(entry, URLResolver):
        inner = (*spaces, entry.namespace) if entry.namespace else spaces
        for part in entry.url_patterns:
            yield from _below(part, inner, hung_under)
    else:
        name = ":".join((*spaces, entry.name)) if entry.name else str(entry.pattern)
        yield Route(name, hung_under, entry)
