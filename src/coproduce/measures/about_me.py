"""What this room holds about somebody: what they began, and the stories they told.

What anybody answered is not here: sheets lie under codes, and nobody can lead from a person to a
code. Whoever has the code sees and takes back their answers with it.
"""

from django.urls import reverse

from coproduce.measures.actions import telling_stories
from coproduce.measures.models import AnswersFile, Choice, Instrument, Story, Survey
from coproduce.measures.stories_shown import stories_of
from coproduce.people.everything import Change, Chapter, Contribution, Keeper
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
        Chapter(
            "Stories you told",
            ("Project", "What you were asked", "Your words", "Why it matters", "Code", "On"),
            tuple(
                (each.project.title, each.question, each.words, each.why, each.code, each.told_on)
                for each in person.stories.select_related("project")
            ),
            (Story, Choice),
        ),
        Chapter(
            "Files of answers you handed in",
            ("File", "On"),
            tuple(
                (each.file, each.handed_in_at)
                for each in AnswersFile.objects.filter(by=person).defer("table")
            ),
            (AnswersFile,),
        ),
    ]


def said(person: Person) -> list[Contribution]:
    standing = person.stories.standing().select_related("project")
    return [
        Contribution(
            words=each.words,
            where=each.project.title,
            standing="shown where you allowed it" if each.shown_at else "shown to nobody",
            address=reverse("projects:project", args=[each.project.slug]),
        )
        for each in standing
    ]


def would_change(person: Person) -> list[Change]:
    """Each story that leaves the page of its project."""
    told = person.stories.let_out().select_related("project")
    shown = {each.story.pk for story in told for each in stories_of(story.project)}
    return [
        Change(
            "A story you told",
            f"leaves the page of {each.project.title}, and every file made from now on",
            reverse("projects:project", args=[each.project.slug]),
        )
        for each in told
        if each.pk in shown
    ]


def words(person: Person) -> list[str]:
    return [part for each in person.stories.all() for part in (each.words, each.why) if part]


def whose(code: str) -> Person | None:
    """Whoever told the story with this code."""
    found = telling_stories.by_code(code)
    return found.told_by if found else None


def name_of(thing: str) -> str:
    return "A story you told" if thing.startswith("story:") else ""


def places(person: Person) -> set[int]:
    return set(person.stories.values_list("project__place_id", flat=True))


KEEPER = Keeper(
    tell=tell,
    said=said,
    would_change=would_change,
    words=words,
    whose=whose,
    name_of=name_of,
    places=places,
)
