"""What goes into a file: the version as it may be read now, with its sources. Nothing is kept."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from coproduce.reports import shown
from coproduce.reports.models import Report, Version
from coproduce.reports.pieces import Piece


@dataclass(frozen=True)
class Edition:
    """One version for a file. People in it are named as they wished, and nowhere else."""

    report: Report
    version: Version
    pieces: tuple[Piece, ...]
    notes: tuple[Version, ...]  # later versions up to this one: what changed in each

    @property
    def title(self) -> str:
        return self.version.title

    @property
    def named(self) -> str:
        """Its title, as it is called away from the page."""
        return self.title if self.report.is_guests else f"Report of the day: {self.title}"

    @property
    def when(self) -> str:
        return f"{self.report.gathering.place}, {self.report.gathering.when}"

    @property
    def byline(self) -> str:
        named = filter(None, (self.report.author, self.report.organisation))
        return ", ".join(named) if self.report.is_guests else ""

    @property
    def permission(self) -> list[str]:
        """A guest's report says where it comes from and who permitted it, a sentence each."""
        report = self.report
        if not report.is_guests or report.permission_on is None:
            return []
        scope = f": {report.permission_scope}" if report.permission_scope else "."
        told = [
            f"It came out first at {report.address}" if report.address else "",
            f"Republished with permission of {report.permission_from} on "
            f"{report.permission_on:%-d %B %Y}{scope}",
            f"Licence: {report.get_licence_display()}." if report.licence else "",
        ]
        return [each for each in told if each]

    @property
    def address(self) -> str:
        """Where the current version stands, whichever this one is."""
        return whole("reports:report", self.report.slug)

    @property
    def published_at(self) -> datetime:
        return self.version.published_at

    @property
    def publisher(self) -> str:
        return settings.WAGTAIL_SITE_NAME

    @property
    def source(self) -> str:
        return f"Version {self.version.number}, {self.published_at:%-d %B %Y}. {self.address}"


def edition_of(version: Version) -> Edition:
    """A version as it may be read at this moment."""
    notes = version.report.versions.filter(number__gt=1, number__lte=version.number)
    pieces = tuple(shown.of_version(version))
    return Edition(version.report, version, pieces, tuple(notes.order_by("-number")))


def whole(name: str, *args: object) -> str:
    """An address as it stands on paper."""
    return settings.BASE_URL + reverse(name, args=args)
