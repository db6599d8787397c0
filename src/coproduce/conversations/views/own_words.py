"""What somebody adds besides answers: a statement, a word about themselves, second thoughts."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from coproduce.conversations import limits
from coproduce.conversations.actions import taking_part
from coproduce.conversations.ballot_box import NotTaken
from coproduce.conversations.forms.taking_part import AboutYou, OwnWords
from coproduce.conversations.models import Conversation, Declaration, Statement
from coproduce.conversations.pseudonyms import (
    Identifier,
    by_device,
    pseudonym_of,
    remember_device,
    signed_in,
)
from coproduce.conversations.views.talk import on_show, over_once_closed, refused
from coproduce.conversations.views.wait import slow_down
from coproduce.conversations.visitors import Visitor, first_token, is_answerable, visitor

WAITS = "Thank you. A person reads each new statement first; then others can answer yours."
SHOWN = "Thank you. Your statement is now among the others."


@never_cache
@over_once_closed
@require_http_methods(["GET", "HEAD", "POST"])
def say(request: HttpRequest, slug: str) -> HttpResponse:
    """Say it in your own words."""
    conversation = on_show(slug)
    who = at_the_door(request, conversation)
    if who is None:
        return redirect("conversations:talk", slug)
    form = OwnWords(conversation, signed_in(request), request.POST or None)
    if request.method != "POST" or not form.is_valid():
        context = {"conversation": conversation, "form": form}
        return render(request, "conversations/talk_say.html", context)
    token = None if who.identifier else first_token(request)
    if not _may_say_more(request, who.identifier or by_device(token or "")):
        return _heard_a_lot(request)
    try:
        statement = taking_part.say(conversation, form.cleaned_data["words"], named=form.named)
    except NotTaken as reason:
        return refused(request, conversation, str(reason))
    messages.success(request, SHOWN if statement.state == Statement.State.SHOWN else WAITS)
    return _back(slug, token)


@never_cache
@over_once_closed
@require_http_methods(["GET", "HEAD", "POST"])
def about_you(request: HttpRequest, slug: str) -> HttpResponse:
    """Which part somebody has, and where they are from, apart from their answers."""
    conversation = on_show(slug)
    who = at_the_door(request, conversation)
    if who is None:
        return redirect("conversations:talk", slug)
    form = AboutYou(request.POST or None, initial=_declared(conversation, who.identifier))
    if request.method != "POST" or not form.is_valid():
        context = {"conversation": conversation, "form": form}
        return render(request, "conversations/talk_about_you.html", context)
    token = None if who.identifier else first_token(request)
    try:
        taking_part.declare(
            conversation, who.identifier or by_device(token or ""), **form.cleaned_data
        )
    except NotTaken as reason:
        return refused(request, conversation, str(reason))
    messages.success(request, "Thank you. It is kept apart from your answers.")
    return _back(slug, token)


@never_cache
@over_once_closed
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Take back every answer, after one question whether that is meant."""
    conversation = on_show(slug)
    who = at_the_door(request, conversation)
    if who is None:
        return redirect("conversations:talk", slug)
    if request.method != "POST":
        return render(request, "conversations/talk_take_back.html", {"conversation": conversation})
    try:
        taken = taking_part.take_back(conversation, who.identifier) if who.identifier else 0
    except NotTaken as reason:
        return refused(request, conversation, str(reason))
    context = {"conversation": conversation, "taken": taken}
    return render(request, "conversations/talk_taken_back.html", context)


def at_the_door(request: HttpRequest, conversation: Conversation) -> Visitor | None:
    """Whoever may add something here now; the talk page tells the others why not."""
    if not is_answerable(conversation):
        return None
    who = visitor(request, conversation)
    return who if who.may_answer else None


def _may_say_more(request: HttpRequest, who: Identifier) -> bool:
    address = limits.address_of(request)
    return limits.STATEMENTS.take(who) and limits.STATEMENTS_BY_ADDRESS.take(address)


def _heard_a_lot(request: HttpRequest) -> HttpResponse:
    reason = (
        "You have said ten things within an hour. Thank you! Others need time to answer them, so "
        "we take the next ones a little later."
    )
    return slow_down(request, reason, "up to an hour", limits.STATEMENTS.seconds)


def _declared(conversation: Conversation, identifier: Identifier | None) -> dict[str, object]:
    if identifier is None:
        return {}
    pseudonym = pseudonym_of(conversation, identifier, purpose="declaration")
    said = Declaration.objects.filter(conversation=conversation, pseudonym=pseudonym).first()
    return {"part": said.part, "place": said.place_id} if said else {}


def _back(slug: str, token: str | None) -> HttpResponse:
    response = redirect("conversations:talk", slug)
    if token:
        remember_device(response, token)
    return response
