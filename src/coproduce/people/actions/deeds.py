"""What every deed about people and places shares: a reason to refuse, an entry in the log."""

from coproduce.people.models import Person
from coproduce.trust import log


class NotPossible(Exception):
    """This cannot be done now; the sentence says why and what to do next."""


def record_deed(deed: str, thing: str, by: Person | None, note: str = "") -> None:
    log.record(deed, thing, by=by.id if by else None, note=note[:200])
