"""A project: made as a draft, put on show, found, and seen by whom it is for."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from coproduce.projects import actions
from coproduce.projects.actions import Details, NotPossible
from coproduce.projects.models import Project
from coproduce.search.models import Findable
from coproduce.trust.models import LogEntry
from tests import cast

pytestmark = pytest.mark.django_db


def a_draft(title: str = "The warm hall", **more: object) -> Project:
    return actions.make(cast.manchester(), Details(title, **more), cast.evaluator())  # type: ignore[arg-type]


def page_of(client: Client, project: Project) -> int:
    return client.get(reverse("projects:project", args=[project.slug])).status_code


def test_a_draft_is_seen_by_those_who_run_projects_there_alone(client: Client) -> None:
    draft = a_draft()
    assert page_of(client, draft) == 404
    cast.log_in(client, cast.wrong_place_facilitator())
    assert page_of(client, draft) == 404
    cast.log_in(client, cast.facilitator())
    assert page_of(client, draft) == 200


def test_on_show_it_is_everybodys_and_can_be_found(client: Client) -> None:
    draft = a_draft(aim="That nobody is alone in winter.")
    assert not Findable.objects.filter(thing=draft.thing).exists()
    actions.publish(draft, None)
    assert page_of(client, draft) == 200
    assert Findable.objects.filter(thing=draft.thing).exists()


def test_it_is_not_put_on_show_before_it_says_what_it_wants() -> None:
    with pytest.raises(NotPossible, match="what the project wants to change"):
        actions.publish(a_draft(), None)


def test_two_projects_of_one_name_have_two_addresses() -> None:
    assert [a_draft().slug, a_draft().slug] == ["the-warm-hall", "the-warm-hall-2"]


def test_no_project_takes_the_address_of_the_form() -> None:
    assert a_draft("New").slug != "new"


def test_fixed_and_flexible_stand_beside_each_other(client: Client) -> None:
    project = a_draft(aim="Warmth.", fixed="The budget", flexible="The hours\nThe tea")
    actions.publish(project, None)
    page = client.get(reverse("projects:project", args=[project.slug])).content.decode()
    for told in ("The budget", "The hours", "The tea", "What is fixed, and what is flexible"):
        assert told in page


def test_an_evaluator_makes_and_words_it_on_the_pages(client: Client) -> None:
    cast.log_in(client, cast.evaluator())
    place = cast.manchester()
    typed = {"title": "A bus that stops", "place": place.pk, "aim": "A stop at the surgery."}
    made = client.post(reverse("projects:project_new"), typed)
    project = Project.objects.get()
    assert made["Location"] == reverse("projects:project", args=[project.slug])
    client.post(reverse("projects:project_edit", args=[project.slug]), typed | {"fixed": "One bus"})
    client.post(reverse("projects:project_publish", args=[project.slug]))
    project.refresh_from_db()
    assert (project.fixed, project.is_published) == ("One bus", True)
    deeds = set(LogEntry.objects.filter(thing=project.thing).values_list("deed", flat=True))
    assert deeds == {"make project", "edit project", "publish project"}


def test_it_does_not_end_before_it_begins(client: Client) -> None:
    cast.log_in(client, cast.evaluator())
    typed = {
        "title": "Backwards",
        "place": cast.manchester().pk,
        "starts_on": "2026-03-02",
        "ends_on": "2026-03-01",
    }
    page = client.post(reverse("projects:project_new"), typed)
    assert "It would end before it begins" in page.content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        Project.objects.create(
            place=cast.manchester(),
            slug="backwards",
            title="Backwards",
            starts_on=date(2026, 3, 2),
            ends_on=date(2026, 3, 1),
        )
