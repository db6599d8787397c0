"""What people tell: kept with its consent, shown where they allowed it, chosen with reasons."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coproduce.measures.actions import telling_stories
from coproduce.measures.actions.deeds import NotPossible
from coproduce.measures.actions.telling_stories import Chosen
from coproduce.measures.models import Kind, Story
from coproduce.people import everything
from coproduce.projects.models import Project
from coproduce.trust.models import Named, Where
from tests import cast, measured

pytestmark = pytest.mark.django_db
WORDS = "I hold the key of the hall now."


def page_of(client: Client, project: Project) -> str:
    return client.get(reverse("projects:project", args=[project.slug])).content.decode()


def test_a_story_is_shown_once_the_team_read_it_and_where_it_is_allowed(client: Client) -> None:
    story = measured.a_story()
    assert WORDS not in page_of(client, story.project)
    telling_stories.let_out(story, by=None)
    assert WORDS in page_of(client, story.project)


def test_without_a_channel_only_the_team_reads_it(client: Client) -> None:
    story = measured.a_story(channels=[])
    telling_stories.let_out(story, by=None)
    assert WORDS not in page_of(client, story.project)
    cast.log_in(client, cast.evaluator())
    inside = client.get(reverse("measures:stories", args=[story.project.slug]))
    assert WORDS in inside.content.decode()


def test_it_is_signed_as_its_teller_wished(client: Client) -> None:
    story = measured.a_story(named=Named.FIRST, name="Invented Ines")
    telling_stories.let_out(story, by=None)
    page = page_of(client, story.project)
    assert "Invented" in page
    assert "Ines" not in page


def test_anybody_tells_one_without_an_account_and_gets_a_code(client: Client) -> None:
    project = measured.a_project()
    sent = client.post(
        reverse("measures:tell", args=[project.slug]),
        {"kind": "person", "words": WORDS, "channels": ["web"], "named": "not"},
    )
    story = Story.objects.get()
    assert sent["Location"] == reverse("measures:story", args=[story.code])
    assert WORDS in client.get(sent["Location"]).content.decode()


def test_taking_it_back_deletes_its_words_everywhere(client: Client) -> None:
    story = measured.a_story()
    telling_stories.let_out(story, by=None)
    client.post(reverse("measures:story", args=[story.code]))
    story.refresh_from_db()
    assert (story.words, story.shown_at) == ("", None)
    assert WORDS not in page_of(client, story.project)
    assert client.get(reverse("measures:story", args=[story.code])).status_code == 404


def test_a_story_told_aloud_has_the_evaluator_as_its_witness() -> None:
    evaluator = cast.evaluator()
    telling = telling_stories.Telling(Kind.SERVICE, WORDS, channels=[Where.WEB])
    story = telling_stories.tell(measured.a_project(), telling, by=evaluator)
    assert story.is_noted
    [entry] = everything.consent.entries_of(story.told_by_id)
    assert (entry.obtained, entry.witness) == ("spoken", evaluator.id)


def a_choice(story: Story | None, project: Project, day: int = 0) -> Chosen:
    held_on = timezone.localdate() + timedelta(days=day)
    return Chosen(Kind.PERSON, held_on, "Three members", "what lasts", "It lasts.", story)


def test_a_panel_chooses_one_of_a_kind_and_says_why(client: Client) -> None:
    chosen, project = measured.a_story(), measured.a_project("Another")
    measured.a_story(chosen.project, words="There is tea.")
    telling_stories.let_out(chosen, by=None)
    choice = telling_stories.choose(chosen.project, a_choice(chosen, project), by=None)
    assert choice.read == 2
    page = page_of(client, chosen.project)
    assert "Chosen out of 2 by Three members: It lasts." in page


def test_nothing_is_chosen_out_of_nothing_nor_before_its_day() -> None:
    project = measured.a_project()
    with pytest.raises(NotPossible, match="no story of this kind"):
        telling_stories.choose(project, a_choice(None, project), by=None)
    measured.a_story(project)
    with pytest.raises(NotPossible, match="still to come"):
        telling_stories.choose(project, a_choice(None, project, day=1), by=None)


def test_everything_about_somebody_has_their_stories() -> None:
    story = measured.a_story()
    chapters = {each.heading: each for each in everything.chapters_about(story.told_by)}
    assert WORDS in str(chapters["Stories you told"].rows)
