"""What somebody does who takes part: says something, says who they are, takes it all back.

Votes themselves go through the ballot box. Nothing here is logged with an actor or an answer;
only that a statement came in.
"""

from django.db import transaction
from django.db.models import Max
from django.http import HttpRequest

from coproduce.conversations import evidence
from coproduce.conversations.ballot_rows import MOST_CHANGES, NotTaken, Reason
from coproduce.conversations.marks import leave_marks
from coproduce.conversations.models import (
    Conversation,
    Declaration,
    Phase,
    Showing,
    Statement,
    Vote,
)
from coproduce.conversations.pseudonyms import (
    DEVICE_COOKIE,
    Identifier,
    by_device,
    by_person,
    pseudonym_of,
)
from coproduce.conversations.to_be_found import conversation_changed
from coproduce.people.models import Person, Place, User
from coproduce.people.rights import person_of
from coproduce.people.words import plain_words
from coproduce.trust.keys import KeyIsGone
from coproduce.trust.log import record


def say(conversation: Conversation, words: str, *, named: Person | None = None) -> Statement:
    """A new statement in somebody's own words; with a name only if they asked for it."""
    with transaction.atomic():
        held = _held_open(conversation)
        last: int | None = held.statements.aggregate(last=Max("number"))["last"]
        is_read_first = held.moderation == Conversation.Moderation.BEFORE
        statement = Statement.objects.create(
            conversation=held,
            number=(last or 0) + 1,
            words=plain_words(words),
            state=Statement.State.WAITING if is_read_first else Statement.State.SHOWN,
            author=named,
            author_may_be_named=named is not None,
        )
        conversation_changed(held)
        record(
            "say",
            held.thing,
            by=named.id if named else None,
            note=f"statement {statement.number}",
        )
    return statement


def declare(
    conversation: Conversation, identifier: Identifier, *, part: str, place: Place | None
) -> None:
    """What somebody says of themselves, apart from their answers; nothing said, no row."""
    with transaction.atomic():
        held = _held_open(conversation)
        pseudonym = pseudonym_of(held, identifier, purpose="declaration")
        if not part and place is None:
            Declaration.objects.filter(conversation=held, pseudonym=pseudonym).delete()
            return
        Declaration.objects.update_or_create(
            conversation=held, pseudonym=pseudonym, defaults={"part": part, "place": place}
        )


def take_back(conversation: Conversation, identifier: Identifier) -> int:
    """Everything under this identifier is gone, as if they had never come; how many answers."""
    with transaction.atomic():
        held = _held_open(conversation)
        mine = pseudonym_of(held, identifier)
        taken, _ = Vote.objects.filter(pseudonym=mine, statement__conversation=held).delete()
        evidence.count_now(held, [mine])
        Showing.objects.filter(pseudonym=mine, statement__conversation=held).delete()
        Declaration.objects.filter(
            conversation=held, pseudonym=pseudonym_of(held, identifier, purpose="declaration")
        ).delete()
    return taken


def after_sign_in(sender: type[User], request: HttpRequest, user: User, **_: object) -> None:
    """Whoever signs in keeps what they answered before."""
    if person := person_of(user):
        merge_identity(request, person)


def merge_identity(request: HttpRequest, person: Person) -> None:
    """What this browser answered before signing in becomes the person's, wherever it is open.

    Where both have answered, the browser's answer stays: it is the newer one, since a browser
    answers as itself only while nobody is signed in on it. One answer a statement, always.
    """
    token = request.COOKIES.get(DEVICE_COOKIE)
    if not token:
        return
    for conversation in Conversation.objects.open():
        merge(conversation, by_device(token), by_person(person))


def merge(conversation: Conversation, old: Identifier, new: Identifier) -> None:
    """Everything of the old identifier becomes the new one's; where both answered, the old stays.

    In a conversation that has closed there is nothing left to find, and nothing happens.
    """
    try:
        with transaction.atomic():
            held = _held_open(conversation)
            before, after = pseudonym_of(held, old), pseudonym_of(held, new)
            _move_votes(held, before, after)
            _move_showings(held, before, after)
            _move_declaration(held, old, new)
    except (NotTaken, KeyIsGone):
        return


def _held_open(conversation: Conversation) -> Conversation:
    """The conversation, open and held so until the transaction ends."""
    held = Conversation.objects.select_for_update().get(pk=conversation.pk)
    if held.phase != Phase.OPEN:
        raise NotTaken(Reason.NOT_OPEN_YET if held.phase == Phase.DRAFT else Reason.CLOSED)
    return held


def _move_votes(conversation: Conversation, before: int, after: int) -> None:
    rows = Vote.objects.filter(statement__conversation=conversation)
    theirs = {vote.statement_id: vote for vote in rows.filter(pseudonym=after)}
    mine = list(rows.filter(pseudonym=before))
    if mine:
        leave_marks(conversation, [before, after])
    for vote in mine:
        earlier = theirs.get(vote.statement_id)
        if earlier is not None:
            changed = vote.changes + earlier.changes + (earlier.choice != vote.choice)
            vote.changes = min(changed, MOST_CHANGES)
            earlier.delete()
        vote.pseudonym = after
        vote.save(update_fields=["pseudonym", "changes"])


def _move_showings(conversation: Conversation, before: int, after: int) -> None:
    rows = Showing.objects.filter(statement__conversation=conversation)
    theirs = rows.filter(pseudonym=after).values_list("statement_id", flat=True)
    rows.filter(pseudonym=before, statement__in=list(theirs)).delete()
    rows.filter(pseudonym=before).update(pseudonym=after)


def _move_declaration(conversation: Conversation, old: Identifier, new: Identifier) -> None:
    before, after = (pseudonym_of(conversation, who, purpose="declaration") for who in (old, new))
    theirs = Declaration.objects.filter(conversation=conversation)
    if theirs.filter(pseudonym=before).exists():
        theirs.filter(pseudonym=after).delete()
        theirs.filter(pseudonym=before).update(pseudonym=after)
