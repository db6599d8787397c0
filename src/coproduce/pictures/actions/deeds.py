"""What every deed about a picture shares: a reason to refuse, the row in hand, one log entry."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from coproduce.people.models import Person
from coproduce.pictures.models import Picture
from coproduce.trust import log


class NotPossible(Exception):
    """This cannot be done now; the sentence says why and what to do next."""


@contextmanager
def in_hand(picture: Picture) -> Iterator[None]:
    """One transaction with the picture locked and read afresh; what is gone stays so."""
    with transaction.atomic():
        picture.refresh_from_db(from_queryset=Picture.objects.select_for_update())
        if picture.gone_at is not None:
            raise NotPossible("This picture has been deleted.")
        yield


def record_deed(deed: str, picture: Picture, by: Person | None, note: str = "") -> None:
    log.record(deed, picture.thing, by=by.id if by else None, note=note[:200])
