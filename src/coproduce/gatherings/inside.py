"""What happens inside a gathering that other rooms know of? Each leaves a way to ask it here.

Gatherings stand below conversations and know nothing of them; a conversation that people answer
in the hall and on the line still has to stand on the gathering's page.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from coproduce.gatherings.models import Gathering


@dataclass(frozen=True)
class Thing:
    """Something to open on a gathering's page."""

    title: str
    address: str
    about: str  # "open now", "what people found"


# (request, gathering) -> what this visitor may open there.
Asked = Callable[[HttpRequest, Gathering], list[Thing]]

_asked: dict[str, Asked] = {}


def leave_way(room: str, asked: Asked) -> None:
    """Let a room say what it has inside a gathering; called when the site starts."""
    _asked[room] = asked


def things_in(request: HttpRequest, gathering: Gathering) -> list[Thing]:
    return [thing for asked in _asked.values() for thing in asked(request, gathering)]
