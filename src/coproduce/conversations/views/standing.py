""" "You, about here": the page on which somebody finds themselves on the map, and nobody else can.

Worked out while they look, from their own answers. Nothing is written down, here or in the log,
and no browser or cache on the way may keep the page.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coproduce.conversations import evidence, onlookers
from coproduce.conversations.evidence import Standing
from coproduce.conversations.models import Conversation, Statement, Vote
from coproduce.conversations.views.talk import on_show, over_once_closed
from coproduce.conversations.visitors import Visitor, is_answerable, visitor


@never_cache
@over_once_closed
@require_safe
def where_you_stand(request: HttpRequest, slug: str) -> HttpResponse:
    """The visitor's own place on the newest picture, with its ring, or why there is none."""
    conversation = on_show(slug)
    if not is_answerable(conversation):
        return _page(request, "where_you_stand_over", conversation)
    published = evidence.latest(conversation)
    if published is None or not onlookers.may_see(request, conversation):
        return _page(request, "where_you_stand_not", conversation)
    found = evidence.stand(published.picture, _own_votes(visitor(request, conversation)))
    if isinstance(found, Standing):
        page = "where_you_stand"
        return _page(request, page, conversation, standing=found, published=published)
    return _page(request, "where_you_stand_not", conversation, few=found, published=published)


def _page(
    request: HttpRequest, name: str, conversation: Conversation, **found: object
) -> HttpResponse:
    context = {"conversation": conversation, **found}
    return render(request, f"conversations/{name}.html", context)


def _own_votes(who: Visitor) -> dict[int, int]:
    """What this visitor has answered, by number; statements that were left out move nobody."""
    if who.pseudonym is None:
        return {}
    own = Vote.objects.filter(
        statement__conversation=who.conversation,
        statement__state=Statement.State.SHOWN,
        pseudonym=who.pseudonym,
    )
    return dict(own.values_list("statement__number", "choice"))
