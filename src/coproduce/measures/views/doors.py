"""Who gets through to the pages behind a survey."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from coproduce.measures.actions.deeds import NotPossible
from coproduce.measures.models import Instrument, Survey, Wave
from coproduce.people.doors import let_in, signed_in
from coproduce.people.models import Person
from coproduce.people.rights import Deed

P = ParamSpec("P")
Page = Callable[..., HttpResponse]


def behind_survey(
    view: Callable[Concatenate[HttpRequest, Survey, Person, P], HttpResponse],
) -> Page:
    """A page for those who evaluate in the place; the view is given the survey and the person."""

    @signed_in
    @wraps(view)
    def page(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        survey = get_object_or_404(Survey.objects.with_home(), slug=slug)
        person = let_in(request, Deed.MEASURE, survey.place)
        return view(request, survey, person, *args, **kwargs)

    return page


def behind_wave(view: Callable[Concatenate[HttpRequest, Wave, Person, P], HttpResponse]) -> Page:
    """The same for one wave of a survey."""

    @behind_survey
    def page(
        request: HttpRequest,
        survey: Survey,
        person: Person,
        /,
        number: int,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> HttpResponse:
        wave = get_object_or_404(Wave, survey=survey, number=number)
        wave.survey = survey
        return view(request, wave, person, *args, **kwargs)

    return page


def behind_instrument(
    view: Callable[Concatenate[HttpRequest, Instrument, Person, P], HttpResponse],
) -> Page:
    """A page for those who evaluate in the place that words this set of questions."""

    @signed_in
    @wraps(view)
    def page(
        request: HttpRequest, instrument_id: UUID, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        own = Instrument.objects.select_related("place").exclude(place=None)
        instrument = get_object_or_404(own, pk=instrument_id)
        assert instrument.place is not None
        person = let_in(request, Deed.MEASURE, instrument.place)
        return view(request, instrument, person, *args, **kwargs)

    return page


def behind_draft(
    view: Callable[Concatenate[HttpRequest, Instrument, Person, P], HttpResponse],
) -> Page:
    """The same while it is still being worded; what is ready is led back to its page."""

    @behind_instrument
    @wraps(view)
    def page(
        request: HttpRequest,
        instrument: Instrument,
        person: Person,
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> HttpResponse:
        if not instrument.is_draft:
            messages.warning(request, "This version is ready and stands as it is.")
            return redirect("measures:desk", instrument.pk)
        return view(request, instrument, person, *args, **kwargs)

    return page


@contextmanager
def telling(request: HttpRequest, done: str) -> Iterator[None]:
    """Try a deed: the next page says that it is done, or why it is not possible."""
    try:
        yield
    except NotPossible as reason:
        messages.warning(request, str(reason))
    else:
        messages.success(request, done)
