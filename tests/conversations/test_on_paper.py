"""Sheets are printed, entered, corrected, taken back: their answers are votes like all others."""

import pytest

from coproduce.conversations import ballot_box
from coproduce.conversations.actions.facilitating import (
    NotPossible,
    close,
    give_out_slips,
    hide,
    merge,
    write_down,
)
from coproduce.conversations.actions.on_paper import enter_sheets, print_sheets, take_back_sheet
from coproduce.conversations.ballot_box import Ballot
from coproduce.conversations.entry import Sheet
from coproduce.conversations.models import Choice, Conversation, Phase, Vote
from coproduce.conversations.pseudonyms import by_code, pseudonym_of, slip_codes
from coproduce.trust.models import LogEntry
from tests import cast

pytestmark = pytest.mark.django_db

LETTERS = {"a": Choice.AGREE, "d": Choice.DISAGREE, "p": Choice.PASS, ".": None}


@pytest.fixture
def talk() -> Conversation:
    talk = cast.an_open_conversation(moderation="after")
    give_out_slips(talk, 4, None)
    return talk


def sheet(code: str, answers: str, line: int = 1) -> Sheet:
    return Sheet(line, code, tuple(LETTERS[letter] for letter in answers))


def answers_of(talk: Conversation, code: str) -> dict[int, int]:
    votes = Vote.objects.filter(pseudonym=pseudonym_of(talk, by_code(code)))
    return dict(votes.values_list("statement__number", "choice"))


def test_it_enters_a_sheet_as_assisted_votes_of_the_holder_of_the_slip(talk):
    edition = print_sheets(talk, cast.facilitator())
    code = slip_codes(talk)[0]

    entered = enter_sheets(edition, [sheet(code, "ad.pa")], cast.facilitator())

    assert entered.codes == (code,)
    assert answers_of(talk, code) == {1: 1, 2: -1, 4: 0, 5: 1}
    assert set(Vote.objects.values_list("is_assisted", flat=True)) == {True}


def test_it_lets_a_later_sheet_take_the_place_of_the_earlier(talk):
    edition = print_sheets(talk, None)
    code = slip_codes(talk)[0]
    enter_sheets(edition, [sheet(code, "aaaaa")], None)

    entered = enter_sheets(edition, [sheet(code, "d..d.")], None)

    assert entered.corrected == (code,)
    assert answers_of(talk, code) == {1: -1, 4: -1}


def test_it_puts_answers_where_they_were_printed_even_when_statements_come_and_go(talk):
    old = print_sheets(talk, None)
    first = talk.statements.get(number=1)
    hide(first, None)
    write_down(talk, "Begin with food.", None)
    new = print_sheets(talk, None)
    one, two = slip_codes(talk)[:2]

    entered = enter_sheets(old, [sheet(one, "adpad")], None)
    enter_sheets(new, [sheet(two, "adpad")], None)

    assert old.letters != new.letters
    assert (old.numbers, new.numbers) == ([1, 2, 3, 4, 5], [2, 3, 4, 5, 6])
    assert entered.left_out == (1,)
    assert answers_of(talk, one) == {2: -1, 3: 0, 4: 1, 5: -1}
    assert answers_of(talk, two) == {2: 1, 3: -1, 4: 0, 5: 1, 6: -1}


def test_it_leads_answers_on_to_the_statement_theirs_was_merged_into(talk):
    edition = print_sheets(talk, None)
    first, second = talk.statements.filter(number__in=(1, 2))
    merge(second, first, None)
    both, other = slip_codes(talk)[:2]

    enter_sheets(edition, [sheet(both, "ad..."), sheet(other, ".d...")], None)

    assert answers_of(talk, both) == {1: 1}
    assert answers_of(talk, other) == {1: -1}
    assert set(Vote.objects.values_list("changes", flat=True)) == {0}


def test_it_gives_one_printing_the_same_letters_every_time(talk):
    assert print_sheets(talk, None) == print_sheets(talk, None)
    assert LogEntry.objects.filter(deed="print sheets").count() == 1
    assert talk.paper_editions.count() == 1


def test_it_takes_back_a_sheet_and_leaves_what_was_answered_on_a_phone(talk):
    edition = print_sheets(talk, None)
    one, two = slip_codes(talk)[:2]
    enter_sheets(edition, [sheet(one, "aa..."), sheet(two, "aaaaa")], None)
    phone = talk.statements.get(number=5)
    ballot_box.cast([Ballot(pseudonym_of(talk, by_code(one)), phone.pk, -1)])

    take_back_sheet(talk, one, cast.facilitator())

    assert answers_of(talk, one) == {5: -1}
    assert len(answers_of(talk, two)) == 5
    with pytest.raises(NotPossible, match=f"Nothing from paper is entered for {one}"):
        take_back_sheet(talk, one, None)


def test_it_enters_all_sheets_or_none(talk, monkeypatch):
    edition = print_sheets(talk, None)
    one, two = slip_codes(talk)[:2]
    enter_sheets(edition, [sheet(one, "aaaaa")], None)

    def full(ballots, shown=()):
        raise ballot_box.BoxIsFull

    monkeypatch.setattr(ballot_box, "cast", full)
    with pytest.raises(ballot_box.BoxIsFull):
        enter_sheets(edition, [sheet(one, "ddddd"), sheet(two, "ddddd")], None)

    assert set(answers_of(talk, one).values()) == {1}
    assert answers_of(talk, two) == {}


def test_it_enters_nothing_before_the_opening_or_after_the_close(talk):
    edition = print_sheets(talk, None)
    code = slip_codes(talk)[0]
    close(talk, None)

    for deed in (
        lambda: enter_sheets(edition, [sheet(code, "aaaaa")], None),
        lambda: take_back_sheet(talk, code, None),
    ):
        with pytest.raises(NotPossible, match=r"open\. This one is closed"):
            deed()
    draft = cast.a_draft()
    with pytest.raises(NotPossible, match="This one is being prepared"):
        enter_sheets(print_sheets(draft, None), [sheet(code, "aaaaa")], None)


@pytest.mark.parametrize("phase", [Phase.CLOSED, Phase.PUBLISHED])
def test_it_prints_no_sheet_after_the_close(phase):
    with pytest.raises(NotPossible):
        print_sheets(cast.a_draft(phase=phase), None)


def test_it_writes_into_the_log_how_many_and_never_which_or_what(talk):
    edition = print_sheets(talk, None)
    code = slip_codes(talk)[0]
    femi = cast.facilitator()
    enter_sheets(edition, [sheet(code, "aaaaa")], femi)
    take_back_sheet(talk, code, femi)

    entries = LogEntry.objects.filter(actor=femi.id).order_by("id")
    assert [(e.deed, e.note) for e in entries] == [
        ("enter sheets", "1 sheets"),
        ("take back a sheet", ""),
    ]
