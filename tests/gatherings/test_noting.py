"""What a note-taker writes down is there once, whole, and where it belongs."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from coproduce.gatherings.actions import noting
from coproduce.gatherings.actions.deeds import NotPossible
from coproduce.gatherings.actions.noting import Note
from coproduce.gatherings.models import Theme, Voice, Worry
from coproduce.gatherings.note_words import read_note
from coproduce.trust.models import LogEntry
from tests import cast

pytestmark = pytest.mark.django_db

WORDS = "Nobody asked us before the rota was made."


def said(words: str = WORDS, **fields: object) -> Voice:
    [voice] = noting.take_notes(cast.a_gathering(), [Note(words, **fields)], cast.facilitator())
    return voice


def themes() -> list[Theme]:
    Theme.objects.all().delete()  # the first ones, which every network begins with
    return [
        Theme.objects.create(name=name, position=at)
        for at, name in enumerate(("Time", "Transport", "Being heard"))
    ]


# Typed


def test_a_number_puts_a_note_under_a_theme_and_leaves_its_words() -> None:
    time, transport, _ = themes()
    words, under = read_note("Too few buses #2 in the evening #1", Theme.objects.all())
    assert words == "Too few buses in the evening"
    assert set(under) == {time, transport}


def test_a_number_that_no_theme_has_stays_in_the_words() -> None:
    themes()
    assert read_note("We were #9 in the queue", Theme.objects.all()) == (
        "We were #9 in the queue",
        (),
    )


def test_markup_is_cleaned_and_lines_are_kept() -> None:
    assert said("First <b>line</b>\n\nSecond <script>x</script>line").words == (
        "First line\n\nSecond line"
    )


@pytest.mark.parametrize(("words", "why"), [("  ", "no words"), ("x" * 2_001, "2,001 characters")])
def test_what_cannot_be_noted_says_why(words: str, why: str) -> None:
    with pytest.raises(NotPossible, match=why):
        said(words)
    assert not Voice.objects.exists()


# Sent


def test_a_note_sent_twice_is_kept_once() -> None:
    gathering, note = cast.a_gathering(), Note(WORDS)
    assert len(noting.take_notes(gathering, [note], None)) == 1
    assert noting.take_notes(gathering, [note], None) == []
    assert Voice.objects.count() == 1


def test_several_notes_are_kept_all_or_none() -> None:
    with pytest.raises(NotPossible):
        noting.take_notes(cast.a_gathering(), [Note(WORDS), Note("")], None)
    assert not Voice.objects.exists()


def test_a_phone_whose_clock_runs_ahead_notes_nothing_in_the_future() -> None:
    voice = said(said_at=timezone.now() + timedelta(hours=3))
    assert voice.said_at <= timezone.now()


def test_one_entry_in_the_log_for_one_deed() -> None:
    noting.take_notes(cast.a_gathering(), [Note("One"), Note("Two")], cast.facilitator())
    entry = LogEntry.objects.get(deed="take notes")
    assert entry.note == "2 voices"
    assert "One" not in str(entry.__dict__)


# Worried about


def test_a_worry_takes_a_voice_out_of_every_list_until_it_is_resolved() -> None:
    voice = said()
    raised = noting.worry(voice, cast.facilitator(), for_person=cast.coordinator(), note="Urgent")
    assert not Voice.objects.listed().exists()
    noting.resolve(raised, cast.coordinator(), outcome="Rang them.", keeps_out=False)
    assert list(Voice.objects.listed()) == [voice]


def test_what_is_resolved_may_stay_out_for_good() -> None:
    raised = noting.worry(said(), None, for_person=cast.coordinator())
    noting.resolve(raised, cast.coordinator(), outcome="Told the police.", keeps_out=True)
    assert not Voice.objects.listed().exists()


def test_two_people_who_worry_raise_one_worry() -> None:
    voice = said()
    first = noting.worry(voice, cast.facilitator(), for_person=None)
    assert noting.worry(voice, cast.coordinator(), for_person=None) == first
    assert Worry.objects.count() == 1


def test_a_worry_is_resolved_once() -> None:
    raised = noting.worry(said(), None, for_person=None)
    noting.resolve(raised, cast.coordinator(), outcome="Seen.", keeps_out=False)
    with pytest.raises(NotPossible, match="already"):
        noting.resolve(raised, cast.coordinator(), outcome="Again.", keeps_out=True)


# Taken back


def test_what_is_taken_back_loses_its_words_everywhere() -> None:
    voice = said()
    noting.take_back(voice, None)
    voice.refresh_from_db()
    assert voice.words == ""
    assert not Voice.objects.listed().exists()
    with pytest.raises(NotPossible, match="taken it back"):
        noting.reword(voice, "Other words", None)


def test_the_database_keeps_no_words_of_what_was_taken_back() -> None:
    voice = said()
    with pytest.raises(IntegrityError), transaction.atomic():
        Voice.objects.filter(pk=voice.pk).update(taken_back_at=timezone.now())


def test_only_posts_have_an_author_elsewhere() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        said(author="@somebody", source=Voice.Source.PAPER, key=uuid4())
