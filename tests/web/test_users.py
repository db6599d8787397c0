"""Users in the admin: by address alone, never with a password."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from coproduce.people.models import User
from tests import cast
from tests.web.test_middleware import AGAIN, shown_by_the_app, with_an_app

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(client: Client) -> Client:
    """The admin, inside, with both steps done."""
    cache.clear()
    ada = cast.admin()
    secret = with_an_app(ada)
    cast.log_in(client, ada)
    client.post(AGAIN, {"code": shown_by_the_app(secret), "next": "/admin/"})
    return client


def test_it_adds_somebody_by_address_alone(ada: Client) -> None:
    asked = ada.get(reverse("wagtailusers_users:add")).content.decode()
    assert "First Name" not in asked
    assert "Password" not in asked
    ada.post(reverse("wagtailusers_users:add"), {"email": "Editor@Example.org", "is_staff": "on"})
    editor = User.objects.get(email="editor@example.org")
    assert editor.is_staff
    assert not editor.has_usable_password()


def test_it_takes_away_what_somebody_may_do(ada: Client) -> None:
    editor = User.objects.create_user("editor@example.org", is_staff=True)
    page = reverse("wagtailusers_users:edit", args=[editor.pk])
    assert ada.get(page).status_code == 200
    ada.post(page, {"email": editor.email, "is_active": "on"})
    editor.refresh_from_db()
    assert not editor.is_staff
    assert not editor.has_usable_password()


def test_it_lists_everybody_by_address(ada: Client) -> None:
    assert "ada@example.org" in ada.get(reverse("wagtailusers_users:index")).content.decode()
