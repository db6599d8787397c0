"""What a coordinator says of a place."""

from django.db import transaction

from coproduce.people.actions.deeds import record_deed
from coproduce.people.models import Person, Place
from coproduce.people.to_be_found import place_changed
from coproduce.people.words import plain_paragraphs, plain_words

WORDS = ("about", "offers", "needs")
FACTS = ("area_code", "population", "latitude", "longitude")


def describe(
    place: Place,
    by: Person | None,
    *,
    about: str,
    offers: str,
    needs: str,
    area_code: str = "",
    population: int | None = None,
    latitude: float | None = None,
    longitude: float | None = None,
) -> None:
    """Other words for a place, and where it lies."""
    with transaction.atomic():
        place.about = plain_paragraphs(about)
        place.offers, place.needs = one_thing_a_line(offers), one_thing_a_line(needs)
        place.area_code, place.population = area_code, population
        place.latitude, place.longitude = latitude, longitude
        place.save(update_fields=[*WORDS, *FACTS])
        place_changed(place)
        record_deed("describe a place", place.thing, by)


def one_thing_a_line(text: str) -> str:
    """The lines that say something, as plain words."""
    return "\n".join(filter(None, map(plain_words, text.splitlines())))
