"""Projects: all of them, one of them, and how one is made and worded."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from coproduce.people.doors import places_for, signed_in, who_is_there
from coproduce.people.models import Person
from coproduce.people.rights import Deed, may, person_of
from coproduce.projects import actions
from coproduce.projects.actions import NotPossible
from coproduce.projects.doors import behind, on_show
from coproduce.projects.forms import ProjectForm, filled
from coproduce.projects.inside import sections_of
from coproduce.projects.models import Project

ON_A_PAGE = 30


@require_safe
def project_list(request: HttpRequest) -> HttpResponse:
    """Every project on show; those who run some see their drafts above."""
    person = person_of(request.user)
    places = places_for(person, Deed.RUN_PROJECTS) if person else []
    shown = Project.objects.on_show().select_related("place").order_by("-published_at", "id")
    page = Paginator(shown, ON_A_PAGE).get_page(request.GET.get("page"))
    drafts = Project.objects.filter(place__in=places).exclude(pk__in=Project.objects.on_show())
    context = {"page": page, "drafts": drafts.select_related("place"), "may_make": bool(places)}
    return render(request, "projects/list.html", context)


@require_safe
def project(request: HttpRequest, slug: str) -> HttpResponse:
    """One project: what it wants, what is fixed and flexible, what came of it."""
    found = on_show(request, slug)
    person = person_of(request.user)
    return render(
        request,
        "projects/project.html",
        {
            "project": found,
            "sections": sections_of(request, found),
            "may_run": may(person, Deed.RUN_PROJECTS, found.place),
        },
    )


@signed_in
def project_new(request: HttpRequest) -> HttpResponse:
    person = who_is_there(request)
    places = places_for(person, Deed.RUN_PROJECTS)
    if not places:
        raise PermissionDenied(
            "You do not run projects in any place yet. A coordinator of your place can change that."
        )
    form = ProjectForm(request.POST or None, places=places, initial={"place": places[0]})
    if request.method == "POST" and form.is_valid():
        made = actions.make(form.cleaned_data["place"], form.details, by=person)
        messages.success(request, "The draft is kept. Strangers cannot see it yet.")
        return redirect("projects:project", made.slug)
    return render(request, "projects/new.html", {"form": form})


@behind(Deed.RUN_PROJECTS)
def project_edit(request: HttpRequest, project: Project, person: Person) -> HttpResponse:
    form = ProjectForm(request.POST or None, initial=filled(project))
    if request.method == "POST" and form.is_valid():
        actions.edit(project, form.details, by=person)
        messages.success(request, "The changes are kept.")
        return redirect("projects:project", project.slug)
    return render(request, "projects/edit.html", {"project": project, "form": form})


@behind(Deed.RUN_PROJECTS)
@require_POST
def project_publish(request: HttpRequest, project: Project, person: Person) -> HttpResponse:
    try:
        actions.publish(project, by=person)
    except NotPossible as reason:
        messages.warning(request, str(reason))
    else:
        messages.success(request, "The project is on show.")
    return redirect("projects:project", project.slug)
