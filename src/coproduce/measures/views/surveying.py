"""The evaluator's side: make a survey, choose what each wave asks, open and close it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from coproduce.formats.qr import qr_code
from coproduce.gatherings.models import Gathering
from coproduce.measures import at_a_glance, bank
from coproduce.measures.actions import closing, surveying
from coproduce.measures.actions.deeds import NotPossible
from coproduce.measures.forms.surveying import InvitedForm, SurveyForm, WaveForm, filled
from coproduce.measures.models import Instrument, Moment, Survey, Wave
from coproduce.measures.views.doors import behind_survey, behind_wave, telling
from coproduce.people.doors import let_in, places_for, signed_in, who_is_there
from coproduce.people.models import Person
from coproduce.people.rights import Deed
from coproduce.projects.models import Project

ON_A_PAGE = 50


@signed_in
@require_safe
def evaluate_list(request: HttpRequest) -> HttpResponse:
    """The surveys of the places where one evaluates, and the projects that have none yet."""
    places = places_for(who_is_there(request), Deed.MEASURE)
    surveys = Survey.objects.with_home().filter(place__in=places).prefetch_related("waves")
    projects = Project.objects.filter(place__in=places, surveys=None).select_related("place")
    context = {"places": places, "surveys": surveys[:ON_A_PAGE], "projects": projects[:ON_A_PAGE]}
    return render(request, "measures/evaluate/list.html", context)


@signed_in
def survey_new(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """A survey of this project, or of this gathering."""
    home: Project | Gathering
    if kind == "project":
        home = get_object_or_404(Project.objects.select_related("place"), slug=slug)
    else:
        home = get_object_or_404(Gathering.objects.select_related("place"), slug=slug)
    person = let_in(request, Deed.MEASURE, home.place)
    form = SurveyForm(request.POST or None, initial={"purpose": "improve", "linking": "own"})
    if request.method == "POST" and form.is_valid():
        survey = surveying.make(home, form.details, by=person)
        messages.success(request, "The survey is made. Now say what its first wave asks.")
        return redirect("measures:wave_new", survey.slug)
    return render(request, "measures/evaluate/new.html", {"form": form, "home": home})


@behind_survey
@require_safe
def survey(request: HttpRequest, survey: Survey, person: Person) -> HttpResponse:
    """One survey as its evaluators see it: its waves, how many answered, the one next deed."""
    link = request.build_absolute_uri(reverse("measures:ask", args=[survey.code]))
    context = {
        "survey": survey,
        "waves": at_a_glance.waves_of(survey),
        "link": link,
        "qr": qr_code(link),
    }
    return render(request, "measures/evaluate/survey.html", context)


@behind_survey
def survey_edit(request: HttpRequest, survey: Survey, person: Person) -> HttpResponse:
    form = SurveyForm(request.POST or None, initial=filled(survey))
    if request.method == "POST" and form.is_valid():
        with telling(request, "The changes are kept."):
            surveying.edit(survey, form.details, by=person)
        return redirect("measures:survey", survey.slug)
    return render(request, "measures/evaluate/edit.html", {"form": form, "survey": survey})


@behind_survey
def wave_new(request: HttpRequest, survey: Survey, person: Person) -> HttpResponse:
    """One more wave; what the last one asked is chosen already."""
    bank.keep_shipped()
    last = survey.waves.order_by("-number").first()
    initial = {
        "moment": Moment.AFTER if last else Moment.BEFORE,
        "instruments": [each.pk for each in last.asked()] if last else [],
    }
    form = WaveForm(request.POST or None, survey=survey, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            moment, chosen = Moment(form.cleaned_data["moment"]), _chosen(form)
            surveying.add_wave(survey, moment, chosen, by=person)
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, "The wave is kept. Nobody is asked before you open it.")
            return redirect("measures:survey", survey.slug)
    return render(request, "measures/evaluate/wave_new.html", {"form": form, "survey": survey})


def _chosen(form: WaveForm) -> list[Instrument]:
    return list(form.cleaned_data["instruments"])


@behind_wave
@require_POST
def wave_open(request: HttpRequest, wave: Wave, person: Person) -> HttpResponse:
    with telling(request, "The wave is open. Give people the link or the code."):
        surveying.open_wave(wave, by=person)
    return redirect("measures:survey", wave.survey.slug)


@behind_wave
def wave_close(request: HttpRequest, wave: Wave, person: Person) -> HttpResponse:
    """Close it, after seeing how many answered; what changed is then worked out once."""
    if request.method == "POST":
        with telling(request, "The wave is closed."):
            closing.close_wave(wave, by=person)
        return redirect("measures:survey", wave.survey.slug)
    context = {"wave": wave, "survey": wave.survey, "line": at_a_glance.line_of(wave)}
    return render(request, "measures/evaluate/close.html", context)


@behind_wave
def wave_invited(request: HttpRequest, wave: Wave, person: Person) -> HttpResponse:
    form = InvitedForm(request.POST or None, initial={"invited": wave.invited})
    if request.method == "POST" and form.is_valid():
        with telling(request, "The number is kept. It stands beside every result."):
            surveying.say_invited(wave, form.cleaned_data["invited"], by=person)
        return redirect("measures:survey", wave.survey.slug)
    context = {"form": form, "wave": wave, "survey": wave.survey}
    return render(request, "measures/evaluate/invited.html", context)
