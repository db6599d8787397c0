"""Asking people what may be shown: print cards, enter them, take it all back by their code."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from coproduce.gatherings.actions.deeds import NotPossible, in_hand, record_deed
from coproduce.gatherings.codes import read_code
from coproduce.gatherings.models import (
    ConsentCard,
    Gathering,
    Insight,
    Registration,
    pictures_of,
    voices_of,
)
from coproduce.gatherings.to_be_found import insights_changed
from coproduce.people.models import Person
from coproduce.people.words import plain_words
from coproduce.trust import consent
from coproduce.trust.models import Consent, Named, Where

MOST_CARDS = 500


@dataclass(frozen=True)
class Answer:
    """What somebody ticked on their card. No channel at all is a no, and is kept as one.

    `channels`: for what they say; `pictures`: for those they are in, None where nobody asked them.
    """

    channels: Sequence[Where]
    named: Named = Named.NOT
    name: str = ""
    until: date | None = None
    show_me_first: bool = False
    support: str = ""
    pictures: Sequence[Where] | None = None
    guardian: str = ""  # the name of the parent or guardian of somebody under 18


def print_cards(gathering: Gathering, count: int, by: Person | None) -> list[ConsentCard]:
    """So many cards more, each with a code of its own."""
    with in_hand(gathering):
        made = gathering.consent_cards.count()
        if not 1 <= count <= MOST_CARDS - made:
            raise NotPossible(
                f"You can print between 1 and {MOST_CARDS - made} more cards for this gathering; "
                f"you asked for {count}."
            )
        cards = [ConsentCard.objects.create(gathering=gathering) for _ in range(count)]
        record_deed("print consent cards", gathering, by, note=f"{count} cards")
    return cards


def enter(card: ConsentCard, answer: Answer, by: Person | None) -> Person:
    """What stands on a card goes into the ledger; entered again, the later answer holds."""
    if answer.named in (Named.FULL, Named.FIRST) and not answer.name.strip():
        raise NotPossible("They want to be named. Write down the name that stands on the card.")
    with in_hand(card.gathering):
        card.refresh_from_db()
        person = card.person or Person.objects.create()
        if name := plain_words(answer.name)[:120]:
            person.name = name
            person.save(update_fields=["name"])
        card.person, card.entered_at = person, timezone.now()
        card.save(update_fields=["person", "entered_at"])
        _note_answer(card.gathering, answer, person, by, Consent.Obtained.PAPER)
    return person


def people_at(gathering: Gathering) -> QuerySet[Person]:
    """Everybody with a name who registered, came or handed in a card."""
    known = Q(registrations__gathering=gathering) | Q(attendances__gathering=gathering)
    known |= Q(consent_cards__gathering=gathering)
    return Person.objects.filter(known).exclude(name="").order_by("name").distinct()


def note_spoken(
    gathering: Gathering, person: Person | None, answer: Answer, by: Person
) -> ConsentCard:
    """What somebody said aloud, with the host as witness; the card is the code they take away."""
    if answer.named in (Named.FULL, Named.FIRST) and not answer.name.strip():
        raise NotPossible("They want to be named. Write down how.")
    with in_hand(gathering):
        them = person or Person.objects.create(name=plain_words(answer.name)[:120])
        card, _ = ConsentCard.objects.get_or_create(
            gathering=gathering, person=them, defaults={"entered_at": timezone.now()}
        )
        _note_answer(gathering, answer, them, by, Consent.Obtained.SPOKEN)
    return card


def _note_answer(
    gathering: Gathering, answer: Answer, person: Person, by: Person | None, obtained: str
) -> None:
    """One entry about what they say, and one about pictures of them if they were asked."""
    asked = {voices_of(gathering): answer.channels}
    if answer.pictures is not None:
        asked[pictures_of(gathering)] = answer.pictures
    guardian = plain_words(answer.guardian)[:120]
    guarded_by = Person.objects.create(name=guardian).id if guardian else None
    for thing, channels in asked.items():
        consent.note(
            by.id if by else None,
            person=person.id,
            thing=thing,
            channels=[each.value for each in channels],
            named=answer.named,
            until=answer.until,
            show_me_first=answer.show_me_first,
            support=plain_words(answer.support)[:120],
            guardian=guarded_by,
            obtained=obtained,
            witness=by.id if by and obtained == Consent.Obtained.SPOKEN else None,
        )


def tell_the_room(
    gathering: Gathering,
    by: Person | None,
    channels: Sequence[Where] = (),
    *,
    pictures: Sequence[Where] = (),
) -> None:
    """That everybody was told beforehand, and could stay silent or out of the picture.

    `channels`: where voices without a name may be shown; `pictures`: where those of a crowd may.
    """
    told = {voices_of(gathering): channels, pictures_of(gathering): pictures}
    with transaction.atomic():
        for thing, where in told.items():
            if where:
                consent.note(
                    by.id if by else None,
                    thing=thing,
                    channels=[each.value for each in where],
                    obtained=Consent.Obtained.PROCEDURE,
                )


def what_the_room_was_told(gathering: Gathering, *, of_pictures: bool = False) -> str:
    """Where unnamed voices, or pictures of a crowd, may be shown by what was told beforehand."""
    thing = pictures_of(gathering) if of_pictures else voices_of(gathering)
    told = Consent.objects.filter(person=None, thing=thing).last()
    return _places(told) if told else ""


def in_words(entry: Consent) -> str:
    """What somebody allowed, as they would say it themselves."""
    what = "pictures you are in" if _is_of_pictures(entry) else "what you say"
    if not entry.is_given:
        return f"On {entry.at:%d %B %Y} you said no to showing {what}."
    until = f", until {entry.until:%d %B %Y}" if entry.until else ""
    return (
        f"On {entry.at:%d %B %Y} you allowed {what} to be shown {_places(entry)}, "
        f"{entry.get_named_display().replace('my', 'your')}{until}."
    )


def _is_of_pictures(entry: Consent) -> bool:
    return entry.thing.endswith(" pictures") or entry.thing.startswith("picture:")


def _places(entry: Consent) -> str:
    return ", ".join(Where(each).label for each in entry.channels)


def show_insights(gathering: Gathering, by: Person | None) -> None:
    """Let everybody read all insights that stand now; later ones wait for the next word."""
    with in_hand(gathering):
        hidden = Insight.objects.standing().filter(gathering=gathering, shown_at=None)
        if not hidden.exists():
            raise NotPossible("There is no insight that is not shown already.")
        count = hidden.update(shown_at=timezone.now())
        insights_changed(gathering)
        record_deed("show insights", gathering, by, note=f"{count} insights")


def whose(code: str) -> Person | None:
    """The person whose card or registration has this code."""
    typed = read_code(code)
    card = ConsentCard.objects.filter(code=typed).select_related("person").first()
    if card is not None:
        return card.person
    registration = Registration.objects.filter(code=typed).select_related("person").first()
    return registration.person if registration else None
