"""Posts that a host pastes: looked at one by one, each with its author, address and permission."""

import pytest
from django.test import Client
from django.urls import reverse

from coproduce.gatherings.actions import noting
from coproduce.gatherings.actions.deeds import NotPossible
from coproduce.gatherings.actions.noting import Note
from coproduce.gatherings.models import Gathering, Voice
from tests import cast

pytestmark = pytest.mark.django_db

PASTED = """https://there.example/@amina/1
Nobody asked us first.

https://elsewhere.example/2
Buses stop at six.
"""


@pytest.fixture
def gathering() -> Gathering:
    return cast.a_gathering()


@pytest.fixture
def host(client: Client) -> Client:
    return cast.log_in(client, cast.facilitator())


def page_of(host: Client, gathering: Gathering, typed: dict[str, str]) -> str:
    address = reverse("gatherings:notes_posts", args=[gathering.slug])
    return host.post(address, typed, follow=True).content.decode()


def looked_at(*posts: dict[str, str]) -> dict[str, str]:
    typed = {"form-TOTAL_FORMS": str(len(posts)), "form-INITIAL_FORMS": str(len(posts))}
    for number, post in enumerate(posts):
        typed |= {f"form-{number}-{name}": value for name, value in post.items()}
    return typed


def a_post(**fields: str) -> dict[str, str]:
    kept = {"address": "https://there.example/1", "author": "@amina", "words": "Nobody asked us."}
    return kept | {"permission": "not asked"} | fields


def test_what_was_pasted_is_looked_at_before_anything_is_kept(
    host: Client, gathering: Gathering
) -> None:
    page = page_of(host, gathering, {"pasted": PASTED})
    assert "2 posts to bring in" in page
    assert 'value="@amina"' in page
    assert "Buses stop at six.</textarea>" in page
    assert not Voice.objects.exists()


def test_each_post_keeps_its_author_its_address_and_what_they_answered(
    host: Client, gathering: Gathering
) -> None:
    page = page_of(host, gathering, looked_at(a_post(permission="given")))
    assert "1 voice is brought in." in page
    voice = Voice.objects.get()
    assert (voice.author, voice.address) == ("@amina", "https://there.example/1")
    assert (voice.source, voice.permission) == (Voice.Source.SOCIAL, Voice.Permission.GIVEN)


def test_a_post_without_an_author_is_asked_for_again(host: Client, gathering: Gathering) -> None:
    page = page_of(host, gathering, looked_at(a_post(), a_post(author="")))
    assert "Post 2: Say who wrote it" in page
    assert "Nobody asked us.</textarea>" in page
    assert not Voice.objects.exists()


def test_a_post_that_is_here_already_is_not_brought_in_again(
    host: Client, gathering: Gathering
) -> None:
    page_of(host, gathering, looked_at(a_post()))
    again = a_post(words="Nobody asked us, edited.")
    page = page_of(host, gathering, looked_at(again, a_post(address="https://there.example/2")))
    assert "1 of 2 voices are brought in" in page
    assert Voice.objects.count() == 2


@pytest.mark.parametrize("pasted", ["", "no address", "\x00", "https://there.example/1"])
def test_what_cannot_be_read_is_said_beside_the_field(
    host: Client, gathering: Gathering, pasted: str
) -> None:
    assert "Please look at this again" in page_of(host, gathering, {"pasted": pasted})


@pytest.mark.parametrize("count", ["", "-1", "x", "99999"])
def test_rows_that_were_meddled_with_are_no_error(
    host: Client, gathering: Gathering, count: str
) -> None:
    assert page_of(host, gathering, {"form-TOTAL_FORMS": count, "form-INITIAL_FORMS": count})


def test_a_host_writes_down_later_what_the_author_answered(
    host: Client, gathering: Gathering
) -> None:
    page_of(host, gathering, looked_at(a_post()))
    voice = Voice.objects.get()
    address = reverse("gatherings:voice", args=[gathering.slug, voice.pk])
    assert "May we show this post?" in host.get(address).content.decode()
    host.post(address, {"words": voice.words, "permission": "given"})
    voice.refresh_from_db()
    assert voice.permission == Voice.Permission.GIVEN


def test_what_was_said_in_the_hall_has_no_permission_of_its_own(gathering: Gathering) -> None:
    [voice] = noting.take_notes(gathering, [Note("Said aloud.")], None)
    with pytest.raises(NotPossible, match="Only a post of somebody elsewhere"):
        noting.note_permission(voice, Voice.Permission.GIVEN, None)
