"""Who may do what, where. Whatever is not listed here, nobody may do."""

from collections.abc import Callable
from datetime import date
from enum import Enum

from django.contrib.auth.models import AnonymousUser

from coproduce.people.models import Membership, Person, Place, Role, User

Predicate = Callable[[Person | None, Place], bool]

MEMBERS = (Role.MEMBER, Role.EVALUATOR, Role.FACILITATOR, Role.COORDINATOR, Role.CONVENOR)
FACILITATORS = (Role.FACILITATOR, Role.COORDINATOR, Role.CONVENOR)
EVALUATORS = (Role.EVALUATOR, Role.COORDINATOR, Role.CONVENOR)
PROJECT_TEAMS = (Role.EVALUATOR, Role.FACILITATOR, Role.COORDINATOR, Role.CONVENOR)
COORDINATORS = (Role.COORDINATOR, Role.CONVENOR)


class Deed(Enum):
    """What a person may be allowed to do in a place."""

    TAKE_PART_INVITED = "take part in an invited conversation"
    FACILITATE = "make, moderate, open and close a conversation"
    ENTER_PAPER = "type in what people wrote on paper"
    PUBLISH = "publish what a conversation found"
    RELEASE_ROWS = "release rows of votes, with a second person"
    HOST = "make, announce and run a gathering"
    EVALUATE = "count what came of what was said"
    RUN_PROJECTS = "make a project and say what it wants to change"
    MEASURE = "ask people before and after, and see what changed"
    LOOK_AFTER_WORRIES = "look after what somebody is worried about"
    SEE_PLANS = "see the plan of somebody who may tell something hard"
    SEE_ACCESS_NEEDS = "see what people need to take part"
    KEEP_CONTACTS = "bring in contacts and write to the members of a place"
    ANSWER_FOR_PEOPLE = "take back or erase what somebody asks you to"
    KEEP_PLACE = "change what a place says of itself"
    KEEP_PRINCIPLES = "write the principles that everybody agrees to"
    KEEP_THEMES = "word the themes that voices and insights stand under"


def belonged(person: Person, place: Place, day: date) -> bool:
    """Whether the place was one of theirs on that day already."""
    held = Membership.objects.current(day).filter(person=person, role__in=MEMBERS)
    return held.filter(place__in=place.upwards()).exists()


def holds(*roles: Role) -> Predicate:
    """Whether a person holds one of the roles in a place, or in a place around it."""

    def check(person: Person | None, place: Place) -> bool:
        if person is None:
            return False
        held = Membership.objects.current().filter(person=person, role__in=roles)
        return held.filter(place__in=place.upwards()).exists()

    return check


RIGHTS: dict[Deed, Predicate] = {
    Deed.TAKE_PART_INVITED: holds(*MEMBERS),
    Deed.FACILITATE: holds(*FACILITATORS),
    Deed.ENTER_PAPER: holds(*FACILITATORS),
    Deed.PUBLISH: holds(*FACILITATORS),
    Deed.RELEASE_ROWS: holds(*COORDINATORS),
    Deed.HOST: holds(*FACILITATORS),
    Deed.EVALUATE: holds(*EVALUATORS),
    Deed.RUN_PROJECTS: holds(*PROJECT_TEAMS),
    Deed.MEASURE: holds(*EVALUATORS),
    Deed.LOOK_AFTER_WORRIES: holds(*COORDINATORS),
    Deed.SEE_PLANS: holds(*COORDINATORS),
    Deed.SEE_ACCESS_NEEDS: holds(*COORDINATORS),
    Deed.KEEP_CONTACTS: holds(*COORDINATORS),
    Deed.ANSWER_FOR_PEOPLE: holds(*COORDINATORS),
    Deed.KEEP_PLACE: holds(*COORDINATORS),
    Deed.KEEP_PRINCIPLES: holds(Role.CONVENOR),
    Deed.KEEP_THEMES: holds(Role.CONVENOR),
}


def may(person: Person | None, deed: Deed, place: Place) -> bool:
    return RIGHTS[deed](person, place)


def belongs(person: Person | None, place: Place) -> bool:
    """Whether the place is one of theirs at all; to everybody else it shows nothing but 404."""
    return holds(*MEMBERS)(person, place)


def person_of(user: User | AnonymousUser) -> Person | None:
    """The person who signed in, made on their first visit; nobody if they have not."""
    if not isinstance(user, User):
        return None
    return Person.objects.get_or_create(user=user)[0]
