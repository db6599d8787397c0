"""Every file is handed out only to those who may see it, and what is gone says so."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from coproduce.gatherings.models import Gathering
from coproduce.people.models import Person
from coproduce.pictures.actions import bringing_in, showing, telling, throwing_away
from coproduce.pictures.actions.telling import Details, InIt
from coproduce.pictures.models import Licence, Picture
from coproduce.trust import consent
from tests import cast
from tests.pictured import (
    Committed,
    a_photo_of,
    a_shown_photo,
    address_of,
    allow,
    belongs_to,
    refuse,
)

pytestmark = pytest.mark.django_db
MP4 = (
    b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp41" + b"\x00\x00\x00\x28mdat" + bytes(range(32))
)


@pytest.fixture
def day() -> Gathering:
    return cast.a_gathering(slug="the-day")


@pytest.fixture
def maya() -> Person:
    return Person.objects.create(name="Made-up Maya")


def hears(address: str, who: Person | None = None, method: str = "GET") -> int:
    client = Client()
    if who is not None:
        cast.log_in(client, who)
    return int(client.generic(method, address).status_code)


def test_everybody_gets_what_is_shown(day: Gathering, maya: Person) -> None:
    answer = Client().get(address_of(a_shown_photo(day, maya)))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/webp"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, no-cache"


def test_only_hosts_of_its_place_get_a_draft(day: Gathering) -> None:
    address = address_of(a_photo_of(day, nobody=True))
    heard = {
        "stranger": hears(address),
        "member": hears(address, cast.member()),
        "wrong place": hears(address, cast.wrong_place_facilitator()),
        "admin": hears(address, cast.admin()),
        "facilitator": hears(address, cast.facilitator()),
    }
    assert heard == {
        "stranger": 404,
        "member": 404,
        "wrong place": 404,
        "admin": 404,
        "facilitator": 200,
    }


def test_a_draft_is_kept_by_no_browser(day: Gathering) -> None:
    client = cast.log_in(Client(), cast.facilitator())
    answer = client.get(address_of(a_photo_of(day, nobody=True)))
    assert answer["Cache-Control"] == "private, no-store"


def taken_back(day: Gathering, picture: Picture, maya: Person) -> None:
    refuse(day, maya)


def taken_off(day: Gathering, picture: Picture, maya: Person) -> None:
    showing.take_off(picture, cast.facilitator())


def deleted(day: Gathering, picture: Picture, maya: Person) -> None:
    throwing_away.delete(picture, cast.facilitator())


def said_anew_who_is_in_it(day: Gathering, picture: Picture, maya: Person) -> None:
    telling.say_who(picture, InIt([Person.objects.create()]), cast.facilitator())


@pytest.mark.parametrize("end", [taken_back, taken_off, deleted, said_anew_who_is_in_it])
def test_what_was_shown_and_is_no_more_is_gone(day: Gathering, maya: Person, end: Any) -> None:
    picture = a_shown_photo(day, maya)
    address = address_of(picture)
    assert hears(address) == 200
    end(day, picture, maya)
    assert hears(address) == 410
    assert hears(address, method="HEAD") == 410
    assert hears(address, cast.member()) == 410


def test_a_yes_that_ended_yesterday_leaves_a_picture_gone(
    day: Gathering, maya: Person, monkeypatch: Any
) -> None:
    from datetime import timedelta

    from django.utils import timezone

    picture = a_photo_of(day, maya)
    allow(day, maya, until=timezone.localdate())
    showing.let_be_shown(picture, None)
    address = address_of(picture)
    assert hears(address) == 200
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(consent.timezone, "localdate", lambda: tomorrow)
    assert hears(address) == 410


def test_a_browser_that_has_it_asks_again_and_hears_that_it_is_gone(
    day: Gathering, maya: Person
) -> None:
    address = address_of(a_shown_photo(day, maya))
    etag = Client().get(address)["ETag"]
    known = {"If-None-Match": etag}
    assert Client().get(address, headers=known).status_code == 304
    refuse(day, maya)
    assert Client().get(address, headers=known).status_code == 410


def test_it_comes_back_when_they_allow_it_again(day: Gathering, maya: Person) -> None:
    address = address_of(a_shown_photo(day, maya))
    refuse(day, maya)
    allow(day, maya)
    assert hears(address) == 200


def test_what_was_never_shown_leaves_no_trace(day: Gathering) -> None:
    picture = a_photo_of(day, nobody=True)
    address = address_of(picture)
    throwing_away.delete(picture, cast.facilitator())
    assert hears(address, cast.facilitator()) == 404
    assert not Picture.objects.exists()


def test_what_is_gone_tells_nothing_but_that_it_was(day: Gathering, maya: Person) -> None:
    picture = a_shown_photo(day, maya)
    throwing_away.delete(picture, cast.facilitator())
    left = Picture.objects.get()
    told = (left.place, left.about, left.description, left.caption, left.credit, left.brought_by)
    assert told == (None, "", "", "", "", None)
    assert not left.shown.exists()


def test_its_files_are_off_the_disk_in_the_same_deed(
    day: Gathering, maya: Person, committed: Committed, a_folder_of_its_own: Any
) -> None:
    with committed():
        picture = a_shown_photo(day, maya)
    files = [each for each in a_folder_of_its_own.rglob("*") if each.is_file()]
    assert len(files) == 5  # the photo is 640 wide: one, and two sizes of two formats
    with committed():
        throwing_away.delete(picture, cast.facilitator())
    assert not [each for each in a_folder_of_its_own.rglob("*") if each.is_file()]


def test_nobody_has_a_picture_drawn_by_asking_for_it(day: Gathering) -> None:
    address = address_of(a_shown_photo(day))
    for name in ("width-401.webp", "fill-3000x3000.png", "original", "paper.pdf", "film.mp4"):
        assert hears(address.rsplit("/", 1)[0] + f"/{name}") == 404


def test_what_was_uploaded_has_no_address(day: Gathering) -> None:
    picture = a_shown_photo(day)
    assert hears(f"/media/{picture.photo.file.name}", cast.facilitator()) == 404
    assert hears(f"/media/{picture.photo.renditions.all()[0].file.name}") == 404


def test_asking_for_the_head_gives_the_head_alone(day: Gathering) -> None:
    address = address_of(a_shown_photo(day))
    whole, head = Client().get(address), Client().head(address)
    assert head.status_code == 200
    assert head.content == b""
    assert int(head["Content-Length"]) == len(b"".join(whole))  # type: ignore[arg-type]


def test_nothing_is_written_by_posting(day: Gathering) -> None:
    assert hears(address_of(a_shown_photo(day)), cast.facilitator(), "POST") == 405


def test_one_question_to_an_address_asks_the_database_little(
    day: Gathering, maya: Person, django_assert_max_num_queries: Any
) -> None:
    address = address_of(a_shown_photo(day, maya, *(Person.objects.create() for _ in range(5))))
    with django_assert_max_num_queries(5):
        assert hears(address) == 200


# Films


def a_shown_film(day: Gathering) -> Picture:
    vtt = SimpleUploadedFile("c.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n")
    film = SimpleUploadedFile("f.mp4", MP4, "video/mp4")
    by = cast.facilitator()
    picture = bringing_in.bring_in_film(belongs_to(day), "A film", film, "Hello", by, captions=vtt)
    details = Details("A hall.", credit="Femi", licence=Licence.CC_BY)
    telling.describe(picture, details, by)
    telling.say_who(picture, InIt(nobody=True), by)
    showing.let_be_shown(picture, by)
    return picture


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


def test_a_film_is_handed_out_in_parts(day: Gathering) -> None:
    address = a_shown_film(day).film.url
    whole = Client().get(address)
    content = body(whole)
    assert whole["Accept-Ranges"] == "bytes"
    for asked, part in {
        "bytes=0-3": content[:4],
        "bytes=10-": content[10:],
        "bytes=-5": content[-5:],
        "bytes=4-100000": content[4:],
    }.items():
        answer = Client().get(address, headers={"Range": asked})
        assert answer.status_code == 206
        assert body(answer) == part
        assert int(answer["Content-Length"]) == len(part)
    assert Client().get(address, headers={"Range": "bytes=2-5"})["Content-Range"] == (
        f"bytes 2-5/{len(content)}"
    )


@pytest.mark.parametrize(
    "asked", ["bytes=5-2", "bytes=a-b", "lines=1-2", "bytes=0-1,4-5", "bytes=-"]
)
def test_a_part_that_makes_no_sense_is_all_of_it(day: Gathering, asked: str) -> None:
    answer = Client().get(a_shown_film(day).film.url, headers={"Range": asked})
    assert answer.status_code == 200


def test_a_part_past_the_end_is_refused(day: Gathering) -> None:
    answer = Client().get(a_shown_film(day).film.url, headers={"Range": "bytes=9999-"})
    assert answer.status_code == 416


def test_a_part_of_a_film_that_changed_is_the_whole_new_one(day: Gathering) -> None:
    headers = {"Range": "bytes=0-3", "If-Range": '"another"'}
    assert Client().get(a_shown_film(day).film.url, headers=headers).status_code == 200


def test_captions_go_the_same_way(day: Gathering) -> None:
    picture = a_shown_film(day)
    answer = Client().get(picture.film.captions_url)
    assert answer["Content-Type"] == "text/vtt; charset=utf-8"
    showing.take_off(picture, None)
    assert hears(picture.film.captions_url) == 410
    assert hears(picture.film.url) == 410


# Papers


def a_shown_paper(day: Gathering) -> Picture:
    file = SimpleUploadedFile("Notes by Amina.txt", b"What we found.")
    by = cast.facilitator()
    picture = bringing_in.bring_in_paper(belongs_to(day), 'What we found, and "notes"', file, by)
    details = Details("Notes.", credit="Femi", licence=Licence.CC_BY)
    telling.describe(picture, details, by)
    telling.say_who(picture, InIt(nobody=True), by)
    showing.let_be_shown(picture, by)
    return picture


def test_a_paper_is_saved_never_opened_inside_our_pages(day: Gathering) -> None:
    answer = Client().get(a_shown_paper(day).paper.url)
    assert answer["Content-Disposition"] == 'attachment; filename="what-we-found-and-notes.txt"'
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_wagtails_way_to_a_paper_asks_the_same(day: Gathering) -> None:
    picture = a_shown_paper(day)
    address = f"/documents/{picture.paper.pk}/{picture.paper.filename}"
    answer = Client().get(address)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    showing.take_off(picture, None)
    assert hears(address) == 410
    assert hears(address, cast.facilitator()) == 200
