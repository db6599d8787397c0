"""What this room holds about somebody: what they put their name to, and answers still to be found.

Answers in conversations that are closed are nobody's any more: there is no way back to them.
"""

from coproduce.conversations.actions.taking_part import take_back as take_answers_back
from coproduce.conversations.ballot_rows import NotTaken
from coproduce.conversations.models import Conversation, Statement, Vote
from coproduce.conversations.pseudonyms import by_person, pseudonym_of
from coproduce.people.everything import Chapter, Keeper
from coproduce.people.models import Person
from coproduce.trust.keys import KeyIsGone


def tell(person: Person) -> list[Chapter]:
    """Statements with their name, questions they asked, and how many answers can still be found."""
    statements = Statement.objects.filter(author=person).select_related("conversation")
    asked = Conversation.objects.filter(asked_by=person)
    return [
        Chapter(
            "Statements you put your name to",
            ("Question", "Statement"),
            tuple((each.conversation.question, each.words) for each in statements),
            (Statement,),
        ),
        Chapter(
            "Conversations that are open: what you answered can still be found and taken back",
            ("Question", "Answers"),
            tuple(_answers(person)),
            (),
        ),
        Chapter(
            "Questions you asked",
            ("Question", "On"),
            tuple((each.question, each.made_at) for each in asked),
            (Conversation,),
        ),
    ]


def _answers(person: Person) -> list[tuple[str, int]]:
    found = [(each.question, _votes(each, person)) for each in Conversation.objects.open()]
    return [(question, answers) for question, answers in found if answers]


def _votes(conversation: Conversation, person: Person) -> int:
    try:
        mine = pseudonym_of(conversation, by_person(person))
    except KeyIsGone:
        return 0
    return Vote.objects.filter(pseudonym=mine, statement__conversation=conversation).count()


def let_go(person: Person) -> None:
    """Answers in open conversations are taken back; statements stay, with nobody's name to them."""
    Statement.objects.filter(author=person).update(author=None, author_may_be_named=False)
    for conversation in Conversation.objects.open():
        try:
            take_answers_back(conversation, by_person(person))
        except (NotTaken, KeyIsGone):
            continue  # it closed this moment: there is no way back to anybody's answers


KEEPER = Keeper(tell=tell, let_go=let_go)
