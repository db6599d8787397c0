"""What reaches a conversation on paper: print the sheets, enter them, take one back.

Answers from paper are votes like all others, under the pseudonym of the code on the slip and
marked as assisted. The log says how many sheets somebody entered, never which codes or answers.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coproduce.conversations import ballot_box, evidence
from coproduce.conversations.actions.facilitating import (
    NotPossible,
    in_hand,
    only_while_answered,
    record_deed,
)
from coproduce.conversations.ballot_box import Ballot
from coproduce.conversations.entry import Sheet
from coproduce.conversations.marks import leave_marks
from coproduce.conversations.models import (
    Choice,
    Conversation,
    PaperEdition,
    Statement,
    Vote,
)
from coproduce.conversations.pseudonyms import by_code, pseudonym_of
from coproduce.gatherings.codes import CODE_LETTERS
from coproduce.people.models import Person

EDITION_LETTERS = 4


@dataclass(frozen=True)
class Entered:
    """What became of a stack of sheets."""

    codes: tuple[str, ...]
    corrected: tuple[str, ...]  # had been entered before
    left_out: tuple[int, ...]  # statements that are not shown any more: their answers do not count


def print_sheets(conversation: Conversation, by: Person | None) -> PaperEdition:
    """The edition of the paper sheet with the statements as they are shown now."""
    with in_hand(conversation):
        only_while_answered(conversation)
        statements = list(conversation.statements.shown())
        if not statements:
            raise NotPossible("There is no statement to print yet. Add at least one first.")
        edition, is_new = PaperEdition.objects.get_or_create(
            conversation=conversation,
            letters=_letters_of(conversation, statements),
            defaults={"numbers": [statement.number for statement in statements]},
        )
        if is_new:
            record_deed("print sheets", conversation, by, note=str(edition))
    return edition


def enter_sheets(edition: PaperEdition, sheets: Sequence[Sheet], by: Person | None) -> Entered:
    """Put the answers of these sheets among the votes, all of them or none.

    A sheet whose code was entered before replaces what that sheet had said.
    """
    conversation = edition.conversation
    with in_hand(conversation):
        _only_while_open(conversation)
        places = _where_answers_go(edition)
        corrected = [sheet.code for sheet in sheets if _take_back(conversation, sheet.code)]
        ballot_box.cast(ballot for sheet in sheets for ballot in _ballots(sheet, edition, places))
        record_deed("enter sheets", conversation, by, note=f"{len(sheets)} sheets")
    return Entered(
        codes=tuple(sheet.code for sheet in sheets),
        corrected=tuple(corrected),
        left_out=tuple(number for number in edition.numbers if number not in places),
    )


def take_back_sheet(conversation: Conversation, code: str, by: Person | None) -> None:
    """Remove what was entered for this code from paper; what it voted on a phone stays."""
    with in_hand(conversation):
        _only_while_open(conversation)
        if not _take_back(conversation, code):
            raise NotPossible(f"Nothing from paper is entered for {code}.")
        evidence.count_now(conversation, [pseudonym_of(conversation, by_code(code))])
        record_deed("take back a sheet", conversation, by)


def _letters_of(conversation: Conversation, statements: Iterable[Statement]) -> str:
    """Four letters that follow from what is printed: the same sheet has the same letters."""
    printed = [str(conversation.id), [[s.number, s.words] for s in statements]]
    digest = hashlib.sha256(json.dumps(printed).encode()).digest()
    return "".join(CODE_LETTERS[byte % len(CODE_LETTERS)] for byte in digest[:EDITION_LETTERS])


def _where_answers_go(edition: PaperEdition) -> dict[int, Statement]:
    """Printed number -> the statement that takes its answers today; left out where none does."""
    statements = {s.pk: s for s in edition.conversation.statements.all()}
    by_number = {s.number: s for s in statements.values()}
    printed = [by_number[number] for number in edition.numbers]
    targets = {s.number: statements[s.merged_into_id or s.pk] for s in printed}
    return {n: target for n, target in targets.items() if target.state == Statement.State.SHOWN}


def _ballots(sheet: Sheet, edition: PaperEdition, places: dict[int, Statement]) -> list[Ballot]:
    """The answers as ballots; of two statements merged since, the one that stands has the word."""
    pseudonym = pseudonym_of(edition.conversation, by_code(sheet.code))
    choices: dict[int, Choice] = {}
    for number, choice in zip(edition.numbers, sheet.answers, strict=True):
        if choice is None or number not in places:
            continue
        target = places[number]
        if target.number == number or target.pk not in choices:
            choices[target.pk] = choice
    return [Ballot(pseudonym, pk, choice.value, is_assisted=True) for pk, choice in choices.items()]


def _take_back(conversation: Conversation, code: str) -> bool:
    holder = pseudonym_of(conversation, by_code(code))
    votes = Vote.objects.filter(
        statement__conversation=conversation, pseudonym=holder, is_assisted=True
    )
    is_taken_back = votes.delete()[0] > 0
    if is_taken_back:
        leave_marks(conversation, [holder])
    return is_taken_back


def _only_while_open(conversation: Conversation) -> None:
    if not conversation.is_open:
        raise NotPossible(
            "Sheets are entered while the conversation is open. "
            f"This one is {conversation.get_phase_display()}."
        )
