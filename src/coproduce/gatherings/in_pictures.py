"""Who can be in a picture of a gathering, and what have they said about pictures so far?"""

from collections.abc import Mapping
from uuid import UUID

from coproduce.gatherings.models import Gathering, pictures_of
from coproduce.people.models import Person
from coproduce.trust.consent import Basis, Item, bases_for
from coproduce.trust.models import Consent, Where


def people_of(gathering: Gathering) -> list[tuple[Person, str]]:
    """Everybody who registered, spoke or filled in a card, and how a host knows them."""
    codes = {
        card.person_id: card.code
        for card in gathering.consent_cards.exclude(person=None).order_by("-entered_at")
    }
    known = (
        Person.objects.filter(registrations__gathering=gathering)
        | Person.objects.filter(spoke_at__item__gathering=gathering)
        | Person.objects.filter(consent_cards__gathering=gathering)
    )
    found = [each for each in known.distinct() if each.name or each.id in codes]
    said = _said(gathering, found)
    named = sorted(found, key=lambda each: (not each.name, each.name, str(each.id)))
    return [(each, f"{_called(each, codes)}{said[each.id]}") for each in named]


def _called(person: Person, codes: Mapping[UUID | None, str]) -> str:
    code = codes.get(person.id)
    return person.name or f"The person with card {code}"


def _said(gathering: Gathering, people: list[Person]) -> dict[UUID, str]:
    """What each said about pictures on this website, with two questions for all."""
    thing = pictures_of(gathering)
    items = [Item("", (thing,), frozenset({person.id})) for person in people]
    judged = bases_for(items, Where.WEB)
    asked = set(Consent.objects.filter(thing=thing).values_list("person", flat=True))
    return {
        person.id: _in_words(isinstance(basis, Basis), person.id in asked)
        for person, basis in zip(people, judged, strict=True)
    }


def _in_words(is_yes: bool, was_asked: bool) -> str:
    if is_yes:
        return " (said yes)"
    return " (did not say yes)" if was_asked else " (not asked yet)"
