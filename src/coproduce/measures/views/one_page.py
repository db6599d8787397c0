"""The one page for whoever commissions a project, on screen and as a file. Always made anew."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coproduce.measures import one_page
from coproduce.measures.files.one_page import FILES
from coproduce.measures.limits import FILES_BY_ADDRESS
from coproduce.measures.views.taking_along import as_file, too_many
from coproduce.people.limits import address_of
from coproduce.projects.doors import on_show


@never_cache  # somebody may take their story or their answers back at any moment
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    told = one_page.page_of(on_show(request, slug))
    return render(request, "measures/one_page/page.html", {"page": told})


@never_cache
@require_safe
def file(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    project = on_show(request, slug)
    if ending not in FILES:
        raise Http404("The one page comes as PDF or DOCX.")
    if not FILES_BY_ADDRESS.take(address_of(request)):
        return too_many(request)
    kind, make = FILES[ending]
    return as_file(make(one_page.page_of(project)), f"{slug}-one-page.{ending}", kind)
