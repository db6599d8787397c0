"""What do people hear about the gathering they registered for, and how is nobody told twice?

A row (Notice) is written before a message goes out. Whatever breaks then, the message is not sent
a second time; one whose fate nobody knows is shown to the hosts.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from coproduce.gatherings import addresses, calendar
from coproduce.gatherings.models import Gathering, Notice, Presence, Registration
from coproduce.gatherings.when import in_words
from coproduce.people import channels
from coproduce.people.channels import Message, Outcome
from coproduce.people.models import Channel, Reach

About = Notice.About

# What a message begins with; `it` is the title, `when` the day and the hours.
FIRST_WORDS = {
    About.CONFIRMED: "You are registered for {it}: {when}.",
    About.PROMOTED: "There is room for you now: you are coming to {it}, {when}.",
    About.WEEK: "A reminder: {it} is in a week, {when}.",
    About.DAY: "A reminder: {it} is tomorrow, {when}.",
    About.CHANGED: "Something changed in {it}. It is now {when}.",
    About.CANCELLED: "{it}, {when}, does not take place.",
    About.ASKED: "Thank you for coming to {it}. You told us what you need to take part.",
}
SUBJECTS = {
    About.CONFIRMED: "You are registered: {it}",
    About.PROMOTED: "There is room for you: {it}",
    About.WEEK: "In a week: {it}",
    About.DAY: "Tomorrow: {it}",
    About.CHANGED: "Changed: {it}",
    About.CANCELLED: "Cancelled: {it}",
    About.ASKED: "Was your access need met? {it}",
}
WAITS = "You are on the waiting list for {it}: {when}. We tell you as soon as there is room."
WAITS_SUBJECT = "You are on the waiting list: {it}"
WITH_FILE = (About.CONFIRMED, About.PROMOTED, About.CHANGED)


def tell(registration: Registration, about: Notice.About, number: int = 0) -> Outcome | None:
    """Tell somebody this once; None where they have been told, or are being told right now."""
    notice = _begin(registration, about, number)
    if notice is None:
        return None
    outcome = _send(registration, about)
    Notice.objects.filter(pk=notice.pk).update(outcome=outcome.value, at=timezone.now())
    return outcome


def _begin(registration: Registration, about: Notice.About, number: int) -> Notice | None:
    """The row that says we are at it; one that did not get through may be taken up again."""
    wanted = {"registration": registration, "about": about, "number": number}
    try:
        with transaction.atomic():
            return Notice.objects.create(**wanted)
    except IntegrityError:
        stuck = Notice.objects.filter(**wanted, outcome=Outcome.NOT_NOW.value)
        return Notice.objects.get(**wanted) if stuck.update(outcome="") else None


def way_to(registration: Registration) -> Reach | None:
    """How to reach them about this: as they chose, while that works; else another way of theirs."""
    chosen = registration.reach
    if chosen is not None and chosen.failed_at is None:
        return chosen
    return registration.person.reaches.working().first()


def _send(registration: Registration, about: Notice.About) -> Outcome:
    reach = way_to(registration)
    if reach is None:
        return Outcome.NO_WAY
    return channels.through(reach, message(registration, about, Channel(reach.channel)))


def message(registration: Registration, about: Notice.About, channel: Channel) -> Message:
    """What is said: a line or two for a text message, all that one needs otherwise."""
    it = registration.gathering.title
    waits = about == About.CONFIRMED and registration.is_waiting
    subject = (WAITS_SUBJECT if waits else SUBJECTS[about]).format(it=it)
    if channel == Channel.SMS:
        return Message(subject, " ".join(_short(registration, about)))
    files = (calendar.for_registration(registration),) if about in WITH_FILE and not waits else ()
    return Message(subject, "\n\n".join(_long(registration, about)), files)


def _short(registration: Registration, about: Notice.About) -> list[str]:
    return [_first_words(registration, about), *_ask_or_page(registration, about)]


def _long(registration: Registration, about: Notice.About) -> list[str]:
    gathering = registration.gathering
    name = _greeted(registration)
    said = [f"Hello {name}," if name else "Hello,", _first_words(registration, about)]
    if about == About.CANCELLED and gathering.cancelled_because:
        said.append(gathering.cancelled_because)
    if about not in (About.CANCELLED, About.ASKED) and registration.is_coming:
        said += _where(registration)
    said += _ask_or_page(registration, about)
    return [*said, f"{gathering.place}, {settings.WAGTAIL_SITE_NAME}"]


def _greeted(registration: Registration) -> str:
    """Their name, where somebody we know gave it: a stranger sends no words of theirs to others."""
    is_known = registration.person.user_id or registration.assisted_by_id
    return registration.person.name if is_known else ""


def _first_words(registration: Registration, about: Notice.About) -> str:
    gathering = registration.gathering
    waits = about == About.CONFIRMED and registration.is_waiting
    words = WAITS if waits else FIRST_WORDS[about]
    return words.format(it=gathering.title, when=in_words(gathering.starts_at, gathering.ends_at))


def _where(registration: Registration) -> list[str]:
    gathering = registration.gathering
    if registration.presence == Presence.LINE:
        return [f"Join here: {gathering.join_link}"] if gathering.join_link else []
    parts = (("Where:", gathering.venue), ("Getting in:", gathering.getting_in))
    return [f"{label}\n{words}" for label, words in parts if words]


def _ask_or_page(registration: Registration, about: Notice.About) -> list[str]:
    page = addresses.of_registration(registration)
    if about == About.CANCELLED:
        return []
    if about == About.ASKED:
        return [f"Was it met? One tap: {addresses.of_met_question(registration)}"]
    return [f"To see everything or to cancel: {page} (your code is {spelled(registration.code)})"]


def spelled(code: str) -> str:
    """A code in two halves, easier to read aloud and to copy."""
    half = len(code) // 2
    return f"{code[:half]}-{code[half:]}"


@dataclass(frozen=True)
class Letter:
    """A message for somebody whom only paper or a helper reaches."""

    to: str
    address: str
    channel: str
    message: Message


def letters(gathering: Gathering) -> list[Letter]:
    """What waits to be printed and posted, or told by a helper: the newest of each person."""
    notices = (
        Notice.objects.filter(registration__gathering=gathering, outcome=Outcome.TO_PRINT.value)
        .select_related("registration__person", "registration__reach", "registration__gathering")
        .order_by("at")
    )
    newest = {notice.registration_id: notice for notice in notices}
    return [letter for notice in newest.values() if (letter := _letter(notice))]


def _letter(notice: Notice) -> Letter | None:
    registration = notice.registration
    reach = way_to(registration)
    if reach is None:
        return None
    words = message(registration, Notice.About(notice.about), Channel(reach.channel))
    return Letter(str(registration.person), reach.address, reach.get_channel_display(), words)
