"""Whoever asks is erased to the byte, and stays erased when a backup is put back."""

import time
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from coproduce.conversations.models import Statement, Vote
from coproduce.conversations.pseudonyms import by_person, pseudonym_of
from coproduce.gatherings.actions import noting
from coproduce.gatherings.actions.noting import Note
from coproduce.gatherings.models import Attendance, Insight, Registration, Speaker
from coproduce.gatherings.to_be_found import insights_changed
from coproduce.people import asking
from coproduce.people.actions import erasing, taking_back
from coproduce.people.models import AccessNeed, Channel, Listing, Person, Reach, User
from coproduce.people.to_be_found import person_changed
from coproduce.search.models import Word, Words
from coproduce.trust import consent, erasures, second_person, traces
from coproduce.trust.models import Consent, LogEntry, Request
from coproduce.web.keeping.backup import back_up
from coproduce.web.keeping.restore import restore
from tests import cast

pytestmark = pytest.mark.django_db(transaction=True)

NAME, EMAIL, PHONE = "Zoë Achterberg", "zoe.achterberg@example.org", "+447700900456"
QUOTE = "They asked my daughter and not me, and I was sitting right there."


@pytest.fixture(autouse=True)
def own_home(settings: Settings, tmp_path: Path) -> None:
    settings.HOME = tmp_path / "home"
    settings.MEDIA_ROOT = settings.HOME / "media"
    settings.EMAIL_FILE_PATH = settings.HOME / "mail"
    settings.SMS_FOLDER = settings.HOME / "texts"
    settings.MEDIA_ROOT.mkdir(parents=True)
    cache.clear()


def zoe() -> Person:
    """Somebody who has left a trace in every room."""
    user = User.objects.create_user(EMAIL)
    EmailAddress.objects.create(user=user, email=EMAIL, verified=True, primary=True)
    person = Person.objects.create(user=user, name=NAME, parts=["carer"])
    Reach.objects.create(person=person, channel=Channel.SMS, address=PHONE)
    AccessNeed.objects.create(person=person, words="A seat near the door")
    ended = timezone.now() - timedelta(days=2)
    gathering = cast.a_gathering(starts_at=ended - timedelta(hours=3), ends_at=ended)
    Attendance.objects.create(gathering=gathering, person=person)
    [voice] = noting.take_notes(gathering, [Note(words=QUOTE, said_by=person)], by=None)
    item = cast.a_part_of(gathering, "What it is like")
    Speaker.objects.create(item=item, person=person, name=NAME, role="cares for her mother")
    told = Insight.objects.create(
        place=gathering.place, gathering=gathering, words=f"Ask people themselves. “{QUOTE}”"
    )
    told.voices.add(voice)
    LogEntry.objects.create(deed="note", thing="x", note=f"{NAME} rang from {PHONE}")
    return person


def traces_in(files: list[Path]) -> list[Path]:
    return traces.files_with([NAME, EMAIL, PHONE, QUOTE], files)


def test_nothing_of_them_is_left_in_any_file_of_the_home(settings: Settings) -> None:
    person = zoe()
    traces.empty_the_log()
    where = [*traces.files_of_the_database(), Path(settings.HOME)]
    assert connection.vendor == "postgresql" or traces_in(where)  # else this test could not fail
    done = erasing.erase(person)
    assert done.is_log_empty
    assert done.left == ()
    assert traces_in([*traces.files_of_the_database(), Path(settings.HOME)]) == []


def test_their_rows_are_gone_and_their_words_too() -> None:
    person = zoe()
    erasing.erase(person)
    assert not Person.objects.filter(pk=person.pk).exists()
    assert not User.objects.filter(email=EMAIL).exists()
    assert not EmailAddress.objects.filter(email=EMAIL).exists()
    assert Speaker.objects.get().name == "A speaker"
    assert Insight.objects.get().words == "Ask people themselves. “[taken back]”"
    assert LogEntry.objects.get(deed="note").note == "somebody rang from [gone]"


def test_nobody_finds_them_any_more_nor_a_word_of_theirs() -> None:
    person = zoe()
    Listing.objects.create(person=person, offer="Chairing")
    person_changed(person)
    Insight.objects.update(shown_at=timezone.now())
    insights_changed(cast.manchester().gatherings.all()[0])
    assert Words.objects.filter(title__contains=NAME).exists()
    assert Words.objects.filter(title__contains=QUOTE).exists()
    erasing.erase(person)
    assert not Words.objects.filter(title__contains=NAME).exists()
    assert not Words.objects.filter(title__contains=QUOTE).exists()
    assert not Word.objects.filter(word__startswith="achterberg").exists()


def test_whoever_is_signed_in_somewhere_is_signed_out(client: Client) -> None:
    person = zoe()
    assert person.user is not None
    client.force_login(person.user)
    erasing.erase(person)
    assert client.get(reverse("people:you")).status_code == 302


def test_what_others_share_with_them_stays() -> None:
    person, helper = zoe(), Person.objects.create(name="Helper")
    Reach.objects.create(person=helper, channel=Channel.SMS, address=PHONE)
    Reach.objects.create(person=person, channel=Channel.HELPER, address="helper@example.org")
    Reach.objects.create(person=helper, channel=Channel.EMAIL, address="helper@example.org")
    erasing.erase(person)
    assert {each.address for each in helper.reaches.all()} == {PHONE, "helper@example.org"}


def test_somebody_else_of_the_same_name_keeps_it_and_the_page_says_so() -> None:
    person, other = zoe(), Person.objects.create(name=NAME.upper())
    assert any("same name" in sentence for sentence in erasing.what_stays(person))
    erasing.erase(person)
    other.refresh_from_db()
    assert other.name == NAME.upper()


def test_their_answers_in_an_open_conversation_are_taken_back_and_a_statement_loses_its_name() -> (
    None
):
    talk, person = cast.an_open_conversation(), zoe()
    statement = talk.statements.all()[0]
    Vote.objects.create(
        pseudonym=pseudonym_of(talk, by_person(person)), statement=statement, choice=1
    )
    Vote.objects.create(pseudonym=77, statement=statement, choice=1)
    Statement.objects.filter(pk=statement.pk).update(author=person, author_may_be_named=True)
    erasing.erase(person)
    assert [vote.pseudonym for vote in Vote.objects.all()] == [77]
    statement.refresh_from_db()
    assert (statement.author, statement.words) == (None, talk.statements.all()[0].words)


def test_their_place_goes_to_whoever_waits() -> None:
    gathering = cast.a_gathering(hall_capacity=1)
    person, next_one = zoe(), Person.objects.create(name="Next")
    Registration.objects.create(gathering=gathering, person=person)
    waits = Registration.objects.create(
        gathering=gathering, person=next_one, state=Registration.State.WAITING
    )
    erasing.erase(person)
    waits.refresh_from_db()
    assert waits.is_coming


def test_a_backup_brings_nobody_back(tmp_path: Path) -> None:
    person = zoe()
    back_up(tmp_path / "before.backup")
    erasing.erase(person)
    done = restore(tmp_path / "before.backup", force=True)
    assert (done.erased, done.has_list) == (1, True)
    assert not Person.objects.filter(pk=person.pk).exists()
    assert traces_in(traces.files_of_the_database()) == []


def test_in_another_home_the_list_can_be_brought_along(tmp_path: Path, settings: Settings) -> None:
    person = zoe()
    back_up(tmp_path / "before.backup")
    erasing.erase(person)
    brought = erasures.path().rename(tmp_path / "brought.txt")
    assert restore(tmp_path / "before.backup", force=True).has_list is False
    assert Person.objects.filter(pk=person.pk).exists()
    assert restore(tmp_path / "before.backup", force=True, erased=brought).erased == 1
    assert not Person.objects.filter(pk=person.pk).exists()
    assert person.pk in set(erasures.read(erasures.path()))


def test_a_list_that_is_damaged_is_refused_before_anything_is_touched(tmp_path: Path) -> None:
    (tmp_path / "erased.txt").write_text("Zoë\n")
    with pytest.raises(erasures.UnreadableList, match="Line 1"):
        restore(tmp_path / "none.backup", erased=tmp_path / "erased.txt")


def test_the_list_holds_nothing_but_ids_and_days() -> None:
    person = zoe()
    erasing.erase(person)
    assert erasures.path().read_text() == f"{person.pk} {timezone.localdate()}\n"


# Who may have it done


def test_a_member_erases_themselves_after_one_tick(client: Client) -> None:
    person = zoe()
    assert person.user is not None
    client.force_login(person.user)
    address = reverse("people:me_erase")
    unsure = client.post(address).content.decode()
    assert "Nothing was erased" in unsure
    assert Person.objects.filter(pk=person.pk).exists()
    done = client.post(address, {"sure": "on"}).content.decode()
    assert "It is erased" in done
    assert not Person.objects.filter(pk=person.pk).exists()


def guest_with_code(reach: str = "") -> tuple[Person, str]:
    guest = Person.objects.create(name="Guest Ofdays")
    if reach:
        Reach.objects.create(person=guest, channel=Channel.EMAIL, address=reach)
    registration = Registration.objects.create(gathering=cast.a_gathering(), person=guest)
    return guest, registration.code


def test_whoever_asks_by_code_is_asked_once_more_by_their_own_way(
    client: Client, settings: Settings
) -> None:
    guest, code = guest_with_code("guest@example.org")
    page = client.post(reverse("gatherings:my_erase", args=[code]), {"sure": "on"})
    assert "We ask once more" in page.content.decode()
    assert Person.objects.filter(pk=guest.pk).exists()
    [sent] = mail.outbox
    assert sent.to == ["guest@example.org"]
    link = asking.link_for(guest)
    assert link in sent.body
    path = link.removeprefix(settings.BASE_URL)
    assert "Have everything about you erased?" in client.get(path).content.decode()
    client.post(path, {"sure": "on"})
    assert not Person.objects.filter(pk=guest.pk).exists()
    assert client.get(path).status_code == 404


def test_a_link_that_is_old_or_made_up_erases_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    guest, _ = guest_with_code()
    token = asking.link_for(guest).rstrip("/").rpartition("/")[2]
    assert asking.whose_link(token) == guest
    assert asking.whose_link(f"{token}x") is None
    later = time.time() + asking.LINK_HOLDS.total_seconds() + 60
    monkeypatch.setattr(time, "time", lambda: later)
    assert asking.whose_link(token) is None


def test_a_code_on_a_table_fills_nobodys_box() -> None:
    guest, _ = guest_with_code("guest@example.org")
    for _ in range(5):
        assert asking.ask_by_code(guest) is asking.Asked.LINK
    assert len(mail.outbox) == 3


def test_an_erasure_that_broke_off_after_the_second_yes_can_be_taken_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    guest, _ = guest_with_code()
    asked = asking.ask_for(guest, cast.coordinator(), "They rang.")
    with monkeypatch.context() as broken:
        broken.setattr(asking.erasing, "erase", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            asking.agree(asked, by=cast.other_coordinator())
    [(again, _)] = asking.requests_in(cast.manchester())
    asking.agree(again, by=cast.other_coordinator())
    assert not Person.objects.filter(pk=guest.pk).exists()


def test_by_code_without_an_address_a_coordinator_decides(client: Client) -> None:
    guest, code = guest_with_code()
    client.post(reverse("gatherings:my_erase", args=[code]), {"sure": "on"})
    assert Person.objects.filter(pk=guest.pk).exists()
    [(asked, about)] = asking.requests_in(cast.manchester())
    assert about == guest
    asking.agree(asked, by=cast.coordinator())
    assert not Person.objects.filter(pk=guest.pk).exists()


def test_whoever_has_an_account_signs_in_for_it(client: Client) -> None:
    person = cast.member()
    registration = Registration.objects.create(gathering=cast.a_gathering(), person=person)
    for page in ("my_everything", "my_json", "my_file", "my_erase"):
        response = client.get(reverse(f"gatherings:{page}", args=[registration.code]))
        assert response.status_code == 302
        assert response.headers["Location"].startswith(reverse("account_request_login_code"))


def test_on_the_phone_it_takes_two_coordinators(client: Client) -> None:
    guest, _ = guest_with_code("guest@example.org")
    cora, colin = cast.coordinator(), cast.other_coordinator()
    place = cast.manchester().slug
    for coordinator in (cora, colin):
        assert coordinator.user is not None
    client.force_login(cora.user)
    found = client.post(reverse("people:asked", args=[place]), {"who": "Guest@Example.org"})
    assert found.headers["Location"] == reverse("people:asked_by", args=[place, guest.pk])
    erase = reverse("people:asked_erase", args=[place, guest.pk])
    agree = reverse("people:asked_agree", args=[place, guest.pk])
    client.post(erase, {"why": "They rang from the number we know."})
    client.post(agree)
    assert Person.objects.filter(pk=guest.pk).exists()  # the one who asked cannot agree
    client.force_login(colin.user)
    assert "They rang" in client.get(found.headers["Location"]).content.decode()
    assert "It is erased" in client.post(agree).content.decode()
    assert not Person.objects.filter(pk=guest.pk).exists()


def test_nobody_of_another_place_is_found(client: Client) -> None:
    stranger = Person.objects.create(name="Elsewhere")
    Reach.objects.create(person=stranger, channel=Channel.EMAIL, address="else@example.org")
    cora = cast.coordinator()
    assert cora.user is not None
    client.force_login(cora.user)
    place = cast.manchester().slug
    page = client.post(reverse("people:asked", args=[place]), {"who": "else@example.org"})
    assert "Nobody who is known in this place" in page.content.decode()
    assert client.get(reverse("people:asked_by", args=[place, stranger.pk])).status_code == 404


def test_a_request_that_lapsed_erases_nobody() -> None:
    guest, _ = guest_with_code()
    asked = asking.ask_for(guest, cast.coordinator(), "They rang.")
    Request.objects.filter(pk=asked.pk).update(asked_at=timezone.now() - timedelta(days=15))
    with pytest.raises(second_person.NeedsAnother, match="lapsed"):
        asking.agree(asked, by=cast.other_coordinator())
    assert Person.objects.filter(pk=guest.pk).exists()


def test_what_was_taken_back_on_the_phone_says_by_whom_also_where_one_is_not_counted() -> None:
    person, cora = zoe(), cast.coordinator()
    taking_back.take_back(person, by=cora, obtained=Consent.Obtained.SPOKEN)
    [entry] = Consent.objects.filter(person=person.pk, thing__endswith=" attendance")
    assert (entry.by, entry.witness, entry.obtained) == (cora.pk, cora.pk, "spoken")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="no file of its own on PostgreSQL")
def test_a_copy_from_before_a_restore_is_named_in_the_log(settings: Settings) -> None:
    person = zoe()
    copy = settings.HOME / "before-restore-1" / "coproduce.sqlite3"
    copy.parent.mkdir()
    copy.write_text(f"An old row: {NAME}")
    assert erasing.erase(person).left == (copy,)
    note = LogEntry.objects.get(deed="leave files to remove by hand").note
    assert note == "before-restore-1/coproduce.sqlite3"


def test_the_ledger_keeps_their_entries_under_an_opaque_id() -> None:
    person = zoe()
    consent.note(
        None, person=person.id, thing="x", channels=["web"], obtained=Consent.Obtained.PAPER
    )
    opaque = person.id
    erasing.erase(person)
    assert Consent.objects.filter(person=opaque).exists()
