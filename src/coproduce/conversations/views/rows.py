"""Rows of votes leave by two people: the pages on which one asks and another agrees."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from coproduce.conversations import tasks
from coproduce.conversations.actions import publishing
from coproduce.conversations.actions.facilitating import NotPossible
from coproduce.conversations.forms.rows import AskForRows
from coproduce.conversations.models import Conversation
from coproduce.conversations.views.doors import behind, telling
from coproduce.people.models import Person
from coproduce.people.rights import Deed
from coproduce.trust import second_person
from coproduce.trust.models import Request
from coproduce.trust.views import download


@dataclass(frozen=True)
class Asked:
    """A question as this person sees it: who asked, who agreed, and what they may do."""

    request: Request
    asked_by: str
    agreed_by: str
    is_agreed: bool
    may_agree: bool
    may_fetch: bool


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@behind(Deed.RELEASE_ROWS)
def rows(request: HttpRequest, conversation: Conversation, person: Person) -> HttpResponse:
    """What could happen, what has been asked, and the form to ask."""
    form = AskForRows(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with telling(request, "Asked. Now another coordinator has to agree to it here."):
            publishing.ask_for_rows(conversation, why=form.cleaned_data["why"], by=person)
        return redirect("conversations:rows", conversation.slug)
    return render(
        request,
        "conversations/rows.html",
        {
            "conversation": conversation,
            "form": form,
            "asked": [
                _as_seen(each, person) for each in publishing.requests_for_rows(conversation)
            ],
            "is_finished": tasks.is_finished(conversation),
        },
    )


@require_POST
@behind(Deed.RELEASE_ROWS)
def agree_to_rows(
    request: HttpRequest, conversation: Conversation, person: Person, request_id: UUID
) -> HttpResponse:
    with telling(request, "You agreed. Both of you can now fetch the rows."):
        publishing.agree_to_rows(conversation, request_id, by=person)
    return redirect("conversations:rows", conversation.slug)


@require_POST
@behind(Deed.RELEASE_ROWS)
def rows_file(
    request: HttpRequest, conversation: Conversation, person: Person, request_id: UUID
) -> HttpResponse:
    try:
        packed = publishing.hand_out_rows(conversation, request_id, by=person)
    except NotPossible as reason:
        messages.warning(request, str(reason))
        return redirect("conversations:rows", conversation.slug)
    return download(packed, f"{conversation.slug}-votes.zip", "application/zip")


def _as_seen(asked: Request, person: Person) -> Asked:
    is_agreed = second_person.is_agreed(asked)
    return Asked(
        request=asked,
        asked_by=_name(asked.asked_by, person),
        agreed_by=_name(asked.agreed_by, person) if asked.agreed_by else "",
        is_agreed=is_agreed,
        may_agree=not is_agreed and asked.asked_by != person.id,
        may_fetch=is_agreed and person.id in (asked.asked_by, asked.agreed_by),
    )


def _name(person_id: UUID, reader: Person) -> str:
    if person_id == reader.id:
        return "you"
    somebody = Person.objects.filter(pk=person_id).first()
    return str(somebody) if somebody else "somebody who has left"
