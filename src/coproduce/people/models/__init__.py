"""Who is who: people, the places they belong to, and what they are trusted with there."""

from coproduce.people.models.announcing import Announcement, Dispatch
from coproduce.people.models.contacts import Basis, Contact, ContactList, Hearing
from coproduce.people.models.introducing import Introduction
from coproduce.people.models.joining import Agreement, Baseline, Principles, Promise
from coproduce.people.models.listing import Listing
from coproduce.people.models.organisations import Affiliation, Champion, Organisation
from coproduce.people.models.persons import AccessNeed, Channel, Part, Person, Reach
from coproduce.people.models.places import Place
from coproduce.people.models.roles import Membership, Role
from coproduce.people.models.users import User

__all__ = [
    "AccessNeed",
    "Affiliation",
    "Agreement",
    "Announcement",
    "Baseline",
    "Basis",
    "Champion",
    "Channel",
    "Contact",
    "ContactList",
    "Dispatch",
    "Hearing",
    "Introduction",
    "Listing",
    "Membership",
    "Organisation",
    "Part",
    "Person",
    "Place",
    "Principles",
    "Promise",
    "Reach",
    "Role",
    "User",
]
