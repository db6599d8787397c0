"""Insights stand on voices, and their history says what they were before."""

import pytest

from coproduce.gatherings.actions import insights, noting
from coproduce.gatherings.actions.deeds import NotPossible
from coproduce.gatherings.actions.insights import Drawn
from coproduce.gatherings.actions.noting import Note
from coproduce.gatherings.models import Gathering, Insight, Voice
from tests import cast

pytestmark = pytest.mark.django_db


def three_voices() -> tuple[Gathering, list[Voice]]:
    gathering = cast.a_gathering()
    return gathering, noting.take_notes(gathering, [Note("One"), Note("Two"), Note("Three")], None)


def drawn(words: str, voices: list[Voice], gathering: Gathering) -> Insight:
    return insights.draw(Drawn(words, voices), None, place=gathering.place, gathering=gathering)


def test_an_insight_needs_a_voice() -> None:
    gathering, _ = three_voices()
    with pytest.raises(NotPossible, match="at least one"):
        drawn("Buses matter", [], gathering)


def test_merging_puts_the_voices_of_both_behind_one() -> None:
    gathering, (one, two, three) = three_voices()
    first = drawn("Buses matter", [one, two], gathering)
    second = drawn("Transport matters", [two, three], gathering)
    insights.merge(first, second, None)
    assert list(Insight.objects.standing()) == [second]
    assert set(second.voices.all()) == {one, two, three}
    assert [change.deed for change in second.changes.all()] == ["draw", "take in"]


def test_what_was_merged_into_a_merged_one_follows_it() -> None:
    gathering, (one, two, three) = three_voices()
    first, second, third = (
        drawn(str(n), [voice], gathering) for n, voice in enumerate((one, two, three))
    )
    insights.merge(first, second, None)
    insights.merge(second, third, None)
    first.refresh_from_db()
    assert first.merged_into == third


def test_an_insight_cannot_be_merged_with_itself_or_with_another_place() -> None:
    gathering, voices = three_voices()
    insight = drawn("Buses", voices, gathering)
    with pytest.raises(NotPossible, match="itself"):
        insights.merge(insight, insight, None)
    elsewhere = insights.draw(Drawn("Trains", voices), None, place=cast.oxfordshire())
    with pytest.raises(NotPossible, match="different places"):
        insights.merge(insight, elsewhere, None)


def test_splitting_finds_a_place_for_each_voice() -> None:
    gathering, (one, two, three) = three_voices()
    insight = drawn("Buses and evenings", [one, two, three], gathering)
    with pytest.raises(NotPossible, match="1 voice has no part"):
        insights.split(insight, [Drawn("Buses", [one]), Drawn("Evenings", [two])], None)
    kept, new = insights.split(
        insight, [Drawn("Buses", [one, two]), Drawn("Evenings", [three])], None
    )
    assert (kept, kept.words, set(kept.voices.all())) == (insight, "Buses", {one, two})
    assert (new.words, list(new.voices.all())) == ("Evenings", [three])
    assert kept.changes.last().before["words"] == "Buses and evenings"  # type: ignore[union-attr]


def test_a_voice_taken_back_stands_behind_no_insight_any_more() -> None:
    gathering, (one, two, _) = three_voices()
    insight = drawn("Buses", [one, two], gathering)
    noting.take_back(one, None)
    assert list(insight.voices.all()) == [two]
