"""What people have added: show it, leave it out, or merge it with what says the same."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from coproduce.conversations.actions import facilitating
from coproduce.conversations.actions.facilitating import NotPossible
from coproduce.conversations.models import Conversation, Statement
from coproduce.conversations.views.doors import behind, telling
from coproduce.people.models import Person
from coproduce.people.rights import Deed

MOST_FOUND = 12


@behind(Deed.FACILITATE)
@require_safe
def moderate(request: HttpRequest, conversation: Conversation, person: Person) -> HttpResponse:
    return _queue(request, conversation)


@behind(Deed.FACILITATE)
@require_POST
def moderate_statement(
    request: HttpRequest, conversation: Conversation, person: Person, number: int
) -> HttpResponse:
    """One deed on one statement; the opposite deed undoes it."""
    statement = get_object_or_404(conversation.statements, number=number)
    deed = request.POST.get("deed", "")
    if deed == "show":
        with telling(request, f"Statement {number} is shown now."):
            facilitating.show(statement, by=person)
    elif deed == "hide":
        with telling(request, f"Statement {number} is left out."):
            facilitating.hide(statement, by=person)
    elif deed == "merge":
        return _merge(request, conversation, person, statement)
    else:
        messages.warning(request, "Choose what to do: show it, leave it out or merge it.")
    return redirect("conversations:moderate", conversation.slug)


def _merge(
    request: HttpRequest, conversation: Conversation, person: Person, statement: Statement
) -> HttpResponse:
    """Merge into the statement that was named by its number, or by words that find it alone."""
    named = request.POST.get("into", "").strip()
    found = find_shown(conversation, named, apart_from=statement)
    if len(found) != 1:
        return _choose(request, conversation, statement, named, found)
    into = found[0]
    try:
        facilitating.merge(statement, into, by=person)
    except NotPossible as reason:
        messages.warning(request, str(reason))
    else:
        messages.success(
            request, f"Statement {statement.number} is now part of statement {into.number}."
        )
    return redirect("conversations:moderate", conversation.slug)


def find_shown(conversation: Conversation, named: str, *, apart_from: Statement) -> list[Statement]:
    """The shown statement with this number, else those that contain every one of the words."""
    others = conversation.statements.shown().exclude(pk=apart_from.pk)
    head = named.partition(":")[0].strip()  # a suggestion reads "7: Meet in the evening"
    if head.isascii() and head.isdigit():
        return list(others.filter(number=int(head[:9])))
    words = named.split()
    for word in words:
        others = others.filter(words__icontains=word)
    return list(others[:MOST_FOUND]) if words else []


def _choose(
    request: HttpRequest,
    conversation: Conversation,
    statement: Statement,
    named: str,
    found: list[Statement],
) -> HttpResponse:
    """Which of several is meant, or all of them if the words found none."""
    everything = conversation.statements.shown().exclude(pk=statement.pk)
    return render(
        request,
        "conversations/facilitate/merge.html",
        {
            "conversation": conversation,
            "statement": statement,
            "named": named,
            "found": found,
            "choices": found or everything,
        },
    )


def _queue(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    statements = list(conversation.statements.select_related("merged_into"))
    by_state = {
        state.value: [s for s in statements if s.state == state] for state in Statement.State
    }
    return render(
        request,
        "conversations/facilitate/moderate.html",
        {"conversation": conversation, **by_state},
    )
