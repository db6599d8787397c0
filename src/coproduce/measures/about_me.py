"""What this room holds about somebody: what they began.

What anybody answered is not here: sheets lie under codes, and nobody can lead from a person to a
code. Whoever has the code sees and takes back their answers with it.
"""

from coproduce.measures.models import Instrument, Survey
from coproduce.people.everything import Chapter, Keeper
from coproduce.people.models import Person


def tell(person: Person) -> list[Chapter]:
    return [
        Chapter(
            "Surveys you made",
            ("Survey", "Place", "On"),
            tuple(
                (each.title, each.place.name, each.made_at)
                for each in person.surveys_made.select_related("place")
            ),
            (Survey,),
        ),
        Chapter(
            "Sets of questions you worded",
            ("Set", "Version", "On"),
            tuple(
                (each.code, each.version, each.made_at) for each in person.instruments_made.all()
            ),
            (Instrument,),
        ),
    ]


KEEPER = Keeper(tell=tell)
