"""What is left to do after a gathering, on one page; and the thank-you to everybody there."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from coproduce.gatherings import addresses
from coproduce.gatherings.actions.deeds import NotPossible
from coproduce.gatherings.models import Gathering
from coproduce.gatherings.views.doors import behind, telling
from coproduce.people.models import Person
from coproduce.people.rights import Deed
from coproduce.reports import checklist, owed
from coproduce.reports.actions import tidying
from coproduce.reports.forms.thanks import Thanks
from coproduce.reports.models import Line, Report, ThankYou, Tick


@never_cache
@behind(Deed.HOST)
def tidy(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    """Each line: how it stands, who said so, and the way to do it."""
    if request.method == "POST":
        _tick(request, gathering, person)
        return redirect("reports:checklist", gathering.slug)
    items = checklist.items_of(gathering, person)
    points = owed.at(gathering)
    return render(
        request,
        "reports/host/checklist.html",
        {
            "gathering": gathering,
            "items": items,
            "left": sum(item.is_open for item in items),
            "owed": owed.open_ones(points),
            "days": owed.DAYS_TO_ANSWER,
        },
    )


@never_cache
@behind(Deed.KEEP_CONTACTS)
def thank(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    """A few words to everybody who was there, sent once."""
    sent = ThankYou.objects.filter(gathering=gathering).select_related("announcement").first()
    if sent is not None:
        return redirect("people:announcement", gathering.place.slug, sent.announcement.pk)
    form = Thanks(request.POST or None, initial={"words": _first_words(gathering)})
    if request.method == "POST" and form.is_valid():
        try:
            announcement = tidying.thank(gathering, form.cleaned_data["words"], person)
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, "It is on its way.")
            return redirect("people:announcement", gathering.place.slug, announcement.pk)
    context = {
        "gathering": gathering,
        "form": form,
        "people": len(tidying.who_can_be_thanked(gathering)),
        "came": gathering.attendances.count(),
    }
    return render(request, "reports/host/thank.html", context)


def _tick(request: HttpRequest, gathering: Gathering, person: Person) -> None:
    line = request.POST.get("line", "")
    if line not in Line.values:
        raise Http404("There is no such line.")
    state = request.POST.get("state", "")
    if state in Tick.State.values:
        with telling(request, f"{Line(line).label}: {state}."):
            tidying.tick(gathering, Line(line), Tick.State(state), person)
    else:
        with telling(request, f"{Line(line).label}: open again."):
            tidying.untick(gathering, Line(line), person)


def _first_words(gathering: Gathering) -> str:
    """What one can begin from: thanks, and where the report is once it is out."""
    report = Report.objects.out().filter(gathering=gathering, kind=Report.Kind.OURS).first()
    page = addresses.of_gathering(gathering)
    where = f"Everything about the day stands here: {page}"
    if report is not None:
        address = settings.BASE_URL + reverse("reports:report", args=[report.slug])
        where = f"What was said and decided, and what happens next, stands here: {address}"
    return (
        f"Thank you for being part of “{gathering.title}”.\n\n{where}\n\n"
        f"Whoever said something there hears what came of it within {owed.DAYS_TO_ANSWER} days."
    )
