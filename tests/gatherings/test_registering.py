"""Coming to a gathering: without an account, by whatever way somebody can be reached."""

import json
import threading
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from icalendar import Calendar
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from coproduce.gatherings import limits, telling
from coproduce.gatherings.actions import registering
from coproduce.gatherings.actions.deeds import NotPossible
from coproduce.gatherings.actions.registering import Answers
from coproduce.gatherings.models import Gathering, Notice, Presence, Registration, State
from coproduce.people.limits import Limit
from coproduce.people.models import AccessNeed, Channel, Person, User
from tests import cast

pytestmark = pytest.mark.django_db

LINK = "https://meet.example.org/made-up"
HALL, LINE = Presence.HALL, Presence.LINE


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


def hybrid(**fields: object) -> Gathering:
    return cast.a_gathering(setting="both", join_link=LINK, **fields)


def typed(**changes: object) -> dict[str, object]:
    return {
        "key": "one-form",
        "name": "Nadia",
        "presence": "hall",
        "channel": "email",
        "address": "Nadia@Example.org",
    } | changes


def send(client: Client, gathering: Gathering, **changes: object):
    page = f"/gatherings/{gathering.slug}/register/"
    return client.post(page, typed(send="yes", **changes))


def come(gathering: Gathering, name: str = "", presence: Presence = HALL) -> Registration:
    return registering.register(gathering, Answers(presence, name=name))


def test_a_stranger_checks_the_answers_before_anything_is_kept(client):
    gathering = hybrid()

    page = client.post(
        f"/gatherings/{gathering.slug}/register/",
        typed(need="A seat near the door", parts=["carer", "trainer"]),
    )

    for words in (
        "Is this right?",
        "Nadia",
        "In the hall",
        "By e-mail: Nadia@Example.org".lower().replace("by e-mail", "By e-mail"),
        "A seat near the door",
        "Coordinators of this place alone",
        "Carer, Trainer",
    ):
        assertContains(page, words)
    assert not Registration.objects.exists()
    assert not Person.objects.filter(name="Nadia").exists()


def test_what_was_typed_comes_back_to_be_changed(client):
    gathering = hybrid()

    page = client.post(
        f"/gatherings/{gathering.slug}/register/", typed(change="yes", need="Large print")
    )

    assertContains(page, "Large print")
    assertContains(page, "Nadia@Example.org")
    assertNotContains(page, "data-takes-focus")


def test_a_stranger_is_registered_without_an_account_and_told_by_email(client, deliver, mailoutbox):
    gathering = hybrid()

    answer = send(client, gathering, diet="No nuts", need="Captions", parts=["carer"])

    registration = Registration.objects.get()
    assertRedirects(answer, f"/coming/{registration.code}/")
    assertContains(client.get(answer.url), telling.spelled(registration.code))
    nadia = registration.person
    assert (nadia.name, nadia.user, nadia.parts) == ("Nadia", None, ["carer"])
    assert registration.diet == "No nuts"
    need = AccessNeed.objects.get()
    assert (need.person, need.words, need.may_be_shared) == (nadia, "Captions", False)
    deliver()
    mail = mailoutbox[0]
    assert mail.to == ["nadia@example.org"]
    assert f"/coming/{registration.code}/" in mail.body
    assert "Made-up Hall" in mail.body
    assert "Captions" not in mail.body
    [event] = Calendar.from_ical(mail.attachments[0][1]).walk("VEVENT")
    assert event["UID"] == str(gathering.id)


def test_nobody_needs_a_name_or_a_way_to_be_reached(client, deliver):
    answer = send(client, cast.a_gathering(), name="", channel="", address="")

    registration = Registration.objects.get()
    assertContains(client.get(answer.url), telling.spelled(registration.code))
    assert (registration.person.name, registration.reach) == ("", None)
    assert deliver() == []


def test_a_text_message_says_it_in_a_line(client, deliver, settings, tmp_path: Path):
    settings.SMS_SERVICE = "coproduce.people.texting.into_a_folder"
    settings.SMS_FOLDER = tmp_path / "texts"

    send(client, cast.a_gathering(), channel="sms", address="+44 (0)7700 900-123")
    deliver()

    [text] = [json.loads(each.read_text()) for each in settings.SMS_FOLDER.glob("*.json")]
    assert text["to"] == "+4407700900123"
    assert Registration.objects.get().code in text["words"]
    assert "\n" not in text["words"]


def test_a_letter_waits_for_the_hosts_to_print(client, deliver):
    gathering = cast.a_gathering()
    send(client, gathering, channel="post", address="2 Invented Road\nSalford")
    deliver()

    femi = cast.log_in(Client(), cast.facilitator())

    assertContains(femi.get(f"/host/{gathering.slug}/people/"), "Print 1 letter")
    page = femi.get(f"/host/{gathering.slug}/letters/")
    assertContains(page, "2 Invented Road<br>Salford")
    assertContains(page, "You are registered for")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"presence": ""}, "Choose whether you come to the hall or are on the line."),
        ({"channel": "email", "address": "nadia"}, "Type your e-mail address"),
        ({"channel": "email", "address": ""}, "Type your e-mail address"),
        ({"channel": "email", "address": "a@b.org\nBcc: c@d.org"}, "Type your e-mail address"),
        ({"channel": "sms", "address": "ring me"}, "Type your mobile number"),
        ({"channel": "sms", "address": "12"}, "Type your mobile number"),
        ({"channel": "post", "address": " "}, "Type your postal address"),
        ({"channel": "helper", "address": ""}, "Type the name of the person who helps you"),
        ({"channel": "pigeon"}, "Select a valid choice"),
        ({"parts": ["king"]}, "Select a valid choice"),
        ({"name": "x" * 121}, "at most 120 characters"),
    ],
)
def test_it_says_what_is_missing_and_keeps_what_was_typed(client, changes, said):
    answer = send(client, hybrid(), **{"need": "Words we keep.", **changes})

    assertContains(answer, said)
    assertContains(answer, "Words we keep.")
    assertContains(answer, "data-takes-focus")
    assert not Registration.objects.exists()


def test_an_address_that_we_know_neither_shows_nor_touches_whose_it_is(client, deliver, mailoutbox):
    amina = cast.member()
    amina.parts = ["researcher"]
    amina.save()
    AccessNeed.objects.create(person=amina, words="A secret need")
    gathering = cast.a_gathering()
    known = send(client, gathering, name="Somebody else", address="amina@example.org")
    unknown = send(Client(), gathering, address="unknown@example.org", key="other")

    registration = Registration.objects.get(person__name="Somebody else")
    assert registration.person != amina
    assert registration.person.user is None
    amina.refresh_from_db()
    assert (amina.name, amina.parts, amina.reaches.count()) == ("Amina", ["researcher"], 0)
    assert User.objects.filter(email="amina@example.org").get() == amina.user
    pages = [client.get(known.url).content.decode(), client.get(unknown.url).content.decode()]
    assert "Amina" not in pages[0]
    assert "A secret need" not in pages[0]
    assert known.status_code == unknown.status_code


def test_a_signed_in_member_comes_as_themselves_and_once(client):
    gathering, amina = cast.a_gathering(), cast.member()
    cast.log_in(client, amina)
    page = client.get(f"/gatherings/{gathering.slug}/register/")
    assertContains(page, 'value="Amina"')
    assertContains(page, "amina@example.org")

    first = send(client, gathering, name="Amina", address="amina@example.org", key="one")
    second = send(client, gathering, name="Amina", address="amina@example.org", key="two")

    assert Registration.objects.get().person == amina
    assert first.url == second.url


def test_a_double_tap_is_one_registration_and_another_browser_is_another(client):
    gathering = cast.a_gathering()
    client.get(f"/gatherings/{gathering.slug}/register/")
    first, again = send(client, gathering), send(client, gathering)
    other = Client()
    other.get(f"/gatherings/{gathering.slug}/register/")
    elsewhere = send(other, gathering)

    assert first.url == again.url
    assert elsewhere.url != first.url
    assert Registration.objects.count() == 2


def test_the_link_to_join_is_for_those_on_the_line_and_for_nobody_else(client):
    gathering = hybrid(line_capacity=1)
    on_line, waits = come(gathering, "Lin", LINE), come(gathering, "Will", LINE)
    in_hall = come(gathering, "Hal", HALL)

    assertContains(client.get(f"/coming/{on_line.code}/"), LINK)
    assert LINK.encode() in client.get(f"/coming/{on_line.code}/gathering.ics").content
    for other in (waits, in_hall):
        assertNotContains(client.get(f"/coming/{other.code}/"), LINK)
        file = client.get(f"/coming/{other.code}/gathering.ics").content
        assert LINK.encode() not in file.replace(b"\r\n ", b"")
    registering.cancel(on_line)
    assertNotContains(client.get(f"/coming/{on_line.code}/"), LINK)
    assertContains(client.get(f"/coming/{waits.code}/"), LINK)


def test_a_full_hall_has_a_waiting_list_and_the_line_is_another_matter(client):
    gathering = hybrid(hall_capacity=1)
    come(gathering)

    page = client.post(f"/gatherings/{gathering.slug}/register/", typed())
    assertContains(page, "Put me on the waiting list")

    assert come(gathering).is_waiting
    assert come(gathering, presence=LINE).is_coming


def test_who_has_waited_longest_comes_when_somebody_cancels_and_is_told(
    client, deliver, mailoutbox
):
    gathering = hybrid(hall_capacity=1)
    comes = come(gathering, "Cam")
    send(client, gathering, name="First", address="first@example.org", key="1")
    send(client, gathering, name="Second", address="second@example.org", key="2")
    deliver()
    assert "You are on the waiting list" in mailoutbox[0].subject
    assert mailoutbox[0].attachments == []
    mailoutbox.clear()

    assertContains(client.get(f"/coming/{comes.code}/cancel/"), "You cannot come?")
    client.post(f"/coming/{comes.code}/cancel/")
    deliver()

    states = dict(Registration.objects.values_list("person__name", "state"))
    assert states == {"Cam": "cancelled", "First": "coming", "Second": "waiting"}
    assert [mail.to for mail in mailoutbox] == [["first@example.org"]]
    assert "There is room for you" in mailoutbox[0].subject


def test_more_room_lets_in_as_many_as_it_holds_in_their_order():
    from coproduce.gatherings.actions import hosting

    gathering = cast.a_gathering(hall_capacity=1)
    for name in "ABCDE":
        come(gathering, name)

    kept = vars(hosting.Details.of(gathering))
    hosting.edit(gathering, hosting.Details(**(kept | {"hall_capacity": 3})), by=None)

    coming = gathering.registrations.coming().values_list("person__name", flat=True)
    assert list(coming) == ["A", "B", "C"]


def test_cancelled_by_the_typed_code_however_it_was_typed(client):
    registration = come(cast.a_gathering())
    typed_code = telling.spelled(registration.code).lower().replace("-", " - ")

    answer = client.post("/coming/", {"code": typed_code})
    assertRedirects(answer, f"/coming/{registration.code}/")
    client.post(f"{answer.url}cancel/")

    registration.refresh_from_db()
    assert registration.is_cancelled
    assert registration.cancelled_at
    again = client.post(f"{answer.url}cancel/", follow=True)
    assertContains(again, "This registration is cancelled already.")


def test_a_code_that_nobody_has_is_told_so_and_guessing_is_slowed_down(client, monkeypatch):
    monkeypatch.setattr(limits, "WRONG_CODES", Limit("guesses", most=2, seconds=60))
    client.get("/coming/")  # gives the browser its cookie
    for _ in range(2):
        assertContains(client.post("/coming/", {"code": "BCDFGHJK"}), "No registration goes by")

    answer = client.post("/coming/", {"code": "BCDFGHJK"})

    assert answer.status_code == 429
    assert answer["Retry-After"]
    assert client.get("/coming/BCDFGHJK/").status_code == 429
    assert Client().get("/coming/BCDFGHJK/").status_code == 404  # another browser in the hall


def test_a_browser_registers_ten_and_a_hall_of_browsers_many_more(client, monkeypatch):
    monkeypatch.setattr(limits, "REGISTRATIONS", Limit("few", most=2, seconds=60))
    gathering = cast.a_gathering()
    client.get(f"/gatherings/{gathering.slug}/register/")

    answers = [send(client, gathering, key=str(number)).status_code for number in range(3)]

    assert answers == [302, 302, 429]
    other = Client()
    other.get(f"/gatherings/{gathering.slug}/register/")
    assert send(other, gathering).status_code == 302
    assert limits.REGISTRATIONS_BY_ADDRESS.most >= 4 * 500


def test_nobodys_letterbox_is_flooded_from_many_browsers(monkeypatch):
    monkeypatch.setattr(limits, "MESSAGES_TO_ONE", Limit("letters", most=2, seconds=60))
    gathering = cast.a_gathering()

    answers = []
    for _ in range(3):
        browser = Client()
        browser.get(f"/gatherings/{gathering.slug}/register/")
        answers.append(send(browser, gathering).status_code)

    assert answers == [302, 302, 429]


def test_a_stranger_has_no_words_of_theirs_sent_to_somebody_else(client, deliver, mailoutbox):
    send(client, cast.a_gathering(), name="Buy at evil.example")
    deliver()

    assert "evil" not in mailoutbox[0].subject + mailoutbox[0].body


@pytest.mark.parametrize("state", [State.DRAFT, State.CANCELLED])
def test_nobody_registers_for_what_is_not_announced(state):
    from django.utils import timezone

    gathering = cast.a_gathering(state=State.PUBLISHED)
    published_at = None if state == State.DRAFT else timezone.now()
    Gathering.objects.filter(pk=gathering.pk).update(
        state=state, published_at=published_at, cancelled_at=timezone.now()
    )

    with pytest.raises(NotPossible):
        come(gathering)


def test_a_host_puts_somebody_down_who_rang_and_tells_them_their_code():
    gathering, femi = cast.a_gathering(), cast.facilitator()
    client = cast.log_in(Client(), femi)
    page = f"/host/{gathering.slug}/register/"

    answer = client.post(page, typed(channel="", send="yes"), follow=True)

    registration = Registration.objects.get()
    assert registration.assisted_by == femi
    assert registration.person != femi
    assertContains(answer, f"Their code: {telling.spelled(registration.code)}")


def test_access_needs_are_read_by_coordinators_and_by_hosts_only_if_shared():
    gathering = cast.a_gathering()
    for name, shared in (("Shy", False), ("Open", True)):
        registering.register(
            gathering,
            Answers(HALL, name=name, need=f"{name} needs quiet", need_may_be_shared=shared),
        )
    page = f"/host/{gathering.slug}/people/"

    host = cast.log_in(Client(), cast.facilitator()).get(page)
    coordinator = cast.log_in(Client(), cast.coordinator()).get(page)

    assertContains(host, "Open needs quiet")
    assertNotContains(host, "Shy needs quiet")
    assertContains(host, "Has told the coordinators an access need.")
    assertContains(coordinator, "Shy needs quiet")


def test_the_kitchen_hears_what_is_not_eaten_without_names():
    gathering = cast.a_gathering()
    registering.register(gathering, Answers(HALL, name="Zed", diet="No nuts"))
    registering.register(gathering, Answers(HALL, name="Ann", diet="Halal"))

    page = cast.log_in(Client(), cast.facilitator()).get(f"/host/{gathering.slug}/people/")

    kitchen = page.content.decode().partition("For the kitchen")[2]
    assert kitchen.index("Halal") < kitchen.index("No nuts")
    assert "Ann" not in kitchen


def test_a_host_takes_somebody_off_who_rang():
    gathering = cast.a_gathering()
    registration = come(gathering, "Nadia")
    client = cast.log_in(Client(), cast.facilitator())

    page = client.post(f"/host/{gathering.slug}/people/{registration.code}/cancel/", follow=True)

    assertContains(page, "Nadia is off the list.")
    registration.refresh_from_db()
    assert registration.is_cancelled


def test_the_list_of_people_asks_as_often_for_forty_as_for_one(django_assert_max_num_queries):
    gathering = cast.a_gathering()
    for number in range(40):
        registering.register(gathering, Answers(HALL, name=f"N{number}", need="Quiet"))
    client = cast.log_in(Client(), cast.coordinator())

    with django_assert_max_num_queries(26):
        client.get(f"/host/{gathering.slug}/people/")


@pytest.mark.django_db(transaction=True)
def test_the_last_place_goes_to_one_of_two_who_ask_at_once():
    gathering = cast.a_gathering(hall_capacity=1)
    ready = threading.Barrier(2)

    def ask() -> None:
        ready.wait()
        come(Gathering.objects.get(pk=gathering.pk))
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    states = sorted(gathering.registrations.values_list("state", flat=True))
    assert states == ["coming", "waiting"]


def test_nothing_is_told_twice(mailoutbox):
    registration = cast.a_registration(
        cast.a_gathering(), reach=(Channel.EMAIL, "nadia@example.org")
    )
    assert len(mailoutbox) == 1

    assert telling.tell(registration, Notice.About.CONFIRMED) is None

    assert len(mailoutbox) == 1


def test_what_was_checked_is_what_is_sent(client):
    from html.parser import HTMLParser

    class Hidden(HTMLParser):
        fields: list[tuple[str, str]]

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            given = dict(attrs)
            if tag == "input" and given.get("type") == "hidden":
                self.fields.append((given["name"] or "", given.get("value") or ""))

    gathering = cast.a_gathering()
    page = f"/gatherings/{gathering.slug}/register/"
    typed_once = typed(
        channel="post",
        address='2 "Invented" Road\nSalford',
        parts=["carer", "trainer"],
        need="Quiet",
        need_may_be_shared="on",
    )
    hidden = Hidden()
    hidden.fields = []
    hidden.feed(client.post(page, typed_once).content.decode())
    sent: dict[str, list[str]] = {}
    for name, value in hidden.fields:
        sent.setdefault(name, []).append(value)

    client.post(page, sent | {"send": ["yes"]})

    registration = Registration.objects.get()
    assert registration.reach.address == '2 "Invented" Road\nSalford'
    assert registration.person.parts == ["carer", "trainer"]
    assert registration.person.access_needs.get().may_be_shared


def test_a_long_list_of_people_comes_page_by_page(monkeypatch):
    from coproduce.gatherings.views import guests

    monkeypatch.setattr(guests, "ON_A_PAGE", 2)
    gathering = cast.a_gathering()
    for name in ("Ann", "Bo", "Cy"):
        come(gathering, name)
    client = cast.log_in(Client(), cast.facilitator())
    page = f"/host/{gathering.slug}/people/"

    first, second = client.get(page), client.get(page, {"page": "2"})

    assertContains(first, "Page 1 of 2")
    assertNotContains(first, "Cy")
    assertContains(second, "Cy")
    assert client.get(page, {"page": "\x00"}).status_code == 200
