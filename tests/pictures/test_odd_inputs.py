"""Whatever is typed into a form about pictures, or sent as a file, it answers with a page."""

from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coproduce.gatherings.models import Gathering
from coproduce.pictures.actions import bringing_in
from coproduce.pictures.models import Picture
from tests import cast
from tests.odd import ODD
from tests.pictured import a_photo, belongs_to

pytestmark = pytest.mark.django_db

CONTENT = st.one_of(
    st.binary(max_size=80),
    st.sampled_from(
        [
            b"",
            b"\xff\xd8\xff\xe0\x00\x10JFIF",
            b"\x89PNG\r\n\x1a\n",
            b"RIFF\x10\x00\x00\x00WEBPVP8 ",
            b"\x00\x00\x00\x18ftypheic",
            b"\x00\x00\x00\x08ftyp",
            b"PK\x03\x04",
            b"%PDF-1.7\n%%EOF",
            b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello",
        ]
    ),
)


def is_a_name(name: str) -> bool:
    """What Django's own files can be called; of a browser's it makes such a name itself."""
    return name.rpartition("/")[2] not in {"", ".", ".."}


NAMES = st.one_of(
    st.text(min_size=1, max_size=12).filter(is_a_name),
    st.sampled_from(["a.jpg", "a.png", "a.webp", "a.mp4", "a.docx", "a.pdf", "a.vtt", "../a.jpg"]),
)
FORMS = {
    "pictures": ("", "photos"),
    "picture": ("title description caption credit licence made_on permitted_by permitted_on "
                "permitted_where", ""),
    "picture_people": ("people codes is_crowd nobody", ""),
    "picture_lines": ("words", ""),
    "film_new": ("title address transcript", "file captions"),
    "picture_words": ("transcript", "captions"),
    "paper_new": ("title", "file"),
}  # fmt: skip
KNOWN = st.sampled_from(
    ["CC-BY-4.0", "LicenseRef-permission", "web", "on", "A hall.", "2026-01-02"]
)


def about(name: str, day: Gathering) -> list[Any]:
    if name in ("picture", "picture_people", "picture_lines"):
        return [a_photo(day).id]
    return [a_film(day).id] if name == "picture_words" else []


def a_film(day: Gathering) -> Picture:
    file = SimpleUploadedFile("a.mp4", b"\x00\x00\x00\x10ftypisom\x00\x00\x00\x00")
    return bringing_in.bring_in_film(belongs_to(day), "A film", file, "", None)


@pytest.mark.parametrize("name", FORMS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(drawn=st.data())
def test_no_input_breaks_a_form(name: str, drawn: st.DataObject) -> None:
    words, files = (each.split() for each in FORMS[name])
    typed: dict[str, Any] = {"go": ""}
    for field in words:
        typed[field] = drawn.draw(st.one_of(ODD, KNOWN, st.lists(ODD, max_size=3)))
    for field in files:
        sent = drawn.draw(st.lists(st.tuples(NAMES, CONTENT), max_size=2))
        typed[field] = [SimpleUploadedFile(called, content) for called, content in sent]
    cache.clear()
    with transaction.atomic():
        day = cast.a_gathering(slug="the-day")
        host = cast.log_in(Client(), cast.facilitator())
        address = reverse(f"gatherings:{name}", args=["the-day", *about(name, day)])
        assert host.post(address, typed).status_code < 500
        transaction.set_rollback(True)


@given(name=st.text(max_size=40), asked=st.text(st.characters(codec="ascii"), max_size=40))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_address_and_no_part_breaks_the_serving(name: str, asked: str) -> None:
    with transaction.atomic():
        picture = a_film(cast.a_gathering(slug="the-day"))
        host = cast.log_in(Client(), cast.facilitator())
        for each in (picture.film.name, name.replace("/", "") or "a"):
            address = reverse("pictures:file", args=[picture.id, each])
            headers = {"Range": f"bytes={asked}", "If-None-Match": asked, "If-Range": asked}
            assert host.get(address, headers=headers).status_code < 500
        transaction.set_rollback(True)
