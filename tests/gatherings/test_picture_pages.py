"""The pages about pictures: for hosts, who bring them in, and for everybody, who sees some."""

from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from coproduce.gatherings.actions import consenting
from coproduce.gatherings.actions.consenting import Answer
from coproduce.gatherings.models import ConsentCard, Gathering, Voice
from coproduce.pictures.models import Licence, Picture
from coproduce.trust.models import LogEntry, Where
from tests import cast
from tests.pictured import a_photo, a_photo_of, a_shown_photo, allow, belongs_to

pytestmark = pytest.mark.django_db
WORDS = "Six people round a table; one is standing and laughing."
TOLD = {"description": WORDS, "credit": "Femi", "licence": "CC-BY-4.0", "caption": "After lunch"}


@pytest.fixture(autouse=True)
def a_folder_of_its_own(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def day() -> Gathering:
    return cast.a_gathering(slug="the-day")


@pytest.fixture
def host(client: Client, day: Gathering) -> Client:
    return cast.log_in(client, cast.facilitator())


def at(name: str, *more: object) -> str:
    return reverse(f"gatherings:{name}", args=["the-day", *more])


def what_everybody_sees() -> str:
    return Client().get(at("gathering")).content.decode()


def a_card(day: Gathering, *pictures: Where) -> ConsentCard:
    [card] = consenting.print_cards(day, 1, None)
    consenting.enter(card, Answer([], pictures=pictures), None)
    return card


# Bringing in


def test_several_photos_come_in_at_once_and_each_is_asked_for_a_line(host: Client) -> None:
    answer = host.post(at("pictures"), {"photos": [cast.a_jpeg(), cast.a_jpeg("b.jpg")]})
    assert answer["Location"] == at("pictures_described")
    page = host.get(at("pictures_described")).content.decode()
    assert "What photo 1 shows" in page
    assert "What photo 2 shows" in page
    assert Picture.objects.count() == 2


def test_a_line_for_one_leaves_the_other_to_be_asked_again(host: Client, day: Gathering) -> None:
    one, other = a_photo(day), a_photo(day)
    typed = {f"words-{one.id}": WORDS, "credit": "Femi", "licence": "CC-BY-4.0"}
    host.post(at("pictures_described"), typed)
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.description, other.description) == (WORDS, "")
    assert (one.licence, other.licence, other.credit) == ("CC-BY-4.0", "CC-BY-4.0", "Femi")
    page = host.get(at("pictures_described")).content.decode()
    assert f"words-{other.id}" in page
    assert f"words-{one.id}" not in page


def test_no_word_for_nothing_is_taken_and_what_was_typed_stays(
    host: Client, day: Gathering
) -> None:
    photo = a_photo(day)
    typed = {f"words-{photo.id}": "decorative", "credit": "Femi the photographer"}
    page = host.post(at("pictures_described"), typed).content.decode()
    assert "says nothing to somebody who cannot see it" in page
    assert "Femi the photographer" in page


def test_what_cannot_be_taken_is_told_and_the_others_come_in(host: Client) -> None:
    heic = SimpleUploadedFile("phone.heic", b"\x00\x00\x00\x18ftypheic")
    page = host.post(at("pictures"), {"photos": [cast.a_jpeg(), heic]}, follow=True)
    assert "phone.heic: This file cannot be read as a photo." in page.content.decode()
    assert Picture.objects.count() == 1


def test_thirteen_photos_are_one_too_many(host: Client) -> None:
    files = [cast.a_jpeg(f"{n}.jpg", (20, 20)) for n in range(13)]
    page = host.post(at("pictures"), {"photos": files}).content.decode()
    assert "You chose 13 photos; 12 is the most at once." in page
    assert not Picture.objects.exists()


def test_no_photo_at_all_says_what_to_do(host: Client) -> None:
    assert "Choose the photos first." in host.post(at("pictures"), {"go": ""}).content.decode()


def test_a_film_is_linked_only_where_that_is_allowed(host: Client, settings: Any) -> None:
    typed = {"title": "The day", "address": "https://films.example.org/1", "transcript": "Hello"}
    assert "none so far" in host.post(at("film_new"), typed).content.decode()
    settings.FILM_HOSTS = ["films.example.org"]
    host.post(at("film_new"), typed)
    assert Picture.objects.get().film.address == "https://films.example.org/1"


def test_a_film_is_an_address_or_a_file_not_both_and_not_neither(host: Client) -> None:
    page = host.post(at("film_new"), {"title": "The day"}).content.decode()
    assert "Give either an address or a file." in page


def test_captions_that_are_none_say_in_which_line(host: Client) -> None:
    film = SimpleUploadedFile("a.mp4", b"\x00\x00\x00\x10ftypisom\x00\x00\x00\x00")
    vtt = SimpleUploadedFile("a.vtt", b"WEBVTT\n\n1 --> 2\nHello")
    page = host.post(at("film_new"), {"title": "The day", "file": film, "captions": vtt})
    assert "Line 3 of the captions has no time" in page.content.decode()
    assert not Picture.objects.exists()


def test_a_paper_comes_in_and_is_asked_what_is_in_it(host: Client) -> None:
    file = SimpleUploadedFile("notes.txt", b"What we found")
    answer = host.post(at("paper_new"), {"title": "Notes", "file": file})
    picture = Picture.objects.get()
    assert answer["Location"] == at("picture", picture.id)
    assert "What is in it" in host.get(answer["Location"]).content.decode()


# Telling


def test_the_page_of_a_photo_says_all_that_is_missing(host: Client, day: Gathering) -> None:
    page = host.get(at("picture", a_photo(day).id)).content.decode()
    assert "Not shown yet" in page
    assert "Say who is in it, or that nobody can be recognised." in page


def test_from_a_photo_to_everybodys_eyes_step_by_step(host: Client, day: Gathering) -> None:
    photo = a_photo(day)
    card = a_card(day, Where.WEB)
    host.post(at("picture", photo.id), TOLD)
    host.post(at("picture_people", photo.id), {"codes": card.code.lower()})
    assert WORDS not in what_everybody_sees()
    host.post(at("picture_show", photo.id))
    page = what_everybody_sees()
    assert f'alt="{WORDS}"' in page
    assert "After lunch" in page
    assert 'href="https://creativecommons.org/licenses/by/4.0/"' in page
    assert "The person allowed this on this website (on a paper card)." in page
    assert 'type="image/webp"' in page
    assert 'loading="lazy"' in page


def test_it_stays_back_while_somebodys_answer_is_missing(host: Client, day: Gathering) -> None:
    photo, card = a_photo(day), a_card(day)  # nothing ticked
    host.post(at("picture", photo.id), TOLD)
    host.post(at("picture_people", photo.id), {"codes": card.code})
    page = host.post(at("picture_show", photo.id), follow=True).content.decode()
    assert "Somebody in it said no, or took it back." in page
    assert WORDS not in what_everybody_sees()


def test_taking_back_by_the_code_of_a_card_takes_the_picture_off(
    host: Client, day: Gathering
) -> None:
    photo, card = a_photo(day), a_card(day, Where.WEB)
    host.post(at("picture", photo.id), TOLD)
    host.post(at("picture_people", photo.id), {"codes": card.code})
    host.post(at("picture_show", photo.id))
    address = photo.photo.renditions.all()[0].url
    assert Client().get(address).status_code == 200
    Client().post(reverse("gatherings:my_words", args=[card.code]))
    assert WORDS not in what_everybody_sees()
    assert Client().get(address).status_code == 410


def test_people_of_the_gathering_stand_in_the_list_with_their_answer(
    host: Client, day: Gathering
) -> None:
    yes = cast.a_registration(day).person
    no = cast.a_registration(day, cast.member()).person
    allow(day, yes)
    allow(day, no, Where.REPORT)
    page = host.get(at("picture_people", a_photo(day).id)).content.decode()
    assert "Nadia (said yes)" in page
    assert "Amina (did not say yes)" in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"codes": " "}, "Say who is in it, or that nobody can be recognised."),
        ({"nobody": "on", "is_crowd": "on"}, "Either nobody can be recognised"),
        ({"codes": "BCDF2345"}, "No card of this gathering has the code BCDF2345."),
        ({"people": str(uuid4())}, "Select a valid choice"),
    ],
)
def test_an_answer_that_is_none_says_why(
    host: Client, day: Gathering, typed: dict[str, str], said: str
) -> None:
    page = host.post(at("picture_people", a_photo(day).id), typed).content.decode()
    assert said in page


def test_a_card_that_nobody_has_entered_yet_says_so(host: Client, day: Gathering) -> None:
    [card] = consenting.print_cards(day, 1, None)
    page = host.post(at("picture_people", a_photo(day).id), {"codes": card.code})
    assert f"Enter what stands on the card {card.code} first." in page.content.decode()


def test_a_card_of_another_gathering_is_not_taken(host: Client, day: Gathering) -> None:
    card = a_card(cast.a_gathering(slug="another-day"), Where.WEB)
    page = host.post(at("picture_people", a_photo(day).id), {"codes": card.code})
    assert "No card of this gathering has the code" in page.content.decode()


def test_taken_off_it_leaves_the_page_and_can_come_back(host: Client, day: Gathering) -> None:
    photo = a_shown_photo(day)
    host.post(at("picture_off", photo.id))
    assert photo.description not in what_everybody_sees()
    host.post(at("picture_show", photo.id))
    assert photo.description in what_everybody_sees()


def test_deleting_asks_once_more(host: Client, day: Gathering) -> None:
    photo = a_shown_photo(day)
    assert "cannot be undone" in host.get(at("picture_gone", photo.id)).content.decode()
    assert Picture.objects.kept().exists()
    host.post(at("picture_gone", photo.id))
    assert not Picture.objects.kept().exists()
    assert host.get(at("picture", photo.id)).status_code == 404


def test_a_picture_of_another_gathering_is_not_found_here(host: Client, day: Gathering) -> None:
    photo = a_photo(cast.a_gathering(slug="another-day"))
    for name in ("picture", "picture_people", "picture_gone", "picture_lines"):
        assert host.get(at(name, photo.id)).status_code == 404
    for name in ("picture_show", "picture_off"):
        assert host.post(at(name, photo.id)).status_code == 404


def test_the_list_says_of_each_why_it_is_not_shown(host: Client, day: Gathering) -> None:
    a_photo(day)
    a_photo_of(day, cast.member())
    a_shown_photo(day)
    page = host.get(at("pictures")).content.decode()
    assert "1 photo does not say yet what it shows" in page
    assert "Amina has not been asked, or has not answered." in page
    assert "Everybody sees it." in page


def test_the_list_asks_as_little_for_many_as_for_few(
    host: Client, day: Gathering, django_assert_max_num_queries: Any
) -> None:
    for _ in range(6):
        a_photo_of(day, cast.member())
        a_shown_photo(day)
    with django_assert_max_num_queries(20):
        host.get(at("pictures"))
    with django_assert_max_num_queries(25):
        what_everybody_sees()


def test_the_page_stays_light_without_its_pictures(day: Gathering) -> None:
    for _ in range(12):
        a_shown_photo(day)
    assert len(what_everybody_sees()) < 60_000


# Flipcharts


def test_lines_of_a_flipchart_become_voices_beside_it(host: Client, day: Gathering) -> None:
    photo = a_photo(day)
    for words in ("Pay at the door", "Ask before"):
        host.post(at("picture_lines", photo.id), {"words": words})
    voices = Voice.objects.filter(picture=photo)
    assert [voice.words for voice in voices] == ["Pay at the door", "Ask before"]
    assert {voice.source for voice in voices} == {Voice.Source.FLIPCHART}
    page = host.get(at("picture_lines", photo.id)).content.decode()
    assert "2 lines so far" in page


def test_lines_stay_when_the_photo_goes(host: Client, day: Gathering) -> None:
    photo = a_shown_photo(day)
    host.post(at("picture_lines", photo.id), {"words": "Pay at the door"})
    host.post(at("picture_gone", photo.id))
    assert Voice.objects.get().words == "Pay at the door"


def test_each_deed_has_one_entry_in_the_log(host: Client, day: Gathering) -> None:
    photo = a_photo(day)
    before = LogEntry.objects.count()
    host.post(at("picture", photo.id), TOLD)
    host.post(at("picture_people", photo.id), {"nobody": "on"})
    host.post(at("picture_show", photo.id))
    host.post(at("picture_off", photo.id))
    host.post(at("picture_gone", photo.id))
    deeds = LogEntry.objects.all()[before:]
    assert [entry.deed for entry in deeds] == [
        "describe a picture",
        "say who is in a picture",
        "show a picture",
        "take a picture off",
        "delete a picture",
    ]
    assert {entry.thing for entry in deeds} == {f"picture:{photo.pk}"}


def test_a_film_by_link_says_that_it_leads_away(
    host: Client, day: Gathering, settings: Any
) -> None:
    settings.FILM_HOSTS = ["films.example.org"]
    typed = {
        "title": "The day",
        "address": "https://films.example.org/1",
        "transcript": "Hello all",
    }
    host.post(at("film_new"), typed)
    film = Picture.objects.get()
    host.post(at("picture", film.id), TOLD | {"title": "The day"})
    host.post(at("picture_people", film.id), {"nobody": "on"})
    host.post(at("picture_show", film.id))
    page = what_everybody_sees()
    assert "Watch it at films.example.org" in page
    assert "This leads away from here" in page
    assert "Hello all" in page
    assert "<iframe" not in page


def test_a_paper_of_somebody_else_says_who_permitted_it(host: Client, day: Gathering) -> None:
    file = SimpleUploadedFile("report.txt", b"What I saw")
    host.post(at("paper_new"), {"title": "What I saw", "file": file})
    paper = Picture.objects.get()
    typed = {
        "title": "What I saw",
        "description": "A guest's report.",
        "credit": "A made-up guest",
        "licence": Licence.PERMISSION.value,
        "permitted_by": "A made-up guest",
        "permitted_on": "2026-03-02",
        "permitted_where": ["web"],
    }
    host.post(at("picture", paper.id), typed)
    host.post(at("picture_people", paper.id), {"nobody": "on"})
    host.post(at("picture_show", paper.id))
    assert "Republished with permission of A made-up guest on 2 March 2026." in (
        what_everybody_sees()
    )


def test_a_permission_from_tomorrow_is_refused(host: Client, day: Gathering) -> None:
    typed = TOLD | {"permitted_by": "Somebody", "permitted_on": "2099-01-01"}
    page = host.post(at("picture", a_photo(day).id), typed).content.decode()
    assert "A permission was given on a day that has been." in page


def test_a_drawing_keeps_what_can_be_seen_through(host: Client, day: Gathering) -> None:
    file = BytesIO()
    Image.new("RGBA", (50, 40), (0, 0, 0, 0)).save(file, "PNG")
    drawing = SimpleUploadedFile("d.png", file.getvalue(), "image/png")
    host.post(at("pictures"), {"photos": [drawing]})
    assert Picture.objects.get().photo.renditions.count() == 2


def test_a_new_photo_is_of_the_day_once_the_day_has_come(host: Client, day: Gathering) -> None:
    assert belongs_to(day).made_on is None
    host.post(at("pictures"), {"photos": [cast.a_jpeg()]})
    assert Picture.objects.get().made_on is None  # the gathering is a month away
