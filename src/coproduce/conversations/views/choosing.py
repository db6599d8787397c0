"""How statements were chosen: the rule with its numbers, and whether it swayed anything."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coproduce.conversations import evidence, onlookers
from coproduce.conversations.views.talk import on_show


@never_cache
@require_safe
def how_chosen(request: HttpRequest, slug: str) -> HttpResponse:
    """The rule is everybody's to read; what came of it is seen by whoever sees the result."""
    conversation = on_show(slug)
    published = evidence.latest(conversation)
    may_see = published is not None and onlookers.may_see(request, conversation)
    return render(
        request,
        "conversations/how_chosen.html",
        {
            "conversation": conversation,
            "rule": evidence.RULE,
            "chosen": evidence.chosen(conversation) if may_see else None,
            "is_last": may_see and published is not None and published.is_last,
        },
    )
