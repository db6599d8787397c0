"""Saying what came of a whole conversation: it stands on its page, for nobody can be written to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from coproduce.conversations.models import Conversation
from coproduce.conversations.views.doors import behind
from coproduce.gatherings.actions import reporting_back
from coproduce.gatherings.actions.deeds import NotPossible
from coproduce.gatherings.forms.said import Answering
from coproduce.gatherings.models import ReportBack
from coproduce.people.models import Person
from coproduce.people.rights import Deed


@behind(Deed.PUBLISH)
def answer(request: HttpRequest, conversation: Conversation, person: Person) -> HttpResponse:
    """What we did, are doing or cannot do; beside it, words for an announcement."""
    form = Answering(request.POST or None)
    form.fields["words"].help_text = "It stands on the page of what was found, for everybody."
    if request.method == "POST" and form.is_valid():
        kind, words = ReportBack.Kind(form.cleaned_data["kind"]), form.cleaned_data["words"]
        try:
            reporting_back.answer_thing(conversation.thing, kind, words, by=person)
        except NotPossible as reason:
            form.add_error("words", str(reason))
        else:
            return redirect("conversations:facilitate_answer", conversation.slug)
    answers = ReportBack.objects.about(conversation.thing)
    return render(
        request,
        "conversations/facilitate/answer.html",
        {"conversation": conversation, "form": form, "answers": answers},
    )
