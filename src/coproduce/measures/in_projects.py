"""What changed, on the page of a project: left there for the room below to show."""

from django.http import HttpRequest

from coproduce.measures import results
from coproduce.measures.stories_shown import stories_of
from coproduce.people.rights import Deed, may, person_of
from coproduce.projects.inside import Section
from coproduce.projects.models import Project

ROOM = "measures"


def sections_of(request: HttpRequest, project: Project) -> list[Section]:
    surveys = list(project.surveys.with_home())
    measures = may(person_of(request.user), Deed.MEASURE, project.place)
    told = [each for each in results.told_of(surveys) if each.results or each.waits]
    context = {"told": told, "surveys": surveys if measures else [], "measures": measures}
    stories = {"stories": stories_of(project), "measures": measures}
    return [
        Section("measures/_in_project.html", context),
        Section("measures/stories/_in_project.html", stories),
    ]
