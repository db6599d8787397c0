"""What a facilitator does: make a conversation, moderate it, open, close and publish it.

Each deed is one transaction with one log entry. A deed that is not possible now raises
`NotPossible` with a sentence for the facilitator.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.text import slugify

from coproduce.conversations import tasks
from coproduce.conversations.forgetting import forget_live_count
from coproduce.conversations.marks import leave_marks
from coproduce.conversations.models import (
    Conversation,
    Phase,
    RoomStep,
    Showing,
    ShowOfHands,
    Statement,
    Vote,
)
from coproduce.conversations.to_be_found import conversation_changed
from coproduce.gatherings.codes import make_code
from coproduce.gatherings.models import Gathering
from coproduce.people.models import Person, Place
from coproduce.people.words import plain_paragraphs, plain_words
from coproduce.trust.keys import destroy_key, has_key, make_key
from coproduce.trust.log import record

WHAT_FIRST = {
    Phase.DRAFT: "Open it first.",
    Phase.OPEN: "Close it first.",
    Phase.CLOSED: "Closing destroyed its key, so there is no way back; it can be published.",
    Phase.PUBLISHED: "It has come to its end; a new conversation can ask the next question.",
}
MOST_SLIPS = 2_000
RESERVED_SLUGS = frozenset({"new"})


class NotPossible(Exception):
    """This cannot be done now; the sentence says why and what to do next."""


@dataclass(frozen=True)
class Hands:
    """Hands counted in the room for one statement."""

    number: int
    agree: int
    disagree: int
    neither: int = 0


def make(
    question: str,
    statements: Sequence[str],
    place: Place,
    by: Person | None,
    *,
    welcome: str = "",
    electorate: Conversation.Electorate = Conversation.Electorate.OPEN,
    moderation: Conversation.Moderation = Conversation.Moderation.BEFORE,
    provenance: str = "",
    gathering: Gathering | None = None,
) -> Conversation:
    """A new draft with its seed statements, seen by the facilitators of the place alone."""
    with transaction.atomic():
        conversation = Conversation.objects.create(
            question=plain_words(question),
            welcome=plain_paragraphs(welcome),
            place=place,
            asked_by=by,
            slug=_free_slug(question),
            code=_free_code(),
            electorate=electorate,
            moderation=moderation,
            provenance=provenance,
            gathering=gathering,
        )
        _add_seeds(conversation, statements)
        record_deed("make", conversation, by)
    return conversation


def edit(conversation: Conversation, by: Person | None, *, question: str, welcome: str) -> None:
    """Other words for the question and the welcome, while nobody has seen them."""
    with in_hand(conversation):
        _only_in_draft(conversation, "its question")
        conversation.question = plain_words(question)
        conversation.welcome = plain_paragraphs(welcome)
        conversation.save(update_fields=["question", "welcome"])
        record_deed("edit", conversation, by)


def meet_at(conversation: Conversation, gathering: Gathering | None, by: Person | None) -> None:
    """Let it be part of a gathering, or of none; at any time, since nobody's answer changes."""
    with in_hand(conversation):
        if conversation.gathering == gathering:
            return
        conversation.gathering = gathering
        conversation.save(update_fields=["gathering"])
        note = gathering.thing if gathering else "no gathering"
        record_deed("meet at", conversation, by, note=note)


def add_statements(
    conversation: Conversation, statements: Sequence[str], by: Person | None
) -> list[Statement]:
    """More seed statements, shown from now on."""
    with in_hand(conversation):
        only_while_answered(conversation)
        added = _add_seeds(conversation, statements)
        conversation_changed(conversation)
        record_deed("add statements", conversation, by, note=_numbers(added))
    return added


def write_down(conversation: Conversation, words: str, by: Person | None) -> Statement:
    """What somebody wrote by hand in the room; it goes the way of everybody's statements."""
    with in_hand(conversation):
        only_while_answered(conversation)
        is_read_first = conversation.moderation == Conversation.Moderation.BEFORE
        statement = Statement.objects.create(
            conversation=conversation,
            number=_next_number(conversation),
            words=plain_words(words),
            state=Statement.State.WAITING if is_read_first else Statement.State.SHOWN,
        )
        conversation_changed(conversation)
        record_deed("write down", conversation, by, note=f"statement {statement.number}")
    return statement


def reword(
    statement: Statement,
    by: Person | None,
    *,
    words: str,
    plain: str = "",
    easy_read: str = "",
) -> None:
    """Other words for a statement. Once people answer it, only the easier wordings may change."""
    with in_hand(statement.conversation, statement):
        new_words = plain_words(words)
        if new_words != statement.words:
            _only_in_draft(statement.conversation, f"statement {statement.number}")
        only_while_answered(statement.conversation)
        statement.words = new_words
        statement.plain_words = plain_words(plain)
        statement.easy_read = plain_words(easy_read)
        statement.save(update_fields=["words", "plain_words", "easy_read"])
        conversation_changed(statement.conversation)
        record_deed("reword", statement.conversation, by, note=f"statement {statement.number}")


def open_(conversation: Conversation, by: Person | None) -> Conversation:
    """Let people in: the key is made, the statements can be answered."""
    with in_hand(conversation):
        _check_move(conversation, Phase.OPEN)
        if not conversation.statements.shown().exists():
            raise NotPossible("There is no statement to answer yet. Add at least one first.")
        if conversation.slips and not has_key(conversation.id):
            conversation.slips = 0  # a restored copy: no key, so the printed codes are void
        make_key(conversation.id)
        conversation.phase = Phase.OPEN
        conversation.opened_at = timezone.now()
        conversation.save(update_fields=["phase", "opened_at", "slips"])
        conversation_changed(conversation)
        record_deed("open", conversation, by)
    return conversation


def close(conversation: Conversation, by: Person | None) -> Conversation:
    """End the answering for good and destroy the key: no vote can be found again by anybody."""
    with in_hand(conversation):
        _check_move(conversation, Phase.CLOSED)
        conversation.phase = Phase.CLOSED
        conversation.closed_at = timezone.now()
        conversation.save(update_fields=["phase", "closed_at"])
        forget_live_count(conversation)
        conversation_changed(conversation)
        record_deed("close", conversation, by)
        # Queued with the phase in one transaction: a server that dies here still finishes.
        tasks.finish.enqueue(str(conversation.id))
        transaction.on_commit(lambda: destroy_key(conversation.id))
    return conversation


def publish(conversation: Conversation, by: Person | None) -> Conversation:
    """Let everybody see what the conversation found."""
    with in_hand(conversation):
        _check_move(conversation, Phase.PUBLISHED)
        if not tasks.is_finished(conversation):
            raise NotPossible(
                "The figures are still being worked out. It takes a minute or two; try again then."
            )
        conversation.phase = Phase.PUBLISHED
        conversation.published_at = timezone.now()
        conversation.save(update_fields=["phase", "published_at"])
        conversation_changed(conversation)
        record_deed("publish", conversation, by)
    return conversation


def let_room_see(conversation: Conversation, by: Person | None, *, see: bool = True) -> None:
    """The facilitator's word that the big screen may show the common ground so far."""
    with in_hand(conversation):
        if conversation.phase == Phase.DRAFT:
            raise NotPossible("There is nothing to show yet. Open the conversation first.")
        conversation.room_shows_results = see
        conversation.room_step = RoomStep.EVERYBODY  # each showing begins at the beginning
        conversation.save(update_fields=["room_shows_results", "room_step"])
        record_deed("show the room" if see else "stop showing the room", conversation, by)
        if see and conversation.is_open:
            tasks.refresh_room.enqueue(str(conversation.id))


def show_step(conversation: Conversation, step: RoomStep, by: Person | None) -> None:
    """Put this step of the picture on the big screen, or people arriving again."""
    with in_hand(conversation):
        if not conversation.room_may_see:
            raise NotPossible(
                "The room does not see any picture yet. Let it see its common ground."
            )
        conversation.room_step = step
        conversation.save(update_fields=["room_step"])
        record_deed("show a step", conversation, by, note=step.label)


def show(statement: Statement, by: Person | None) -> None:
    """Put a statement before people, whether it was waiting, left out or merged before."""
    with in_hand(statement.conversation, statement):
        only_while_answered(statement.conversation)
        _set_state(statement, Statement.State.SHOWN)
        record_deed("show", statement.conversation, by, note=f"statement {statement.number}")


def hide(statement: Statement, by: Person | None) -> None:
    """Leave a statement out. Its votes stay where they are and count again if it is shown again."""
    with in_hand(statement.conversation, statement):
        only_while_answered(statement.conversation)
        if statement.state == Statement.State.MERGED:
            raise NotPossible(
                f"Statement {statement.number} is part of statement "
                f"{_number_of(statement.merged_into)} already. Show it on its own first."
            )
        _set_state(statement, Statement.State.HIDDEN)
        record_deed("hide", statement.conversation, by, note=f"statement {statement.number}")


def merge(statement: Statement, into: Statement, by: Person | None) -> None:
    """Make one statement of two that say the same; whoever answered both keeps the vote on `into`.

    The votes move for good: shown on its own again, the statement starts without any.
    """
    with in_hand(statement.conversation, statement, into):
        only_while_answered(statement.conversation)
        _check_merge(statement, into)
        votes = Vote.objects.filter(statement=statement)
        leave_marks(statement.conversation, votes.values_list("pseudonym", flat=True))
        _move_rows(votes, into)
        _move_rows(Showing.objects.filter(statement=statement), into)
        Statement.objects.filter(merged_into=statement).update(merged_into=into)
        _set_state(statement, Statement.State.MERGED, into)
        note = f"statement {statement.number} into {into.number}"
        record_deed("merge", statement.conversation, by, note=note)


def give_out_slips(conversation: Conversation, count: int, by: Person | None) -> int:
    """Hand out this many paper codes more; the answer is how many there are now."""
    with in_hand(conversation):
        only_while_answered(conversation)
        if not 1 <= count <= MOST_SLIPS - conversation.slips:
            raise NotPossible(
                f"You can print between 1 and {MOST_SLIPS - conversation.slips:,} more slips "
                f"for this conversation; you asked for {count:,}."
            )
        make_key(conversation.id)  # the codes are made from it, also before the opening
        conversation.slips += count
        conversation.save(update_fields=["slips"])
        record_deed("give out slips", conversation, by, note=f"{count} slips")
    return conversation.slips


def record_hands(conversation: Conversation, counts: Iterable[Hands], by: Person | None) -> int:
    """Write down a show of hands, all statements or none; a new count replaces the old one."""
    with in_hand(conversation):
        if not conversation.is_open:
            raise NotPossible(
                "A show of hands is written down while the conversation is open. "
                f"This one is {conversation.get_phase_display()}."
            )
        statements = {s.number: s for s in conversation.statements.shown()}
        recorded = [_record_hand(statements, hands) for hands in counts]
        record_deed("record hands", conversation, by, note=f"{len(recorded)} statements")
    return len(recorded)


@contextmanager
def in_hand(conversation: Conversation, *statements: Statement) -> Iterator[None]:
    """One transaction with the conversation's row locked, and everything read afresh."""
    with transaction.atomic():
        conversation.refresh_from_db(from_queryset=Conversation.objects.select_for_update())
        for statement in statements:
            statement.refresh_from_db()
            if statement.conversation_id == conversation.id:
                statement.conversation = conversation
        yield


def record_deed(deed: str, conversation: Conversation, by: Person | None, note: str = "") -> None:
    record(deed, conversation.thing, by=by.id if by else None, note=note[:200])


def _check_move(conversation: Conversation, to: Phase) -> None:
    if not conversation.may_move_to(to):
        raise NotPossible(
            f"This conversation is {conversation.get_phase_display()}, so it cannot become "
            f"{to.label} now. {WHAT_FIRST[Phase(conversation.phase)]}"
        )


def _only_in_draft(conversation: Conversation, what: str) -> None:
    if conversation.phase != Phase.DRAFT:
        raise NotPossible(
            f"People have seen {what} already, so its words stay as they are. "
            "Leave a statement out, or add a new one."
        )


def only_while_answered(conversation: Conversation) -> None:
    if conversation.phase not in (Phase.DRAFT, Phase.OPEN):
        raise NotPossible(
            f"This conversation is {conversation.get_phase_display()}: "
            "its statements stay as people answered them."
        )


def _check_merge(statement: Statement, into: Statement) -> None:
    if into.conversation_id != statement.conversation_id:
        raise NotPossible("The two statements belong to different conversations.")
    if into == statement:
        raise NotPossible(f"Statement {statement.number} cannot be merged with itself.")
    if into.state != Statement.State.SHOWN:
        raise NotPossible(
            f"Statement {into.number} is {into.get_state_display()}. "
            "Choose one that is shown, or show it first."
        )
    if statement.state == Statement.State.MERGED:
        raise NotPossible(
            f"Statement {statement.number} is part of statement "
            f"{_number_of(statement.merged_into)} already."
        )


def _move_rows(rows: "QuerySet[Vote] | QuerySet[Showing]", into: Statement) -> None:
    """Move every row whose pseudonym has none on `into` yet, and drop the rest."""
    taken = rows.model.objects.filter(statement=into).values_list("pseudonym", flat=True)
    rows.exclude(pseudonym__in=taken).update(statement=into)
    rows.delete()


def _set_state(statement: Statement, state: Statement.State, into: Statement | None = None) -> None:
    statement.state, statement.merged_into = state, into
    statement.save(update_fields=["state", "merged_into"])
    conversation_changed(statement.conversation)


def _number_of(statement: Statement | None) -> str:
    return str(statement.number) if statement else "another"


def _numbers(statements: Sequence[Statement]) -> str:
    return f"statements {', '.join(str(s.number) for s in statements)}"


def _next_number(conversation: Conversation) -> int:
    last: int | None = conversation.statements.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _add_seeds(conversation: Conversation, statements: Sequence[str]) -> list[Statement]:
    first = _next_number(conversation)
    return Statement.objects.bulk_create(
        Statement(
            conversation=conversation,
            number=number,
            words=plain_words(words),
            is_seed=True,
            state=Statement.State.SHOWN,
        )
        for number, words in enumerate(statements, start=first)
    )


def _record_hand(statements: dict[int, Statement], hands: Hands) -> ShowOfHands:
    if hands.number not in statements:
        raise NotPossible(
            f"There is no statement {hands.number} on show here, so nothing was written down."
        )
    return ShowOfHands.objects.update_or_create(
        statement=statements[hands.number],
        defaults={
            "agree": hands.agree,
            "disagree": hands.disagree,
            "neither": hands.neither,
        },
    )[0]


def _free_slug(question: str) -> str:
    """The question as an address, with a number behind it where another took it already."""
    stem = slugify(question)[:60].strip("-") or "talk"
    taken = set(Conversation.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    candidates = (stem if n == 1 else f"{stem}-{n}" for n in range(1, len(taken) + 3))
    return next(slug for slug in candidates if slug not in taken | RESERVED_SLUGS)


def _free_code() -> str:
    code = make_code()
    while Conversation.objects.filter(code=code).exists():
        code = make_code()
    return code
