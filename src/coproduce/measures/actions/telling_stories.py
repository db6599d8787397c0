"""Telling what changed, letting it be shown, choosing the one that matters most, taking it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from coproduce.gatherings.codes import read_code
from coproduce.measures.actions.deeds import NotPossible, record_deed
from coproduce.measures.models.stories import Choice, Kind, Story
from coproduce.people.models import Person
from coproduce.people.words import plain_paragraphs, plain_words
from coproduce.projects.models import Project
from coproduce.trust import consent
from coproduce.trust.models import Consent, Named, Where

LONGEST, LONGEST_WHY = 4_000, 1_000
QUESTION = "Looking back, what was the most significant change for you, and why does it matter?"


@dataclass(frozen=True)
class Telling:
    """A story as somebody tells it, and where it may be shown. No channel at all is a no."""

    kind: Kind
    words: str
    why: str = ""
    channels: Sequence[Where] = ()
    named: Named = Named.NOT
    name: str = ""
    until: date | None = None
    question: str = QUESTION


def tell(project: Project, telling: Telling, by: Person | None = None) -> Story:
    """Keep it, with its consent; `by` wrote it down for whoever told it, who said yes aloud."""
    words = plain_paragraphs(telling.words)[:LONGEST]
    if not words:
        raise NotPossible("Tell what changed, in a few sentences.")
    if telling.named in (Named.FULL, Named.FIRST) and not telling.name.strip():
        raise NotPossible("Say under which name it may be shown, or choose to be named otherwise.")
    with transaction.atomic():
        story = Story.objects.create(
            project=project,
            kind=telling.kind,
            question=plain_words(telling.question)[:240],
            words=words,
            why=plain_paragraphs(telling.why)[:LONGEST_WHY],
            told_by=Person.objects.create(name=plain_words(telling.name)[:120]),
            is_noted=by is not None,
        )
        _note(story, telling, by)
        record_deed("keep a story", story.thing, by)
    return story


def _note(story: Story, telling: Telling, by: Person | None) -> None:
    aloud = by is not None
    consent.note(
        by.id if by else None,
        person=story.told_by_id,
        thing=story.thing,
        channels=[each.value for each in telling.channels],
        named=telling.named,
        until=telling.until,
        obtained=Consent.Obtained.SPOKEN if aloud else Consent.Obtained.SCREEN,
        witness=by.id if by else None,
    )


def let_out(story: Story, by: Person | None) -> None:
    """The team read it and nobody else is told of in it: it may stand where its teller allowed."""
    with transaction.atomic():
        Story.objects.standing().filter(pk=story.pk).update(shown_at=timezone.now())
        record_deed("show a story", story.thing, by)


def keep_in(story: Story, by: Person | None) -> None:
    with transaction.atomic():
        Story.objects.filter(pk=story.pk).update(shown_at=None)
        record_deed("stop showing a story", story.thing, by)


def by_code(code: str) -> Story | None:
    standing = Story.objects.standing().select_related("project", "told_by")
    return standing.filter(code=read_code(code)).first()


def take_back(story: Story, by: Person | None, obtained: str = Consent.Obtained.SCREEN) -> None:
    """Its words are deleted, and the ledger says that it may be shown nowhere."""
    with transaction.atomic():
        consent.take_back(
            story.told_by_id, [story.thing], by=by.id if by else None, obtained=obtained
        )
        Story.objects.filter(pk=story.pk).update(
            words="", why="", shown_at=None, taken_back_at=timezone.now()
        )
        record_deed("take back a story", story.thing, by)


@dataclass(frozen=True)
class Chosen:
    """What a panel decided, as one of them writes it down."""

    kind: Kind
    held_on: date
    panel: str
    criteria: str
    reasons: str
    story: Story | None  # None: they chose none, and say why


def choose(project: Project, chosen: Chosen, by: Person | None) -> Choice:
    """Write down which story of a kind a panel chose, out of how many, and why."""
    read = Story.objects.standing().filter(project=project, kind=chosen.kind).count()
    if not read:
        raise NotPossible("There is no story of this kind to choose from yet.")
    if chosen.held_on > timezone.localdate():
        raise NotPossible("That day is still to come. Write the choice down once it is made.")
    with transaction.atomic():
        choice = Choice.objects.create(
            project=project,
            kind=chosen.kind,
            held_on=chosen.held_on,
            panel=plain_words(chosen.panel)[:240],
            criteria=plain_words(chosen.criteria)[:240],
            read=read,
            chosen=chosen.story,
            reasons=plain_paragraphs(chosen.reasons)[:LONGEST],
        )
        record_deed("choose a story", project.thing, by)
    return choice
