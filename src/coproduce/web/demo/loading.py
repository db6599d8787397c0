"""Telling the story: every step goes the way it goes in real life, only the people are invented.

Made, opened, answered through the ballot box, shown to the room, closed, worked out, published.
"""

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.utils import is_mfa_enabled

from coproduce.conversations import ballot_box
from coproduce.conversations.actions import facilitating, taking_part
from coproduce.conversations.ballot_box import Ballot, Shown
from coproduce.conversations.models import Conversation
from coproduce.conversations.pseudonyms import (
    Identifier,
    by_code,
    by_device,
    pseudonym_of,
    slip_codes,
)
from coproduce.people.models import Person, Place, Role, User
from coproduce.web import background, first_run
from coproduce.web.demo.days import tell_days
from coproduce.web.demo.measured import tell_projects
from coproduce.web.demo.members import bring_members
from coproduce.web.demo.model import AGREE, DISAGREE, Invented, invent
from coproduce.web.demo.places import PLACES, DemoPlace
from coproduce.web.demo.story import CAST, DAY, NEXT, SEED, WAITING, Talk

Advance = Callable[[int], None]  # so many of `STEPS` are done
HANDS_FOR = (7, 30)  # statements for which the hall also put up its hands

STEPS = DAY.people + NEXT.people


@dataclass(frozen=True)
class Guest:
    """An invented person at the door: who they answer as, and whether a helper types for them."""

    identifier: Identifier
    invented: Invented
    is_assisted: bool = False


def tell_story(advance: Advance) -> None:
    """Load the places, the cast, both conversations and the gatherings they were part of."""
    places = {each.name: _place(each) for each in PLACES}
    cast = {figure.email: _person(figure.email) for figure in CAST}
    facilitator = cast["facilitator@demo.example"]
    bring_members(cast["coordinator@demo.example"])
    _tell_the_day(places["Manchester"], facilitator, advance)
    _tell_what_is_next(places["Manchester"], facilitator, advance)
    tell_days(facilitator, places["Manchester"], last_day(), next_talk(), invent(DAY, SEED))
    tell_projects(places, cast["evaluator@demo.example"])


def admin_codes() -> list[str]:
    """The admin's second factor: codes that work once each, those not used yet."""
    admin = next(figure for figure in CAST if not figure.role)
    user = User.objects.get(email=admin.email)
    if not is_mfa_enabled(user):
        TOTP.activate(user, generate_totp_secret())  # an app nobody has; the codes stand in for it
    return [str(code) for code in RecoveryCodes.activate(user).get_unused_codes()]


def _place(each: DemoPlace) -> Place:
    within = first_run.find_place(each.within) if each.within else None
    return first_run.make_place(each.name, within, **each.facts())


def _person(email: str) -> Person:
    figure = next(one for one in CAST if one.email == email)
    if not figure.role:
        return first_run.add_admin(figure.email, figure.name)
    place = first_run.find_place(figure.place)
    return first_run.grant(figure.email, Role(figure.role), place, figure.name)


def _tell_the_day(place: Place, facilitator: Person, advance: Advance) -> None:
    """The hall first, the room looks at what it said, then those at home; closed and published."""
    conversation = _prepare(DAY, place, facilitator)
    facilitating.give_out_slips(conversation, DAY.in_the_hall, facilitator)
    facilitating.open_(conversation, facilitator)
    guests = list(_guests(DAY, conversation))
    _let_answer(conversation, guests[: DAY.in_the_hall], advance)
    _put_up_hands(conversation, guests[: DAY.in_the_hall], facilitator)
    facilitating.let_room_see(conversation, facilitator)
    background.work_off()
    _let_answer(conversation, guests[DAY.in_the_hall :], advance)
    facilitating.close(conversation, facilitator)
    background.work_off()
    facilitating.publish(conversation, facilitator)


def _tell_what_is_next(place: Place, facilitator: Person, advance: Advance) -> None:
    """Open, with some answers in it and something waiting to be read."""
    conversation = _prepare(NEXT, place, facilitator)
    facilitating.open_(conversation, facilitator)
    _let_answer(conversation, list(_guests(NEXT, conversation)), advance)
    for words in WAITING:
        taking_part.say(conversation, words)
    facilitating.let_room_see(conversation, facilitator)
    background.work_off()


def _prepare(talk: Talk, place: Place, facilitator: Person) -> Conversation:
    conversation = facilitating.make(
        talk.question,
        [said.words for said in talk.statements],
        place,
        facilitator,
        welcome=talk.welcome,
        provenance=talk.provenance,
    )
    for statement in conversation.statements.all():
        said = talk.statements[statement.number - 1]
        facilitating.reword(
            statement, facilitator, words=said.words, plain=said.plain, easy_read=said.easy
        )
    return conversation


def _guests(talk: Talk, conversation: Conversation) -> Iterator[Guest]:
    """Those in the hall with a slip each, then those at home with a device each."""
    codes = slip_codes(conversation)[: talk.in_the_hall]
    doors = [by_code(code) for code in codes]
    doors += [by_device(secrets.token_urlsafe()) for _ in range(talk.people - len(doors))]
    people = invent(talk, SEED)
    for number, (door, invented) in enumerate(zip(doors, people, strict=True)):
        yield Guest(door, invented, is_assisted=number < talk.on_paper)


def _let_answer(conversation: Conversation, guests: Sequence[Guest], advance: Advance) -> None:
    numbered = {s.number: s.pk for s in conversation.statements.shown()}
    for guest in guests:
        _let_one_answer(conversation, guest, numbered)
        advance(1)


def _let_one_answer(conversation: Conversation, guest: Guest, numbered: dict[int, int]) -> None:
    pseudonym = pseudonym_of(conversation, guest.identifier)
    answers = guest.invented.answers
    ballots = [
        Ballot(pseudonym, numbered[number], choice, is_assisted=guest.is_assisted)
        for number, choice in answers
    ]
    # Each statement was drawn at random among those the person had not met yet.
    shown = [
        Shown(pseudonym, numbered[number], 1 / (len(numbered) - already))
        for already, (number, _) in enumerate(answers)
    ]
    ballot_box.cast(ballots, shown)
    _let_declare(conversation, guest)


def _let_declare(conversation: Conversation, guest: Guest) -> None:
    part, home = guest.invented.part, guest.invented.home
    if part or home:
        place = Place.objects.get(slug=home) if home else None
        taking_part.declare(conversation, guest.identifier, part=part, place=place)


def _put_up_hands(conversation: Conversation, hall: Sequence[Guest], by: Person) -> None:
    """The hands of those in the hall who have an answer to the statement."""
    counts = [_hands(number, hall) for number in HANDS_FOR]
    facilitating.record_hands(conversation, counts, by)


def _hands(number: int, hall: Sequence[Guest]) -> facilitating.Hands:
    raised = [dict(guest.invented.answers).get(number) for guest in hall]
    return facilitating.Hands(
        number, agree=raised.count(AGREE), disagree=raised.count(DISAGREE), neither=raised.count(0)
    )


def last_day() -> Conversation:
    return Conversation.objects.get(question=DAY.question)


def next_talk() -> Conversation:
    return Conversation.objects.get(question=NEXT.question)
