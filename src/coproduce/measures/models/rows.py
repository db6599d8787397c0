"""Which questions of a wave are taken as known of people, when its rows were asked for."""

from django.db import models

from coproduce.measures.models.surveys import Wave
from coproduce.trust.models import Request


class RowsAsked(models.Model):
    """What the second person agrees to beside the reason: it cannot be changed afterwards."""

    request = models.OneToOneField(
        Request, primary_key=True, on_delete=models.CASCADE, related_name="rows_asked"
    )
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="rows_asked")
    marked = models.JSONField(default=list)  # keys of questions, beside those that always are

    def __str__(self) -> str:
        return "rows that were asked for"
