"""Taking part: one statement at a time, the answers so far, and the end of it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coproduce.conversations import at_a_glance, ballot_box, next_statement
from coproduce.conversations.at_a_glance import Board
from coproduce.conversations.ballot_box import Ballot, BoxIsFull, NotTaken, Reason
from coproduce.conversations.models import Choice, Conversation, Phase, Statement, Vote
from coproduce.conversations.next_statement import Turn
from coproduce.conversations.pseudonyms import Identifier, by_device, pseudonym_of, remember_device
from coproduce.conversations.views.wait import too_busy
from coproduce.conversations.visitors import Visitor, first_token, is_answerable, visitor
from coproduce.trust.keys import KeyIsGone

View = Callable[..., HttpResponse]

BACK_TO_ANSWERS = "answers"
WORDING_COOKIE = "wording"
NOT_INVITED = "This conversation asks people who were invited, so this answer was not counted."
WORDINGS = {
    "own": "in their own words",
    "plain": "in plain words",
    "easy": "in Easy Read",
}


@dataclass(frozen=True, slots=True)
class Words:
    """A statement in one of its wordings, and in which others it can be had."""

    words: str
    language: str
    others: list[tuple[str, str]]


class SeeOther(HttpResponseRedirect):
    """It is done; what comes next is to be read over there."""

    status_code = 303


def over_once_closed(view: View) -> View:
    """For pages that need the key: when it was destroyed a moment ago, ask for the page again."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except KeyIsGone:
            return HttpResponseRedirect(request.path)

    return guarded


@require_safe
def talk_list(request: HttpRequest) -> HttpResponse:
    """Every conversation that is open, or has something to read."""
    conversations = Conversation.objects.on_show().select_related("place")
    return render(
        request,
        "conversations/talk_list.html",
        {
            "still_open": [one for one in conversations if one.phase == Phase.OPEN],
            "published": [one for one in conversations if one.phase == Phase.PUBLISHED],
            "closed": [one for one in conversations if one.phase == Phase.CLOSED],
        },
    )


@never_cache
@over_once_closed
@require_safe
def talk(request: HttpRequest, slug: str) -> HttpResponse:
    """The next statement to answer, or the one that was asked for by its number."""
    conversation = on_show(slug)
    if not is_answerable(conversation):
        return render(request, "conversations/talk_over.html", {"conversation": conversation})
    who = visitor(request, conversation)
    if not who.may_answer:
        return render(request, "conversations/talk_invited.html", {"conversation": conversation})
    template = "conversations/_now.html" if is_htmx(request) else "conversations/talk.html"
    response = render(request, template, _now(request, who))
    patch_vary_headers(response, ["HX-Request"])
    wording = request.GET.get("wording")
    if wording in WORDINGS:
        response.set_cookie(WORDING_COOKIE, wording, samesite="Lax", httponly=True)
    return response


@require_POST
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    """Take one answer. A redirect says that it is on disk; whatever else comes says why not."""
    try:
        number, choice = int(request.POST["statement"]), Choice(int(request.POST["choice"]))
        board = at_a_glance.board(slug, number)
    except (KeyError, ValueError, Conversation.DoesNotExist) as wrong:
        raise Http404("There is no such statement to answer.") from wrong
    who = visitor(request, board.conversation)
    if not who.may_answer:
        return refused(request, board.conversation, NOT_INVITED)
    token = None if who.identifier else first_token(request)
    try:
        _cast(request, board, who.identifier or by_device(token or ""), number, choice)
    except NotTaken as reason:
        return refused(request, board.conversation, str(reason))
    except KeyIsGone:
        return refused(request, board.conversation, Reason.CLOSED)
    except BoxIsFull as full:
        return too_busy(request, full)
    response = SeeOther(_where_next(request, board, number))
    if token:
        remember_device(response, token)
    return response


def _cast(
    request: HttpRequest, board: Board, identifier: Identifier, number: int, choice: int
) -> None:
    pseudonym = pseudonym_of(board.conversation, identifier)
    statement_id = _statement_id(board, number)
    shown = next_statement.unsealed(request.POST.get("draw", ""), statement_id, pseudonym)
    ballot_box.cast([Ballot(pseudonym, statement_id, choice)], shown)


@never_cache
@over_once_closed
@require_safe
def answers(request: HttpRequest, slug: str) -> HttpResponse:
    """What this visitor has answered, with a way to change each."""
    conversation = on_show(slug)
    if not is_answerable(conversation):
        return render(request, "conversations/talk_over.html", {"conversation": conversation})
    mine = visitor(request, conversation).pseudonym
    votes = Vote.objects.filter(statement__conversation=conversation)
    votes = votes.none() if mine is None else votes.filter(pseudonym=mine)
    votes = votes.select_related("statement").order_by("statement__number")
    context = {"conversation": conversation, "votes": votes}
    return render(request, "conversations/talk_answers.html", context)


@never_cache
@require_safe
def thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """Thank you, and what happens next."""
    return render(request, "conversations/talk_thanks.html", {"conversation": on_show(slug)})


def on_show(slug: str) -> Conversation:
    shown = Conversation.objects.on_show().select_related("place", "gathering")
    return get_object_or_404(shown, slug=slug)


def refused(request: HttpRequest, conversation: Conversation, reason: str) -> HttpResponse:
    """A page that says why an answer was not taken, and where to go from there."""
    context = {"conversation": conversation, "reason": reason}
    return render(request, "conversations/talk_refused.html", context, status=409)


def is_htmx(request: HttpRequest) -> bool:
    return "HX-Request" in request.headers


def _now(request: HttpRequest, who: Visitor) -> dict[str, object]:
    """What the page needs to put one statement before somebody."""
    conversation = who.conversation
    wanted = request.GET.get("statement", "")
    turn = _turn(conversation, who.pseudonym, int(wanted) if wanted.isdecimal() else None)
    wording = request.GET.get("wording") or request.COOKIES.get(WORDING_COOKIE, "own")
    after = request.GET.get("after", "")
    return {
        "conversation": conversation,
        "turn": turn,
        "said": worded(turn.statement, wording) if turn.statement else None,
        "answered": Choice(turn.choice).label if turn.choice is not None else "",
        "after": int(after) if after.isdecimal() else None,
        "back": BACK_TO_ANSWERS if request.GET.get("back") == BACK_TO_ANSWERS else "",
    }


def _turn(conversation: Conversation, pseudonym: int | None, number: int | None) -> Turn:
    try:
        return next_statement.turn(conversation, pseudonym, number)
    except NotTaken:  # the statement was taken off the wall since we last looked
        at_a_glance.look_again(conversation.slug)
        return next_statement.turn(conversation, pseudonym, number)


def worded(statement: Statement, wording: str) -> Words:
    """The statement in the wording that somebody prefers, where it has one."""
    wordings = {
        "own": statement.words,
        "plain": statement.plain_words,
        "easy": statement.easy_read,
    }
    chosen = wording if wordings.get(wording) else "own"
    others = [(key, WORDINGS[key]) for key, words in wordings.items() if words and key != chosen]
    return Words(wordings[chosen], statement.language if chosen == "own" else "en", others)


def _statement_id(board: Board, number: int) -> int:
    """The statement of this number; one that is no longer shown is refused where it is written."""
    known = board.statements.get(number)
    if known is not None:
        return known
    return get_object_or_404(board.conversation.statements, number=number).pk


def _where_next(request: HttpRequest, board: Board, number: int) -> str:
    if request.POST.get("back") == BACK_TO_ANSWERS:
        slug = board.conversation.slug
        return reverse("conversations:answers", args=[slug]) + f"#statement-{number}"
    return f"{board.address}?after={number}#now"
