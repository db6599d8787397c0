"""Asking somebody of the directory for an introduction, and answering by one's own channel.

No address is told to anybody before both said yes: the asker by asking, the other by answering.
"""

from django.db import transaction
from django.utils import timezone

from coproduce.people import tasks
from coproduce.people.actions.deeds import NotPossible, record_deed
from coproduce.people.models import Channel, Introduction, Listing, Person
from coproduce.people.words import plain_words

MOST_OPEN = 5  # of one asker: whoever asks everybody asks nobody in particular
State = Introduction.State


def ask(asker: Person, listing: Listing, *, reason: str, question: str) -> Introduction:
    """Put it to the other person, who alone learns of it."""
    with transaction.atomic():
        asked = listing.person
        _may_ask(asker, asked)
        made = Introduction.objects.create(
            asker=asker, asked=asked, reason=plain_words(reason), question=plain_words(question)
        )
        record_deed("ask for an introduction", made.thing, asker)
        tasks.put_introduction.enqueue(str(made.pk))
    return made


def answer(introduction: Introduction, *, yes: bool) -> None:
    """Their yes or no, once; with a yes each hears how to reach the other."""
    with transaction.atomic():
        still_open = Introduction.objects.open().filter(pk=introduction.pk)
        became = State.YES if yes else State.NO
        gone = {"reason": "", "question": ""}
        if not still_open.update(state=became, answered_at=timezone.now(), **gone):
            raise NotPossible("This was answered already, or the question was taken back.")
        record_deed(f"say {became.value} to an introduction", introduction.thing, None)
        tasks.tell_of_introduction.enqueue(str(introduction.pk))


def take_back(introduction: Introduction, by: Person) -> None:
    """The asker thinks better of it; nothing of it stays."""
    with transaction.atomic():
        if introduction.state != State.ASKED:
            raise NotPossible("It is answered, so there is nothing to take back.")
        record_deed("take back an introduction", introduction.thing, by)
        introduction.delete()


def throw_old_ones_away() -> int:
    old = Introduction.objects.outlived()
    if not old.exists():  # a look first: deleting locks SQLite
        return 0
    return old.delete()[0]


def _may_ask(asker: Person, asked: Person) -> None:
    if asker == asked:
        raise NotPossible("That is you.")
    if not asker.name:
        raise NotPossible("Give yourself a name first, so that they know who asks.")
    between = Introduction.objects.between(asker, asked)
    if between.open().exists():
        raise NotPossible("One of you has asked already. Wait for the answer.")
    if between.exclude(state=State.ASKED).exists():
        raise NotPossible("There is an answer already. You can ask again after a while.")
    if asker.introductions_asked_for.open().count() >= MOST_OPEN:
        raise NotPossible(
            f"{MOST_OPEN} people have not answered you yet. Wait for one of them, or take one back."
        )
    for each, why in (
        (
            asked,
            "We cannot write to them by ourselves. Ask whoever coordinates their place.",
        ),
        (asker, "Tell us first how you are reached: by e-mail or by text message."),
    ):
        if not can_be_written_to(each):
            raise NotPossible(why)


def can_be_written_to(person: Person) -> bool:
    """Whether a message reaches them without anybody printing it."""
    reach = person.reaches.working().first()
    if reach is None:
        return person.user is not None
    return reach.channel in (Channel.EMAIL, Channel.SMS)
