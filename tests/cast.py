"""The people and places of every story, by name: made when a test first asks for them.

Amina   member of Manchester            Femi    facilitator there
Eve     evaluator there
Cora    coordinator there               Colin   the other coordinator there
Vera    convenor of all England         Owen    facilitator in Oxfordshire: the wrong place
Ada     admin of the site, with no role in any place
"""

from collections.abc import Sequence
from datetime import timedelta
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from coproduce.conversations.models import Conversation, Phase, Statement
from coproduce.gatherings import telling
from coproduce.gatherings.actions import insights, noting
from coproduce.gatherings.actions.noting import Note
from coproduce.gatherings.models import (
    Attendance,
    Gathering,
    Insight,
    Notice,
    ProgrammeItem,
    Registration,
    State,
)
from coproduce.people.models import (
    AccessNeed,
    Channel,
    Membership,
    Person,
    Place,
    Reach,
    Role,
    User,
)
from coproduce.trust.keys import make_key

QUESTION = "What should a national network do for the place where you live?"
SEEDS = (
    "Show us how other places did it, step by step.",
    "Pay people for their time before the meeting, not months after.",
    "Meet in the evening as often as in the daytime.",
    "Not everyone has to be in every room, as long as we know who is in which.",
    "Tell us what came of what we said.",
)


def place(name: str, within: Place | None = None) -> Place:
    slug = name.lower().replace(" ", "-")
    return Place.objects.get_or_create(slug=slug, defaults={"name": name, "within": within})[0]


def england() -> Place:
    return place("England")


def greater_manchester() -> Place:
    return place("Greater Manchester", england())


def manchester() -> Place:
    return place("Manchester", greater_manchester())


def oxfordshire() -> Place:
    return place("Oxfordshire", england())


def person(name: str, role: Role | None = None, where: Place | None = None) -> Person:
    """Somebody who can sign in, in this role in that place."""
    email = f"{name.lower()}@example.org"
    user = User.objects.filter(email=email).first() or User.objects.create_user(email)
    somebody = Person.objects.get_or_create(user=user, defaults={"name": name})[0]
    if role and where:
        Membership.objects.get_or_create(person=somebody, place=where, role=role)
    return somebody


def member() -> Person:
    return person("Amina", Role.MEMBER, manchester())


def facilitator() -> Person:
    return person("Femi", Role.FACILITATOR, manchester())


def evaluator() -> Person:
    return person("Eve", Role.EVALUATOR, manchester())


def coordinator() -> Person:
    return person("Cora", Role.COORDINATOR, manchester())


def other_coordinator() -> Person:
    return person("Colin", Role.COORDINATOR, manchester())


def convenor() -> Person:
    return person("Vera", Role.CONVENOR, england())


def wrong_place_facilitator() -> Person:
    return person("Owen", Role.FACILITATOR, oxfordshire())


def admin() -> Person:
    ada = person("Ada")
    User.objects.filter(pk=ada.user_id).update(is_staff=True, is_superuser=True)
    ada.refresh_from_db()
    return ada


def a_draft(statements: Sequence[str] = SEEDS, **fields: Any) -> Conversation:
    """A conversation that nobody but its facilitators can see yet."""
    number = Conversation.objects.count() + 1
    fields.setdefault("place", manchester())
    fields.setdefault("slug", f"talk-{number}")
    fields.setdefault("question", QUESTION)
    conversation = Conversation.objects.create(**fields)
    for index, words in enumerate(statements, start=1):
        Statement.objects.create(
            conversation=conversation,
            number=index,
            words=words,
            is_seed=True,
            state=Statement.State.SHOWN,
        )
    return conversation


def an_open_conversation(statements: Sequence[str] = SEEDS, **fields: Any) -> Conversation:
    """A conversation that can be voted in, its key made."""
    conversation = a_draft(statements, **fields)
    conversation.phase = Phase.OPEN
    conversation.opened_at = timezone.now()
    conversation.save()
    make_key(conversation.id)
    return conversation


def a_gathering(**fields: Any) -> Gathering:
    """An announced gathering in Manchester of six hours, a month from now unless told otherwise."""
    number = Gathering.objects.count() + 1
    fields.setdefault("place", manchester())
    fields.setdefault("slug", f"gathering-{number}")
    fields.setdefault("title", "What we want from a network")
    fields.setdefault("venue", "Made-up Hall\n1 Invented Street\nManchester")
    fields.setdefault("starts_at", timezone.now() + timedelta(days=30))
    fields.setdefault("ends_at", fields["starts_at"] + timedelta(hours=6))
    fields.setdefault("state", State.PUBLISHED)
    if fields["state"] != State.DRAFT:
        fields.setdefault("published_at", timezone.now())
    return Gathering.objects.create(**fields)


def an_insight(gathering: Gathering, *words: str) -> Insight:
    """An insight drawn from voices with these words, the first of which it is itself."""
    voices = noting.take_notes(gathering, [Note(each) for each in words], None)
    drawn = insights.Drawn(words[0], voices)
    return insights.draw(drawn, None, place=gathering.place, gathering=gathering)


def a_part_of(gathering: Gathering, title: str, minutes: int = 30) -> ProgrammeItem:
    """One more part of its programme, after the last one."""
    last = gathering.programme.last()
    return ProgrammeItem.objects.create(
        gathering=gathering,
        position=gathering.programme.count() + 1,
        starts_at=last.ends_at if last else gathering.starts_at,
        minutes=minutes,
        title=title,
    )


def a_registration(
    gathering: Gathering,
    somebody: Person | None = None,
    *,
    reach: tuple[Channel, str] | None = None,
    need: str = "",
    **fields: Any,
) -> Registration:
    """Somebody who comes to it, told so already by the way they chose."""
    who = somebody or Person.objects.create(name="Nadia")
    way = Reach.objects.create(person=who, channel=reach[0], address=reach[1]) if reach else None
    if need:
        AccessNeed.objects.create(person=who, words=need)
    registration = Registration.objects.create(gathering=gathering, person=who, reach=way, **fields)
    telling.tell(registration, Notice.About.CONFIRMED)
    return registration


def an_attendance(gathering: Gathering, *parts: str, **fields: Any) -> Attendance:
    """Somebody who was there."""
    fields.setdefault("person", Person.objects.create(name="Nadia"))
    return Attendance.objects.create(gathering=gathering, parts=list(parts), **fields)


def log_in(client: Client, somebody: Person) -> Client:
    """The client, signed in as this person from now on."""
    assert somebody.user is not None
    client.force_login(somebody.user)
    return client


def a_jpeg(name: str = "a.jpg", size: tuple[int, int] = (640, 400)) -> SimpleUploadedFile:
    """A photo as a phone sends it."""
    file = BytesIO()
    Image.new("RGB", size, "peru").save(file, "JPEG")
    return SimpleUploadedFile(name, file.getvalue(), "image/jpeg")


def a_file(name: str, content: str) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content.encode())
