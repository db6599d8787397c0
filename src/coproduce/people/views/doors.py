"""Who gets through to the pages behind a place, and how a page says that a deed is done."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from coproduce.people.actions.deeds import NotPossible
from coproduce.people.doors import let_in, signed_in
from coproduce.people.models import Person, Place
from coproduce.people.rights import Deed

P = ParamSpec("P")
Behind = Callable[Concatenate[HttpRequest, Place, Person, P], HttpResponse]
Page = Callable[..., HttpResponse]


def behind(deed: Deed) -> Callable[[Behind[P]], Page]:
    """A page for those who may do the deed; the view is given the place and the person."""

    def guard(view: Behind[P]) -> Page:
        @signed_in
        @wraps(view)
        def page(
            request: HttpRequest, place: str, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            found = get_object_or_404(Place, slug=place)
            return view(request, found, let_in(request, deed, found), *args, **kwargs)

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
