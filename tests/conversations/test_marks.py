"""A mark is there exactly when answers have moved, and tells nothing but whose."""

import pytest
from django.db import transaction

from coproduce.conversations import ballot_box, ballot_rows
from coproduce.conversations.actions import facilitating
from coproduce.conversations.ballot_box import Ballot, NotTaken, Shown
from coproduce.conversations.ballot_rows import Envelope
from coproduce.conversations.marks import leave_marks, unpacked
from coproduce.conversations.models import Conversation, CountedPerson, LiveCount, Mark, Vote
from tests import cast, crowds

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk() -> Conversation:
    return cast.an_open_conversation()


def marked(talk: Conversation) -> list[tuple[int, ...]]:
    return sorted(unpacked(bytes(mark.pseudonyms)) for mark in talk.marks.all())


def ballot(talk: Conversation, who: int, number: int = 1, choice: int = 1) -> Ballot:
    return Ballot(who, talk.statements.get(number=number).pk, choice)


def test_a_batch_leaves_one_mark_for_everybody_in_it(talk):
    ballots = [ballot(talk, who, number) for who in (9, -3, 7) for number in (1, 2)]
    ballot_rows.write([Envelope([each], []) for each in ballots])
    assert marked(talk) == [(-3, 7, 9)]


def test_a_batch_for_two_conversations_leaves_each_its_own(talk):
    other = cast.an_open_conversation()
    ballot_rows.write([Envelope([ballot(talk, 7)], []), Envelope([ballot(other, 8)], [])])
    assert (marked(talk), marked(other)) == ([(7,)], [(8,)])


def test_what_was_not_taken_and_what_was_only_shown_leave_none(talk):
    facilitating.hide(talk.statements.get(number=2), None)
    with pytest.raises(NotTaken):
        ballot_box.cast([ballot(talk, 7, number=2)])
    ballot_box.cast([], [Shown(7, talk.statements.get(number=1).pk, 0.5)])
    assert marked(talk) == []


def test_it_comes_and_goes_with_the_answers_themselves(talk):
    with transaction.atomic():
        ballot_box.cast([ballot(talk, 7)])
        assert marked(talk) == [(7,)]
        transaction.set_rollback(True)  # the power goes
    assert marked(talk) == []
    assert not Vote.objects.exists()


def test_a_crowd_is_spread_over_several_marks(talk):
    leave_marks(talk, range(1_200))
    assert [len(people) for people in marked(talk)] == [500, 500, 200]


def test_merging_statements_marks_everybody_who_answered_the_one_that_goes(talk):
    first, second = crowds.crowd(talk, 2, crowds.one_mind)
    Vote.objects.filter(pseudonym=first, statement__number=2).delete()
    Mark.objects.all().delete()
    facilitating.merge(*talk.statements.filter(number__in=(2, 3)), None)
    assert marked(talk) == [(second,)]


def test_nothing_that_is_kept_beside_the_votes_tells_when_or_in_which_order():
    columns = {
        model: {field.column for field in model._meta.concrete_fields}
        for model in (Mark, CountedPerson, LiveCount)
    }
    assert columns[Mark] == {"id", "conversation_id", "pseudonyms"}
    assert columns[CountedPerson] == {"id", "conversation_id", "pseudonym", "answers"}
    assert columns[LiveCount] == {"conversation_id", "stamp", "people", "statements", "tables"}
