"""Who gets through to the pages behind a conversation."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from coproduce.conversations.actions.facilitating import NotPossible
from coproduce.conversations.models import Conversation
from coproduce.people.doors import let_in, signed_in
from coproduce.people.models import Person
from coproduce.people.rights import Deed

P = ParamSpec("P")
Behind = Callable[Concatenate[HttpRequest, Conversation, Person, P], HttpResponse]
Page = Callable[..., HttpResponse]


def conversation_for(request: HttpRequest, slug: str, deed: Deed) -> tuple[Conversation, Person]:
    """The conversation at this address and who is looking; 404 and 403 as the place demands."""
    conversation = get_object_or_404(Conversation.objects.select_related("place"), slug=slug)
    return conversation, let_in(request, deed, conversation.place)


def behind(deed: Deed) -> Callable[[Behind[P]], Page]:
    """A page for those who may do the deed; the view is given the conversation and the person."""

    def guard(view: Behind[P]) -> Page:
        @signed_in
        @wraps(view)
        def page(
            request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            conversation, person = conversation_for(request, slug, deed)
            return view(request, conversation, person, *args, **kwargs)

        return page

    return guard


@contextmanager
def telling(request: HttpRequest, done: str) -> Iterator[None]:
    """Try a deed: the next page says that it is done, or why it is not possible."""
    try:
        yield
    except NotPossible as reason:
        messages.warning(request, str(reason))
    else:
        messages.success(request, done)
