"""Which reports stand inside a gathering, for its page?"""

from django.http import HttpRequest
from django.urls import reverse

from coproduce.gatherings.inside import Thing
from coproduce.gatherings.models import Gathering
from coproduce.reports.models import Report

ROOM = "reports"


def things_in(request: HttpRequest, gathering: Gathering) -> list[Thing]:
    """The reports to open on a gathering's page: the way left with gatherings."""
    if gathering.is_draft:
        return []
    return [_thing(report) for report in Report.objects.out().filter(gathering=gathering)]


def _thing(report: Report) -> Thing:
    address = reverse("reports:report", args=[report.slug])
    if report.is_guests:
        return Thing(report.title, address, f"A report by {report.author}")
    return Thing("The report of the day", address, "What was said and decided, what happens next")
