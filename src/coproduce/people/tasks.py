"""What is sent and counted in the background, so that nobody who types ever waits for it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from coproduce.people import channels, hearing
from coproduce.people.channels import Message, Outcome
from coproduce.people.introductions import link
from coproduce.people.limits import Limit
from coproduce.people.models import (
    Announcement,
    Channel,
    Dispatch,
    Introduction,
    Person,
    Promise,
)
from coproduce.trust import log

# Whoever types other people's addresses must not be able to fill their boxes.
WELCOMES = Limit("welcomes", most=2, seconds=86_400)
BETWEEN_TRIES, TRIED_FOR = timedelta(minutes=10), timedelta(days=2)
AWAY_FOR_GOOD = 5  # in a row: the service is away, and the others are tried again later
BECAME = {
    Outcome.SENT: Dispatch.State.SENT,
    Outcome.TO_PRINT: Dispatch.State.TO_PRINT,
    Outcome.CAME_BACK: Dispatch.State.CAME_BACK,
    Outcome.NO_WAY: Dispatch.State.NO_WAY,
    Outcome.NOT_NOW: Dispatch.State.WAITING,
}


@task()
def welcome(channel: str, address: str, link: str = "") -> str:
    """Say hello to whoever joined; the same words to a known address and to an unknown one.

    `link`: where they say themselves that they want to hear from a place; whoever typed the
    address may have been somebody else.
    """
    if not WELCOMES.take(address):
        return "This address was written to already today."
    return channels.send(Channel(channel), address, _welcome(link)).value


def _welcome(link: str) -> Message:
    news = f"\nTo hear when something happens, say yes here:\n{link}\n" if link else ""
    way_in = f"{settings.BASE_URL}{reverse('account_request_login_code')}"
    return Message(
        f"You joined the {settings.WAGTAIL_SITE_NAME}",
        f"Hello,\n\nsomebody joined the {settings.WAGTAIL_SITE_NAME} with this address. If it was "
        f"you: welcome! If you gave an email address, you can sign in with it, without a password:"
        f"\n{way_in}\n{news}\nIf it was not you, you need not do anything. Nobody can read or "
        "change anything of yours with it.\n",
    )


@task()
def remind_of_promises() -> str:
    """Ask whoever promised something half a year ago how it went; each of them once."""
    reminded = sum(_remind(promise) for promise in Promise.objects.to_remind())
    return f"Reminders sent: {reminded}"


def _remind(promise: Promise) -> bool:
    """Say that it was done before doing it: cut off in between, nobody is reminded twice."""
    before = promise.reminded_at
    due = Promise.objects.to_remind().filter(pk=promise.pk)
    if not due.update(reminded_at=timezone.now()):
        return False
    outcome = channels.tell(promise.person, _reminder(promise))
    if outcome is Outcome.NOT_NOW:
        Promise.objects.filter(pk=promise.pk).update(reminded_at=before)
    return outcome is Outcome.SENT


def _reminder(promise: Promise) -> Message:
    page = f"{settings.BASE_URL}{reverse('people:you_promises')}"
    return Message(
        "How did your promise go?",
        f"Hello,\n\non {promise.made_at:%-d %B %Y} you said: “{promise.words}”\n\nDid it work out? "
        f"Tell us here, or take it back; both are fine:\n{page}\n",
    )


@task()
def send_announcement(announcement_id: str) -> str:
    """Send it to everybody who waits for it. Cut off and begun again, it goes to nobody twice."""
    announcement = Announcement.objects.select_related("place").get(pk=UUID(announcement_id))
    away = 0
    for number in list(announcement.dispatches.waiting().values_list("pk", flat=True)):
        away = away + 1 if _dispatch(announcement, number) is Outcome.NOT_NOW else 0
        if away == AWAY_FOR_GOOD:
            break
    left = announcement.dispatches.waiting().count()
    log.record("sent an announcement", announcement.thing, by=None, note=f"{left} wait")
    return f"{left} people wait for it."


def see_to_what_waits(now: datetime) -> int:
    """Send again what the service was away for; the worker calls this, and most often has nothing.

    Every ten minutes, for two days: later nobody wants to hear that the tea is on Thursday.
    """
    begun = Announcement.objects.filter(sent_at__gt=now - TRIED_FOR)
    waiting = begun.filter(dispatches__state=Dispatch.State.WAITING).distinct()
    again = [each for each in waiting if not _was_tried_lately(each, now)]
    for announcement in again:
        send_announcement.enqueue(str(announcement.pk))
    return len(again)


def _was_tried_lately(announcement: Announcement, now: datetime) -> bool:
    """Whether it is queued or under way, or was tried within the last ten minutes."""
    lately = DBTaskResult.objects.filter(
        task_path=send_announcement.module_path, enqueued_at__gt=now - TRIED_FOR
    )
    tried = [task for task in lately if task.args_kwargs["args"] == [str(announcement.pk)]]
    return any(task.finished_at is None or task.finished_at > now - BETWEEN_TRIES for task in tried)


def _dispatch(announcement: Announcement, number: int) -> Outcome | None:
    """To one person, claimed first: if we die in between, it counts as perhaps arrived."""
    one = Dispatch.objects.filter(pk=number)
    if not one.waiting().update(state=Dispatch.State.UNDER_WAY):
        return None
    person = one.select_related("person").get().person
    if not person.hearings.current().filter(place=announcement.place).exists():
        one.update(state=Dispatch.State.STOPPED)
        return None
    reach = person.reaches.working().first()
    outcome = channels.tell(person, _announced(announcement, person))
    one.update(state=BECAME[outcome], channel=reach.channel if reach else "")
    return outcome


def _announced(announcement: Announcement, person: Person) -> Message:
    stop = hearing.stop_link(person, announcement.place)
    return Message(
        announcement.subject,
        f"{announcement.words}\n\n-- \nYou get this because you agreed to hear from "
        f"{announcement.place}. To stop:\n{stop}\n",
        headers=(
            ("List-Unsubscribe", f"<{stop}>"),
            ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ),
    )


@task()
def put_introduction(introduction_id: str) -> str:
    """Tell whoever is asked that somebody would like to know them, by their own channel."""
    asked = Introduction.objects.open().select_related("asker", "asked")
    found = asked.filter(pk=UUID(introduction_id)).first()
    if found is None:
        return "It was answered or taken back."
    message = Message(
        f"{found.asker} would like to be introduced to you",
        f"Hello {found.asked},\n\n{found.asker} found you in the directory and would like to be "
        f"introduced.\n\nWhy: {found.reason}\n\nTheir first question: {found.question}\n\n"
        f"Say yes or no here; until you say yes, nobody learns how to reach you:\n{link(found)}\n",
    )
    return _to_account_too(found.asked, message).value


@task()
def tell_of_introduction(introduction_id: str) -> str:
    """With a yes, tell each how to reach the other; with a no, tell the asker that it is one."""
    found = Introduction.objects.select_related("asker", "asked").get(pk=UUID(introduction_id))
    if found.state == Introduction.State.NO:
        words = f"Hello {found.asker},\n\nyou asked to be introduced. It does not fit just now.\n"
        return _to_account_too(found.asker, Message("Your introduction", words)).value
    pairs = ((found.asker, found.asked), (found.asked, found.asker))
    return ", ".join(_to_account_too(one, _met(one, other)).value for one, other in pairs)


def _met(one: Person, other: Person) -> Message:
    return Message(
        f"You and {other}",
        f"Hello {one},\n\nyou both said yes. You reach {other} here: {_address_of(other)}\n\n"
        "It was given to you alone; please do not pass it on.\n",
    )


def _address_of(person: Person) -> str:
    reach = person.reaches.working().first()
    if reach is not None:
        return reach.address
    return person.user.email if person.user else "through whoever coordinates their place"


def _to_account_too(person: Person, message: Message) -> Outcome:
    """By the first channel of theirs that works, else where their sign-in code goes."""
    outcome = channels.tell(person, message)
    if outcome is Outcome.NO_WAY and person.user is not None:
        return channels.send(Channel.EMAIL, person.user.email, message)
    return outcome
