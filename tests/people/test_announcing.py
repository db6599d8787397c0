"""An announcement reaches everybody who agreed to hear, by their own way, once; and nobody else."""

from datetime import timedelta
from io import BytesIO
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pypdf import PdfReader

from coproduce.people import hearing, tasks
from coproduce.people.actions import announcing
from coproduce.people.actions import hearing as deeds
from coproduce.people.actions.deeds import NotPossible
from coproduce.people.models import (
    Announcement,
    Channel,
    Dispatch,
    Hearing,
    Membership,
    Person,
    Place,
    Reach,
    Role,
)
from coproduce.trust.models import LogEntry
from tests import cast

pytestmark = pytest.mark.django_db


def hearer(name: str, *ways: tuple[Channel, str], where: Place | None = None) -> Person:
    person = Person.objects.create(name=name)
    for channel, address in ways:
        Reach.objects.create(person=person, channel=channel, address=address)
    deeds.start(person, where or cast.manchester(), source="a test")
    return person


def by_email(name: str, where: Place | None = None) -> Person:
    return hearer(name, (Channel.EMAIL, f"{name.lower()}@example.org"), where=where)


def tea() -> Announcement:
    return announcing.write(
        cast.manchester(), cast.coordinator(), subject="Tea", words="On <b>Thursday</b>\nat three."
    )


def sent(announcement: Announcement | None = None) -> Announcement:
    announcement = announcement or tea()
    announcing.send(announcement, cast.coordinator())
    tasks.send_announcement.call(str(announcement.pk))
    return announcement


def states(announcement: Announcement) -> dict[str, str]:
    return dict(announcement.dispatches.values_list("person__name", "state"))


def test_only_who_agreed_to_hear_from_this_place_gets_it(mailoutbox: list[EmailMessage]) -> None:
    by_email("Bea")
    by_email("Otto", where=cast.oxfordshire())
    amina = cast.member()
    Reach.objects.create(person=amina, channel=Channel.EMAIL, address="amina@example.org")
    sent()
    assert [letter.to for letter in mailoutbox] == [["bea@example.org"]]
    assert mailoutbox[0].subject == "Tea"
    assert "On Thursday\nat three." in mailoutbox[0].body


def test_nobody_gets_it_twice(mailoutbox: list[EmailMessage]) -> None:
    by_email("Bea")
    announcement = sent()
    tasks.send_announcement.call(str(announcement.pk))
    with pytest.raises(NotPossible, match="nobody gets it twice"):
        announcing.send(announcement, cast.coordinator())
    assert len(mailoutbox) == 1
    bea = Person.objects.get(name="Bea")
    with pytest.raises(IntegrityError), transaction.atomic():
        Dispatch.objects.create(announcement=announcement, person=bea)


def test_cut_off_in_the_middle_it_goes_on_with_those_who_wait(
    mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Bea", "Otto", "Rosa"):
        by_email(name)
    announcement = tea()
    announcing.send(announcement, cast.coordinator())
    tell, told = tasks.channels.tell, []

    def dies_at_the_second(person: Person, message: tasks.Message) -> object:
        told.append(person)
        if len(told) == 2:
            raise KeyboardInterrupt
        return tell(person, message)

    monkeypatch.setattr(tasks.channels, "tell", dies_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        tasks.send_announcement.call(str(announcement.pk))
    tasks.send_announcement.call(str(announcement.pk))
    assert sorted(states(announcement).values()) == ["sent", "sent", "under way"]
    assert len({letter.to[0] for letter in mailoutbox}) == len(mailoutbox) == 2


def test_a_service_that_is_away_leaves_them_waiting_to_be_tried_again(
    mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    def hang_up(self: EmailMessage, fail_silently: bool = False) -> int:
        tried.append(self)
        raise SMTPServerDisconnected

    tried: list[EmailMessage] = []
    for number in range(8):
        by_email(f"Bea{number}")
    with monkeypatch.context() as patched:
        patched.setattr(EmailMessage, "send", hang_up)
        announcement = sent()
    assert len(tried) == tasks.AWAY_FOR_GOOD
    assert set(states(announcement).values()) == {"waiting"}
    cast.log_in(client, cast.coordinator())
    client.post(reverse("people:announcement_send", args=["manchester", announcement.pk]))
    tasks.send_announcement.call(str(announcement.pk))
    assert len(mailoutbox) == 8


def test_what_waits_is_sent_again_by_itself_and_not_for_ever() -> None:
    by_email("Bea")
    announcement = tea()
    announcing.send(announcement, cast.coordinator())
    now = timezone.now()
    assert tasks.see_to_what_waits(now) == 0  # it is queued
    DBTaskResult.objects.update(status="SUCCESSFUL", finished_at=now)
    assert tasks.see_to_what_waits(now + timedelta(minutes=9)) == 0
    assert tasks.see_to_what_waits(now + timedelta(minutes=11)) == 1
    assert tasks.see_to_what_waits(now + timedelta(minutes=12)) == 0
    DBTaskResult.objects.update(status="SUCCESSFUL", finished_at=now)
    assert tasks.see_to_what_waits(now + timedelta(days=3)) == 0


def test_what_mail_servers_say_nobody_has_is_not_tried_again() -> None:
    bea, otto = by_email("Bea"), by_email("Otto", where=cast.oxfordshire())
    assert announcing.nobody_has({"BEA@example.org", "else@example.org"}) == 1
    assert not bea.reaches.working().exists()
    assert otto.reaches.working().exists()


def test_an_address_that_nobody_has_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: EmailMessage, fail_silently: bool = False) -> int:
        raise SMTPRecipientsRefused({})

    monkeypatch.setattr(EmailMessage, "send", refuse)
    bea = by_email("Bea")
    assert states(sent()) == {"Bea": "came back"}
    assert not bea.reaches.working().exists()
    assert states(sent()) == {"Bea": "cannot be reached"}


def test_what_came_back_later_is_pasted_in(client: Client) -> None:
    bea, otto = by_email("Bea"), by_email("Otto", where=cast.oxfordshire())
    cast.log_in(client, cast.coordinator())
    page = reverse("people:announcements", args=["manchester"])
    typed = {"addresses": " BEA@example.org\n\notto@example.org\n"}
    assert "not tried again: 1." in client.post(page, typed, follow=True).content.decode()
    assert not bea.reaches.working().exists()
    assert otto.reaches.working().exists()
    assert "Please check this one" in client.post(page, {"addresses": "bea@"}).content.decode()


def test_each_mail_carries_one_tap_to_stop(mailoutbox: list[EmailMessage]) -> None:
    bea = by_email("Bea")
    sent()
    headers = mailoutbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = headers["List-Unsubscribe"].strip("<>")
    assert link in mailoutbox[0].body
    stranger = Client(enforce_csrf_checks=True)
    address = link.partition("8000")[2]
    assert "Stop hearing from Manchester?" in stranger.get(address).content.decode()
    assert bea.hearings.current().exists(), "a look alone changes nothing"
    answer = stranger.post(address, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not bea.hearings.current().exists()
    assert stranger.post(address).status_code == 200, "twice does no harm"


@pytest.mark.parametrize("kind", ["stop", "start"])
def test_a_link_that_was_tampered_with_opens_nothing(client: Client, kind: str) -> None:
    bea = by_email("Bea")
    signed = hearing.token(bea, cast.manchester(), to=hearing.STOP)
    for token in (signed[:-1], "x", "a:b:c", hearing.token(bea, cast.manchester(), to="other")):
        assert client.post(reverse(f"people:{kind}", args=[token])).status_code == 404
    assert client.post(reverse("people:start", args=[signed])).status_code == 404
    assert bea.hearings.current().count() == 1


def test_whoever_stops_while_it_is_being_sent_does_not_get_it(
    mailoutbox: list[EmailMessage],
) -> None:
    bea = by_email("Bea")
    announcement = tea()
    announcing.send(announcement, cast.coordinator())
    deeds.stop(bea, cast.manchester())
    tasks.send_announcement.call(str(announcement.pk))
    assert states(announcement) == {"Bea": "stopped"}
    assert not mailoutbox


def test_letters_are_printed_one_to_a_person(client: Client) -> None:
    hearer("Bea", (Channel.POST, "1 High Street\nLeeds LS1 1AA"))
    hearer("Otto", (Channel.HELPER, "Rosa at the library, 0113 496 0000"))
    by_email("Eve")
    announcement = sent()
    cast.log_in(client, cast.coordinator())
    page = reverse("people:announcement_letters", args=["manchester", announcement.pk, 1])
    pdf = PdfReader(BytesIO(client.get(page).content))
    texts = [sheet.extract_text() for sheet in pdf.pages]
    assert len(texts) == 2
    assert sorted("1 High Street" in text for text in texts) == [False, True]
    assert sorted("Please tell Otto" in text for text in texts) == [False, True]
    assert all("On Thursday" in text for text in texts)
    assert client.get(page.replace("letters-1", "letters-2")).status_code == 404


def test_the_log_and_the_page_hold_counts_and_nobody_by_name(client: Client) -> None:
    by_email("Bea"), hearer("Otto", (Channel.POST, "1 High Street, Leeds"))
    announcement = sent()
    cast.log_in(client, cast.coordinator())
    page = reverse("people:announcement", args=["manchester", announcement.pk])
    told = client.get(page).content.decode()
    assert '<th scope="row">By e-mail</th><td>sent</td><td class="n">1</td>' in told
    assert '<th scope="row">By post</th><td>to be printed</td><td class="n">1</td>' in told
    logged = " ".join(f"{entry.deed} {entry.note}" for entry in LogEntry.objects.all())
    assert "2 people" in logged
    for private in ("Bea", "Otto", "High Street", "bea@"):
        assert private not in told
        assert private not in logged


def test_a_coordinator_writes_looks_once_more_and_sends(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    by_email("Bea")
    cast.log_in(client, cast.coordinator())
    new = reverse("people:announcement_new", args=["manchester"])
    page = client.post(new, {"subject": "Tea", "words": "On Friday."})["Location"]
    assert "<b>1</b> person who agreed to hear" in client.get(page).content.decode()
    client.post(f"{page}words/", {"subject": "Tea", "words": "On Thursday."})
    client.post(f"{page}send/")
    tasks.send_announcement.call(str(Announcement.objects.get().pk))
    assert "On Thursday." in mailoutbox[0].body
    late = client.post(f"{page}words/", {"subject": "No", "words": "No."}, follow=True)
    assert "its words stay" in late.content.decode()


@pytest.mark.parametrize(
    "typed", [{"subject": "", "words": "x"}, {"subject": "x", "words": "<b> "}]
)
def test_it_needs_a_subject_and_words(client: Client, typed: dict[str, str]) -> None:
    cast.log_in(client, cast.coordinator())
    new = reverse("people:announcement_new", args=["manchester"])
    assert 'class="error-summary"' in client.post(new, typed).content.decode()
    assert not Announcement.objects.exists()


def test_without_anybody_who_hears_it_cannot_be_sent() -> None:
    with pytest.raises(NotPossible, match="Nobody has agreed"):
        announcing.send(tea(), cast.coordinator())


def test_an_announcement_of_another_place_is_not_found(client: Client) -> None:
    announcement = tea()
    Membership.objects.create(
        person=cast.coordinator(), place=cast.oxfordshire(), role=Role.COORDINATOR
    )
    cast.log_in(client, cast.coordinator())
    page = reverse("people:announcement", args=["oxfordshire", announcement.pk])
    assert client.get(page).status_code == 404


def test_a_stranger_hears_only_after_a_yes_from_the_address_they_typed(client: Client) -> None:
    place = cast.manchester()
    typed = {"agree": "on", "place": place.pk, "wants_to_hear": "on", "channel": "email"}
    client.post("/join-the-network/", typed | {"address": "bea@example.org"})
    assert not Hearing.objects.exists()
    bea = Person.objects.get()
    start = hearing.start_link(bea, place).partition("8000")[2]
    client.get(start)
    assert not Hearing.objects.exists()
    client.post(start)
    assert Hearing.objects.current().get().person == bea


def test_the_letter_of_welcome_carries_the_way_to_say_yes(mailoutbox: list[EmailMessage]) -> None:
    tasks.welcome.call("email", "bea@example.org", "http://127.0.0.1:8000/news/start/x/")
    assert "say yes here:\nhttp://127.0.0.1:8000/news/start/x/" in mailoutbox[0].body


def test_to_hear_one_needs_a_place_and_a_way(client: Client) -> None:
    told = client.post("/join-the-network/", {"agree": "on", "wants_to_hear": "on"})
    assert "Choose the place that you want to hear from" in told.content.decode()
    assert "Choose how we tell you" in told.content.decode()


def test_on_paper_a_yes_on_the_page_is_enough(client: Client) -> None:
    typed = {"agree": "on", "place": cast.manchester().pk, "wants_to_hear": "on"}
    client.post(
        "/join-the-network/", typed | {"channel": "post", "address": "1 High Street, Leeds"}
    )
    assert Hearing.objects.current().count() == 1


def test_a_member_begins_and_stops_on_their_own_page(client: Client) -> None:
    amina = cast.member()
    cast.log_in(client, amina)
    assert "You do not hear from Manchester." in client.get("/me/").content.decode()
    news = reverse("people:you_news", args=["manchester"])
    client.post(news, {"hear": "yes"})
    client.post(news, {"hear": "yes"})
    assert "You hear from Manchester." in client.get("/me/").content.decode()
    assert amina.hearings.current().count() == 1
    client.post(news, {"hear": "no"})
    assert not amina.hearings.current().exists()
    cast.oxfordshire()
    other = reverse("people:you_news", args=["oxfordshire"])
    assert client.post(other, {"hear": "yes"}).status_code == 404


def test_who_gave_no_way_is_reached_where_their_code_goes(client: Client) -> None:
    amina = cast.member()
    cast.log_in(client, amina)
    client.post(reverse("people:you_news", args=["manchester"]), {"hear": "yes"})
    assert amina.reaches.working().get().address == "amina@example.org"


def test_the_address_one_signed_in_with_needs_no_second_yes(client: Client) -> None:
    amina = cast.member()
    cast.log_in(client, amina)
    typed = {"agree": "on", "place": cast.manchester().pk, "wants_to_hear": "on"}
    typed |= {"channel": "email", "address": "other@example.org"}
    client.post("/join-the-network/", typed)
    assert not Hearing.objects.exists()
    client.post("/join-the-network/", typed | {"address": "Amina@example.org"})
    assert Hearing.objects.current().get().person == amina
