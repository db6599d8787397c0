"""Sets of questions as this home keeps them: each version once, unchanged once it was used."""

import uuid
from functools import lru_cache

from django.db import models
from django.db.models import Q
from django.utils import timezone

from coproduce.formats.instruments import native
from coproduce.formats.instruments.record import Instrument as Record
from coproduce.formats.instruments.record import in_language
from coproduce.people.models import Person, Place


class InstrumentQuerySet(models.QuerySet["Instrument"]):
    def for_place(self, place: Place) -> "InstrumentQuerySet":
        """What can be asked there: all that came along, and what places around it wrote."""
        return self.filter(Q(place=None) | Q(place__in=place.upwards()))

    def ready(self) -> "InstrumentQuerySet":
        return self.filter(is_draft=False)


class Instrument(models.Model):
    """One version of a published or own set of questions; `record` is the file it stands in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.SlugField(max_length=60)
    version = models.CharField(max_length=20)
    place = models.ForeignKey(  # None: it came along with the platform
        Place, null=True, blank=True, on_delete=models.PROTECT, related_name="instruments"
    )
    record = models.TextField()  # the JSON file it stands in
    is_draft = models.BooleanField(default=False)  # it can still be worded; nobody is asked yet
    made_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="instruments_made"
    )
    made_at = models.DateTimeField(default=timezone.now)
    taken_from = models.ManyToManyField(  # whose words stand in it: their notices stay with them
        "self", symmetrical=False, blank=True, related_name="taken_into"
    )
    easy_read_checked_by = models.CharField(max_length=160, blank=True)  # a group, not a name
    easy_read_checked_on = models.DateField(null=True, blank=True)

    objects = InstrumentQuerySet.as_manager()

    class Meta:
        ordering = ("code", "version")
        constraints = (
            models.CheckConstraint(
                condition=Q(easy_read_checked_by="", easy_read_checked_on=None)
                | (~Q(easy_read_checked_by="") & Q(easy_read_checked_on__isnull=False)),
                name="who_checked_easy_read_did_so_on_a_day",
            ),
            models.UniqueConstraint(
                fields=("code", "version"), name="a_version_of_an_instrument_stands_once"
            ),
        )

    def __str__(self) -> str:
        return in_language(self.read().title, "en") or "A set without a title"

    @property
    def thing(self) -> str:
        return f"instrument:{self.id}"

    @property
    def name(self) -> str:
        return f"{self.code}@{self.version}"

    @property
    def may_be_shown(self) -> bool:
        """Whether everybody may read its questions; some holders allow only that they are asked."""
        return self.read().licence.may_ship

    @property
    def may_be_copied(self) -> bool:
        return not self.is_draft and self.may_be_shown and self.read().licence.may_reword

    def read(self) -> Record:
        """The record; of a version that is no draft it never changes, and is read once."""
        return _parsed(self) if self.is_draft else _read(self.pk)


@lru_cache(maxsize=256)
def _read(instrument: uuid.UUID) -> Record:
    return _parsed(Instrument.objects.get(pk=instrument))


def _parsed(instrument: Instrument) -> Record:
    read = native.read_unfinished if instrument.is_draft else native.read_instrument
    return read(instrument.record.encode(), file=instrument.name)
