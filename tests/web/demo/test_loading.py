"""The story goes the way it goes in real life, and ends where it says."""

import html
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coproduce.conversations import evidence
from coproduce.conversations.models import Phase, Vote
from coproduce.gatherings.models import Gathering, Insight, Speaker, Voice
from coproduce.pictures.models import Picture
from coproduce.reports.models import Report
from coproduce.trust.keys import has_key
from coproduce.trust.models import LogEntry
from coproduce.web.demo import loading
from coproduce.web.demo.model import invent
from coproduce.web.demo.story import DAY, NEXT, SEED

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story(settings: Any, tmp_path: Path) -> None:
    settings.FILM_HOSTS = ["films.demo.example"]  # as in the demo itself
    settings.MEDIA_ROOT = tmp_path
    loading.tell_story(lambda count: None)


def test_it_is_told_from_the_first_answer_to_the_published_map(story: None, client: Client) -> None:
    day, following = loading.last_day(), loading.next_talk()
    _is_published_with_three_viewpoints(client)
    deeds = list(LogEntry.objects.filter(thing=day.thing).values_list("deed", flat=True))
    roads = ["make", "open", "record hands", "show the room", "close", "finish", "publish"]
    assert [deed for deed in deeds if deed in roads] == roads
    assert not has_key(day.id)
    assert following.phase == Phase.OPEN
    assert has_key(following.id)
    assert following.statements.waiting().count() == 3
    for talk, conversation in ((DAY, day), (NEXT, following)):
        votes = Vote.objects.filter(statement__conversation=conversation)
        assert votes.count() == sum(len(person.answers) for person in invent(talk, SEED))
        page = client.get(reverse("conversations:talk", args=[conversation.slug]))
        assert "people who do not exist" in page.content.decode()
    _is_part_of_a_day_with_its_numbers(client)
    assert "2 promises kept" in client.get("/places/manchester/").content.decode()
    assert "Made-up Bea" in client.get("/places/manchester/").content.decode()
    assert len(loading.admin_codes()) == 10
    assert loading.admin_codes() == loading.admin_codes()


def _is_published_with_three_viewpoints(client: Client) -> None:
    day = loading.last_day()
    assert day.is_published
    found = evidence.latest(day)
    assert found is not None
    assert len(found.groups) == 3
    page = client.get(reverse("conversations:common_ground", args=[day.slug]))
    assert "These people and their answers are invented" in page.content.decode()


def _shows_what_was_said_as_it_was_allowed(page: str) -> None:
    """Named, named by place, unnamed; not what was refused, not asked, or taken back."""
    assert Voice.objects.count() == 60
    assert Insight.objects.on_show().count() == 15
    assert "Finance has a form for suppliers." in page  # Maya, with her name
    assert "Somebody from London" in page  # Zola, by her place
    assert "By the time they asked us, the rota was printed." in page  # Ines, without a name
    for who, words in (
        ("Bram said no", "My director came and did not speak for an hour."),
        ("Kofi allowed research alone", "The score went up."),
        ("Nell wants to see it first", "Two chairs and a kettle."),
        ("Piet was not asked", "Commissioners ask me for one page."),
        ("Elsie took it back", "My fare came back after three months."),
    ):
        assert words not in page, who
    assert page.count("came-of-it") == 3


def _is_told_and_corrected(client: Client, was: Gathering) -> None:
    """Our report in its second version, without what Elsie took back; a guest's by permission."""
    ours, guests = Report.objects.get(kind="ours"), Report.objects.get(kind="guest")
    page = client.get(reverse("reports:report", args=[ours.slug])).content.decode()
    assert "Corrected on" in page
    assert "My fare came back after three months." not in html.unescape(page)
    old = reverse("reports:file", args=[ours.slug, 1, "docx"])
    assert client.get(old).status_code == 410
    page = client.get(reverse("reports:report", args=[guests.slug])).content.decode()
    assert "Republished with permission of The Imaginary Gazette" in page
    assert was.decisions.count() == 3
    assert was.decisions.standing().count() == 2


def _shows_what_was_seen_as_it_was_allowed(page: str, client: Client) -> None:
    """All said yes, a crowd was told, nobody can be recognised; and nothing else."""
    for caption in ("One of fifteen tables.", "The room looks at what it said.", "has no step."):
        assert caption in page
    for who, caption in (
        ("Elsie took it back", "Forty years of using services, in ten minutes."),
        ("Nell wants to see it first", "Gathering what stands on the wall."),
        ("Bram said no", "The tea break was where it happened."),
        ("Ravi's time is over", "In the hall and on the line."),
    ):
        assert f'caption">{caption}' not in page, who
    for caption in (
        "Forty years of using services, in ten minutes.",
        "In the hall and on the line.",
    ):
        picture = Picture.objects.get(caption=caption)
        assert client.get(picture.photo.renditions.all()[0].url).status_code == 410
    assert "Watch it at films.demo.example" in page
    assert "Republished with permission of a made-up guest of the Imaginary Review" in page


def _is_part_of_a_day_with_its_numbers(client: Client) -> None:
    """Twelve people from five places speak, and one evening can be registered for."""
    was, comes = Gathering.objects.past().get(), Gathering.objects.coming().get()
    speakers = Speaker.objects.exclude(person=None)
    assert speakers.values("person").distinct().count() == 12
    assert speakers.values("person__memberships__place").distinct().count() == 5
    page = client.get(reverse("gatherings:gathering", args=[was.slug])).content.decode()
    assert "220 people were there." in page
    assert "are invented for the demo" in page
    assert loading.last_day().question in html.unescape(page)
    _shows_what_was_said_as_it_was_allowed(html.unescape(page))
    _is_told_and_corrected(client, was)
    _shows_what_was_seen_as_it_was_allowed(html.unescape(page), client)
    register = client.get(reverse("gatherings:register", args=[comes.slug]))
    assert register.status_code == 200
    assert comes.registrations.coming().count() == 6
