"""A survey asks the same people, or the same kind of people, in one wave or in several."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from coproduce.gatherings.codes import make_code
from coproduce.gatherings.models import Gathering
from coproduce.measures.models.instruments import Instrument
from coproduce.people.models import Person, Place
from coproduce.projects.models import Project


class Purpose(models.TextChoices):
    """What the answers are wanted for: the one pulls towards good news, the other does not."""

    IMPROVE = "improve", "to do it better"
    PROVE = "prove", "to show others what changed"


class Linking(models.TextChoices):
    """How two sheets are known to be of one person, without anybody's name."""

    OWN = "own", "By a code that everybody makes for themselves"
    PAPER = "paper", "By a code on a slip that is handed out"
    NONE = "none", "Not at all: only everybody before and everybody after is known"


class SurveyQuerySet(models.QuerySet["Survey"]):
    def with_home(self) -> "SurveyQuerySet":
        return self.select_related("place", "project", "gathering")


class Survey(models.Model):
    """Who asks, what for, and who sees it first: all of that is told before the questions."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="surveys")
    project = models.ForeignKey(
        Project, null=True, blank=True, on_delete=models.PROTECT, related_name="surveys"
    )
    gathering = models.ForeignKey(
        Gathering, null=True, blank=True, on_delete=models.PROTECT, related_name="surveys"
    )
    slug = models.SlugField(max_length=80, unique=True)
    code = models.CharField(max_length=12, unique=True, default=make_code)
    title = models.CharField(max_length=160)
    about = models.TextField(blank=True)
    written_by = models.CharField(max_length=200)  # "Four carers and the evaluator"
    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.IMPROVE)
    seen_first_by = models.CharField(max_length=200)
    contact = models.CharField(max_length=200, blank=True)  # whom to ask, and how to reach them
    linking = models.CharField(max_length=10, choices=Linking, default=Linking.OWN)
    made_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="surveys_made"
    )
    made_at = models.DateTimeField(default=timezone.now)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(project=None, gathering__isnull=False)
                | Q(project__isnull=False, gathering=None),
                name="a_survey_is_of_a_project_or_a_gathering",
            ),
            models.CheckConstraint(
                condition=~Q(written_by="") & ~Q(seen_first_by=""),
                name="a_survey_says_who_wrote_it_and_who_sees_it_first",
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=Purpose.values, linking__in=Linking.values),
                name="a_surveys_choices_are_known",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def thing(self) -> str:
        return f"survey:{self.id}"

    @property
    def is_linked(self) -> bool:
        return self.linking != Linking.NONE

    @property
    def salt_of(self) -> uuid.UUID:
        """Whose key people's codes are hashed with: the project's, so that its surveys agree."""
        return self.project_id or self.id


class Moment(models.TextChoices):
    """When, in the life of a project, a wave asks."""

    BEFORE = "before", "before"
    AFTER = "after", "after"
    LATER = "later", "some time later"
    THEN = "then", "afterwards about before"  # a retrospective baseline, and labelled as one


class WaveState(models.TextChoices):
    DRAFT = "draft", "being prepared"
    OPEN = "open", "open"
    CLOSED = "closed", "closed"


class WaveQuerySet(models.QuerySet["Wave"]):
    def open(self) -> "WaveQuerySet":
        return self.filter(state=WaveState.OPEN)

    def closed(self) -> "WaveQuerySet":
        return self.filter(state=WaveState.CLOSED)


class Wave(models.Model):
    """One round of asking. What it asks cannot be changed once somebody has answered."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="waves")
    number = models.PositiveSmallIntegerField()
    moment = models.CharField(max_length=10, choices=Moment)
    instruments = models.ManyToManyField(Instrument, through="WavePart", related_name="waves")
    invited = models.PositiveIntegerField(null=True, blank=True)  # how many were asked to answer
    state = models.CharField(max_length=10, choices=WaveState, default=WaveState.DRAFT)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = WaveQuerySet.as_manager()

    class Meta:
        ordering = ("survey", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("survey", "number"), name="the_waves_of_a_survey_are_numbered"
            ),
            models.CheckConstraint(
                condition=Q(moment__in=Moment.values, state__in=WaveState.values),
                name="a_waves_choices_are_known",
            ),
            models.CheckConstraint(
                condition=~Q(state=WaveState.CLOSED) | Q(closed_at__isnull=False),
                name="a_closed_wave_says_since_when",
            ),
        )

    def __str__(self) -> str:
        return f"Wave {self.number}, {self.get_moment_display()}"

    @property
    def thing(self) -> str:
        return f"wave:{self.id}"

    @property
    def is_draft(self) -> bool:
        return self.state == WaveState.DRAFT

    @property
    def is_open(self) -> bool:
        return self.state == WaveState.OPEN

    @property
    def is_closed(self) -> bool:
        return self.state == WaveState.CLOSED

    def asked(self) -> list[Instrument]:
        """Its instruments, in the order in which they are asked."""
        return [each.instrument for each in self.parts.select_related("instrument")]


class WavePart(models.Model):
    """One instrument of a wave, and where among the others it is asked."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField()
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="parts")

    class Meta:
        ordering = ("wave", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("wave", "position"), name="the_parts_of_a_wave_are_numbered"
            ),
            models.UniqueConstraint(
                fields=("wave", "instrument"), name="a_wave_asks_an_instrument_once"
            ),
        )

    def __str__(self) -> str:
        return f"part {self.position}"
