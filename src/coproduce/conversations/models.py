"""An open question, the statements people make about it, and how they vote on them."""

import secrets
import uuid
from array import array
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q
from django.utils import timezone

from coproduce.gatherings.codes import make_code
from coproduce.gatherings.models import Gathering
from coproduce.people.models import Person, Place


class Phase(models.TextChoices):
    DRAFT = "draft", "being prepared"
    OPEN = "open", "open"
    CLOSED = "closed", "closed"
    PUBLISHED = "published", "published"


# The only moves there are. Closing destroys the key, so there is no way back from it.
MOVES: dict[Phase, frozenset[Phase]] = {
    Phase.DRAFT: frozenset({Phase.OPEN}),
    Phase.OPEN: frozenset({Phase.CLOSED}),
    Phase.CLOSED: frozenset({Phase.PUBLISHED}),
    Phase.PUBLISHED: frozenset(),
}


class RoomStep(models.IntegerChoices):
    """What the big screen shows of a picture, one after the other at the facilitator's word."""

    ARRIVING = 0, "People arriving"
    EVERYBODY = 1, "Everybody"
    GROUPS = 2, "Groups"
    COMMON_GROUND = 3, "Common ground"
    DIVIDES = 4, "What divides"


def random_key() -> int:
    """A row key that says nothing about when or in which order the row came."""
    return random_keys(1)[0]


def random_keys(count: int) -> list[int]:
    """Many at once: asking the system for each would stop the whole process each time."""
    numbers = array("Q", secrets.token_bytes(8 * count))
    return [number >> 2 for number in numbers]


class RandomKey(models.BigIntegerField[int, int]):
    """A random number as the primary key, and the only thing that rows are stored in order of.

    SQLite stores a table by its rowid, and numbers the rows as they come unless the key is
    declared as exactly "integer": then the key is the rowid.
    """

    def __init__(self, **options: Any) -> None:
        options |= {"primary_key": True, "default": random_key, "editable": False}
        super().__init__(**options)

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def open(self) -> "ConversationQuerySet":
        return self.filter(phase=Phase.OPEN)

    def published(self) -> "ConversationQuerySet":
        return self.filter(phase=Phase.PUBLISHED)

    def on_show(self) -> "ConversationQuerySet":
        """All that a stranger may know of: never a draft."""
        return self.exclude(phase=Phase.DRAFT)


class Conversation(models.Model):
    """An open question that people answer together."""

    class Electorate(models.TextChoices):
        OPEN = "open", "anyone who wants to"
        INVITED = "invited", "people who were invited"

    class Moderation(models.TextChoices):
        BEFORE = "before", "a person reads each new statement before it is shown"
        AFTER = "after", "new statements are shown at once and read afterwards"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="conversations")
    gathering = models.ForeignKey(  # people in the hall and on the line answer the same one
        Gathering, null=True, blank=True, on_delete=models.SET_NULL, related_name="conversations"
    )
    slug = models.SlugField(max_length=80, unique=True)
    code = models.CharField(max_length=12, unique=True, default=make_code)
    question = models.CharField(max_length=200)
    welcome = models.TextField(blank=True)
    provenance = models.TextField(blank=True)  # where the answers come from, if not from people
    electorate = models.CharField(max_length=10, choices=Electorate, default=Electorate.OPEN)
    moderation = models.CharField(max_length=10, choices=Moderation, default=Moderation.BEFORE)
    phase = models.CharField(max_length=10, choices=Phase, default=Phase.DRAFT)
    slips = models.PositiveIntegerField(default=0)  # how many paper codes have been given out
    room_shows_results = models.BooleanField(default=False)  # the facilitator's word
    room_step = models.PositiveSmallIntegerField(choices=RoomStep, default=RoomStep.EVERYBODY)
    asked_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL)
    made_at = models.DateTimeField(default=timezone.now)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at",)
        constraints = (
            models.CheckConstraint(condition=Q(phase__in=Phase.values), name="phase_is_known"),
            models.CheckConstraint(
                condition=~Q(phase=Phase.DRAFT) | Q(opened_at=None), name="a_draft_was_never_open"
            ),
            models.CheckConstraint(
                condition=Q(room_step__in=RoomStep.values), name="a_step_of_the_room_is_known"
            ),
        )

    def __str__(self) -> str:
        return self.question

    def may_move_to(self, phase: Phase) -> bool:
        return phase in MOVES[Phase(self.phase)]

    @property
    def is_open(self) -> bool:
        return self.phase == Phase.OPEN

    @property
    def is_published(self) -> bool:
        return self.phase == Phase.PUBLISHED

    @property
    def room_may_see(self) -> bool:
        """Whether the big screen may show what was found."""
        return self.room_shows_results or self.is_published

    @property
    def thing(self) -> str:
        """How the log, the releases and the figures name it."""
        return f"conversation:{self.id}"


class StatementQuerySet(models.QuerySet["Statement"]):
    def shown(self) -> "StatementQuerySet":
        return self.filter(state=Statement.State.SHOWN)

    def waiting(self) -> "StatementQuerySet":
        return self.filter(state=Statement.State.WAITING)


class Statement(models.Model):
    """A sentence that people can agree or disagree with."""

    class State(models.TextChoices):
        WAITING = "waiting", "waiting to be read"
        SHOWN = "shown", "shown"
        HIDDEN = "hidden", "left out"
        MERGED = "merged", "says the same as another"

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="statements"
    )
    number = models.PositiveIntegerField()  # how the room calls it: "statement 7"
    words = models.CharField(max_length=280)
    language = models.CharField(max_length=12, default="en")
    plain_words = models.CharField(max_length=280, blank=True)
    easy_read = models.CharField(max_length=280, blank=True)
    is_seed = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL)
    author = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL)
    author_may_be_named = models.BooleanField(default=False)

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=("conversation", "number"), name="statements_are_numbered"
            ),
            models.CheckConstraint(
                condition=Q(author_may_be_named=False) | Q(author__isnull=False),
                name="nobody_is_named_who_is_not_known",
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False) | ~Q(state="merged"),
                name="a_merged_statement_says_into_which",
            ),
        )

    def __str__(self) -> str:
        return self.words


class Choice(models.IntegerChoices):
    """One sign everywhere: agree is +1."""

    AGREE = 1, "Agree"
    DISAGREE = -1, "Disagree"
    PASS = 0, "Pass"


class Vote(models.Model):
    """One answer of one pseudonym to one statement. No actor, no time, no sequence."""

    id = RandomKey()
    pseudonym = models.BigIntegerField()
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="votes")
    choice = models.SmallIntegerField(choices=Choice)
    changes = models.PositiveSmallIntegerField(default=0)  # how often they changed their mind
    is_assisted = models.BooleanField(default=False)  # typed in by somebody for them

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("pseudonym", "statement"), name="one_vote_per_pseudonym_and_statement"
            ),
            models.CheckConstraint(
                condition=Q(choice__in=Choice.values), name="a_vote_agrees_disagrees_or_passes"
            ),
        )

    def __str__(self) -> str:
        return "a vote"


class Showing(models.Model):
    """That a statement was put before a pseudonym, and how likely that was at the time."""

    id = RandomKey()
    pseudonym = models.BigIntegerField()
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="showings")
    probability = models.FloatField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("pseudonym", "statement"), name="one_showing_per_pseudonym_and_statement"
            ),
            models.CheckConstraint(
                condition=Q(probability__gt=0, probability__lte=1),
                name="a_draw_probability_is_a_probability",
            ),
        )

    def __str__(self) -> str:
        return "a showing"


class Mark(models.Model):
    """That these people's answers have moved since they were counted. No answer, time, sequence."""

    id = RandomKey()
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="marks")
    pseudonyms = models.BinaryField()  # ascending, 8 bytes each

    def __str__(self) -> str:
        return "a mark"


class CountedPerson(models.Model):
    """The answers of one pseudonym that are in the live count: what to take out again, exactly."""

    id = RandomKey()
    conversation = models.ForeignKey(  # its index is that of the rule below
        Conversation, on_delete=models.CASCADE, related_name="counted", db_index=False
    )
    pseudonym = models.BigIntegerField()
    answers = models.BinaryField()  # by number of the statement, 4 bytes each

    class Meta:
        verbose_name_plural = "counted people"
        constraints = (
            models.UniqueConstraint(
                fields=("conversation", "pseudonym"), name="everybody_is_counted_once"
            ),
        )

    def __str__(self) -> str:
        return "a counted person"


class LiveCount(models.Model):
    """The moments of everybody counted so far; there while a conversation is open, then deleted."""

    conversation = models.OneToOneField(
        Conversation, on_delete=models.CASCADE, primary_key=True, related_name="live_count"
    )
    stamp = models.BigIntegerField(default=random_key)  # another one with each change
    people = models.PositiveIntegerField(default=0)
    statements = models.BinaryField(default=b"")  # their numbers, ascending, 4 bytes each
    tables = models.BinaryField(default=b"")  # N, M and X, all in the same few bytes a cell

    def __str__(self) -> str:
        return f"{self.people} people counted"


class Declaration(models.Model):
    """What somebody says of themselves, under another pseudonym: it cannot meet their votes."""

    class Part(models.TextChoices):
        LIVED = "lived experience", "I draw on lived experience"
        CARER = "carer", "I care for somebody"
        PRACTITIONER = "practitioner", "I work in a service"
        COMMISSIONER = "commissioner", "I plan or pay for services"
        RESEARCHER = "researcher", "I do research"
        OTHER = "other", "Something else"

    id = RandomKey()
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="declarations"
    )
    pseudonym = models.BigIntegerField()
    part = models.CharField(max_length=20, choices=Part, blank=True)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.SET_NULL)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("conversation", "pseudonym"), name="one_declaration_per_pseudonym"
            ),
        )

    def __str__(self) -> str:
        return "a declaration"


class ShowOfHands(models.Model):
    """Hands counted in a room: kept apart from the map, shown beside it."""

    statement = models.OneToOneField(Statement, on_delete=models.CASCADE, related_name="hands")
    agree = models.PositiveIntegerField()
    disagree = models.PositiveIntegerField()
    neither = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "shows of hands"

    def __str__(self) -> str:
        return f"{self.agree} for, {self.disagree} against"


class PaperEdition(models.Model):
    """What one printing of the paper sheet asked, in which order: the letters on it say which.

    Statements come and go while sheets lie on the tables; answers go to what was printed.
    """

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="paper_editions"
    )
    letters = models.CharField(max_length=8)  # printed at the foot of every sheet
    numbers = models.JSONField()  # of the statements, in the order of the sheet
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-made_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("conversation", "letters"), name="paper_editions_are_told_apart"
            ),
        )

    def __str__(self) -> str:
        return f"edition {self.letters}"
