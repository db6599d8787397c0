"""Everything about somebody is told, and nothing about anybody else."""

import json
from uuid import uuid4

import pytest
from django.db.models import CASCADE, Model
from django.test import Client
from django.urls import reverse

from coproduce.people import everything
from coproduce.people.models import AccessNeed, Channel, Listing, Person, Promise, Reach
from tests import cast

pytestmark = pytest.mark.django_db


def signed_in(client: Client, person: Person) -> Client:
    assert person.user is not None
    client.force_login(person.user)
    return client


def test_every_table_that_points_to_a_person_is_told_of() -> None:
    """A new table with people in it needs a chapter: else they could never read it."""
    told = {model for chapter in everything.chapters_about(Person()) for model in chapter.of}
    assert pointing_to(Person) - told == set()


def pointing_to(model: type[Model]) -> set[type[Model]]:
    """The tables that point to it, and those that hang on them and would go with them."""
    found: set[type[Model]] = set()
    for relation in model._meta.related_objects:
        found.add(relation.related_model)
        is_theirs = relation.on_delete is CASCADE and not relation.related_model._meta.auto_created
        found |= pointing_to(relation.related_model) if is_theirs else set()
    return found


def test_what_somebody_told_us_stands_on_their_page(client: Client) -> None:
    amina = cast.member()
    Promise.objects.create(person=amina, words="I will bring two neighbours.")
    Reach.objects.create(person=amina, channel=Channel.SMS, address="+447700900123")
    AccessNeed.objects.create(person=amina, words="A seat near the door")
    page = signed_in(client, amina).get(reverse("people:me_everything")).content.decode()
    for told in ("two neighbours", "+447700900123", "A seat near the door", "Manchester"):
        assert told in page


def test_it_tells_nothing_of_anybody_else(client: Client) -> None:
    femi = cast.facilitator()
    Promise.objects.create(person=femi, words="I will book the hall.")
    Listing.objects.create(person=femi, offer="Chairing")
    amina = signed_in(client, cast.member())
    for page in ("me_everything", "me_json", "me_file"):
        text = amina.get(reverse(f"people:{page}")).content.decode()
        assert "book the hall" not in text
        assert "Chairing" not in text


def test_it_can_be_taken_along_as_json(client: Client) -> None:
    amina = cast.member()
    Promise.objects.create(person=amina, words="I will bring “two” neighbours.")
    response = signed_in(client, amina).get(reverse("people:me_json"))
    assert response.headers["Content-Disposition"] == 'attachment; filename="about-me.json"'
    told = {each["what"]: each["rows"] for each in json.loads(response.content)["everything"]}
    assert told["What you promised"][0]["Promise"] == "I will bring “two” neighbours."
    assert told["What you need to take part"] == []


def test_the_page_to_keep_needs_nothing_from_the_site(client: Client) -> None:
    page = signed_in(client, cast.member()).get(reverse("people:me_file")).content.decode()
    assert "src=" not in page
    assert "href=" not in page


def test_by_a_code_nothing_sealed_is_told() -> None:
    guest = Person.objects.create(name="Guest")
    AccessNeed.objects.create(person=guest, words="A seat near the door")
    open_rows = [row for each in everything.chapters_about(guest) for row in each.rows]
    by_code = everything.chapters_about(guest, with_sealed=False)
    closed_rows = [row for each in by_code for row in each.rows]
    assert any("A seat near the door" in row for row in open_rows)
    assert not any("A seat near the door" in row for row in closed_rows)
    assert any(everything.NOT_HERE in row for row in closed_rows)


def test_a_code_that_nobody_has_belongs_to_nobody() -> None:
    assert everything.whose(str(uuid4())) is None
