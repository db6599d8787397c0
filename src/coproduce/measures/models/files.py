"""A file of answers that somebody handed in and looks at before anything is taken in."""

import uuid

from django.db import models
from django.utils import timezone

from coproduce.measures.models.surveys import Wave
from coproduce.people.models import Person
from coproduce.trust.sealing import SealedText


class AnswersFile(models.Model):
    """Sealed, since people's answers stand in it; gone once taken in, given up, or a day old."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="answers_files")
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="answers_files")
    file = models.CharField(max_length=120)
    table = SealedText()  # {"header": [...], "rows": [[...]]}
    handed_in_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.file
