"""A project told for researchers: what the records tell, what its team wrote, as page and file."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from coproduce.measures.actions import writing_gripp2
from coproduce.measures.files.gripp2 import KIND, docx_of
from coproduce.measures.forms.gripp2 import Gripp2Form, filled
from coproduce.measures.gripp2 import NOTHING, SOURCE, parts_of
from coproduce.measures.limits import FILES_BY_ADDRESS
from coproduce.measures.views.taking_along import as_file, too_many
from coproduce.people.limits import address_of
from coproduce.people.models import Person
from coproduce.people.rights import Deed, may, person_of
from coproduce.projects.doors import behind, on_show
from coproduce.projects.models import Project


@never_cache
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    project = on_show(request, slug)
    context = {
        "project": project,
        "parts": parts_of(project),
        "source": SOURCE,
        "nothing": NOTHING,
        "may_write": may(person_of(request.user), Deed.RUN_PROJECTS, project.place),
    }
    return render(request, "measures/gripp2/page.html", context)


@never_cache
@require_safe
def file(request: HttpRequest, slug: str) -> HttpResponse:
    project = on_show(request, slug)
    if not FILES_BY_ADDRESS.take(address_of(request)):
        return too_many(request)
    return as_file(docx_of(project), f"{slug}-gripp2.docx", KIND)


@require_http_methods(["GET", "HEAD", "POST"])
@behind(Deed.RUN_PROJECTS)
def write(request: HttpRequest, project: Project, person: Person) -> HttpResponse:
    form = Gripp2Form(request.POST or None, initial=filled(project))
    if request.method == "POST" and form.is_valid():
        writing_gripp2.write(project, form.texts, by=person)
        messages.success(request, "What you wrote is kept, and stands on this page.")
        return redirect("measures:gripp2", project.slug)
    return render(request, "measures/gripp2/write.html", {"project": project, "form": form})
