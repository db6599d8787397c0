"""A coordinator brings in the contacts they have: looked at first, then all of them or none."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coproduce.people.actions import bringing_in
from coproduce.people.contact_rows import Column, check, guess
from coproduce.people.models import (
    Channel,
    Contact,
    ContactList,
    Hearing,
    Listing,
    Membership,
    Person,
    Reach,
)
from coproduce.trust.models import LogEntry
from tests import cast

pytestmark = pytest.mark.django_db

LIST = """\
Full name,E-mail,Mobile,Role
Bea,bea@example.org,07700 900123,carer
Otto,otto@example.org,,"researcher, trainer"
Beatrice,,+44 7700 900123,lived experience
"""
MAPPED = {
    "column_0": "NAME",
    "column_1": "EMAIL",
    "column_2": "PHONE",
    "column_3": "PARTS",
    "basis": "consent",
    "source": "Sign-up sheet of 12 May",
}


@pytest.fixture
def cora(client: Client) -> Client:
    return cast.log_in(client, cast.coordinator())


def hand_in(client: Client, text: str | bytes = LIST, name: str = "list.csv") -> str:
    """The address of the list, once it is handed in."""
    raw = text.encode() if isinstance(text, str) else text
    page = reverse("people:contacts", args=["manchester"])
    answer = client.post(page, {"file": SimpleUploadedFile(name, raw)})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def bring_in(client: Client, text: str = LIST, **mapped: str) -> str:
    address = hand_in(client, text)
    answer = client.post(address, {**MAPPED, **mapped, "bring_in": "yes"}, follow=True)
    return answer.content.decode()


def test_a_list_is_looked_at_before_anything_happens(cora: Client) -> None:
    address = hand_in(cora)
    before = Person.objects.count()
    told = cora.post(address, MAPPED).content.decode()
    assert "<b>2</b> new people" in told
    assert "<b>0</b> known already" in told
    assert "1 row with the same email or phone" in told
    assert Person.objects.count() == before
    assert ContactList.objects.exists()


def test_it_guesses_which_column_is_what(cora: Client) -> None:
    told = cora.get(hand_in(cora)).content.decode()
    assert told.count("selected") == 4
    assert guess(["Full name", "E-mail", "Mobile", "Role", "Shoe size"]) == [
        Column.NAME,
        Column.EMAIL,
        Column.PHONE,
        Column.PARTS,
        None,
    ]


def test_all_are_brought_in_with_their_basis_and_source(cora: Client) -> None:
    assert "Brought in: 2 new, 0 known already." in bring_in(cora)
    bea = Person.objects.get(name="Bea")
    assert set(bea.reaches.values_list("channel", "address")) == {
        ("email", "bea@example.org"),
        ("sms", "+447700900123"),
    }
    assert bea.parts == ["carer", "lived experience"]
    contact = bea.contacts.get()
    assert (contact.place, contact.basis) == (cast.manchester(), "consent")
    assert contact.source == "Sign-up sheet of 12 May"
    assert not ContactList.objects.exists()
    [entry] = LogEntry.objects.filter(deed="bring in contacts")
    assert entry.note == "2 new, 0 known; consent"


def test_nobody_becomes_visible_or_a_member_or_gets_an_account_by_it(cora: Client) -> None:
    bring_in(cora)
    assert not Listing.objects.exists()
    assert not Membership.objects.filter(person__name__in=["Bea", "Otto"]).exists()
    assert not Person.objects.filter(name__in=["Bea", "Otto"], user__isnull=False).exists()


def test_only_who_said_yes_hears_from_the_place(cora: Client) -> None:
    bring_in(cora, basis="interest")
    assert Contact.objects.count() == 2
    assert not Hearing.objects.exists()
    bring_in(cora)
    assert Hearing.objects.current().count() == 2
    assert Contact.objects.count() == 2


def test_whoever_had_enough_is_not_asked_in_again_by_a_list(cora: Client) -> None:
    bring_in(cora)
    Hearing.objects.update(until=timezone.now())
    bring_in(cora)
    assert not Hearing.objects.current().exists()


def test_a_member_who_is_known_keeps_what_they_said(cora: Client) -> None:
    amina = cast.member()
    told = bring_in(cora, "Name,E-mail\nA. Wrong,Amina@example.org\n", column_2="", column_3="")
    assert "Brought in: 0 new, 1 known already" in told
    amina.refresh_from_db()
    assert amina.name == "Amina"
    assert amina.reaches.get().address == "amina@example.org"


def test_a_coordinator_does_not_learn_who_is_known_elsewhere(cora: Client) -> None:
    owen = cast.wrong_place_facilitator()
    told = bring_in(cora, "Name,E-mail\nOwen,owen@example.org\n", column_2="", column_3="")
    assert "Brought in: 1 new, 0 known" in told
    assert not owen.contacts.exists()


def test_rows_to_be_mended_are_named_and_nobody_is_brought_in(cora: Client) -> None:
    told = bring_in(
        cora, "Name,E-mail,Mobile,Role\nBea,bea@,,\nOtto,otto@example.org,,boss\nEve,,,\n,,,\n"
    )
    assert "3 things to mend first" in told
    assert '<th scope="row">2</th><td>E-mail</td><td>An email address looks like' in told
    assert '<th scope="row">3</th><td>Role</td><td>“boss” is none of' in told
    assert "There is no way to reach this person" in told
    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    ("mapped", "said"),
    [
        ({"basis": ""}, "Without a reason we may not"),
        ({"source": " "}, "Write where the list is from"),
        ({"column_1": "", "column_2": ""}, "Say which column has the email address"),
        ({"column_3": "NAME"}, "Two columns cannot both be the name"),
        ({"column_0": "AGE"}, "Choose what this column is"),
    ],
)
def test_a_reason_a_source_and_a_way_are_needed(
    cora: Client, mapped: dict[str, str], said: str
) -> None:
    assert said in bring_in(cora, **mapped)
    assert not Contact.objects.exists()


def test_a_file_that_cannot_be_read_is_refused_on_the_page(cora: Client) -> None:
    page = reverse("people:contacts", args=["manchester"])
    answer = cora.post(page, {"file": SimpleUploadedFile("list.xlsx", b"PK\x03\x04nothing")})
    assert "This workbook cannot be opened" in answer.content.decode()
    assert "Choose the file" in cora.post(page, {"x": "y"}).content.decode()


def test_a_list_is_sealed_while_it_waits_and_thrown_away_after_a_day(cora: Client) -> None:
    hand_in(cora)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_contactlist")
        raw = b"".join(
            bytes(cell) for cell in cursor.fetchone() if isinstance(cell, bytes | memoryview)
        )
    assert b"bea@example.org" not in raw
    assert bringing_in.throw_old_ones_away() == 0
    ContactList.objects.update(handed_in_at=timezone.now() - timedelta(days=2))
    assert bringing_in.throw_old_ones_away() == 1
    assert not ContactList.objects.exists()


def test_a_list_can_be_thrown_away(cora: Client) -> None:
    cora.post(f"{hand_in(cora)}gone/")
    assert not ContactList.objects.exists()


def test_another_coordinator_does_not_see_the_list(cora: Client) -> None:
    address = hand_in(cora)
    cast.log_in(cora, cast.other_coordinator())
    assert cora.get(address).status_code == 404


def test_a_row_can_show_that_two_others_are_one_person() -> None:
    rows = [["b@example.org", ""], ["", "07700900123"], ["b@example.org", "07700 900123"]]
    checked = check(["E", "P"], rows, [Column.EMAIL, Column.PHONE])
    assert [found.rows for found in checked.people] == [[2, 3, 4]]
    assert checked.merged == 2


def test_a_household_that_shares_its_post_is_several_people() -> None:
    rows = [["Bea", "1 High Street, Leeds"], ["Otto", "1 High Street, Leeds"]]
    checked = check(["N", "A"], rows, [Column.NAME, Column.POST])
    assert len(checked.people) == 2


def test_the_whole_of_it_or_nothing(cora: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    address = hand_in(cora)
    before = Person.objects.count()

    def break_off(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(bringing_in, "_keep", break_off)
    with pytest.raises(RuntimeError):
        cora.post(address, {**MAPPED, "bring_in": "yes"})
    assert Person.objects.count() == before
    assert not Reach.objects.filter(channel=Channel.EMAIL, address="bea@example.org").exists()
    assert ContactList.objects.exists()
