"""What may be told of a conversation, and what stands behind it."""

import json

import pytest

from coproduce.conversations import evidence, tasks
from coproduce.conversations.models import Conversation, Declaration, ShowOfHands, Statement, Vote
from coproduce.trust.models import Figure, Release
from tests import cast, crowds

pytestmark = pytest.mark.django_db

WORDS = [f"Sentence number {number} of this talk." for number in range(1, 13)]


def a_closed_talk(people: int, rule: crowds.Rule = crowds.two_camps, **fields) -> Conversation:
    talk = cast.an_open_conversation(WORDS, **fields)
    crowds.crowd(talk, people, rule)
    return crowds.close_at_once(talk)


def finished(people: int, rule: crowds.Rule = crowds.two_camps, **fields) -> Conversation:
    talk = a_closed_talk(people, rule, **fields)
    tasks.finish.call(str(talk.id))
    return talk


def test_it_finds_what_both_camps_agree_on_turn_down_and_part_over():
    found = evidence.latest(finished(60))

    assert [group.letter for group in found.groups] == ["A", "B"]
    assert found.groups[0].size == "about 40 people"
    assert [line.number for line in found.common_ground] == [1]
    assert found.common_ground[0].share == "at least 8 in 10 in both groups"
    assert [line.number for line in found.rejected] == [2]
    assert {line.number for line in found.divides} == set(range(3, 13))


def test_it_tells_no_group_of_fewer_than_ten():
    found = evidence.latest(finished(12))

    assert found.groups == ()
    assert found.divides == ()
    assert found.common_ground[0].share == "at least 7 in 10 of everybody"
    assert found.picture.dots == ()
    assert "each needs ten people" in found.picture.sentence


def test_it_shows_nothing_of_fewer_than_ten_people():
    talk = finished(9)

    assert evidence.latest(talk) is None
    assert Figure.objects.count() == 0
    assert tasks.is_finished(talk)
    assert tasks.why_nothing(talk).startswith("9 people took part")


def test_it_shows_something_of_ten_people():
    assert evidence.latest(finished(10)).people == 10


def test_it_does_not_break_where_nobody_came():
    assert evidence.latest(finished(0)) is None


def test_it_says_so_where_people_answered_too_little_for_a_map():
    def two_answers(person: int, number: int) -> int | None:
        return 1 if number < 3 else None

    words = WORDS
    talk = cast.an_open_conversation(words)
    crowds.crowd(talk, 15, two_answers)
    Vote.objects.create(pseudonym=1, statement=talk.statements.get(number=12), choice=1)
    crowds.crowd(talk, 10, lambda person, number: 1 if number == 3 + person % 9 else None, first=99)
    tasks.finish.call(str(crowds.close_at_once(talk).id))
    found = evidence.latest(talk)

    assert found.people == 26
    assert found.groups == ()
    assert found.common_ground == ()


def test_no_exact_share_or_count_of_answers_is_stored_in_any_figure():
    talk = a_closed_talk(47)
    exact = Vote.objects.filter(statement__number=3, choice=1).count()
    tasks.finish.call(str(talk.id))

    told = list(Figure.objects.exclude(kind__in=["turnout", "opinion_map"]))
    cells = {str(cell) for figure in told for row in figure.value["rows"] for cell in row[1:]}
    assert str(exact) not in cells
    assert all("." not in cell or "Sentence" in cell for cell in cells)


def test_pseudonyms_are_in_no_figure():
    talk = cast.an_open_conversation(WORDS)
    people = crowds.crowd(talk, 30, crowds.two_camps)
    tasks.finish.call(str(crowds.close_at_once(talk).id))

    stored = json.dumps(list(Figure.objects.values_list("value", "manifest", "sentence")))
    assert not any(str(pseudonym) in stored for pseudonym in people)


def test_every_figure_says_what_it_rests_on():
    finished(40)

    for figure in Figure.objects.all():
        assert figure.sentence
        assert figure.method
        assert figure.version
        assert figure.people >= 10
        assert len(figure.input_digest) == 64
        assert figure.consent_basis
        assert figure.value["about"]
        assert figure.value["how"]


def test_the_gate_keeps_back_answers_to_statements_that_were_left_out_and_says_how_many():
    talk = a_closed_talk(30)
    talk.statements.filter(number=12).update(state=Statement.State.HIDDEN)
    tasks.finish.call(str(talk.id))

    manifest = Figure.objects.get(kind="opinion_map").manifest
    assert manifest["kept_back"][0]["rows"] == 30
    assert "left out" in manifest["kept_back"][0]["why"]
    assert evidence.latest(talk).answers == 30 * 11


def test_the_same_votes_give_the_same_figures():
    one, other = finished(40, slug="one"), finished(40, slug="one-again")
    told = [
        list(Figure.objects.filter(release__thing=talk.thing).values_list("sentence", "value"))
        for talk in (one, other)
    ]
    assert told[0] == told[1]


def test_it_tells_who_took_part_and_who_did_not():
    talk = a_closed_talk(60)
    crowds.declare(talk, lived=20, carer=12, practitioner=8)
    tasks.finish.call(str(talk.id))
    (counts,) = evidence.latest(talk).took_part

    rows = dict(counts.rows)
    assert rows[Declaration.Part.LIVED.label] == "20"
    assert rows["did not say"] == "20"
    assert Declaration.Part.RESEARCHER.label in counts.nobody


def test_it_tells_nothing_of_who_took_part_where_fewer_than_ten_said():
    talk = a_closed_talk(60)
    crowds.declare(talk, lived=9)
    tasks.finish.call(str(talk.id))

    assert evidence.latest(talk).took_part == ()


def test_a_show_of_hands_stands_beside_the_map_and_hides_small_counts():
    talk = a_closed_talk(30)
    one, other = talk.statements.get(number=1), talk.statements.get(number=2)
    ShowOfHands.objects.create(statement=one, agree=40, disagree=3, neither=0)
    ShowOfHands.objects.create(statement=other, agree=4, disagree=3, neither=0)
    tasks.finish.call(str(talk.id))
    (hands,) = evidence.latest(talk).hands
    figure = Figure.objects.get(kind="show_of_hands")

    assert (hands.agree, hands.disagree, hands.neither) == ("40", "[c]", "0")
    assert figure.people == 40  # the total would tell the hidden number
    assert "43" not in json.dumps([figure.value, figure.manifest, figure.sentence])


def test_what_the_room_saw_is_not_the_whole():
    talk = cast.an_open_conversation(WORDS, room_shows_results=True)
    crowds.crowd(talk, 40, crowds.two_camps)
    tasks.refresh_room.call(str(talk.id))
    found = evidence.latest(talk)

    assert found.people == 30
    assert not found.is_last
    assert any("wait for a later picture" in kept for kept in found.kept_back)
    assert Release.objects.get().pseudonyms
