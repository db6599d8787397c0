"""Telling a story, seeing it by its code, and what the team does with the stories it was told."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from coproduce.gatherings.telling import spelled
from coproduce.gatherings.views.wait import slow_down, take_a_rest
from coproduce.measures import limits
from coproduce.measures.actions import telling_stories
from coproduce.measures.actions.deeds import NotPossible
from coproduce.measures.actions.telling_stories import QUESTION
from coproduce.measures.forms.stories import ChoiceForm, StoryForm
from coproduce.measures.models import Story
from coproduce.measures.views.doors import telling
from coproduce.people.models import Person
from coproduce.people.rights import Deed
from coproduce.projects.doors import behind, on_show
from coproduce.projects.models import Project
from coproduce.trust.consent import entries_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell what changed for you. No account is needed."""
    return _tell(request, on_show(request, slug), by=None)


@behind(Deed.MEASURE)
@require_http_methods(["GET", "HEAD", "POST"])
def tell_for(request: HttpRequest, project: Project, person: Person) -> HttpResponse:
    """Write down what somebody tells, who is there and says yes aloud."""
    return _tell(request, project, by=person)


def _tell(request: HttpRequest, project: Project, *, by: Person | None) -> HttpResponse:
    form = StoryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if by is None and not limits.may_begin(request):
            return slow_down(request, "That were many stories from one browser.", "an hour", 3600)
        try:
            story = telling_stories.tell(project, form.telling, by=by)
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            return redirect("measures:story", story.code)
    context = {"project": project, "form": form, "question": QUESTION, "by": by}
    return render(request, "measures/stories/tell.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def story(request: HttpRequest, code: str) -> HttpResponse:
    """One's own story, by its code; take it back in one step."""
    if limits.has_guessed_too_often(request):
        return take_a_rest(request)
    found = telling_stories.by_code(code)
    if found is None:
        limits.note_wrong_code(request)
        return render(request, "measures/stories/none.html", status=404)
    if request.method == "POST":
        telling_stories.take_back(found, by=None)
        messages.success(request, "Your story is deleted. Thank you for having told it.")
        return redirect("projects:project", found.project.slug)
    [*_, allowed] = [each for each in entries_of(found.told_by_id) if each.thing == found.thing]
    context = {"story": found, "code": spelled(found.code), "allowed": allowed}
    return render(request, "measures/stories/story.html", context)


@behind(Deed.MEASURE)
def stories(request: HttpRequest, project: Project, person: Person) -> HttpResponse:
    """All stories of a project for its team, and the form for what a panel chose."""
    form = ChoiceForm(request.POST or None, project=project)
    if request.method == "POST" and form.is_valid():
        try:
            telling_stories.choose(project, form.chosen, by=person)
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, "The choice is written down, with its reasons.")
            return redirect("measures:stories", project.slug)
    context = {
        "project": project,
        "form": form,
        "stories": project.stories.standing(),
        "choices": project.story_choices.select_related("chosen"),
    }
    return render(request, "measures/stories/stories.html", context)


@behind(Deed.MEASURE)
@require_POST
def story_out(
    request: HttpRequest, project: Project, person: Person, story_id: str
) -> HttpResponse:
    """Let it be shown where its teller allowed it, or stop showing it."""
    found = get_object_or_404(Story.objects.standing(), pk=story_id, project=project)
    if found.shown_at is None:
        with telling(request, "It stands wherever whoever told it allowed it."):
            telling_stories.let_out(found, by=person)
    else:
        with telling(request, "It is not shown any more."):
            telling_stories.keep_in(found, by=person)
    return redirect("measures:stories", project.slug)
