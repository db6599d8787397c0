"""A report of a gathering, as it is being written, and each version of it that went out."""

import uuid
from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.utils import timezone
from wagtail.fields import StreamField

from coproduce.gatherings.models import Gathering
from coproduce.people.models import Person
from coproduce.pictures.models import Licence
from coproduce.reports import body
from coproduce.reports.body import Block, BodyBlock


class ReportQuerySet(models.QuerySet["Report"]):
    def out(self) -> "ReportQuerySet":
        """All that a stranger may read: published, and still permitted where a guest wrote it."""
        permitted = Q(kind=Report.Kind.OURS) | Q(permission_on__isnull=False)
        return self.filter(
            permitted, models.Exists(Version.objects.filter(report=models.OuterRef("pk")))
        )


class Report(models.Model):
    """What is told of a gathering, as it is being written. What went out stands in its versions.

    A guest's report says where it comes from and who permitted that it stands here; without that
    it is not shown.
    """

    class Kind(models.TextChoices):
        OURS = "ours", "Report of the day"
        GUEST = "guest", "A guest's report"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.OURS)
    slug = models.SlugField(max_length=90, unique=True)
    title = models.CharField(max_length=160)
    body = StreamField(BodyBlock(), blank=True)
    made_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="reports_made"
    )
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    # Of a guest's report
    author = models.CharField(max_length=160, blank=True)  # as they wish to be named
    organisation = models.CharField(max_length=160, blank=True)
    address = models.URLField(max_length=500, blank=True)  # where it came out first
    licence = models.CharField(max_length=30, choices=Licence, blank=True)
    permission_from = models.CharField(max_length=160, blank=True)
    permission_on = models.DateField(null=True, blank=True)
    permission_scope = models.CharField(max_length=280, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("gathering",), condition=Q(kind="ours"), name="one_report_of_our_own"
            ),
            models.CheckConstraint(
                condition=Q(kind="guest")
                | Q(author="", organisation="", address="", permission_from="", permission_on=None),
                name="only_a_guests_report_has_an_author",
            ),
            models.CheckConstraint(
                condition=Q(permission_on=None) | ~Q(permission_from=""),
                name="a_permission_is_somebodys",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def thing(self) -> str:
        return f"report:{self.id}"

    @property
    def is_guests(self) -> bool:
        return self.kind == self.Kind.GUEST

    @property
    def licence_address(self) -> str:
        """Where its licence can be read; "" where there is none, or by permission alone."""
        return Licence(self.licence).address if self.licence else ""

    @property
    def is_permitted(self) -> bool:
        """Whether it may be shown at all: ours may, a guest's with a permission."""
        return not self.is_guests or self.permission_on is not None

    @property
    def blocks(self) -> list[Block]:
        return body.read(self.body.raw_data)

    def write(self, blocks: Iterable[Block]) -> None:
        self.body = body.written(blocks)

    @property
    def newest(self) -> "Version | None":
        return self.versions.last()


class Version(models.Model):
    """One version that went out, for good. What it quotes is in it by id, never by its words.

    `held` are the voices and photos that everybody could see in it that day. Whichever of them
    may not be shown any more is missing at its place, and the version says so.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=160)
    body = models.JSONField()  # as `body.written` gives it
    held = models.JSONField(default=list)
    note = models.CharField(max_length=280, blank=True)  # what changed, and why
    changes = models.JSONField(default=list)  # the same, counted: a sentence each
    is_correction = models.BooleanField(default=False)  # something had to go
    published_by = models.UUIDField(null=True)
    published_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=("report", "number"), name="versions_of_a_report_are_numbered"
            ),
        )

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"

    @property
    def blocks(self) -> list[Block]:
        return body.read(self.body)
