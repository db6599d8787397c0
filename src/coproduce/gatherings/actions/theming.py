"""What a convenor does with the themes: add one, word it better, put it away, bring it back.

A theme is never deleted: voices and insights stand under it. What it was before stands in the log.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from coproduce.gatherings.actions.deeds import NotPossible
from coproduce.gatherings.models import Insight, Theme
from coproduce.gatherings.to_be_found import insight_changed
from coproduce.people.models import Person, Place
from coproduce.people.words import plain_words, same_words
from coproduce.trust import log

MOST = 20  # of one list: a list that nobody can read at a glance is no help to a note-taker


def add(name: str, definition: str, by: Person, *, place: Place | None = None) -> Theme:
    """One more at the end of the list, of the whole network or of a place."""
    with transaction.atomic():
        if Theme.objects.filter(place=place, put_away_at=None).count() >= MOST:
            raise NotPossible(
                f"There are {MOST} themes already, and nobody keeps more in mind while taking "
                "notes. Put one away first."
            )
        _is_new(name, place)
        last: int | None = Theme.objects.filter(place=place).aggregate(n=Max("position"))["n"]
        theme = Theme.objects.create(
            place=place,
            name=_fitting(name),
            definition=plain_words(definition),
            position=(last or 0) + 1,
        )
        log.record("add a theme", theme.thing, by=by.id, note=theme.name)
    return theme


def reword(theme: Theme, by: Person, *, name: str, definition: str) -> None:
    """Other words for the same: whatever stands under it goes on standing there."""
    with _in_hand(theme):
        before = f"{theme.name}: {theme.definition}"
        _is_new(name, theme.place, but=theme)
        theme.name, theme.definition = _fitting(name), plain_words(definition)
        theme.save(update_fields=["name", "definition"])
        for insight in Insight.objects.on_show().filter(theme=theme):
            insight_changed(insight)
        log.record("reword a theme", theme.thing, by=by.id, note=f"before: {before}"[:200])


def put_away(theme: Theme, by: Person) -> None:
    """Offered no more. What stands under it stays there, and it can be brought back."""
    with _in_hand(theme):
        if theme.put_away_at:
            raise NotPossible("This theme is put away already.")
        theme.put_away_at = timezone.now()
        theme.save(update_fields=["put_away_at"])
        log.record("put a theme away", theme.thing, by=by.id, note=theme.name)


def bring_back(theme: Theme, by: Person) -> None:
    with _in_hand(theme):
        if not theme.put_away_at:
            raise NotPossible("This theme is in the list.")
        theme.put_away_at = None
        theme.save(update_fields=["put_away_at"])
        log.record("bring a theme back", theme.thing, by=by.id, note=theme.name)


def _fitting(name: str) -> str:
    plain = plain_words(name)
    if not plain:
        raise NotPossible("Give the theme a name of a word or two.")
    return plain


def _is_new(name: str, place: Place | None, but: Theme | None = None) -> None:
    """Two themes of one name could not be told apart in a file of notes."""
    others = Theme.objects.filter(place=place)
    if but is not None:
        others = others.exclude(pk=but.pk)
    for other in others:
        if same_words(other.name, name):
            where = "It was put away; bring it back." if other.put_away_at else "Word that one."
            raise NotPossible(f"There is a theme “{other.name}” already. {where}")


@contextmanager
def _in_hand(theme: Theme) -> Iterator[None]:
    with transaction.atomic():
        theme.refresh_from_db(from_queryset=Theme.objects.select_for_update())
        yield
