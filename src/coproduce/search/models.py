"""What can be found, by whom, in which words; and which words there are, for those who mistype.

Everything here is a copy: it can be thrown away and made again from the rooms (`rebuilding`).
"""

from django.db import models
from django.db.models import Q


class Seen(models.TextChoices):
    """Who may find it. Whatever nobody may find is not kept at all."""

    NOBODY = "nobody", "nobody"
    EVERYBODY = "everybody", "everybody"
    MEMBERS = "members", "members of its place"
    DIRECTORY = "directory", "those who may look into the directory"


class Findable(models.Model):
    """One thing that can be found: what it is, where it leads, who may see it.

    Its words are in a table of their own: whoever ranks thousands reads these short rows alone.
    """

    thing = models.CharField(max_length=120, unique=True)  # "gathering:<id>"
    kind = models.CharField(max_length=20)
    seen = models.CharField(max_length=10, choices=Seen)
    place = models.BigIntegerField(null=True)  # its key: search stands below places
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(seen__in=["everybody", "members", "directory"]),
                name="what_nobody_may_find_is_not_kept",
            ),
        )

    def __str__(self) -> str:
        return self.thing


class Words(models.Model):
    """The words of a thing: as they are shown, and as they are found (`tokens.keys`).

    The index of each database lies over the two last columns and follows them by itself: on SQLite
    by triggers, on PostgreSQL as a generated column. See migration 0001.
    """

    findable = models.OneToOneField(
        Findable, on_delete=models.CASCADE, primary_key=True, related_name="words"
    )
    title = models.TextField()
    text = models.TextField(blank=True)
    address = models.CharField(max_length=500)
    where = models.CharField(max_length=200, blank=True)  # its places, in words
    note = models.CharField(max_length=80, blank=True)  # "open now", "cancelled"
    title_keys = models.TextField(blank=True)
    text_keys = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "words"

    def __str__(self) -> str:
        return self.title


class Word(models.Model):
    """A word as somebody could type it, and how many things have it; gone with the last of them."""

    word = models.CharField(max_length=60, unique=True)
    things = models.IntegerField(default=0)

    def __str__(self) -> str:
        return self.word


class Gram(models.Model):
    """Three letters in a row of a word: mistyped words share most of theirs with what was meant."""

    gram = models.CharField(max_length=3)
    length = models.PositiveSmallIntegerField()  # of the word
    word = models.ForeignKey(Word, on_delete=models.CASCADE, related_name="grams")

    class Meta:
        indexes = (models.Index(fields=("gram", "length", "word"), name="words_by_their_grams"),)

    def __str__(self) -> str:
        return self.gram
