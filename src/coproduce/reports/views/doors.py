"""Who gets through to the pages behind a report: the hosts of its gathering."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from coproduce.gatherings.models import Gathering
from coproduce.gatherings.views.doors import Page, behind
from coproduce.people.models import Person
from coproduce.people.rights import Deed
from coproduce.reports.models import Report

P = ParamSpec("P")


def at_the_desk(
    view: Callable[Concatenate[HttpRequest, Report, Person, P], HttpResponse],
) -> Page:
    """A page for those who host the gathering; the view is given the report and the person."""

    @behind(Deed.HOST)
    def page(
        request: HttpRequest,
        gathering: Gathering,
        person: Person,
        /,
        report_id: UUID,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> HttpResponse:
        report = get_object_or_404(Report, pk=report_id, gathering=gathering)
        report.gathering = gathering
        return view(request, report, person, *args, **kwargs)

    return page
