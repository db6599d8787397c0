"""The facilitator's side: make a conversation, look after it, open, close and publish it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from coproduce.conversations import evidence, tasks
from coproduce.conversations.actions import facilitating
from coproduce.conversations.actions.facilitating import NotPossible
from coproduce.conversations.forms.facilitating import (
    AtGathering,
    MoreStatements,
    NewConversation,
    QuestionAtGathering,
    Wording,
)
from coproduce.conversations.in_gatherings import offered
from coproduce.conversations.models import Conversation, Phase, RoomStep, Statement
from coproduce.conversations.paper import address_of, short_address_of
from coproduce.conversations.room import PEOPLE_FOR_A_PICTURE, Stepping, head_count
from coproduce.conversations.statement_lines import read_lines
from coproduce.conversations.views.doors import behind, telling
from coproduce.conversations.views.talk import is_htmx
from coproduce.formats.qr import qr_code
from coproduce.people.doors import places_for, signed_in, who_is_there
from coproduce.people.models import Person
from coproduce.people.rights import Deed


@signed_in
@require_safe
def facilitate_list(request: HttpRequest) -> HttpResponse:
    places = places_for(who_is_there(request), Deed.FACILITATE)
    mine = Conversation.objects.filter(place__in=places).select_related("place")
    waiting = Count("statements", filter=Q(statements__state=Statement.State.WAITING))
    return render(
        request,
        "conversations/facilitate/list.html",
        {"conversations": mine.annotate(waiting=waiting), "places": places},
    )


@signed_in
def facilitate_new(request: HttpRequest) -> HttpResponse:
    person = who_is_there(request)
    places = places_for(person, Deed.FACILITATE)
    if not places:
        raise PermissionDenied(
            "You are not a facilitator in any place yet. A coordinator of your place can change "
            "that."
        )
    form = NewConversation(
        request.POST or None,
        places=places,
        gatherings=offered(places),
        initial={"place": places[0], "gathering": request.GET.get("gathering")},
    )
    if request.method == "POST" and form.is_valid():
        conversation = facilitating.make(by=person, **form.cleaned_data)
        return redirect("conversations:facilitate", conversation.slug)
    return render(
        request,
        "conversations/facilitate/new.html",
        {"form": form, "lines": read_lines(request.POST.get("statements", ""))},
    )


@signed_in
@require_POST
def facilitate_count(request: HttpRequest) -> HttpResponse:
    """How many statements there are by now, while somebody still types."""
    lines = read_lines(request.POST.get("statements", ""))
    return render(request, "conversations/facilitate/_count.html", {"lines": lines})


@behind(Deed.FACILITATE)
@require_safe
def facilitate(request: HttpRequest, conversation: Conversation, person: Person) -> HttpResponse:
    page = "draft" if conversation.phase == Phase.DRAFT else "conversation"
    statements = list(conversation.statements.all())
    published = evidence.latest(conversation)
    return render(
        request,
        f"conversations/facilitate/{page}.html",
        {
            "conversation": conversation,
            "shown": [s for s in statements if s.state == Statement.State.SHOWN],
            "waiting": sum(s.state == Statement.State.WAITING for s in statements),
            "people": head_count(conversation),
            "first_picture": PEOPLE_FOR_A_PICTURE,
            "published": published,
            "stepping": _stepping(conversation) if published else None,
            "is_finished": tasks.is_finished(conversation),
            "address": short_address_of(conversation),
            "qr": qr_code(address_of(conversation)),
        },
    )


@behind(Deed.FACILITATE)
def facilitate_edit(
    request: HttpRequest, conversation: Conversation, person: Person
) -> HttpResponse:
    """The words of a draft, and at any time which gathering it is part of."""
    kept = {
        "question": conversation.question,
        "welcome": conversation.welcome,
        "gathering": conversation.gathering,
    }
    is_draft = conversation.phase == Phase.DRAFT
    gatherings = offered([conversation.place], conversation.gathering)
    wanted = QuestionAtGathering if is_draft else AtGathering
    form = wanted(request.POST or None, gatherings=gatherings, initial=kept)
    if request.method == "POST" and form.is_valid():
        words = dict(form.cleaned_data)
        gathering = words.pop("gathering", None)
        with telling(request, "The changes are kept."):
            if is_draft:
                facilitating.edit(conversation, by=person, **words)
            facilitating.meet_at(conversation, gathering, by=person)
        return redirect("conversations:facilitate", conversation.slug)
    return render(
        request,
        "conversations/facilitate/edit.html",
        {"conversation": conversation, "form": form},
    )


@behind(Deed.FACILITATE)
def facilitate_statements(
    request: HttpRequest, conversation: Conversation, person: Person
) -> HttpResponse:
    form = MoreStatements(request.POST or None, conversation=conversation)
    if request.method == "POST" and form.is_valid():
        added = form.cleaned_data["statements"]
        many = f"{len(added)} statements are" if len(added) > 1 else "One statement is"
        with telling(request, f"{many} added and shown."):
            facilitating.add_statements(conversation, added, by=person)
        return redirect("conversations:facilitate", conversation.slug)
    return render(
        request,
        "conversations/facilitate/statements.html",
        {"conversation": conversation, "form": form},
    )


@behind(Deed.FACILITATE)
def facilitate_reword(
    request: HttpRequest, conversation: Conversation, person: Person, number: int
) -> HttpResponse:
    statement = conversation.statements.filter(number=number).first()
    if statement is None:
        messages.warning(request, f"There is no statement {number} in this conversation.")
        return redirect("conversations:facilitate", conversation.slug)
    form = Wording(request.POST or None, instance=statement)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        with telling(request, f"The words of statement {number} are kept."):
            facilitating.reword(
                Statement.objects.get(pk=statement.pk),
                by=person,
                words=words["words"],
                plain=words["plain_words"],
                easy_read=words["easy_read"],
            )
        return redirect("conversations:facilitate", conversation.slug)
    return render(
        request,
        "conversations/facilitate/reword.html",
        {"conversation": conversation, "statement": statement, "form": form},
    )


@behind(Deed.FACILITATE)
@require_POST
def facilitate_open(
    request: HttpRequest, conversation: Conversation, person: Person
) -> HttpResponse:
    with telling(request, "The conversation is open. Let people in."):
        facilitating.open_(conversation, by=person)
    return redirect("conversations:facilitate", conversation.slug)


@behind(Deed.FACILITATE)
def facilitate_close(
    request: HttpRequest, conversation: Conversation, person: Person
) -> HttpResponse:
    if request.method == "POST":
        with telling(request, "The conversation is closed and its key is destroyed."):
            facilitating.close(conversation, by=person)
        return redirect("conversations:facilitate", conversation.slug)
    if not conversation.is_open:
        return redirect("conversations:facilitate", conversation.slug)
    return render(
        request,
        "conversations/facilitate/close.html",
        {
            "conversation": conversation,
            "people": head_count(conversation),
            "waiting": conversation.statements.waiting().count(),
        },
    )


@behind(Deed.FACILITATE)
@require_POST
def facilitate_room(
    request: HttpRequest, conversation: Conversation, person: Person
) -> HttpResponse:
    see = request.POST.get("see") != "no"
    done = (
        "The room can see the common ground from its first picture on."
        if see
        else "The room sees the question and the head count only."
    )
    with telling(request, done):
        facilitating.let_room_see(conversation, by=person, see=see)
    return redirect("conversations:facilitate", conversation.slug)


@behind(Deed.FACILITATE)
@require_POST
def facilitate_step(
    request: HttpRequest, conversation: Conversation, person: Person
) -> HttpResponse:
    """Put a step of the picture on the big screen; with htmx, answer with the steps alone."""
    back_to_page = redirect("conversations:facilitate", conversation.slug)
    wanted = request.POST.get("step", "")
    if not wanted.isdecimal() or int(wanted) not in RoomStep.values:
        messages.warning(request, "There is no such step, so the screen stays as it is.")
        return back_to_page
    try:
        facilitating.show_step(conversation, RoomStep(int(wanted)), by=person)
    except NotPossible as reason:
        messages.warning(request, str(reason))
        return HttpResponse(headers={"HX-Refresh": "true"}) if is_htmx(request) else back_to_page
    if not is_htmx(request):
        return back_to_page
    context = {"conversation": conversation, "stepping": _stepping(conversation)}
    return render(request, "conversations/facilitate/_stepped.html", context)


def _stepping(conversation: Conversation) -> Stepping | None:
    """The way from step to step, where the room may see any."""
    return Stepping(RoomStep(conversation.room_step)) if conversation.room_may_see else None


@behind(Deed.PUBLISH)
def facilitate_publish(
    request: HttpRequest, conversation: Conversation, person: Person
) -> HttpResponse:
    if request.method == "POST":
        with telling(request, "Published. Everybody can read what you found together."):
            facilitating.publish(conversation, by=person)
        return redirect("conversations:facilitate", conversation.slug)
    if conversation.phase != Phase.CLOSED:
        return redirect("conversations:facilitate", conversation.slug)
    return render(
        request,
        "conversations/facilitate/publish.html",
        {
            "conversation": conversation,
            "published": evidence.latest(conversation),
            "is_finished": tasks.is_finished(conversation),
        },
    )
