"""A gathering: what, when, where, who hosts it, what is provided, and its programme."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from coproduce.gatherings.codes import make_code
from coproduce.gatherings.when import clock, in_words
from coproduce.people.models import Person, Place


class State(models.TextChoices):
    DRAFT = "draft", "being prepared"
    PUBLISHED = "published", "announced"
    CANCELLED = "cancelled", "cancelled"


class Setting(models.TextChoices):
    """Where people meet. In both, whoever is on the line is as present as whoever is there."""

    IN_PERSON = "in person", "In person"
    ONLINE = "online", "Online"
    BOTH = "both", "In person and online"


class Provided(models.TextChoices):
    """What is there for everybody without asking; the rest stands in own words."""

    LOOP = "hearing loop", "Hearing loop"
    SIGN_LANGUAGE = "sign language", "British Sign Language interpreter"
    CAPTIONS = "captions", "Live captions"
    QUIET_ROOM = "quiet room", "Quiet room"
    STEP_FREE = "step-free", "Step-free way in"
    TOILET = "accessible toilet", "Accessible toilet"
    CHANGING_PLACE = "changing place", "Changing Places toilet"
    EASY_READ = "easy read", "Papers in Easy Read"
    EXPENSES = "expenses", "Travel and care costs paid"
    THANKS = "payment", "Payment for your time"
    CHILDCARE = "childcare", "Childcare"
    FOOD = "food", "Food and drinks"
    PARKING = "parking", "Blue Badge parking"


class GatheringQuerySet(models.QuerySet["Gathering"]):
    def on_show(self) -> "GatheringQuerySet":
        """All that a stranger may know of: never a draft."""
        return self.exclude(state=State.DRAFT)

    def published(self) -> "GatheringQuerySet":
        return self.filter(state=State.PUBLISHED)

    def coming(self, now: datetime | None = None) -> "GatheringQuerySet":
        """Not over yet, the next one first."""
        return self.filter(ends_at__gte=now or timezone.now()).order_by("starts_at", "id")

    def past(self, now: datetime | None = None) -> "GatheringQuerySet":
        """Over, the last one first."""
        return self.filter(ends_at__lt=now or timezone.now()).order_by("-starts_at", "id")


class Gathering(models.Model):
    """An event or meeting of a place: in person, online or both.

    What calendars show has a `sequence`: it grows with each change that they must take over.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="gatherings")
    slug = models.SlugField(max_length=80, unique=True)
    code = models.CharField(max_length=12, unique=True, default=make_code)  # to sign in on the day
    title = models.CharField(max_length=160)
    purpose = models.TextField(blank=True)
    hosts = models.TextField(blank=True)  # one a line
    supporters = models.TextField(blank=True)  # who pays or helps, one a line
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    setting = models.CharField(max_length=10, choices=Setting, default=Setting.IN_PERSON)
    venue = models.TextField(blank=True)  # name and postal address
    getting_in = models.TextField(blank=True)
    join_link = models.URLField(blank=True, max_length=500)  # for those registered on the line
    provided = models.JSONField(default=list, blank=True)  # values of Provided
    provided_words = models.TextField(blank=True)
    hashtag = models.CharField(max_length=60, blank=True)  # without the "#"
    hall_capacity = models.PositiveIntegerField(null=True, blank=True)  # None: no limit
    line_capacity = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    cancelled_because = models.TextField(blank=True)
    sequence = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="gatherings_made"
    )
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = GatheringQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_at", "id")
        indexes = (models.Index(fields=("starts_at",), name="gatherings_by_time"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="a_gathering_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="a_gatherings_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(setting__in=Setting.values), name="a_gatherings_setting_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.DRAFT) | Q(published_at=None),
                name="a_draft_was_never_announced",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.CANCELLED) | Q(cancelled_at__isnull=False),
                name="a_cancelled_gathering_says_since_when",
            ),
            models.CheckConstraint(
                condition=Q(hall_capacity=None) | Q(hall_capacity__gt=0),
                name="a_hall_holds_somebody",
            ),
            models.CheckConstraint(
                condition=Q(line_capacity=None) | Q(line_capacity__gt=0),
                name="a_line_holds_somebody",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def thing(self) -> str:
        """How the log, the ledger of consents and the figures name it."""
        return f"gathering:{self.id}"

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT

    @property
    def is_published(self) -> bool:
        return self.state == State.PUBLISHED

    @property
    def is_cancelled(self) -> bool:
        return self.state == State.CANCELLED

    @property
    def has_hall(self) -> bool:
        return self.setting != Setting.ONLINE

    @property
    def has_line(self) -> bool:
        return self.setting != Setting.IN_PERSON

    @property
    def when(self) -> str:
        """From when to when, in words."""
        return in_words(self.starts_at, self.ends_at)

    def is_over(self, now: datetime | None = None) -> bool:
        return self.ends_at < (now or timezone.now())

    @property
    def provided_in_words(self) -> list[str]:
        """What is provided, one thing each: what was ticked, then the own words line by line."""
        known = dict(Provided.choices)
        ticked = [known[each] for each in self.provided if each in known]
        return [*ticked, *filter(None, self.provided_words.splitlines())]


class ProgrammeItem(models.Model):
    """One part of the day. Its position is its number for good; the order is by time."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="programme")
    position = models.PositiveIntegerField()
    starts_at = models.DateTimeField()
    minutes = models.PositiveIntegerField()
    title = models.CharField(max_length=160)
    about = models.TextField(blank=True)

    class Meta:
        ordering = ("starts_at", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("gathering", "position"), name="programme_items_are_numbered"
            ),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="a_programme_item_takes_time"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def clock(self) -> str:
        """When it begins, as one says it."""
        return clock(self.starts_at)

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


class Speaker(models.Model):
    """Somebody named in the programme, in their role there: "lives with dementia", "trainer"."""

    item = models.ForeignKey(ProgrammeItem, on_delete=models.CASCADE, related_name="speakers")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="spoke_at"
    )
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (models.CheckConstraint(condition=~Q(name=""), name="a_speaker_has_a_name"),)

    def __str__(self) -> str:
        return self.name
