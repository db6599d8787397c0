"""Joining the network, with or without an account; and the principles that everybody agrees to."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.db.models import Max

from coproduce.people import tasks
from coproduce.people.actions import hearing, promising
from coproduce.people.actions.deeds import NotPossible, record_deed
from coproduce.people.actions.promising import SaidPromise
from coproduce.people.baseline import WORDING
from coproduce.people.hearing import start_link
from coproduce.people.models import (
    Agreement,
    Baseline,
    Channel,
    Membership,
    Person,
    Place,
    Principles,
    Reach,
    Role,
    User,
)
from coproduce.people.to_be_found import person_changed, principles_changed
from coproduce.people.words import plain_paragraphs, plain_words


@dataclass(frozen=True)
class Way:
    """How to reach somebody: a channel, and an address in its one spelling (`ways`)."""

    channel: Channel
    address: str


@dataclass(frozen=True)
class Newcomer:
    """What somebody says of themselves when they join; almost all of it can be left out."""

    name: str = ""
    parts: tuple[str, ...] = ()
    place: Place | None = None
    way: Way | None = None
    promise: SaidPromise | None = None
    wants_to_hear: bool = False
    baseline: Mapping[Baseline.Question, int] = field(default_factory=dict)


def join(newcomer: Newcomer, principles: Principles, *, signed_in: Person | None) -> Person:
    """Make somebody a member: whoever is signed in, else a new person.

    A stranger's address is not proved, so it never leads to somebody who is here already: whether
    it is known makes no difference to what they see.
    """
    with transaction.atomic():
        person = signed_in or Person.objects.create()
        _describe(person, newcomer)
        Agreement.objects.get_or_create(person=person, principles=principles)
        if newcomer.place:
            _become_member(person, newcomer.place)
        if newcomer.way:
            _reach_by(person, newcomer.way)
        if newcomer.promise:
            promising.promise(person, newcomer.promise, newcomer.place)
        for question, answer in newcomer.baseline.items():
            fields = {"answer": answer, "wording": WORDING}
            Baseline.objects.get_or_create(person=person, question=question, defaults=fields)
        person_changed(person)
        note = newcomer.place.name if newcomer.place else ""
        record_deed("join", f"person:{person.pk}", person, note=note)
        link = _begin_to_hear(person, newcomer, signed_in)
        if newcomer.way and (link or signed_in is None):
            tasks.welcome.enqueue(newcomer.way.channel.value, newcomer.way.address, link)
    return person


def write_principles(words: str, by: Person) -> Principles:
    """A new version; who agreed to an older one agreed to that one."""
    with transaction.atomic():
        newest = Principles.objects.newest()
        new_words = plain_paragraphs(words)
        if newest is not None and newest.words == new_words:
            raise NotPossible("These are the same words as before, so no new version was made.")
        number = (Principles.objects.aggregate(most=Max("number"))["most"] or 0) + 1
        written = Principles.objects.create(number=number, words=new_words, written_by=by.id)
        principles_changed(written)
        record_deed("write principles", f"principles:{number}", by)
    return written


def _describe(person: Person, newcomer: Newcomer) -> None:
    person.name = plain_words(newcomer.name) or person.name
    person.parts = sorted({*person.parts, *newcomer.parts})
    person.save(update_fields=["name", "parts"])


def _begin_to_hear(person: Person, newcomer: Newcomer, signed_in: Person | None) -> str:
    """Hear from the place at once on paper, or at the address one signed in with; else by a link,
    since anybody could type an address."""
    place, way = newcomer.place, newcomer.way
    if not newcomer.wants_to_hear or place is None or way is None:
        return ""
    account = signed_in.user if signed_in else None
    is_proved = account is not None and way.address == account.email
    if way.channel in (Channel.EMAIL, Channel.SMS) and not is_proved:
        return start_link(person, place)
    hearing.start(person, place, source="joined on this site")
    return ""


def _become_member(person: Person, place: Place) -> None:
    current = Membership.objects.current()
    if not current.filter(person=person, place=place, role=Role.MEMBER).exists():
        Membership.objects.create(person=person, place=place, role=Role.MEMBER)


def _reach_by(person: Person, way: Way) -> None:
    Reach.objects.get_or_create(person=person, channel=way.channel, address=way.address)
    if way.channel is Channel.EMAIL and person.user_id is None:
        person.user = _new_account(way.address)
        person.save(update_fields=["user"])


def _new_account(email: str) -> User | None:
    """A way to sign in with this address, if nobody has it; the code they get proves it theirs."""
    taken = User.objects.filter(email=email) or EmailAddress.objects.filter(email__iexact=email)
    if taken.exists():
        return None
    try:
        with transaction.atomic():
            return User.objects.create_user(email)
    except IntegrityError:  # somebody else joined with it in this very moment
        return None
