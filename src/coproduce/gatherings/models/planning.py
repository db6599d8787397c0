"""The plan of somebody who may tell something hard: what would make the day bearable for them."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

from coproduce.gatherings.models.coming import Registration
from coproduce.trust.sealing import SealedText

KEPT_DAYS = 60  # after the gathering; said on the page where it is made


class PersonalPlanQuerySet(models.QuerySet["PersonalPlan"]):
    def outlived(self) -> "PersonalPlanQuerySet":
        """Those that have done their work."""
        before = timezone.now() - timedelta(days=KEPT_DAYS)
        return self.filter(registration__gathering__ends_at__lt=before)


class PersonalPlan(models.Model):
    """Agenda ahead, what to leave alone, who checks in: in their own words, sealed at rest.

    Behind a right of its own (Deed.SEE_PLANS). Never a diagnosis, never a reason.
    """

    registration = models.OneToOneField(
        Registration, on_delete=models.CASCADE, primary_key=True, related_name="plan"
    )
    agenda_ahead = models.BooleanField(default=False)
    leave_alone = SealedText(null=True, blank=True)
    checks_in = SealedText(null=True, blank=True)
    told_at = models.DateTimeField(default=timezone.now)

    objects = PersonalPlanQuerySet.as_manager()

    class Meta:
        ordering = ("told_at", "pk")

    def __str__(self) -> str:
        return "a personal plan"
