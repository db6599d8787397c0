"""What of reports is to be found? What an editor wrote in a version that went out: never a quote.

Voices, insights, figures and decisions stand in a report by their id alone, and are not copied here
either (decision 0014).
"""

from collections.abc import Iterator

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from coproduce.reports import rich
from coproduce.reports.body import Block, Kind
from coproduce.reports.models import Report, Version
from coproduce.search import rebuilding
from coproduce.search.index import Entry, put
from coproduce.search.models import Seen
from coproduce.search.rebuilding import Room, row_by_row


def report_changed(report: Report) -> None:
    """After each deed that lets a version out, or changes whether it may be read."""
    put(_of_report(_reports().get(pk=report.pk)))


def everything() -> Iterator[Entry]:
    yield from map(_of_report, row_by_row(_reports().filter(pk__in=Report.objects.out())))


def _reports() -> QuerySet[Report]:
    newest_last = Prefetch("versions", Version.objects.order_by("number"), to_attr="went_out")
    return Report.objects.select_related("gathering__place").prefetch_related(newest_last)


def _of_report(report: Report) -> Entry:
    versions: list[Version] = report.went_out  # type: ignore[attr-defined]
    newest = versions[-1] if versions else None
    is_out = newest is not None and report.is_permitted and not report.gathering.is_draft
    return Entry(
        thing=report.thing,
        kind="report",
        title=newest.title if newest else report.title,
        text="\n".join(_said_in(newest.blocks)) if newest else "",
        address=reverse("reports:report", args=[report.slug]),
        seen=Seen.EVERYBODY if is_out else Seen.NOBODY,
        where=report.gathering.place.name,
        note=report.get_kind_display() if report.is_guests else "",
        at=report.gathering.starts_at,
    )


def _said_in(blocks: list[Block]) -> Iterator[str]:
    """The editor's own words."""
    for block in blocks:
        if block.kind == Kind.HEADING:
            yield str(block.value)
        elif block.kind == Kind.TEXT:
            yield from (passage.words for passage in rich.passages(str(block.value)))
        elif block.kind == Kind.NEXT:
            yield str(block.value.get("words", ""))


ROOM = Room((rebuilding.Kind("report", "Report", "Reports"),), everything)
