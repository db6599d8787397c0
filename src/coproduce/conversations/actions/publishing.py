"""Letting rows of votes go: one person asks and says why, another agrees, both may have them."""

from uuid import UUID

from coproduce.conversations import evidence, tasks
from coproduce.conversations.actions.facilitating import NotPossible
from coproduce.conversations.models import Conversation
from coproduce.conversations.takeaway import rows_of_votes
from coproduce.people.models import Person
from coproduce.people.rights import Deed, may
from coproduce.trust import log, second_person
from coproduce.trust.models import Request
from coproduce.trust.second_person import NeedsAnother

RELEASE_ROWS = "release rows of votes"


def ask_for_rows(conversation: Conversation, *, why: str, by: Person) -> Request:
    """Put it to a second person; `NotPossible` where there are no rows that could go."""
    _check_there_are_rows(conversation)
    return second_person.ask(RELEASE_ROWS, conversation.thing, why=why, by=by.id)


def agree_to_rows(conversation: Conversation, request_id: UUID, *, by: Person) -> Request:
    """Say yes as the second person; `NotPossible` for the one who asked."""
    _check_may(by, conversation)
    try:
        return second_person.agree(_request(conversation, request_id), by=by.id)
    except NeedsAnother as refusal:
        raise NotPossible(str(refusal)) from refusal


def hand_out_rows(conversation: Conversation, request_id: UUID, *, by: Person) -> bytes:
    """The rows as a zip, for one of the two who stand behind it; written in the log each time."""
    _check_may(by, conversation)
    _check_there_are_rows(conversation)
    request = _request(conversation, request_id)
    if not second_person.is_agreed(request):
        raise NotPossible("This takes two people: somebody else has to agree first.")
    if by.id not in (request.asked_by, request.agreed_by):
        raise NotPossible("These rows go to the two people who asked and agreed. Ask for your own.")
    packed = rows_of_votes(conversation, why=request.why)
    log.record(RELEASE_ROWS, conversation.thing, by=by.id, note=f"request {request.id}")
    return packed


def requests_for_rows(conversation: Conversation) -> list[Request]:
    """What has been asked and still stands, newest first."""
    return list(second_person.standing_requests(RELEASE_ROWS, conversation.thing))


def _request(conversation: Conversation, request_id: UUID) -> Request:
    standing = second_person.standing_requests(RELEASE_ROWS, conversation.thing)
    request = standing.filter(pk=request_id).first()
    if request is None:
        raise NotPossible("This question has lapsed. It can be asked again, with its reason.")
    return request


def _check_may(person: Person, conversation: Conversation) -> None:
    if not may(person, Deed.RELEASE_ROWS, conversation.place):
        raise NotPossible(f"In {conversation.place} that is up to coordinators.")


def _check_there_are_rows(conversation: Conversation) -> None:
    if not tasks.is_finished(conversation):
        raise NotPossible(
            "Rows can only go once the conversation has closed and its last picture is drawn: "
            "until then they still lead back to people."
        )
    if evidence.latest(conversation) is None:
        raise NotPossible("Fewer than ten people answered, so nothing of it leaves the house.")
