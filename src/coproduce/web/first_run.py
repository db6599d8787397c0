"""What does a new home need before it can be served, and who may do what in it?"""

import filecmp
from collections.abc import Callable
from pathlib import Path

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.text import slugify

from coproduce.people.models import Membership, Person, Place, Role, User
from coproduce.people.to_be_found import person_changed, place_changed
from coproduce.search.rebuilding import rebuild
from coproduce.trust import log
from coproduce.web.first_pages import write_first_pages

Told = Callable[[str], None]

OUR_SHEETS = Path(settings.PACKAGE) / "static"


class NoSuchPlace(LookupError):
    """The place is not in the book of places."""


def missing_migrations() -> int:
    """How many changes of the database have not been made yet."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def has_static_files() -> bool:
    """Whether the style sheets are laid out, and are those of this version."""
    if settings.DEBUG:
        return True
    laid_out = Path(settings.STATIC_ROOT)
    if not (laid_out / "staticfiles.json").exists():
        return False
    ours = (file for file in OUR_SHEETS.rglob("*") if file.is_file())
    return all(_is_same(file, laid_out / file.relative_to(OUR_SHEETS)) for file in ours)


def _is_same(file: Path, copy: Path) -> bool:
    return copy.exists() and filecmp.cmp(file, copy, shallow=False)


def what_is_missing() -> str:
    """A sentence if this home cannot be worked with yet, else nothing."""
    if missing_migrations():
        return "The database is not ready for this version. Run `coproduce setup` first."
    return ""


def what_is_missing_to_serve() -> str:
    """A sentence if this home cannot be served yet, else nothing."""
    if not has_static_files():
        return what_is_missing() or (
            "The style sheets of this version are not laid out yet. Run `coproduce setup` first."
        )
    return what_is_missing()


def set_up(tell: Told) -> None:
    """Everything a home needs, made or brought up to date; a second time changes nothing."""
    tell("Preparing the database")
    call_command("migrate", interactive=False, verbosity=0)
    tell("Making room for what is remembered for a minute")
    call_command("createcachetable", verbosity=0)
    tell("Writing the first pages")
    write_first_pages()
    tell("Filling the search")
    rebuild()
    tell("Laying out style sheets and letters")
    call_command("collectstatic", interactive=False, verbosity=0)


def make_place(name: str, within: Place | None, **facts: object) -> Place:
    """A place by its name; made, within another, if it was not there.

    `facts`: area_code, latitude, longitude, population; kept for a new place alone.
    """
    fields = {"name": name, "within": within, **facts}
    with transaction.atomic():
        place, is_new = Place.objects.get_or_create(slug=slugify(name), defaults=fields)
        if is_new:
            place_changed(place)
            log.record("make a place", f"place:{place.pk}", by=None, note=name)
    return place


def find_place(name: str) -> Place:
    place = Place.objects.filter(slug=slugify(name)).first()
    if place is None:
        known = ", ".join(Place.objects.values_list("name", flat=True)) or "none yet"
        raise NoSuchPlace(
            f"There is no place called {name} (there are: {known}). "
            f'To make it: coproduce add-place "{name}"'
        )
    return place


def somebody(email: str, name: str = "") -> Person:
    """The person behind an address, who can sign in with a code from now on."""
    user = User.objects.filter(email=email.lower()).first() or User.objects.create_user(email)
    fields = {"verified": True, "primary": True}
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults=fields)
    person, is_new = Person.objects.get_or_create(user=user, defaults={"name": name})
    if name and not is_new and not person.name:
        person.name = name
        person.save(update_fields=["name"])
    return person


@transaction.atomic
def add_admin(email: str, name: str = "") -> Person:
    """Somebody who looks after the whole site; `/admin/` still asks for a second factor."""
    person = somebody(email, name)
    User.objects.filter(person=person).update(is_staff=True, is_superuser=True)
    log.record("make an admin", f"person:{person.pk}", by=None)
    return person


@transaction.atomic
def grant(email: str, role: Role, place: Place, name: str = "") -> Person:
    """Trust somebody with a role in a place; asking twice changes nothing."""
    person = somebody(email, name)
    held = Membership.objects.current().filter(person=person, place=place, role=role)
    if not held.exists():
        Membership.objects.create(person=person, place=place, role=role)
        person_changed(person)
        log.record(f"grant {role.value}", f"person:{person.pk}", by=None, note=place.name)
    return person
