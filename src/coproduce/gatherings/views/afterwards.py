"""Afterwards: "Was your access need met?", one tap to answer, and what the coordinators hear."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from coproduce.gatherings.actions import afterwards
from coproduce.gatherings.actions.deeds import NotPossible
from coproduce.gatherings.forms.hosting import Paragraphs
from coproduce.gatherings.models import Gathering, NeedMet
from coproduce.gatherings.views.doors import behind
from coproduce.gatherings.views.registering import by_code
from coproduce.people.models import Person
from coproduce.people.rights import Deed


class Met(forms.Form):
    """Yes, in part or no; then, if they like, what was missing."""

    answer = forms.ChoiceField(
        choices=NeedMet.Answer.choices,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), "Choose one of the three answers."
        ),
    )
    words = Paragraphs(
        required=False,
        max_length=1_000,
        label="What should we do better?",
        help_text="The coordinators read it without your name.",
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def need_met(request: HttpRequest, code: str) -> HttpResponse:
    """The link opens the question; the tap answers it, so that no mail scanner answers for them."""
    registration = by_code(request, code)
    if isinstance(registration, HttpResponse):
        return registration
    if not afterwards.may_answer(registration):
        return redirect("gatherings:coming", registration.code)
    form = Met(request.POST or None)
    said = NeedMet.objects.filter(
        gathering=registration.gathering, person=registration.person
    ).first()
    if request.method == "POST" and form.is_valid():
        met, words = NeedMet.Answer(form.cleaned_data["answer"]), form.cleaned_data["words"]
        try:
            said = afterwards.answer(registration, met, words)
        except NotPossible as reason:
            messages.warning(request, str(reason))
        else:
            messages.success(request, "Thank you. Your answer is with the coordinators.")
        return redirect("gatherings:need_met", registration.code)
    context = {
        "registration": registration,
        "gathering": registration.gathering,
        "form": form,
        "said": said,
        "answers": NeedMet.Answer.choices,
    }
    return render(request, "gatherings/need_met.html", context)


@never_cache
@behind(Deed.SEE_ACCESS_NEEDS)
@require_safe
def host_after(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    """How many needs were met, and what people would have needed; no names."""
    context = {"gathering": gathering, "heard": afterwards.heard(gathering)}
    return render(request, "gatherings/host/after.html", context)
