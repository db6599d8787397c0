"""Every file of a picture goes out here, and only if whoever asks may see it now.

What everybody may see today, everybody gets. What they may not, hosts of its place get, to look
after it, and whoever is in it, to see it first. Anybody else hears 404 of what never was theirs to
see, and 410 of what was once.
"""

import re
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from coproduce.people.models import User
from coproduce.people.rights import Deed, may, person_of
from coproduce.pictures import first_eyes, moving, office, shown
from coproduce.pictures.models import Picture, Rendition
from coproduce.pictures.models.files import spec_of
from coproduce.pictures.serving import Handed, hand_out

PHOTO_TYPES = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
NAME = re.compile(r"[a-z0-9.+_-]{1,120}", re.ASCII)  # of a rendition
NOT_THERE = "There is no such picture, or it is not yours to see."


@require_safe
def file(request: HttpRequest, picture_id: UUID, name: str) -> HttpResponseBase:
    """One file of a picture: a rendition, a film, its captions, a paper."""
    found = Picture.objects.select_related("photo", "film", "paper", "place")
    picture = found.prefetch_related("shown__person").filter(pk=picture_id).first()
    if picture is None:
        raise Http404(NOT_THERE)
    return answer_about(request, picture, name)


def answer_about(request: HttpRequest, picture: Picture, name: str) -> HttpResponseBase:
    """The file, if it is theirs to see now; else that it is gone, or nothing."""
    is_public = picture.gone_at is None and shown.is_shown(picture)
    is_theirs = picture.gone_at is None and first_eyes.opens(request.GET.get("see", ""), picture)
    if is_public or is_theirs or looks_after(request, picture):
        handed = _called(picture, name)
        if handed is None:
            raise Http404(NOT_THERE)
        return hand_out(request, handed, is_public=is_public)
    if picture.first_shown_at is not None:
        return gone(request)
    raise Http404(NOT_THERE)


def gone(request: HttpRequest) -> HttpResponse:
    """It was here and everybody's; it is not any more, and will not be asked for again."""
    response = render(request, "pictures/gone.html", status=410)
    response["Cache-Control"] = "no-store"
    return response


def looks_after(request: HttpRequest, picture: Picture) -> bool:
    """Hosts of its place see it before others; what belongs to the site, those who write there."""
    if picture.gone_at is not None:
        return False
    if picture.place is not None:
        return may(person_of(request.user), Deed.HOST, picture.place)
    user = request.user
    return isinstance(user, User) and user.is_staff and user.has_perm("pictures.change_photo")


def _called(picture: Picture, name: str) -> Handed | None:
    """The file of this picture that goes by the name."""
    try:
        if name == "captions.vtt" and picture.film.captions:
            return Handed(picture.film.captions, "text/vtt; charset=utf-8")
        if name.startswith("film.") and name == picture.film.name and picture.film.file:
            return Handed(picture.film.file, moving.TYPES[name.rpartition(".")[2]])
        if name.startswith("paper.") and name == picture.paper.name:
            return _paper(picture, name.rpartition(".")[2])
    except ObjectDoesNotExist:
        return None
    return _rendition(picture, name)


def _paper(picture: Picture, kind: str) -> Handed:
    saved_as = f"{slugify(picture.title)[:80] or 'paper'}.{kind}"
    kinds = office.TYPES.get(kind, "application/octet-stream")
    return Handed(picture.paper.file, kinds, saved_as)


def _rendition(picture: Picture, name: str) -> Handed | None:
    """Only renditions that a page shows already: nobody has pictures drawn by asking for them."""
    if not NAME.fullmatch(name):
        return None
    found = Rendition.objects.filter(image__picture=picture, filter_spec=spec_of(name)).first()
    if found is None:
        return None
    ending = str(found.file.name).rpartition(".")[2].lower()
    return Handed(found.file, PHOTO_TYPES.get(ending, "application/octet-stream"))
