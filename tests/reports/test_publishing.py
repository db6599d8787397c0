"""What goes out is numbered and stays; what may not be shown any more is gone from all of it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coproduce.gatherings.actions import noting
from coproduce.gatherings.actions.noting import Note
from coproduce.gatherings.models import Gathering, Voice
from coproduce.reports import missing
from coproduce.reports.actions import publishing, writing
from coproduce.reports.actions.deeds import NotPossible
from coproduce.reports.body import Block, Kind
from coproduce.reports.models import Report, Version
from coproduce.trust import consent
from coproduce.trust.models import Consent, Figure, LogEntry, Where
from tests import cast
from tests.reports import days
from tests.reports.days import ALSO_SAID, POINT, SAID

pytestmark = pytest.mark.django_db


def page(client: Client, number: int | None = None, slug: str = "the-day") -> str:
    name, args = ("reports:version", [slug, number]) if number else ("reports:report", [slug])
    return words_of(client.get(reverse(name, args=args)).content.decode())


def words_of(html: str) -> str:
    """A page as it is read."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_draft_is_nobody_elses(client: Client) -> None:
    days.a_report()
    assert client.get(reverse("reports:report", args=["the-day"])).status_code == 404


def test_everybody_reads_what_went_out(client: Client) -> None:
    version = days.published()
    found = page(client)
    assert version.number == 1
    for words in (POINT, f"“{SAID}”", ALSO_SAID, "Made-up Maya", "Buy the tin.", "12 people"):
        assert words in found
    assert LogEntry.objects.filter(deed="publish a report").count() == 1


def test_a_number_leads_to_how_we_know_it_and_shows_its_correction(client: Client) -> None:
    days.published()
    figure = Figure.objects.get(key="")
    Figure.objects.filter(pk=figure.pk).update(correction="One person took it back in May.")
    html = client.get(reverse("reports:report", args=["the-day"])).content.decode()
    assert reverse("trust:figure", args=[figure.pk]) in html
    assert "One person took it back in May." in html


def test_it_is_kept_by_no_cache(client: Client) -> None:
    days.published()
    answer = client.get(reverse("reports:report", args=["the-day"]))
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_next_version_says_what_changed_and_why(client: Client) -> None:
    report = days.published().report
    [step] = [block for block in report.blocks if block.kind == Kind.NEXT]
    writing.add(report, days.text("We forgot the choir."), None)
    value = {"words": "Buy two tins.", "who": "", "by_when": ""}
    writing.change(report, step.id, value, None, was=writing.fingerprint(step))
    with pytest.raises(NotPossible, match="Say what changed"):
        publishing.publish(report, None)
    publishing.publish(report, None, note="The choir sang too.")
    found = page(client)
    assert "The choir sang too. 1 text was added. 1 next step was changed." in found
    assert "Buy two tins." in found
    assert "Buy two tins." not in page(client, 1)
    assert "This is an older version." in page(client, 1)


def test_nothing_new_is_no_new_version() -> None:
    report = days.published().report
    with pytest.raises(NotPossible, match="Nothing has changed since version 1"):
        publishing.publish(report, None, note="For fun.")


def test_an_insight_keeps_the_words_it_went_out_with(client: Client) -> None:
    days.published()
    days.voice(Gathering.objects.get(), "Another")
    Gathering.objects.get().insights.update(words="Reworded later.")
    assert POINT in page(client)


# Taken back


def test_what_is_taken_back_is_gone_and_the_old_version_says_so_at_its_place(
    client: Client,
) -> None:
    days.published()
    days.take_back(SAID)
    today = timezone.localdate()
    told = f"Somebody took their words back on {today:%-d %B %Y}."
    assert SAID not in page(client, 1)
    assert told in page(client, 1)
    assert ALSO_SAID in page(client, 1)
    current = page(client)
    assert SAID not in current
    assert f"Corrected on {today:%-d %B %Y}. {told}" in current
    assert "1 quote was taken out." in current


def test_it_is_corrected_once_however_often_one_looks(client: Client) -> None:
    days.published()
    days.take_back(SAID)
    for _ in range(3):
        page(client)
    assert list(Version.objects.values_list("number", "is_correction")) == [(1, False), (2, True)]


def test_a_second_withdrawal_is_a_second_correction(client: Client) -> None:
    days.published()
    days.take_back(SAID)
    page(client)
    days.take_back(ALSO_SAID)
    assert ALSO_SAID not in page(client)
    assert Version.objects.count() == 3
    assert ALSO_SAID not in page(client, 2)


def test_a_corrected_version_names_nothing_that_was_taken_back(client: Client) -> None:
    days.published()
    days.take_back(SAID)
    page(client)
    assert not Version.objects.filter(body__icontains=SAID).exists()
    assert not Version.objects.filter(note__icontains=SAID).exists()


def test_a_voice_whose_words_were_taken_out_by_a_host_says_when(client: Client) -> None:
    days.published()
    noting.take_back(Voice.objects.get(words=SAID), None)
    assert "Somebody took their words back on" in page(client, 1)


def test_a_time_that_is_over_says_so(client: Client) -> None:
    days.published()
    said = Voice.objects.get(words=SAID)
    gave = Consent.objects.filter(person=said.said_by_id).last()
    assert gave is not None
    yesterday = timezone.localdate() - timedelta(days=1)
    fields = {"person": gave.person, "thing": gave.thing, "channels": gave.channels}
    Consent(**fields, obtained="paper", until=yesterday).save()
    assert "The time for which somebody allowed this ended on" in page(client, 1)


def test_a_voice_somebody_worries_about_is_not_shown_and_no_reason_is_told(
    client: Client,
) -> None:
    days.published()
    noting.worry(Voice.objects.get(words=SAID), None, for_person=None)
    assert SAID not in page(client)
    assert "What somebody said here is not shown at the moment." in page(client, 1)


def test_what_a_version_never_held_does_not_come_in_later(client: Client) -> None:
    day = days.a_day()
    quiet = days.voice(day, "Allowed later.", ())
    days.insight(day, days.voice(day), quiet)
    report = days.a_report(day)
    [point] = [block for block in report.blocks if block.kind == Kind.INSIGHT]
    value = {**point.value, "voices": [*point.voices, str(quiet.pk)]}
    writing.change(report, point.id, value, None, was=writing.fingerprint(point))
    publishing.publish(report, None)
    assert quiet.said_by_id
    consent.note(
        None,
        person=quiet.said_by_id,
        thing=quiet.thing,
        channels=["report", "web"],
        obtained="screen",
    )
    assert "Allowed later." not in page(client)


# What is missing


def test_it_says_whose_answer_is_missing() -> None:
    day = days.a_day()
    said = days.voice(day, "Not on the website.", (Where.REPORT,), name="Made-up Zola")
    days.insight(day, said)
    report = days.a_report(day)
    writing.add(report, Block(Kind.VOICE, {"voice": str(said.pk)}), None)
    [lack] = [each for each in missing.missing(report) if each.about]
    assert lack.about == "Not on the website."
    assert lack.whose == ("Made-up Zola did not allow it on this website",)
    assert not lack.is_bar


def test_it_says_that_nobody_reads_what_happens_next() -> None:
    report = days.a_report(days.a_day())
    assert "what happens next" in missing.missing(report)[-1].sentence


@pytest.mark.parametrize("state", ["draft"])
def test_a_report_of_a_draft_does_not_go_out(state: str) -> None:
    report = days.a_report(days.a_day(state=state))
    with pytest.raises(NotPossible, match="Announce it first"):
        publishing.publish(report, None)


def test_an_empty_report_does_not_go_out() -> None:
    report = writing.begin(cast.a_gathering(), None)
    with pytest.raises(NotPossible, match="nothing in it"):
        publishing.publish(report, None)


def test_a_report_of_which_nothing_may_be_shown_does_not_go_out() -> None:
    day = days.a_day()
    report = Report(gathering=day, slug="bare", title="Bare")
    report.write([Block(Kind.VOICE, {"voice": str(days.voice(day, "Quiet", ()).pk)})])
    report.save()
    with pytest.raises(NotPossible, match="Nothing in it may be shown"):
        publishing.publish(report, None)


@pytest.mark.parametrize(
    "value",
    [{"voice": "of another day"}, {"insight": "of another day", "voices": [], "words": ""}],
)
def test_a_report_shows_nothing_of_another_day(client: Client, value: dict[str, Any]) -> None:
    other = days.a_day("another-day")
    said = days.voice(other, "Said elsewhere.")
    point = days.insight(other, said, words="Drawn elsewhere.")
    kind = Kind.VOICE if "voice" in value else Kind.INSIGHT
    key = str(said.pk if kind == Kind.VOICE else point.pk)
    report = days.a_report(days.a_day())
    writing.add(report, Block(kind, {**value, kind.value: key}), None)
    publishing.publish(report, None)
    assert "elsewhere" not in page(client)


def test_a_post_needs_the_permission_of_whoever_wrote_it(client: Client) -> None:
    day = days.a_day()
    post = Note("Posted.", source=Voice.Source.SOCIAL, author="@made_up")
    [said] = noting.take_notes(day, [post], None)
    report = days.a_report(day)
    writing.add(report, Block(Kind.VOICE, {"voice": str(said.pk)}), None)
    publishing.publish(report, None)
    assert "Posted." not in page(client)
