"""Who wants to see what before anybody else does, and how are they asked to look?"""

from coproduce.gatherings import addresses
from coproduce.gatherings.models import ConsentCard, Gathering
from coproduce.people import channels, everything
from coproduce.people.channels import Message, Outcome
from coproduce.people.everything import ToSee
from coproduce.people.models import Person
from coproduce.trust.models import Consent


def waiting_at(gathering: Gathering) -> list[tuple[Person, ToSee]]:
    """What was said or seen at a gathering and waits for somebody's own eyes."""
    wish = Consent.objects.filter(show_me_first=True, thing__startswith=gathering.thing)
    people = Person.objects.filter(pk__in=wish.values("person"))
    return [
        (person, each)
        for person in people
        for each in everything.waiting_for(person)
        if any(kind.startswith(gathering.thing) for kind in each.item.kinds)
    ]


def ask(gathering: Gathering, person: Person) -> Outcome:
    """One message with the way to their own page; never a word of what waits there."""
    code = _code(gathering, person)
    return channels.tell(
        person,
        Message(
            "Would you look at something before others see it?",
            f"You wanted to see what you said at {gathering.title} before anybody else does. It "
            f"waits for you here:\n\n{addresses.of_my_words(code)}\n\n"
            "Say yes or no to each. Until then nobody else sees it.",
        ),
    )


def _code(gathering: Gathering, person: Person) -> str:
    """Their registration's code or their card's; a card is made for whoever has neither."""
    registration = gathering.registrations.filter(person=person).first()
    if registration is not None:
        return registration.code
    card = gathering.consent_cards.filter(person=person).first()
    return (card or ConsentCard.objects.create(gathering=gathering, person=person)).code
