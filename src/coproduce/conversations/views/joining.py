"""Ways in without an account: a code on the screen, a code on a paper slip."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from coproduce.conversations import limits
from coproduce.conversations.actions import taking_part
from coproduce.conversations.forms.taking_part import AnyCode, SlipCode
from coproduce.conversations.models import Conversation, Phase
from coproduce.conversations.pseudonyms import (
    DEVICE_COOKIE,
    by_code,
    by_device,
    is_slip_of,
    read_code,
    remember_code,
    remembered_code,
)
from coproduce.conversations.views.talk import on_show, over_once_closed
from coproduce.conversations.views.wait import slow_down
from coproduce.conversations.visitors import browser_of, is_answerable

WRONG_SLIP = (
    "This code is not one of this conversation's slips. Please compare it with your slip, letter "
    "by letter, or ask the person who gave it to you."
)
NO_SUCH_CODE = (
    "No conversation goes by this code. Please compare it letter by letter: there are no vowels, "
    "and no 0 or 1."
)


@never_cache
@over_once_closed
@require_http_methods(["GET", "HEAD", "POST"])
def join_form(request: HttpRequest) -> HttpResponse:
    """One box for whatever code somebody has in front of them."""
    form = AnyCode(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if has_guessed_too_often(request):
            return take_a_rest(request)
        typed = form.cleaned_data["code"]
        if conversation := by_conversation_code(typed):
            return redirect("conversations:join", conversation.code)
        slip = read_code(typed)
        if slip and (conversation := by_slip(slip)):
            return take_slip(request, conversation, slip)
        note_wrong_code(request)
        form.add_error("code", NO_SUCH_CODE)
    return render(request, "conversations/join_form.html", {"form": form})


@never_cache
@over_once_closed
@require_http_methods(["GET", "HEAD"])
def join(request: HttpRequest, code: str) -> HttpResponse:
    """A phone in the room: straight to the first statement, or to the slip that was scanned."""
    conversation = by_conversation_code(code)
    if conversation is None:
        form = AnyCode(initial={"code": code})
        return render(request, "conversations/join_unknown.html", {"form": form}, status=404)
    if conversation.phase == Phase.DRAFT:
        return render(request, "conversations/join_early.html", {"code": conversation.code})
    slip = read_code(request.GET.get("slip", ""))
    if slip and is_answerable(conversation) and remembered_code(request, conversation) != slip:
        context = {"conversation": conversation, "slip": slip}
        return render(request, "conversations/join_slip.html", context)
    return redirect("conversations:talk", conversation.slug)


@never_cache
@over_once_closed
@require_http_methods(["GET", "HEAD", "POST"])
def enter_code(request: HttpRequest, slug: str) -> HttpResponse:
    """The code of a paper slip, typed or scanned: from now on this browser answers as that slip."""
    conversation = on_show(slug)
    if not is_answerable(conversation):
        return redirect("conversations:talk", slug)
    form = SlipCode(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if has_guessed_too_often(request):
            return take_a_rest(request)
        slip = form.cleaned_data["code"]
        if is_slip_of(conversation, slip):
            return take_slip(request, conversation, slip)
        note_wrong_code(request)
        form.add_error("code", WRONG_SLIP)
    context = {"conversation": conversation, "form": form}
    return render(request, "conversations/talk_code.html", context)


def take_slip(request: HttpRequest, conversation: Conversation, slip: str) -> HttpResponse:
    """Answer as this slip; what the browser answered before by itself goes with it."""
    if token := request.COOKIES.get(DEVICE_COOKIE):
        taking_part.merge(conversation, by_device(token), by_code(slip))
    response = redirect("conversations:talk", conversation.slug)
    remember_code(response, conversation, slip)
    messages.success(request, f"Thank you. This phone now answers for slip {slip}.")
    return response


def by_conversation_code(typed: str) -> Conversation | None:
    """The conversation with this code, drafts too: a poster may hang before the hour."""
    code = "".join(letter for letter in typed.upper() if letter.isalnum())
    return Conversation.objects.filter(code=code).first()


def by_slip(slip: str) -> Conversation | None:
    """The open conversation that gave out this slip."""
    with_slips = Conversation.objects.open().filter(slips__gt=0)
    return next((one for one in with_slips if is_answerable(one) and is_slip_of(one, slip)), None)


def has_guessed_too_often(request: HttpRequest) -> bool:
    return limits.WRONG_CODES.is_reached(
        browser_of(request)
    ) or limits.WRONG_CODES_BY_ADDRESS.is_reached(limits.address_of(request))


def note_wrong_code(request: HttpRequest) -> None:
    limits.WRONG_CODES.take(browser_of(request))
    limits.WRONG_CODES_BY_ADDRESS.take(limits.address_of(request))


def take_a_rest(request: HttpRequest) -> HttpResponse:
    reason = (
        "Several codes in a row were not ours, so this page takes a short rest. The person who "
        "gave you the code can look at it with you."
    )
    return slow_down(request, reason, "ten minutes", limits.WRONG_CODES.seconds)
