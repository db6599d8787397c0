"""What stands on a project's page that other rooms know of? Each leaves a way to ask it here.

Projects stand below measures and know nothing of them; what changed in a project still has to
stand on its page.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from coproduce.projects.models import Project


@dataclass(frozen=True)
class Section:
    """One part of the page: a template of the room that it comes from, and what it needs."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


# (request, project) -> the sections this visitor may see, in their order.
Asked = Callable[[HttpRequest, Project], list[Section]]

_asked: dict[str, Asked] = {}


def leave_way(room: str, asked: Asked) -> None:
    """Let a room say what it has of a project; called when the site starts."""
    _asked[room] = asked


def sections_of(request: HttpRequest, project: Project) -> list[Section]:
    return [section for asked in _asked.values() for section in asked(request, project)]
