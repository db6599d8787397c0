"""From the announcement to the report of the same evening, each by the one who does it."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import expect

from coproduce.gatherings.models import ConsentCard, Gathering, Registration, Voice
from tests import cast
from tests.journeys.conftest import DESK, PHONE, Check, PageAt, come_in, follow

SAID = "Nobody asked us before the rota was made."
POINT = "People are asked too late."


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    cache.clear()


def it_is_over(gathering: Gathering) -> None:
    """The evening comes and goes."""
    ends_at = timezone.now() - timedelta(hours=1)
    starts_at = ends_at - timedelta(hours=2)
    Gathering.objects.filter(pk=gathering.pk).update(starts_at=starts_at, ends_at=ends_at)


def test_a_gathering_is_announced_come_to_noted_allowed_and_reported(
    site: str, page_at: PageAt, assert_well_made: Check
) -> None:
    host = come_in(page_at(DESK), site, cast.coordinator())
    host.goto(f"{site}/host/new/")
    host.get_by_label("What is it called?").fill("What works here")
    host.get_by_label("Day", exact=True).fill(f"{timezone.localdate() + timedelta(days=9)}")
    host.get_by_label("Begins at").fill("18:00")
    host.get_by_label("Ends at").fill("20:30")
    host.get_by_label("In person", exact=True).check()
    host.get_by_label(re.compile("^The hall and its address")).fill("Made-up Hall")
    follow(host.get_by_role("button", name="Keep the draft"))
    follow(host.get_by_role("button", name="Announce the gathering"))
    evening = Gathering.objects.get(title="What works here")

    stranger = page_at(PHONE)
    stranger.goto(f"{site}/gatherings/")
    follow(stranger.get_by_role("link", name="What works here"))
    follow(stranger.get_by_role("link", name="Register", exact=True))
    stranger.get_by_label(re.compile("^What shall we call you")).fill("Nadia Made-up")
    stranger.get_by_label("Not at all: I note down my code").check()
    follow(stranger.get_by_role("button", name="Go on and check"))
    follow(stranger.get_by_role("button", name="Register me"))
    code = Registration.objects.get(gathering=evening).code
    it_is_over(evening)

    notes = come_in(page_at(PHONE), site, cast.facilitator())
    notes.goto(f"{site}/host/{evening.slug}/notes/")
    notes.get_by_label("What was said").fill(SAID)
    follow(notes.get_by_role("button", name="Note it"))

    host.goto(f"{site}/host/{evening.slug}/consent/spoken/")
    host.get_by_label(re.compile("^Who said it")).select_option(label="Nadia Made-up")
    said = host.get_by_role("group", name="Where what they say may be shown")
    for channel in ("In the report of the day", "On this website"):
        said.get_by_label(channel).check()
    host.get_by_label("With my first name").check()
    host.get_by_label(re.compile("^Their name")).fill("Nadia Made-up")
    follow(host.get_by_role("button", name="This is what they said"))
    expect(host.get_by_text("with you as the witness").first).to_be_visible()

    voice = Voice.objects.get(words=SAID)
    card = ConsentCard.objects.get(gathering=evening)
    host.goto(f"{site}/host/{evening.slug}/notes/{voice.pk}/")
    host.get_by_label("The code of their consent card").fill(card.code)
    follow(host.get_by_role("button", name="Keep it like this"))
    host.goto(f"{site}/host/{evening.slug}/insights/")
    host.get_by_label(SAID).check()
    host.get_by_label(re.compile("^The point")).fill(POINT)
    follow(host.get_by_role("button", name="Draw this insight"))
    follow(host.get_by_role("button", name="Show them on the page of the gathering"))

    host.goto(f"{site}/host/{evening.slug}/checklist/")
    follow(host.get_by_role("link", name="Work on the report"))
    follow(host.get_by_role("button", name="Make the first draft"))
    follow(host.get_by_role("link", name="See it as readers will").first)
    follow(host.get_by_role("link", name="Publish it", exact=True))
    follow(host.get_by_role("button", name="Publish the report"))

    stranger.goto(f"{site}/gatherings/{evening.slug}/")
    follow(stranger.get_by_role("link", name="The report of the day"))
    expect(stranger.get_by_text(SAID)).to_be_visible()
    expect(stranger.get_by_text("Nadia,").or_(stranger.get_by_text("Nadia")).first).to_be_visible()
    expect(stranger.get_by_text("Nadia Made-up")).to_have_count(0)
    assert_well_made(stranger)

    stranger.goto(f"{site}/my-words/{code}/")
    expect(stranger.get_by_text(SAID)).to_be_visible()
