"""Who asked to be erased? Their opaque ids, in the database and in a file beside it.

A backup made before brings the person back. So the list also lies outside the database, and is
gone through after every restore: whoever stands on it is erased again before the doors open.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from coproduce.trust.models import Erasure


class UnreadableList(ValueError):
    """A line of the list is no id of a person."""


def note(person: UUID, *, by: UUID | None) -> None:
    """Put somebody on the list, within the deed; the file follows when the deed is done."""
    Erasure.objects.get_or_create(person=person, defaults={"by": by})
    transaction.on_commit(keep_file)


def everybody() -> set[UUID]:
    """All who are on the list, in the database or in the file."""
    return set(Erasure.objects.values_list("person", flat=True)) | set(read(path()))


def path() -> Path:
    return Path(settings.HOME) / "erased.txt"


def keep_file() -> None:
    """Add to the file whoever is on the list in the database alone."""
    known = set(read(path()))
    missing = [each for each in Erasure.objects.order_by("at") if each.person not in known]
    if not missing:
        return
    descriptor = os.open(path(), os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w") as file:
        for each in missing:
            file.write(f"{each.person} {timezone.localdate(each.at)}\n")
        file.flush()
        os.fsync(file.fileno())


def read(file: Path) -> Iterator[UUID]:
    """The ids in such a file; nobody where there is none. `UnreadableList` names a bad line."""
    if not file.exists():
        return
    for number, line in enumerate(file.read_text().splitlines(), start=1):
        if not line.strip():
            continue
        try:
            yield UUID(line.split()[0])
        except ValueError:
            raise UnreadableList(
                f"Line {number} of {file} does not begin with the id of a person. Put back the "
                "list as the platform wrote it; without it a restore would bring people back."
            ) from None
