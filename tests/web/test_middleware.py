"""The door of the admin: who is let in, who is sent where, and what every page says of itself."""

import time

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from coproduce.people.models import Person, User
from tests import cast
from tests.web.test_accounts import code_in

pytestmark = pytest.mark.django_db

ASK = reverse("account_request_login_code")
AGAIN = reverse("mfa_reauthenticate")


@pytest.fixture(autouse=True)
def nobody_has_tried_before() -> None:
    cache.clear()


def with_an_app(somebody: Person) -> str:
    """They have paired an app; this is the secret in it."""
    secret: str = generate_totp_secret()
    TOTP.activate(somebody.user, secret)
    return secret


def shown_by_the_app(secret: str) -> str:
    digits: str = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    return digits


def test_it_sends_a_stranger_to_sign_in_and_back(client: Client) -> None:
    turned = client.get("/admin/pages/?page=2")
    assert turned.headers["Location"] == f"{ASK}?next=%2Fadmin%2Fpages%2F%3Fpage%3D2"


@pytest.mark.parametrize("who", [cast.member, cast.coordinator, cast.convenor])
def test_it_shuts_out_whoever_does_not_look_after_the_site(client: Client, who: object) -> None:
    somebody = who()  # type: ignore[operator]
    with_an_app(somebody)
    turned = cast.log_in(client, somebody).get("/admin/")
    assert turned.status_code == 403
    assert "not yours to open" in turned.content.decode()


def test_it_shuts_out_staff_with_no_part_in_the_admin(client: Client) -> None:
    amina = cast.member()
    User.objects.filter(pk=amina.user_id).update(is_staff=True)
    amina.refresh_from_db()
    assert cast.log_in(client, amina).get("/admin/").status_code == 403


def test_it_asks_an_admin_without_a_second_factor_to_set_one_up(client: Client) -> None:
    turned = cast.log_in(client, cast.admin()).get("/admin/")
    assert turned.headers["Location"] == reverse("mfa_index")


def test_it_asks_for_the_second_factor_once_in_a_session(client: Client) -> None:
    ada = cast.admin()
    secret = with_an_app(ada)
    cast.log_in(client, ada)
    turned = client.get("/admin/reports/")
    assert turned.headers["Location"] == f"{AGAIN}?next=%2Fadmin%2Freports%2F"

    shown = client.post(AGAIN, {"code": shown_by_the_app(secret), "next": "/admin/"})

    assert shown.headers["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_it_takes_a_recovery_code_in_place_of_the_app_once(client: Client) -> None:
    ada = cast.admin()
    with_an_app(ada)
    spare = RecoveryCodes.activate(ada.user).get_unused_codes()[0]
    cast.log_in(client, ada)
    client.post(AGAIN, {"code": spare, "next": "/admin/"})
    assert client.get("/admin/").status_code == 200
    client.post(reverse("account_logout"))

    cast.log_in(client, ada)
    client.post(AGAIN, {"code": spare, "next": "/admin/"})

    assert client.get("/admin/").status_code == 302


def test_it_is_not_fooled_by_a_wrong_code(client: Client) -> None:
    ada = cast.admin()
    with_an_app(ada)
    cast.log_in(client, ada)
    wrong = client.post(AGAIN, {"code": "000000", "next": "/admin/"})
    assert wrong.status_code == 200
    assert client.get("/admin/").status_code == 302


def test_it_asks_for_both_steps_at_sign_in(client: Client) -> None:
    secret = with_an_app(cast.admin())
    client.post(ASK, {"email": "ada@example.org"})
    first = client.post(reverse("account_confirm_login_code"), {"code": code_in(mail.outbox[0])})
    assert first.headers["Location"] == reverse("mfa_authenticate")
    assert client.get("/admin/").status_code == 302

    client.post(reverse("mfa_authenticate"), {"code": shown_by_the_app(secret)})

    assert client.get("/admin/").status_code == 200


@pytest.mark.django_db(transaction=True)  # pairing is remembered once it is committed
def test_it_walks_a_new_admin_from_the_door_through_pairing_an_app_and_in(client: Client) -> None:
    cast.log_in(client, cast.admin())
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": shown_by_the_app(secret)})
    codes = client.get(reverse("mfa_view_recovery_codes"))
    assert len(codes.context["unused_codes"]) == 10
    assert client.get("/admin/").status_code == 200


def test_it_has_no_other_way_into_the_admin(client: Client) -> None:
    for path in ("/admin/login/", "/admin/password_reset/", "/_util/login/"):
        answer = client.get(path)
        assert answer.status_code in {302, 404}
        assert "/admin/login" not in answer.headers.get("Location", "")


def test_it_gives_the_admin_a_content_policy_of_its_own_and_our_pages_the_strict_one(
    client: Client,
) -> None:
    ada = cast.admin()
    secret = with_an_app(ada)
    cast.log_in(client, ada)
    client.post(AGAIN, {"code": shown_by_the_app(secret), "next": "/admin/"})

    assert "'unsafe-inline'" in client.get("/admin/").headers["Content-Security-Policy"]
    assert "unsafe" not in client.get("/").headers["Content-Security-Policy"]
    assert "unsafe" not in client.get("/nowhere/").headers["Content-Security-Policy"]


def test_it_keeps_the_admin_out_of_every_cache(client: Client) -> None:
    assert "no-store" in client.get("/admin/").headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/", "/accounts/login/code/", "/nowhere/", "/admin/"])
def test_it_sends_the_headers_that_keep_a_page_to_itself(client: Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "frame-ancestors" in headers["Content-Security-Policy"]
