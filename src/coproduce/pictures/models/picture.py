"""A photo, a film or a paper: whose it is, what it shows, who is seen in it, and since when."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from coproduce.people.models import Person, Place
from coproduce.pictures.models.licences import Licence
from coproduce.trust.consent import Item


class Kind(models.TextChoices):
    PHOTO = "photo", "photo"
    FILM = "film", "film"
    PAPER = "paper", "paper"


class PictureQuerySet(models.QuerySet["Picture"]):
    def kept(self) -> "PictureQuerySet":
        """All that is still here; what is gone leaves only the fact that it was."""
        return self.filter(gone_at=None)

    def about(self, thing: str) -> "PictureQuerySet":
        """What belongs to something ("gathering:<id>"), the oldest first."""
        return self.kept().filter(about=thing)

    def with_files(self) -> "PictureQuerySet":
        """With all that a page shows of them, in a fixed number of queries."""
        found = self.select_related("photo", "film", "paper", "place")
        return found.prefetch_related("photo__renditions", "shown__person")


class Picture(models.Model):
    """What must be known of a photo, a film or a paper before anybody else sees it.

    The file itself is its `photo`, `film` or `paper`. `about` names what it belongs to as the
    ledger of consents does; `place` is whose hosts look after it, or nobody's where it was
    brought in for the pages of the site. Once gone, the row is empty but for its id and the
    days: so an old address can still say that there was something.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=5, choices=Kind)
    place = models.ForeignKey(
        Place, null=True, blank=True, on_delete=models.PROTECT, related_name="pictures"
    )
    about = models.CharField(max_length=120, blank=True, db_index=True)
    title = models.CharField(max_length=160, blank=True)  # of a film or a paper
    description = models.TextField(blank=True)  # for whoever cannot see it
    caption = models.CharField(max_length=300, blank=True)
    credit = models.CharField(max_length=160, blank=True)  # who made it
    licence = models.CharField(max_length=30, choices=Licence, blank=True)
    made_on = models.DateField(null=True, blank=True)
    # Of somebody elsewhere: who permitted it, when, and where it may appear.
    permitted_by = models.CharField(max_length=160, blank=True)
    permitted_on = models.DateField(null=True, blank=True)
    permitted_where = models.JSONField(default=list, blank=True)  # values of Where
    # Whom it shows, besides the people named in `shown`.
    is_crowd = models.BooleanField(default=False)  # all were told, and could stay out of view
    nobody_said_by = models.UUIDField(null=True, blank=True)  # that nobody can be recognised
    nobody_said_on = models.DateField(null=True, blank=True)
    somebody_left = models.BooleanField(default=False)  # who is in it has to be said anew
    brought_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    brought_at = models.DateTimeField(default=timezone.now)
    shown_at = models.DateTimeField(null=True, blank=True)  # a host let it be shown
    first_shown_at = models.DateTimeField(null=True, blank=True)  # it was everybody's once
    gone_at = models.DateTimeField(null=True, blank=True)

    objects = PictureQuerySet.as_manager()

    class Meta:
        ordering = ("brought_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values), name="a_picture_is_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(licence="") | Q(licence__in=Licence.values), name="a_licence_is_known"
            ),
            models.CheckConstraint(
                condition=Q(shown_at=None) | Q(first_shown_at__isnull=False),
                name="what_is_shown_was_shown_once",
            ),
            models.CheckConstraint(
                condition=Q(nobody_said_by=None, nobody_said_on=None)
                | Q(nobody_said_on__isnull=False, is_crowd=False),
                name="nobody_in_it_is_no_crowd",
            ),
            models.CheckConstraint(
                condition=Q(gone_at=None)
                | Q(
                    shown_at=None,
                    place=None,
                    about="",
                    title="",
                    description="",
                    caption="",
                    credit="",
                    permitted_by="",
                ),
                name="what_is_gone_tells_nothing",
            ),
        )

    def __str__(self) -> str:
        return self.title or f"a {self.get_kind_display()}"

    @property
    def thing(self) -> str:
        """How the log and the ledger of consents name it."""
        return f"picture:{self.id}"

    @property
    def item(self) -> Item:
        """Whose consent it needs: of everybody named as seen in it, and of a crowd if there is."""
        kinds = (f"{self.about} pictures",) if self.about else ()
        people = frozenset(each.person_id for each in self.shown.all())
        return Item(self.thing, kinds, people, self.is_crowd)

    @property
    def has_nobody(self) -> bool:
        """Somebody said that nobody in it can be recognised."""
        return self.nobody_said_on is not None

    @property
    def of_whom_is_told(self) -> bool:
        return self.has_nobody or self.is_crowd or bool(self.shown.all())

    @property
    def licence_address(self) -> str:
        return Licence(self.licence).address if self.licence else ""

    @property
    def by_permission(self) -> str:
        """ "Republished with permission of ... on ..."; "" where nobody elsewhere was asked."""
        if not self.permitted_by:
            return ""
        day = f" on {self.permitted_on:%-d %B %Y}" if self.permitted_on else ""
        return f"Republished with permission of {self.permitted_by}{day}."


class Shown(models.Model):
    """That somebody is seen in a picture: then it is shown only as they allowed.

    A person cannot be erased while one stands: `actions.forgetting` takes them out first, so that
    no picture of theirs stays because the row that named them is gone.
    """

    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="shown")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="shown_in")

    class Meta:
        ordering = ("id",)
        verbose_name = "person shown"
        verbose_name_plural = "people shown"
        constraints = (
            models.UniqueConstraint(
                fields=("picture", "person"), name="somebody_is_in_a_picture_once"
            ),
        )

    def __str__(self) -> str:
        return "somebody in a picture"
