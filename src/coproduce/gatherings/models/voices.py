"""What was said, by whom, and what was made of it: themes, voices, worries, insights."""

import uuid

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from coproduce.gatherings.models.gathering import Gathering
from coproduce.people.models import Part, Person, Place
from coproduce.pictures.models import Picture
from coproduce.trust.consent import Item
from coproduce.trust.sealing import SealedText


class ThemeQuerySet(models.QuerySet["Theme"]):
    def usable_in(self, place: Place) -> "ThemeQuerySet":
        """Those of the network and those of this place or the places around it, in their order."""
        return self.filter(Q(place=None) | Q(place__in=place.upwards()), put_away_at=None)


class Theme(models.Model):
    """What voices are about: one of a short list that anybody can read, and convenors edit.

    One that was put away is offered no more, and stays where it was chosen.
    """

    place = models.ForeignKey(  # nowhere: a theme of the whole network
        Place, null=True, blank=True, on_delete=models.CASCADE, related_name="themes"
    )
    name = models.CharField(max_length=60)
    definition = models.CharField(max_length=200, blank=True)  # in plain words
    position = models.PositiveSmallIntegerField(default=0)
    put_away_at = models.DateTimeField(null=True, blank=True)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        ordering = ("position", "name")
        constraints = (
            models.UniqueConstraint(fields=("place", "name"), name="a_theme_is_named_once"),
            models.UniqueConstraint(
                fields=("name",),
                condition=Q(place=None),
                name="a_theme_of_the_network_is_named_once",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def thing(self) -> str:
        return f"theme:{self.pk}"


class VoiceQuerySet(models.QuerySet["Voice"]):
    def listed(self) -> "VoiceQuerySet":
        """All that may stand in lists and figures: nothing worried about, nothing taken back."""
        kept_out = Worry.objects.filter(Q(resolved_at=None) | Q(keeps_out=True))
        return self.filter(taken_back_at=None).exclude(
            Exists(kept_out.filter(voice=OuterRef("pk")))
        )


class Voice(models.Model):
    """Something somebody said. Their part is shown; their name only where they allowed it."""

    class Wording(models.TextChoices):
        VERBATIM = "verbatim", "in their own words"
        NOTED = "noted", "as it was noted"

    class Source(models.TextChoices):
        MICROPHONE = "microphone", "said aloud"
        FLIPCHART = "flipchart", "on a flipchart"
        POST_IT = "post-it", "on a sticky note"
        PAPER = "paper", "on paper"
        WEB = "web", "on this website"
        SOCIAL = "social", "on social media"

    class Permission(models.TextChoices):
        """Where a post of somebody elsewhere stands; everything else goes by the consents."""

        NOT_ASKED = "not asked", "not asked yet"
        ASKED = "asked", "asked, no answer yet"
        GIVEN = "given", "permission given"
        REFUSED = "refused", "permission refused"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="voices")
    # Made by the device that took the note, so that a note sent twice is kept once.
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    words = models.TextField()
    language = models.CharField(max_length=12, default="en")
    question = models.CharField(max_length=200, blank=True)  # what they were asked
    wording = models.CharField(max_length=10, choices=Wording, default=Wording.NOTED)
    source = models.CharField(max_length=12, choices=Source, default=Source.MICROPHONE)
    said_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="voices"
    )
    part = models.CharField(max_length=20, choices=Part, blank=True)
    noted_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="noted_voices"
    )
    said_at = models.DateTimeField(default=timezone.now)
    checked_at = models.DateTimeField(null=True, blank=True)  # read back to the speaker
    taken_back_at = models.DateTimeField(null=True, blank=True)  # the words are gone with it
    author = models.CharField(max_length=120, blank=True)  # of a post elsewhere, as shown there
    address = models.URLField(max_length=500, blank=True)
    permission = models.CharField(max_length=10, choices=Permission, default=Permission.NOT_ASKED)
    themes = models.ManyToManyField(Theme, blank=True, related_name="voices")
    picture = models.ForeignKey(  # of the flipchart it was typed from
        Picture, null=True, blank=True, on_delete=models.SET_NULL, related_name="lines"
    )

    objects = VoiceQuerySet.as_manager()

    class Meta:
        ordering = ("said_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(taken_back_at=None) | Q(words=""),
                name="what_was_taken_back_has_no_words",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=False) | ~Q(words=""),
                name="a_voice_has_words",
            ),
            models.CheckConstraint(
                condition=Q(source="social") | Q(author="", address=""),
                name="only_posts_have_an_author_elsewhere",
            ),
        )

    def __str__(self) -> str:
        return self.words[:60]

    @property
    def thing(self) -> str:
        return f"voice:{self.id}"

    @property
    def item(self) -> Item:
        """Whose consent it needs: the speaker's, or the room's where nobody can tell who it was."""
        people = frozenset({self.said_by_id}) if self.said_by_id else frozenset()
        return Item(self.thing, (voices_of(self.gathering),), people, not people)


class WorryQuerySet(models.QuerySet["Worry"]):
    def unresolved(self) -> "WorryQuerySet":
        return self.filter(resolved_at=None)


def voices_of(gathering: Gathering) -> str:
    """How the ledger of consents names all that somebody says at a gathering."""
    return f"{gathering.thing} voices"


def pictures_of(gathering: Gathering) -> str:
    """How the ledger names all pictures of a gathering that somebody is seen in."""
    return f"{gathering.thing} pictures"


class Worry(models.Model):
    """Somebody is worried about what a voice tells: it leaves every list until a human has looked.

    `for_person` is the one whom the place named for this. What is noted is sealed.
    """

    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="worries")
    raised_by = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="worries_raised"
    )
    for_person = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="worries_to_see"
    )
    note = SealedText(null=True)
    raised_at = models.DateTimeField(default=timezone.now)
    resolved_at = models.DateTimeField(null=True)
    outcome = SealedText(null=True)
    keeps_out = models.BooleanField(default=False)  # resolved, and it stays out of every list

    objects = WorryQuerySet.as_manager()

    class Meta:
        ordering = ("raised_at",)
        verbose_name_plural = "worries"
        constraints = (
            models.UniqueConstraint(
                fields=("voice",), condition=Q(resolved_at=None), name="one_open_worry_per_voice"
            ),
        )

    def __str__(self) -> str:
        return "a worry"


class InsightQuerySet(models.QuerySet["Insight"]):
    def standing(self) -> "InsightQuerySet":
        return self.filter(merged_into=None)

    def on_show(self) -> "InsightQuerySet":
        """All that a stranger may read."""
        return self.standing().exclude(shown_at=None)


class Insight(models.Model):
    """A point drawn from voices, in one sentence, and the voices it was drawn from."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="insights")
    gathering = models.ForeignKey(
        Gathering, null=True, blank=True, on_delete=models.PROTECT, related_name="insights"
    )
    words = models.CharField(max_length=280)
    theme = models.ForeignKey(Theme, null=True, blank=True, on_delete=models.SET_NULL)
    sector = models.CharField(max_length=60, blank=True)  # "housing", "mental health"
    voices = models.ManyToManyField(Voice, blank=True, related_name="insights")
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)
    made_at = models.DateTimeField(default=timezone.now)
    shown_at = models.DateTimeField(null=True, blank=True)  # everybody may read it since

    objects = InsightQuerySet.as_manager()

    class Meta:
        ordering = ("made_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=models.F("id")),
                name="an_insight_is_not_part_of_itself",
            ),
        )

    def __str__(self) -> str:
        return self.words

    @property
    def thing(self) -> str:
        return f"insight:{self.id}"


class InsightChange(models.Model):
    """What an insight was before: worded, merged, split. People by opaque id."""

    class Deed(models.TextChoices):
        DRAW = "draw", "drawn"
        EDIT = "edit", "worded or sorted anew"
        MERGE = "merge", "made part of another"
        TAKE_IN = "take in", "took in another"
        SPLIT_OFF = "split off", "split off from another"

    insight = models.ForeignKey(Insight, on_delete=models.CASCADE, related_name="changes")
    deed = models.CharField(max_length=20, choices=Deed)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    by = models.UUIDField(null=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return self.deed
