"""A personal plan: for whoever has the code of their registration, and those trusted to see it."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from coproduce.gatherings.actions import planning
from coproduce.gatherings.actions.deeds import NotPossible
from coproduce.gatherings.actions.planning import Plan
from coproduce.gatherings.forms.hosting import Paragraphs
from coproduce.gatherings.models import Gathering
from coproduce.gatherings.models.planning import KEPT_DAYS
from coproduce.gatherings.views.doors import behind, telling
from coproduce.gatherings.views.registering import by_code
from coproduce.people.models import Person
from coproduce.people.rights import Deed


class PlanForm(forms.Form):
    """Three things, each of which can be left out."""

    agenda_ahead = forms.BooleanField(
        required=False, label="Send me beforehand what will be asked and in which order"
    )
    leave_alone = Paragraphs(
        required=False,
        max_length=1_000,
        label="What should nobody ask you about?",
        help_text="You never have to say why.",
    )
    checks_in = Paragraphs(
        required=False,
        max_length=1_000,
        label="Who looks how you are, and how?",
        help_text="Somebody you bring, or a host: in the break, by a sign, the day after.",
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def coming_plan(request: HttpRequest, code: str) -> HttpResponse:
    """Make a plan, change it, take it back; by one's own code."""
    registration = by_code(request, code)
    if isinstance(registration, HttpResponse):
        return registration
    kept = planning.own_plan(registration)
    form = PlanForm(request.POST or None, initial=vars(kept) if kept else {})
    if request.method == "POST" and "gone" in request.POST:
        with telling(request, "Your plan is gone."):
            planning.take_back(registration)
        return redirect("gatherings:coming", registration.code)
    if request.method == "POST" and form.is_valid():
        plan = Plan(**form.cleaned_data)
        kept_now = "Your plan is with those who look after you on the day."
        with telling(request, "You have no plan now." if plan.is_empty else kept_now):
            planning.keep(registration, plan)
        return redirect("gatherings:coming", registration.code)
    context = {
        "registration": registration,
        "gathering": registration.gathering,
        "form": form,
        "has_plan": kept is not None,
        "days": KEPT_DAYS,
    }
    return render(request, "gatherings/coming_plan.html", context)


@never_cache
@behind(Deed.SEE_PLANS)
@require_safe
def host_plans(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    """The plans for a gathering. Whoever opens this page stands in the log."""
    try:
        plans = planning.look(gathering, by=person)
    except NotPossible as reason:
        messages.warning(request, str(reason))
        return redirect("gatherings:host", gathering.slug)
    context = {"gathering": gathering, "plans": plans, "days": KEPT_DAYS}
    return render(request, "gatherings/host/plans.html", context)
