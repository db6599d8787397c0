"""What somebody agrees to and says when they join: principles, a promise, three answers."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from coproduce.people.models.persons import Person
from coproduce.people.models.places import Place
from coproduce.trust.models import AppendOnly

REMIND_AFTER = timedelta(days=182)  # half a year


class PrinciplesQuerySet(AppendOnly):
    def newest(self) -> "Principles | None":
        newest: Principles | None = self.order_by("-number").first()
        return newest


class Principles(models.Model):
    """What everybody agrees to, one version of it; other words are a new version."""

    number = models.PositiveIntegerField(unique=True)
    words = models.TextField()
    written_by = models.UUIDField(null=True)  # None: the words that the site came with
    written_at = models.DateTimeField(default=timezone.now)

    objects = PrinciplesQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)
        verbose_name_plural = "principles"

    def __str__(self) -> str:
        return f"version {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("People agreed to these words. Other words are a new version.")
        super().save(*args, **kwargs)

    @property
    def lines(self) -> list[str]:
        return self.words.splitlines()


class Agreement(models.Model):
    """Somebody agreed to this version of the principles, that day."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="agreements")
    principles = models.ForeignKey(Principles, on_delete=models.PROTECT, related_name="agreements")
    agreed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("agreed_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("person", "principles"), name="a_version_is_agreed_to_once"
            ),
        )

    def __str__(self) -> str:
        return f"agreement to {self.principles}"


class PromiseQuerySet(models.QuerySet["Promise"]):
    def kept(self) -> "PromiseQuerySet":
        return self.filter(kept_at__isnull=False)

    def open(self) -> "PromiseQuerySet":
        return self.filter(kept_at=None)

    def to_remind(self) -> "PromiseQuerySet":
        """Open ones of which nobody has been reminded for half a year."""
        before = timezone.now() - REMIND_AFTER
        return self.open().filter(
            Q(reminded_at__lt=before) | Q(reminded_at=None, made_at__lt=before)
        )


class Promise(models.Model):
    """What a member says they will do, and whether they did; they alone say so."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="promises")
    place = models.ForeignKey(
        Place, null=True, blank=True, on_delete=models.PROTECT, related_name="promises"
    )
    words = models.CharField(max_length=280)
    by_when = models.DateField(null=True, blank=True)
    may_be_told = models.BooleanField(default=False)  # in these words, on the page of the place
    made_at = models.DateTimeField(default=timezone.now)
    kept_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        ordering = ("made_at", "id")
        constraints = (models.CheckConstraint(condition=~Q(words=""), name="a_promise_has_words"),)

    def __str__(self) -> str:
        return self.words


class Baseline(models.Model):
    """How things are when somebody joins: one answer to one of three questions of our own.

    Kept so that later answers of the same person can be set beside it; shown to nobody singly.
    """

    class Question(models.TextChoices):
        EQUAL_SAY = "equal say", "Equal say"
        TRUST = "trust", "Trust"
        CHANGE = "change", "Something changes"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="baseline")
    question = models.CharField(max_length=12, choices=Question)
    answer = models.PositiveSmallIntegerField()  # 1 (hardly ever) to 5 (almost always)
    wording = models.CharField(max_length=20)  # which words were asked: `baseline.WORDING`
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("answered_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "question"), name="a_baseline_is_answered_once"
            ),
            models.CheckConstraint(
                condition=Q(answer__range=(1, 5)), name="a_baseline_answer_is_one_to_five"
            ),
            models.CheckConstraint(
                condition=Q(question__in=["equal say", "trust", "change"]),
                name="a_baseline_question_is_known",
            ),
        )

    def __str__(self) -> str:
        return "a baseline answer"
