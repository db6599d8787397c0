"""What this room holds about somebody: which reports they began. Their words stand there by id."""

from coproduce.people.everything import Chapter, Keeper
from coproduce.people.models import Person
from coproduce.reports.models import Report


def tell(person: Person) -> list[Chapter]:
    reports = person.reports_made.select_related("gathering")
    return [
        Chapter(
            "Reports you began",
            ("Report", "Gathering", "On"),
            tuple((each.title, each.gathering.title, each.made_at) for each in reports),
            (Report,),
        )
    ]


KEEPER = Keeper(tell=tell)
