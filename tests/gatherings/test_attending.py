"""On the day: signed in by phone, by name, from paper, walked in; and what is told of it."""

import io
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from coproduce.gatherings import limits, telling
from coproduce.gatherings.actions import attending
from coproduce.gatherings.actions.attending import Arrival
from coproduce.gatherings.actions.deeds import NotPossible
from coproduce.gatherings.models import Attendance, Gathering, Presence
from coproduce.people.limits import Limit
from coproduce.trust.models import Figure
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


@pytest.fixture
def femi() -> Client:
    return cast.log_in(Client(), cast.facilitator())


def on_now(**fields: object) -> Gathering:
    return cast.a_gathering(starts_at=timezone.now() - timedelta(hours=1), **fields)


def over(**fields: object) -> Gathering:
    return cast.a_gathering(starts_at=timezone.now() - timedelta(days=2), **fields)


def crowd(gathering: Gathering, *counts: tuple[int, tuple[str, ...]]) -> None:
    for number, parts in counts:
        for _ in range(number):
            cast.an_attendance(gathering, *parts)


def test_a_stranger_signs_in_with_one_tap(client):
    gathering = on_now()
    page = f"/here/{gathering.code.lower()}/"
    assertContains(client.get(page), "I am here")

    answer = client.post(page, {"key": "k", "name": "Mo", "parts": ["carer"]})

    assertContains(answer, "Welcome, Mo")
    came = Attendance.objects.get()
    assert (came.person.name, came.parts, came.is_walk_in) == ("Mo", ["carer"], True)
    assert (came.person.user, came.entered_by, came.presence) == (None, None, "hall")


def test_a_double_tap_is_one_person_and_the_next_at_the_table_another(client):
    gathering = on_now()
    page = f"/here/{gathering.code}/"
    client.get(page)

    for key in ("one", "one", "two"):
        client.post(page, {"key": key})

    assert Attendance.objects.count() == 2


def test_by_the_code_of_a_registration_one_is_no_walk_in(client):
    gathering = on_now(setting="both")
    registration = cast.a_registration(gathering, presence="line")

    answer = client.post(
        f"/here/{gathering.code}/",
        {"key": "k", "presence": "line", "code": telling.spelled(registration.code)},
    )

    assertContains(answer, "Welcome, Nadia")
    came = Attendance.objects.get()
    assert (came.person, came.is_walk_in, came.presence) == (registration.person, False, "line")


def test_a_code_of_another_gathering_is_refused_and_guessing_slowed_down(client, monkeypatch):
    monkeypatch.setattr(limits, "WRONG_CODES", Limit("guesses", most=1, seconds=60))
    gathering, other = on_now(), cast.a_registration(cast.a_gathering())
    page = f"/here/{gathering.code}/"
    client.get(page)

    answer = client.post(page, {"key": "k", "code": other.code})

    assert answer.status_code == 429
    assert not Attendance.objects.exists()


def test_a_signed_in_member_comes_as_themselves(client):
    gathering, amina = on_now(), cast.member()
    cast.log_in(client, amina)

    client.post(f"/here/{gathering.code}/", {"key": "k", "parts": ["trainer"]})

    assert Attendance.objects.get().person == amina


@pytest.mark.parametrize("hours", [-4, 10])
def test_the_doors_are_open_on_the_day_alone(client, hours):
    gathering = cast.a_gathering(starts_at=timezone.now() - timedelta(hours=hours))

    assertContains(client.get(f"/here/{gathering.code}/"), "The doors are not open now")
    client.post(f"/here/{gathering.code}/", {"key": "k"})

    assert not Attendance.objects.exists()


def test_a_phone_goes_round_a_table_and_not_round_a_city(client, monkeypatch):
    monkeypatch.setattr(limits, "SIGN_INS", Limit("few", most=2, seconds=60))
    page = f"/here/{on_now().code}/"
    client.get(page)

    answers = [client.post(page, {"key": str(number)}).status_code for number in range(3)]

    assert answers == [200, 200, 429]
    assert limits.SIGN_INS_BY_ADDRESS.most >= 4 * 500


def test_a_host_finds_a_name_and_taps_it(femi):
    gathering = on_now()
    nadia = cast.a_registration(gathering)
    cast.a_registration(gathering, cast.person("Zed"))
    page = f"/host/{gathering.slug}/day/"
    found = femi.get(page, {"q": "nad"})
    assertContains(found, nadia.code)
    assertNotContains(found, "Zed")

    answer = femi.post(f"{page}here/{nadia.code}/", follow=True)

    assertContains(answer, "Nadia is signed in.")
    came = Attendance.objects.get()
    assert (came.person, came.entered_by, came.is_walk_in) == (
        nadia.person,
        cast.facilitator(),
        False,
    )
    femi.post(f"{page}here/{nadia.code}/")
    assert Attendance.objects.count() == 1


def test_a_host_takes_back_a_wrong_tap(femi):
    gathering = on_now()
    came = cast.an_attendance(gathering)

    femi.post(f"/host/{gathering.slug}/day/{came.pk}/take-back/")

    assert not Attendance.objects.exists()


def test_somebody_walks_in_without_a_name(femi):
    gathering = on_now()

    answer = femi.post(
        f"/host/{gathering.slug}/day/walk-in/", {"name": "", "parts": ["carer"]}, follow=True
    )

    assertContains(answer, "Somebody is signed in. Welcome.")
    assert Attendance.objects.get().is_walk_in


def test_the_paper_list_is_entered_at_once(femi):
    gathering = over()
    signed, missing = cast.a_registration(gathering), cast.a_registration(gathering)
    page = f"/host/{gathering.slug}/day/list/"

    answer = femi.post(
        page,
        {"came": [signed.pk], "walk_ins": "Made-up Mo, Carer, trainer\n-, lived experience\nBo"},
        follow=True,
    )

    assertContains(answer, "4 people are entered.")
    came = {one.person.name: (one.parts, one.is_walk_in) for one in Attendance.objects.all()}
    assert came["Made-up Mo"] == (["carer", "trainer"], True)
    assert came[""] == (["lived experience"], True)
    assert came["Nadia"] == ([], False)
    assertNotContains(femi.get(page), telling.spelled(signed.code))
    assertContains(femi.get(page), telling.spelled(missing.code))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"walk_ins": "Mo, carer\nBo, king"}, "Line 2: “king” is none of lived experience, carer"),
        ({"walk_ins": "x" * 121}, "Line 1: the name is too long."),
        ({"walk_ins": "\n".join("a" * 301)}, "That is 301 lines."),
        ({}, "Tick who signed, or write down who walked in."),
    ],
)
def test_a_line_that_is_wrong_is_named_and_nobody_is_entered(femi, typed, said):
    gathering = over()

    answer = femi.post(f"/host/{gathering.slug}/day/list/", {"walk_ins": "", **typed})

    assertContains(answer, said)
    assert not Attendance.objects.exists()


def test_nobody_is_entered_for_a_day_that_is_still_to_come():
    registration = cast.a_registration(cast.a_gathering())

    with pytest.raises(NotPossible, match="Nobody can be there yet"):
        attending.sign_in(registration, by=None)


def test_the_sheet_for_the_door_is_a_tagged_pdf_with_names_and_empty_lines(femi):
    gathering = cast.a_gathering()
    registration = cast.a_registration(gathering)

    answer = femi.get(f"/host/{gathering.slug}/day/sign-in.pdf")

    reader = PdfReader(io.BytesIO(answer.content))
    words = "".join(page.extract_text() for page in reader.pages).replace("\n", "")
    assert registration.code not in words  # it lies open at the door
    for wanted in ("Nadia", registration.code[-3:], f"/here/{gathering.code}", "Lived experience"):
        assert wanted in words
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"


def shown(gathering: Gathering, key: str) -> dict[str, str]:
    return dict(
        Figure.objects.get(release__thing__contains=str(gathering.id), key=key).value["rows"]
    )


def test_the_numbers_are_told_as_figures_that_say_how_we_know(femi):
    gathering = over(setting="both")
    crowd(gathering, (8, ("carer",)), (7, ("trainer", "carer")), (6, ()))
    for came in Attendance.objects.all()[:10]:
        Attendance.objects.filter(pk=came.pk).update(presence="line")

    answer = femi.post(f"/host/{gathering.slug}/day/numbers/", follow=True)

    assertContains(answer, "The numbers have been told")
    assert shown(gathering, "part")["Carer"] == "15"
    assert shown(gathering, "part")["Said nothing"] == "6"
    assert shown(gathering, "part")["Researcher"] == "0"
    assert shown(gathering, "presence") == {"in the hall": "11", "on the line": "10"}
    page = Client().get(f"/gatherings/{gathering.slug}/")
    assertContains(page, "21 people were there.")
    figure = Figure.objects.get(key="part")
    assertContains(page, f"/figures/{figure.id}/")
    behind = Client().get(f"/figures/{figure.id}/")
    assertContains(behind, "How do we know this?")
    assertContains(behind, f"/gatherings/{gathering.slug}/")


def test_small_numbers_are_hidden_and_what_they_could_be_worked_out_from():
    gathering = over()
    crowd(gathering, (12, ("carer",)), (3, ("trainer",)), (9, ("practitioner",)))

    attending.tell_numbers(gathering, by=None)

    told = shown(gathering, "part")
    assert told["Trainer"] == "[c]"
    assert told["Practitioner"] == "[c]"  # else 24 - 12 - 9 gives the three away
    assert told["Carer"] == "12"


def test_all_but_two_is_as_telling_as_two():
    gathering = over()
    crowd(gathering, (10, ("carer", "trainer")), (8, ("carer",)), (2, ("trainer",)))

    attending.tell_numbers(gathering, by=None)

    assert shown(gathering, "part")["Carer"] == "[c]"
    assert shown(gathering, "part")["Trainer"] == "12"


def test_two_on_the_line_are_not_told_by_those_in_the_hall():
    gathering = over(setting="both")
    crowd(gathering, (18, ()))
    for came in Attendance.objects.all()[:2]:
        Attendance.objects.filter(pk=came.pk).update(presence=Presence.LINE)

    attending.tell_numbers(gathering, by=None)

    assert not Figure.objects.filter(key="presence").exists()


def test_nothing_is_told_of_nine(femi):
    gathering = over()
    crowd(gathering, (9, ("carer",)))

    answer = femi.post(f"/host/{gathering.slug}/day/numbers/", follow=True)

    assertContains(answer, "9 people took part; results are shown from 10 people on.")
    assertNotContains(Client().get(f"/gatherings/{gathering.slug}/"), "Who was there")


def test_they_are_told_once_and_then_nobody_is_added_or_taken_out():
    gathering = over()
    crowd(gathering, (12, ("carer",)))
    attending.tell_numbers(gathering, by=None)

    for deed in (
        lambda: attending.tell_numbers(gathering, by=None),
        lambda: attending.enter(gathering, [], [Arrival(Presence.HALL)], by=None),
        lambda: attending.take_back(Attendance.objects.all()[0], by=None),
    ):
        with pytest.raises(NotPossible, match="have been told"):
            deed()
    assert Attendance.objects.count() == 12


def test_they_are_not_told_while_people_may_still_come():
    gathering = on_now()
    crowd(gathering, (12, ("carer",)))

    with pytest.raises(NotPossible, match="People may still come"):
        attending.tell_numbers(gathering, by=None)


def test_the_wrong_place_finds_no_door(client):
    gathering = on_now()
    cast.log_in(client, cast.wrong_place_facilitator())

    for part in ("day/", "day/list/", "day/numbers/", "day/sign-in.pdf"):
        assert client.get(f"/host/{gathering.slug}/{part}").status_code == 404
    stranger = Client().get(f"/host/{gathering.slug}/day/")
    assertRedirects(
        stranger,
        f"/accounts/login/code/?next=/host/{gathering.slug}/day/",
        fetch_redirect_response=False,
    )
