"""What this room holds about somebody: reports they began. What they said stands there by id."""

from django.urls import reverse

from coproduce.people.everything import Change, Chapter, Keeper
from coproduce.people.models import Person
from coproduce.reports import shown
from coproduce.reports.models import Report


def tell(person: Person) -> list[Chapter]:
    reports = person.reports_made.select_related("gathering")
    return [
        Chapter(
            "Reports you began",
            ("Report", "Gathering", "On"),
            tuple((each.title, each.gathering.title, each.made_at) for each in reports),
            (Report,),
        )
    ]


def would_change(person: Person) -> list[Change]:
    """Each report that is out and quotes them: page, PDF, slides and document are made anew."""
    voices = {str(each) for each in person.voices.values_list("pk", flat=True)}
    at = person.voices.values("gathering")
    reports = Report.objects.out().filter(gathering__in=at).prefetch_related("versions")
    return [
        Change(
            each.title,
            "is corrected by itself, with the day: the quote leaves the page, its PDF, slides and "
            "document, and the addresses of the old files say that they are gone",
            reverse("reports:report", args=[each.slug]),
        )
        for each in reports
        if (newest := each.newest) is not None
        and voices & set(shown.covered(each.gathering, newest.held))
    ]


KEEPER = Keeper(tell=tell, would_change=would_change)
