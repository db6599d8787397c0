"""Joining takes one page, and tells nobody who is here already."""

import re

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coproduce.people import principles, tasks
from coproduce.people.models import (
    Agreement,
    Baseline,
    Channel,
    Membership,
    Person,
    Principles,
    Promise,
    Reach,
    Role,
    User,
)
from coproduce.trust.models import LogEntry
from tests import cast

pytestmark = pytest.mark.django_db

JOIN = "/join-the-network/"
ALL = {
    "agree": "on",
    "name": "Bea <i>of</i> Ancoats",
    "parts": ["carer", "lived experience"],
    "channel": "email",
    "address": "Bea@Example.org ",
    "promise": "I will bring a neighbour.",
    "by_when": "2099-05-31",
    "may_be_told": "on",
    "equal_say": "2",
    "trust": "",
    "change": "5",
}


def join(client: Client, **typed: object) -> Person:
    """The person who has just joined."""
    before = set(Person.objects.values_list("pk", flat=True))
    answer = client.post(JOIN, typed)
    assert answer.status_code == 302, re.findall(
        r'field-error"[^>]*>(.*?)</p>', answer.content.decode()
    )
    assert answer["Location"] == reverse("people:joined")
    return Person.objects.exclude(pk__in=before).get()


def refused(client: Client, **typed: object) -> str:
    answer = client.post(JOIN, {"agree": "on", **typed})
    assert answer.status_code == 200
    told = answer.content.decode()
    assert 'class="error-summary"' in told
    return told


def test_a_stranger_joins_by_agreeing_to_the_principles_alone(client: Client) -> None:
    person = join(client, agree="on")
    assert str(person) == "Somebody"
    assert not person.reaches.exists()
    assert person.user is None
    assert person.agreements.get().principles == principles.current()


def test_a_stranger_says_as_much_as_they_like(client: Client) -> None:
    person = join(client, **ALL, place=str(cast.manchester().pk))
    assert person.name == "Bea of Ancoats"
    assert person.parts == ["carer", "lived experience"]
    assert person.memberships.get().place == cast.manchester()
    assert person.memberships.get().role == Role.MEMBER
    assert person.reaches.get().address == "bea@example.org"
    assert person.promises.get().words == "I will bring a neighbour."
    assert person.promises.get().may_be_told
    assert dict(person.baseline.values_list("question", "answer")) == {"equal say": 2, "change": 5}
    [entry] = LogEntry.objects.filter(deed="join")
    assert (entry.actor, entry.note) == (person.pk, "Manchester")


def test_without_a_yes_to_the_principles_nobody_joins(client: Client) -> None:
    answer = client.post(JOIN, {"name": "Bea"})
    assert "Tick the box if you do." in answer.content.decode()
    assert 'value="Bea"' in answer.content.decode()
    assert not Agreement.objects.exists()


def test_with_an_email_they_can_sign_in_by_code_later(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    person = join(client, **ALL)
    client.post(reverse("account_request_login_code"), {"email": "bea@example.org"})
    code = re.search(r"^\s*([A-Z0-9-]{6,9})\s*$", str(mailoutbox[-1].body), re.MULTILINE)
    assert code is not None
    client.post(reverse("account_confirm_login_code"), {"code": code.group(1)})
    assert client.session["_auth_user_id"] == str(person.user_id)


def test_an_address_that_is_known_never_leads_to_its_account(client: Client) -> None:
    amina = cast.member()
    stranger = join(
        client, agree="on", name="Not Amina", channel="email", address="amina@example.org"
    )
    amina.refresh_from_db()
    assert stranger != amina
    assert stranger.user is None
    assert (amina.name, amina.reaches.count(), amina.agreements.count()) == ("Amina", 0, 0)
    assert User.objects.filter(email="amina@example.org").count() == 1


def test_a_known_and_an_unknown_address_get_the_same_page_and_the_same_letter(
    mailoutbox: list[EmailMessage],
) -> None:
    cast.member()
    pages, letters = [], []
    for address in ("amina@example.org", "nobody@example.org"):
        client = Client()
        answer = client.post(
            JOIN, {"agree": "on", "channel": "email", "address": address}, follow=True
        )
        pages.append(re.sub(r'csrf\w*" value="\w+"', "", answer.content.decode()))
        tasks.welcome.call("email", address)
        letters.append((mailoutbox[-1].subject, mailoutbox[-1].body))
    assert pages[0] == pages[1]
    assert letters[0] == letters[1]


def test_nobody_can_fill_the_box_of_another(mailoutbox: list[EmailMessage]) -> None:
    for _ in range(5):
        tasks.welcome.call("email", "victim@example.org")
    assert len(mailoutbox) == 2


def test_whoever_is_signed_in_adds_to_what_is_known_of_them(client: Client) -> None:
    amina = cast.member()
    cast.log_in(client, amina)
    client.post(JOIN, {**ALL, "name": "", "place": str(cast.manchester().pk)})
    client.post(JOIN, {**ALL, "name": ""})
    amina.refresh_from_db()
    assert amina.name == "Amina"
    assert amina.agreements.count() == amina.reaches.count() == 1
    assert Membership.objects.filter(person=amina).count() == 1
    assert Person.objects.count() == 1


def test_a_first_answer_is_a_baseline_and_stays(client: Client) -> None:
    amina = cast.member()
    cast.log_in(client, amina)
    client.post(JOIN, ALL)
    client.post(JOIN, ALL | {"equal_say": "5"})
    assert amina.baseline.get(question=Baseline.Question.EQUAL_SAY).answer == 2


def test_a_phone_number_has_one_spelling(client: Client) -> None:
    for typed in ("07700 900123", "+44 (0)7700 900-123", "0044 7700 900123"):
        person = join(client, agree="on", channel="sms", address=typed)
        assert person.reaches.get().address == "+447700900123"


def test_a_helper_or_a_letter_is_a_way_too(client: Client) -> None:
    person = join(client, agree="on", channel="post", address="1 High Street\n\nOxford OX1 1AA")
    assert person.reaches.get().address == "1 High Street\n\nOxford OX1 1AA"
    assert person.reaches.get().channel == Channel.POST


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"channel": "email", "address": "bea"}, "looks like name@example.org"),
        ({"channel": "sms", "address": "12"}, "looks like 07700 900123"),
        ({"channel": "sms", "address": "call me"}, "looks like 07700 900123"),
        ({"channel": "post", "address": "here"}, "the whole address"),
        ({"channel": "email"}, "where the message should go"),
        ({"address": "bea@example.org"}, "Choose how to reach you"),
        ({"channel": "pigeon", "address": "x"}, "Choose one of these ways"),
        ({"promise": "x" * 281}, "281 characters; 280 fit"),
        ({"promise": "x", "by_when": "2001-01-01"}, "This day is over"),
        ({"by_when": "soon"}, "Write the day like"),
        ({"equal_say": "9"}, "Choose one of the answers"),
        ({"parts": ["boss"]}, "Choose from the list"),
        ({"place": "999"}, "Choose a place from the list"),
        ({"address": "x" * 500, "channel": "post"}, "500 characters; 400 fit"),
    ],
)
def test_it_says_what_is_wrong(client: Client, typed: dict[str, object], said: str) -> None:
    assert said in refused(client, **typed)
    assert not Reach.objects.exists()
    assert not Promise.objects.exists()


def test_nobody_can_become_a_member_of_everything_at_once(client: Client) -> None:
    """A member of England would belong to every place within it."""
    cast.manchester()
    assert "Choose a place" in refused(client, place=str(cast.england().pk))


def test_a_link_from_a_place_has_it_chosen_already(client: Client) -> None:
    manchester = cast.manchester()
    told = client.get(f"{JOIN}?place=manchester").content.decode()
    assert f'<option value="{manchester.pk}" selected>' in told


def test_the_page_shows_the_principles_it_asks_about(client: Client) -> None:
    told = client.get(JOIN).content.decode()
    assert all(line in told for line in principles.current().lines)


def test_a_convenor_writes_a_new_version_and_the_old_one_stays(client: Client) -> None:
    first = principles.current()
    early = join(Client(), agree="on")
    cast.log_in(client, cast.convenor())
    client.post(reverse("people:principles_words"), {"words": "We are equals.\nWe <b>listen</b>."})
    assert principles.current().lines == ["We are equals.", "We listen."]
    assert early.agreements.get().principles == first
    assert join(Client(), agree="on").agreements.get().principles.number == 2
    old = client.get(reverse("people:principles_version", args=[1])).content.decode()
    assert "This is an older version" in old
    assert first.lines[0] in old


def test_the_same_words_again_are_no_new_version(client: Client) -> None:
    cast.log_in(client, cast.convenor())
    client.post(reverse("people:principles_words"), {"words": principles.current().words})
    assert Principles.objects.count() == 1


def test_words_that_people_agreed_to_cannot_be_changed() -> None:
    words = principles.current()
    words.words = "Something else."
    with pytest.raises(TypeError):
        words.save()
    with pytest.raises(TypeError):
        Principles.objects.update(words="Something else.")


def test_no_page_shows_a_single_baseline_answer(client: Client) -> None:
    person = join(client, **ALL)
    assert person.baseline.first().answered_at <= timezone.now()  # type: ignore[union-attr]
    assert "Almost always" not in client.get(reverse("people:joined")).content.decode()
