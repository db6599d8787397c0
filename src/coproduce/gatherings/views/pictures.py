"""Photos, films and papers of a gathering: brought in, told of, shown, taken off, deleted."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from coproduce.gatherings import in_pictures
from coproduce.gatherings.actions import noting
from coproduce.gatherings.actions.noting import Note
from coproduce.gatherings.forms.picturing import (
    FilmWords,
    ManyDescribed,
    OneFilm,
    OneLine,
    OnePaper,
    OnePicture,
    Photos,
    WhoIsInIt,
)
from coproduce.gatherings.models import Gathering, Voice
from coproduce.gatherings.views.doors import behind, telling
from coproduce.people.models import Person
from coproduce.people.rights import Deed
from coproduce.pictures import shown
from coproduce.pictures.actions import bringing_in, showing, throwing_away
from coproduce.pictures.actions import telling as telling_of
from coproduce.pictures.actions.bringing_in import Belongs
from coproduce.pictures.actions.deeds import NotPossible
from coproduce.pictures.models import Kind, Picture


@behind(Deed.HOST)
def pictures(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    """All pictures of a gathering, those that may not be shown yet first, each with its reasons."""
    form = Photos(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        taken, refused = form.cleaned_data["photos"]
        brought = bringing_in.bring_in_photos(_belongs(gathering), taken, by=person)
        messages.success(request, f"{len(brought)} photo{_s(brought)} brought in.")
        for why in refused:
            messages.warning(request, why)
        return redirect("gatherings:pictures_described", gathering.slug)
    found = list(Picture.objects.about(gathering.thing).with_files())
    return render(
        request,
        "gatherings/pictures/pictures.html",
        {
            "gathering": gathering,
            "form": form,
            "waiting": shown.not_yet(found),
            "shown": shown.shown_of(found),
            "undescribed": sum(not each.description for each in found if each.kind == Kind.PHOTO),
        },
    )


@behind(Deed.HOST)
def pictures_described(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    """A line for each photo that has none yet, all on one page."""
    waiting = Picture.objects.about(gathering.thing).filter(kind=Kind.PHOTO, description="")
    found = list(waiting.with_files())
    if not found:
        return redirect("gatherings:pictures", gathering.slug)
    form = ManyDescribed(request.POST or None, pictures=found)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            telling_of.describe_many(form.described(), typed["credit"], typed["licence"], person)
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, "Kept. Now say of each who is in it.")
            return redirect("gatherings:pictures", gathering.slug)
    return render(
        request, "gatherings/pictures/described.html", {"gathering": gathering, "form": form}
    )


@behind(Deed.HOST)
def picture(
    request: HttpRequest, gathering: Gathering, person: Person, picture_id: UUID
) -> HttpResponse:
    """One picture: whether everybody sees it, why not, and all that is told of it."""
    found = _picture(gathering, picture_id)
    form = OnePicture(request.POST or None, picture=found)
    if request.method == "POST" and form.is_valid():
        try:
            telling_of.describe(found, form.details, by=person)
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, "Kept.")
            return redirect("gatherings:picture", gathering.slug, found.id)
    return render(
        request,
        "gatherings/pictures/picture.html",
        {
            "gathering": gathering,
            "picture": found,
            "form": form,
            "why_not": shown.why_not(found),
            "is_shown": shown.is_shown(found),
            "lines": found.lines.filter(taken_back_at=None).count(),
        },
    )


@behind(Deed.HOST)
def picture_people(
    request: HttpRequest, gathering: Gathering, person: Person, picture_id: UUID
) -> HttpResponse:
    """Who is in it: from the list, by the code of a card, a crowd, or nobody."""
    found = _picture(gathering, picture_id)
    people = in_pictures.people_of(gathering)
    already = [(each.person, each.person.name or "Somebody") for each in found.shown.all()]
    listed = {each.id for each, _ in people}
    form = WhoIsInIt(
        request.POST or None,
        gathering=gathering,
        people=[*people, *(each for each in already if each[0].id not in listed)],
        initial={
            "people": [str(each.id) for each, _ in already],
            "is_crowd": found.is_crowd,
            "nobody": found.has_nobody,
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            telling_of.say_who(found, form.in_it, by=person)
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, "It is written down who is in it.")
            return redirect("gatherings:picture", gathering.slug, found.id)
    return render(
        request,
        "gatherings/pictures/people.html",
        {"gathering": gathering, "picture": found, "form": form},
    )


@behind(Deed.HOST)
@require_POST
def picture_show(
    request: HttpRequest, gathering: Gathering, person: Person, picture_id: UUID
) -> HttpResponse:
    found = _picture(gathering, picture_id)
    try:
        showing.let_be_shown(found, by=person)
    except NotPossible as reason:
        messages.warning(request, str(reason))
    else:
        messages.success(request, "Everybody sees it now, on the page of the gathering.")
    return redirect("gatherings:picture", gathering.slug, found.id)


@behind(Deed.HOST)
@require_POST
def picture_off(
    request: HttpRequest, gathering: Gathering, person: Person, picture_id: UUID
) -> HttpResponse:
    found = _picture(gathering, picture_id)
    try:
        showing.take_off(found, by=person)
    except NotPossible as reason:
        messages.warning(request, str(reason))
    else:
        messages.success(request, "It is taken off. Its old address says that it is gone.")
    return redirect("gatherings:picture", gathering.slug, found.id)


@behind(Deed.HOST)
def picture_gone(
    request: HttpRequest, gathering: Gathering, person: Person, picture_id: UUID
) -> HttpResponse:
    """Delete it, asked once more."""
    found = _picture(gathering, picture_id)
    if request.method == "POST":
        try:
            throwing_away.delete(found, by=person)
        except NotPossible as reason:
            messages.warning(request, str(reason))
        else:
            messages.success(request, "It is deleted, with every size of it.")
        return redirect("gatherings:pictures", gathering.slug)
    return render(
        request, "gatherings/pictures/gone.html", {"gathering": gathering, "picture": found}
    )


@behind(Deed.HOST)
def picture_lines(
    request: HttpRequest, gathering: Gathering, person: Person, picture_id: UUID
) -> HttpResponse:
    """A flipchart and beside it what stands on it, typed line by line; each becomes a voice."""
    found = _picture(gathering, picture_id)
    form = OneLine(request.POST or None)
    if request.method == "POST" and form.is_valid():
        note = Note(form.cleaned_data["words"], source=Voice.Source.FLIPCHART, picture=found)
        with telling(request, "Noted."):
            noting.take_notes(gathering, [note], by=person)
        return redirect("gatherings:picture_lines", gathering.slug, found.id)
    return render(
        request,
        "gatherings/pictures/lines.html",
        {
            "gathering": gathering,
            "picture": found,
            "form": form,
            "lines": gathering.voices.listed().filter(picture=found),
        },
    )


@behind(Deed.HOST)
def picture_words(
    request: HttpRequest, gathering: Gathering, person: Person, picture_id: UUID
) -> HttpResponse:
    """What is said in a film, to read and as captions."""
    found = _picture(gathering, picture_id, Kind.FILM)
    form = FilmWords(
        request.POST or None,
        request.FILES or None,
        initial={"transcript": found.film.transcript},
    )
    if not found.film.file:
        del form.fields["captions"]
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            telling_of.say_what_is_said(
                found, typed["transcript"], by=person, captions=typed.get("captions")
            )
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, "Kept.")
            return redirect("gatherings:picture", gathering.slug, found.id)
    return render(
        request,
        "gatherings/pictures/words.html",
        {"gathering": gathering, "picture": found, "form": form},
    )


@behind(Deed.HOST)
def film_new(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    """A film: by its address elsewhere, or as a file."""
    form = OneFilm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            film = _film(form, gathering, person)
        except NotPossible as reason:
            form.add_error("address" if form.cleaned_data["address"] else "file", str(reason))
        else:
            messages.success(request, "The film is brought in. Now say what it shows.")
            return redirect("gatherings:picture", gathering.slug, film.id)
    return render(request, "gatherings/pictures/film.html", {"gathering": gathering, "form": form})


def _film(form: OneFilm, gathering: Gathering, person: Person) -> Picture:
    typed, belongs = form.cleaned_data, _belongs(gathering)
    if typed["address"]:
        return bringing_in.link_film(
            belongs, typed["title"], typed["address"], typed["transcript"], by=person
        )
    return bringing_in.bring_in_film(
        belongs,
        typed["title"],
        typed["file"],
        typed["transcript"],
        by=person,
        captions=typed["captions"],
    )


@behind(Deed.HOST)
def paper_new(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    """A paper to download: a report, slides, a sheet."""
    form = OnePaper(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            paper = bringing_in.bring_in_paper(
                _belongs(gathering), typed["title"], typed["file"], by=person
            )
        except NotPossible as reason:
            form.add_error("file", str(reason))
        else:
            messages.success(request, "The paper is brought in. Now say what is in it.")
            return redirect("gatherings:picture", gathering.slug, paper.id)
    return render(request, "gatherings/pictures/paper.html", {"gathering": gathering, "form": form})


def _picture(gathering: Gathering, picture_id: UUID, kind: Kind | None = None) -> Picture:
    """A picture of this gathering and its place; any other is not here."""
    found = Picture.objects.about(gathering.thing).filter(place=gathering.place).with_files()
    if kind:
        found = found.filter(kind=kind)
    return get_object_or_404(found, pk=picture_id)


def _belongs(gathering: Gathering) -> Belongs:
    """New pictures are of its day, as soon as it has begun."""
    begins = timezone.localtime(gathering.starts_at).date()
    made_on = begins if begins <= timezone.localdate() else None
    return Belongs(gathering.place, gathering.thing, made_on)


def _s(many: list[Picture]) -> str:
    return " is" if len(many) == 1 else "s are"
