"""What this room holds about somebody: the projects they began."""

from coproduce.people.everything import Chapter, Keeper
from coproduce.people.models import Person
from coproduce.projects.models import Project


def tell(person: Person) -> list[Chapter]:
    projects = person.projects_made.select_related("place")
    return [
        Chapter(
            "Projects you began",
            ("Project", "Place", "On"),
            tuple((each.title, each.place.name, each.made_at) for each in projects),
            (Project,),
        )
    ]


KEEPER = Keeper(tell=tell)
