"""What everybody reads: the list of reports, one report, each of its versions, its files."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coproduce.gatherings.places import Map
from coproduce.people.limits import address_of
from coproduce.people.rights import Deed, may, person_of
from coproduce.reports import shown
from coproduce.reports.actions import publishing
from coproduce.reports.files import FILES, File, make
from coproduce.reports.limits import FILES_BY_ADDRESS
from coproduce.reports.models import Report, Version

ON_A_PAGE = 30


@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    """Every report that is out, everywhere or in one place and the places within it."""
    everywhere = Map.read()
    found = Report.objects.out().select_related("gathering__place")
    place = everywhere.called(request.GET.get("place", ""))
    if place is not None:
        found = found.filter(gathering__place__in=everywhere.within(place))
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    places = everywhere.with_gatherings()
    return render(request, "reports/list.html", {"page": page, "place": place, "places": places})


@never_cache  # somebody may take their words back at any moment
@require_safe
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest version of a report, as it may be read now."""
    newest = publishing.current(on_show(slug))
    if newest is None:
        raise Http404("This report is not out yet.")
    return _page(request, newest, newest)


@never_cache
@require_safe
def version(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """One version, for whoever has its address; where something is gone, it says so."""
    report = on_show(slug)
    newest = publishing.current(report)
    found = get_object_or_404(report.versions, number=version)
    return _page(request, found, newest or found)


@never_cache
@require_safe
def file(request: HttpRequest, slug: str, version: int, ending: str) -> HttpResponse:
    """A version as a file, made now; 410 where it held what may not be shown any more."""
    wanted = next((each for each in FILES if each.ending == ending), None)
    report = on_show(slug)
    newest = publishing.current(report)
    found = get_object_or_404(report.versions, number=version)
    if wanted is None or newest is None:
        raise Http404("A report comes as PDF, PPTX or DOCX.")
    if gone := shown.gone_from(found):
        return _gone(request, found, newest, wanted, gone)
    if not FILES_BY_ADDRESS.take(address_of(request)):
        return render(request, "429.html", {"wait": "ten minutes"}, status=429)
    found.report = report
    name = f"{slug}-version-{version}.{ending}"
    return HttpResponse(
        make(wanted, found),
        content_type=wanted.kind,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Robots-Tag": "noindex",  # copies elsewhere would outlive a withdrawal
        },
    )


def _gone(
    request: HttpRequest, found: Version, newest: Version, wanted: File, gone: list[str]
) -> HttpResponse:
    reasons = shown.why_gone(newest.report.gathering, gone).values()
    context = {
        "report": newest.report,
        "version": found,
        "newest": newest,
        "file": wanted,
        "reason": " ".join(dict.fromkeys(each.sentence for each in reasons)),
    }
    return render(request, "reports/gone.html", context, status=410)


def on_show(slug: str) -> Report:
    """A report that everybody may read; else 404."""
    return get_object_or_404(Report.objects.out().select_related("gathering__place"), slug=slug)


def _page(request: HttpRequest, found: Version, newest: Version) -> HttpResponse:
    report = newest.report
    found.report = report
    versions = list(report.versions.all())
    return render(
        request,
        "reports/report.html",
        {
            "report": report,
            "gathering": report.gathering,
            "version": found,
            "newest": newest,
            "pieces": shown.of_version(found),
            "files": FILES if found == newest or not shown.gone_from(found) else (),
            "corrections": [each for each in reversed(versions) if each.number > 1],
            "may_host": may(person_of(request.user), Deed.HOST, report.gathering.place),
        },
    )
