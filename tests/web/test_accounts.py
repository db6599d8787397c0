"""Signing in: a code by mail, no password, and the same answer whoever asks."""

import re
from collections.abc import Sequence

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from pytest_django.asserts import assertContains

from coproduce.people.models import Person, User
from coproduce.web import accounts
from tests import cast

pytestmark = pytest.mark.django_db

ASK = reverse("account_request_login_code")
CONFIRM = reverse("account_confirm_login_code")
JOIN = reverse("account_signup")


@pytest.fixture(autouse=True)
def nobody_has_tried_before() -> None:
    """Tries are counted in the cache, which one test would pass on to the next."""
    cache.clear()


def code_in(message: mail.EmailMessage) -> str:
    found = re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", str(message.body))
    assert found, f"no code in: {message.body}"
    return found[0]


def test_it_lets_a_member_in_with_the_code_from_their_mail(client: Client) -> None:
    amina = cast.member()
    asked = client.post(ASK, {"email": "amina@example.org"}, follow=True)
    assert asked.redirect_chain == [(CONFIRM, 302)]

    arrived = client.post(CONFIRM, {"code": code_in(mail.outbox[0]).lower()}, follow=True)

    assert arrived.redirect_chain == [("/", 302)]
    assert arrived.context["user"].person == amina


def test_it_takes_them_back_to_where_they_wanted_to_go(client: Client) -> None:
    cast.member()
    client.post(f"{ASK}?next=/about/", {"email": "amina@example.org", "next": "/about/"})
    confirmed = client.post(CONFIRM, {"code": code_in(mail.outbox[0]), "next": "/about/"})
    assert confirmed.headers["Location"] == "/about/"


def test_it_never_sends_them_to_another_site(client: Client) -> None:
    cast.member()
    client.post(ASK, {"email": "amina@example.org"})
    elsewhere = {"code": code_in(mail.outbox[0]), "next": "https://elsewhere.example/"}
    assert client.post(CONFIRM, elsewhere).headers["Location"] == "/"


def test_it_makes_somebody_of_the_network_out_of_who_joins(client: Client) -> None:
    asked = client.post(JOIN, {"email": "New@Example.org"}, follow=True)
    assert asked.redirect_chain == [(CONFIRM, 302)]

    client.post(CONFIRM, {"code": code_in(mail.outbox[0])}, follow=True)

    newcomer = Person.objects.get(user__email="new@example.org")
    assert newcomer.memberships.count() == 0
    assert newcomer.user is not None
    assert not newcomer.user.has_usable_password()


def test_it_keeps_what_was_typed_when_the_code_is_wrong_and_says_what_to_do(
    client: Client,
) -> None:
    cast.member()
    client.post(ASK, {"email": "amina@example.org"})
    wrong = client.post(CONFIRM, {"code": "BBBB-BBBB"})
    page = wrong.content.decode()
    assert 'value="BBBB-BBBB"' in page
    assert "That is not the code we sent" in page
    assert "data-takes-focus" in page


def test_it_stops_somebody_who_guesses(client: Client) -> None:
    cast.member()
    client.post(ASK, {"email": "amina@example.org"})
    for _ in range(3):
        last = client.post(CONFIRM, {"code": "BBBB-BBBB"})
    assert last.headers["Location"] == ASK
    right_but_late = client.post(CONFIRM, {"code": code_in(mail.outbox[0])})
    assert right_but_late.headers["Location"] == ASK


@pytest.mark.parametrize("door", [ASK, JOIN])
def test_it_answers_alike_whether_it_knows_an_address_or_not(door: str) -> None:
    cast.member()

    def walk(email: str) -> list[tuple[int, str]]:
        client = Client()
        steps = [
            client.post(door, {"email": email}),
            client.get(CONFIRM),
            client.post(CONFIRM, {"code": "BBBB-BBBB"}),
            client.post(CONFIRM, {"action": "resend"}),
        ]
        return [(step.status_code, without_what_differs(step.content, email)) for step in steps]

    known, unknown = walk("amina@example.org"), walk("nobody@example.org")

    assert known == unknown
    first_of_each = [message.to for message in mail.outbox]
    assert ["amina@example.org"] in first_of_each
    assert ["nobody@example.org"] in first_of_each


def without_what_differs(content: bytes, email: str) -> str:
    page = content.decode().replace(email, "ADDRESS")
    return re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", page)


def test_it_tells_an_unknown_address_how_to_join_and_keeps_nothing_of_it(client: Client) -> None:
    client.post(ASK, {"email": "nobody@example.org"})
    assert JOIN in str(mail.outbox[0].body)
    assert not User.objects.filter(email="nobody@example.org").exists()


def test_it_has_no_page_for_passwords(client: Client) -> None:
    cast.log_in(client, cast.member())
    for path in ("reset/", "reset/done/", "reset/key/1-set-password/", "change/", "set/"):
        for answer in (client.get, client.post):
            assert answer(f"/accounts/password/{path}").status_code == 404


def test_it_refuses_to_keep_a_password() -> None:
    user = User.objects.create_user("amina@example.org", password="secret")
    assert not user.has_usable_password()
    with pytest.raises(TypeError, match="Nobody keeps a password"):
        accounts.PasswordlessAccounts().set_password(user, "secret")


def test_it_has_one_way_in_and_keeps_where_they_wanted_to_go(client: Client) -> None:
    elsewhere = client.get("/accounts/login/?next=/about/")
    assert elsewhere.headers["Location"] == f"{ASK}?next=%2Fabout%2F"


def test_it_lets_a_whole_hall_sign_in_within_a_minute() -> None:
    for number in range(60):
        answer = Client().post(ASK, {"email": f"somebody-{number}@example.org"})
        assert answer.status_code == 302


def test_it_asks_somebody_who_keeps_asking_for_codes_to_wait(client: Client) -> None:
    cast.member()
    for _ in range(4):
        answer = Client().post(ASK, {"email": "amina@example.org"})
    assert "too many tries" in answer.content.decode()


class NoMailServer(BaseEmailBackend):
    """As when the mail server is away: nobody listens."""

    def send_messages(self, email_messages: Sequence[mail.EmailMessage]) -> int:
        raise ConnectionRefusedError("smtp.example.org, while writing to amina@example.org")


@pytest.mark.parametrize("email", ["amina@example.org", "stranger@example.org"])
def test_it_says_so_when_the_mail_server_is_away_and_names_nobody_in_the_log(
    client: Client, settings: Settings, caplog: pytest.LogCaptureFixture, email: str
) -> None:
    cast.member()
    settings.EMAIL_BACKEND = f"{__name__}.NoMailServer"
    answer = client.post(ASK, {"email": email})
    assert answer.status_code == 503
    assertContains(answer, "We could not send the code", status_code=503)
    assert "A mail could not be sent: ConnectionRefusedError" in caplog.text
    assert "example.org" not in caplog.text


def test_it_signs_out_by_a_button_not_by_a_link(client: Client) -> None:
    cast.log_in(client, cast.member())
    client.get(reverse("account_logout"))
    assert client.get("/").context["user"].is_authenticated
    client.post(reverse("account_logout"))
    assert not client.get("/").context["user"].is_authenticated


def test_it_changes_an_address_only_after_a_code_sent_to_the_new_one(client: Client) -> None:
    amina = cast.member()
    cast.log_in(client, amina)
    client.post(reverse("account_email"), {"action_add": "", "email": "new@example.org"})
    assert mail.outbox[-1].to == ["new@example.org"]
    amina.refresh_from_db()
    assert amina.user is not None
    assert amina.user.email == "amina@example.org"

    client.post(reverse("account_email_verification_sent"), {"code": code_in(mail.outbox[-1])})

    assert User.objects.get(pk=amina.user_id).email == "new@example.org"
