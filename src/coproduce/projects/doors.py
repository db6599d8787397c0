"""Who gets through to what belongs to a project."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from coproduce.people.doors import let_in, signed_in
from coproduce.people.models import Person
from coproduce.people.rights import Deed, may, person_of
from coproduce.projects.models import Project

P = ParamSpec("P")
Behind = Callable[Concatenate[HttpRequest, Project, Person, P], HttpResponse]
Page = Callable[..., HttpResponse]


def behind(deed: Deed) -> Callable[[Behind[P]], Page]:
    """A page for those who may do the deed; the view is given the project and the person."""

    def guard(view: Behind[P]) -> Page:
        @signed_in
        @wraps(view)
        def page(
            request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            project = get_object_or_404(Project.objects.select_related("place"), slug=slug)
            person = let_in(request, deed, project.place)
            return view(request, project, person, *args, **kwargs)

        return page

    return guard


def on_show(request: HttpRequest, slug: str) -> Project:
    """The project, if it is on show or theirs to run."""
    project = get_object_or_404(Project.objects.select_related("place"), slug=slug)
    is_theirs = may(person_of(request.user), Deed.RUN_PROJECTS, project.place)
    if not (project.is_published or is_theirs):
        raise Http404("There is no such project on show.")
    return project
