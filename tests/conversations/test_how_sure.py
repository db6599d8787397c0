"""What a picture says of how sure it is: no groups, who stands between, what lacks answers."""

import random

import numpy as np
import pytest

from coproduce.conversations import evidence, tasks
from coproduce.conversations.actions import facilitating
from coproduce.conversations.evidence import recording
from coproduce.conversations.models import Conversation
from coproduce.trust.models import Figure
from tests import cast, crowds

pytestmark = pytest.mark.django_db

WORDS = [f"Sentence number {number} of this talk." for number in range(1, 13)]


def each_for_themselves(person: int, number: int) -> int:
    """Answers at random: half for, half against, and nobody like anybody else."""
    return random.Random(f"{person} {number}").choice((-1, 1))


def finished(rule: crowds.Rule, people: int = 60) -> Conversation:
    talk = cast.an_open_conversation(WORDS)
    crowds.crowd(talk, people, rule)
    tasks.finish.call(str(crowds.close_at_once(talk).id))
    return talk


def facts_of(talk: Conversation, number: int | None = None) -> dict[str, object]:
    maps = Figure.objects.filter(release__thing=talk.thing, kind="opinion_map")
    found = maps.order_by("release__number")
    return (found.last() if number is None else found[number]).value["facts"]


def test_it_tells_no_groups_where_none_stand_apart_and_says_what_people_are_split_on():
    found = evidence.latest(finished(each_for_themselves))

    assert found.groups == ()
    assert found.divides == ()
    assert "no distinct groups stand apart" in found.picture.sentence
    assert "not in clumps" in found.picture.limits[-1]
    assert found.picture.dots
    assert found.splits
    assert all("agree" in line.share and "disagree" in line.share for line in found.splits)


def test_it_speaks_of_no_split_where_groups_stand_apart():
    found = evidence.latest(finished(crowds.two_camps))

    assert found.splits == ()
    assert "stand apart more clearly than in any of 99" in found.picture.limits[-1]


def test_it_says_which_statements_lack_answers_and_where():
    def few_meet_the_last(person: int, number: int) -> int | None:
        met = number < 12 or (person % 3 and person < 20) or person == 3
        return crowds.two_camps(person, number) if met else None

    found = evidence.latest(finished(few_meet_the_last))

    assert found.not_yet.sentence.startswith("1 statement has too few answers")
    assert found.not_yet.rows == (("12", WORDS[11], "in group B"),)


def test_it_has_nothing_left_to_say_where_everybody_answered_everything():
    assert evidence.latest(finished(crowds.two_camps)).not_yet is None


def test_rings_are_typical_of_ten_people_or_more_and_shrink_with_answers():
    def some_answer_little(person: int, number: int) -> int | None:
        answers = number <= (7 if person < 20 else 9 if person < 40 else 12)
        return crowds.two_camps(person, number) if answers else None

    rings = facts_of(finished(some_answer_little))["rings"]

    assert [ring["answers"] for ring in rings] == ["7", "9", "12"]
    assert {ring["people"] for ring in rings} == {"about 20 people"}
    areas = [ring["ring"][0] * ring["ring"][2] for ring in rings]
    assert areas == sorted(areas, reverse=True)


def test_the_model_that_leaves_is_rounded():
    facts = facts_of(finished(crowds.two_camps))

    assert set(facts["model"]) == set(facts["means"]) == {str(n) for n in range(1, 13)}
    assert all(round(mean, 1) == mean for mean in facts["means"].values())
    assert all(round(value, 2) == value for row in facts["model"].values() for value in row)


def test_the_next_picture_keeps_letters_and_direction():
    """At first more people stand on one side, then on the other: B becomes the larger one."""
    talk = cast.an_open_conversation(WORDS)
    crowds.crowd(talk, 60, lambda person, number: crowds.two_camps(1 if person < 40 else 3, number))
    facilitating.let_room_see(talk, None)
    tasks.refresh_room.call(str(talk.id))
    before = evidence.latest(talk)
    crowds.crowd(talk, 60, lambda person, number: crowds.two_camps(3, number), first=100)
    recording.draw_last(talk)
    after = evidence.latest(talk)

    assert [group.letter for group in after.groups] == ["A", "B"]
    sides = [{g.letter: g.voices[0].share for g in found.groups} for found in (before, after)]
    assert sides[0] == sides[1]
    assert after.groups[1].size > after.groups[0].size
    old, new = (facts_of(talk, number)["directions"] for number in (0, 1))
    assert all(np.dot(old[of], new[of]) >= 0 for of in old)


def test_it_tells_what_would_stand_without_people_of_few_answers():
    def some_answer_little(person: int, number: int) -> int | None:
        return None if person < 20 and number > 5 else crowds.two_camps(person, number)

    found = evidence.latest(finished(some_answer_little)).hangs_on_few

    copies, few = found.rows
    assert copies[1:] == ("nobody", "there are none")
    assert few[1:] == ("about 20 people", "the same lines stand")
    assert "without any time" in found.limits[0]


def test_it_says_nothing_of_a_few_odd_people():
    def three_answer_little(person: int, number: int) -> int | None:
        return None if person < 3 and number > 5 else crowds.two_camps(person, number)

    found = evidence.latest(finished(three_answer_little)).hangs_on_few

    assert found.rows[1][1:] == ("fewer than 10 people", "too few to say what would change")


def test_it_finds_copies_of_the_same_answers():
    """Thirty statements, each for themselves, and twelve who all answer as one."""
    talk = cast.an_open_conversation([f"Sentence number {n} of this talk." for n in range(30)])
    crowds.crowd(talk, 60, lambda p, n: each_for_themselves(0 if p < 12 else p, n))
    tasks.finish.call(str(crowds.close_at_once(talk).id))

    assert evidence.latest(talk).hangs_on_few.rows[0][1] == "about 10 people"


def test_what_hangs_on_a_few_is_told_once_at_the_end():
    talk = cast.an_open_conversation(WORDS)
    crowds.crowd(talk, 60, crowds.two_camps)
    facilitating.let_room_see(talk, None)
    tasks.refresh_room.call(str(talk.id))

    assert evidence.latest(talk).hangs_on_few is None
