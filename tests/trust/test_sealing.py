"""What is sealed cannot be read out of the database, and can be read by us."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection

from coproduce.people.models import AccessNeed
from coproduce.trust import sealing
from coproduce.trust.keys import destroy_key
from tests import cast

NEED = "A seat near the door, please"

pytestmark = pytest.mark.django_db


def what_the_database_holds() -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM people_accessneed")
        return bytes(cursor.fetchone()[0])


def test_the_database_does_not_hold_the_words() -> None:
    AccessNeed.objects.create(person=cast.member(), words=NEED)
    assert NEED.encode() not in what_the_database_holds()
    assert AccessNeed.objects.get().words == NEED


def test_the_same_words_are_never_sealed_alike() -> None:
    assert sealing.seal(NEED) != sealing.seal(NEED)


def test_words_sealed_with_another_key_say_what_to_do(
    settings: LazySettings, tmp_path: Path
) -> None:
    sealed = sealing.seal(NEED)
    settings.KEY_FOLDER = tmp_path
    sealing.seal("something else")  # makes the key of another house
    with pytest.raises(sealing.CannotBeOpened, match="Put back the file of keys"):
        sealing.unseal(sealed)


def test_without_the_key_nobody_reads_them(settings: LazySettings, tmp_path: Path) -> None:
    settings.KEY_FOLDER = tmp_path
    sealed = sealing.seal(NEED)
    destroy_key(sealing.KEY)
    with pytest.raises(LookupError):
        sealing.unseal(sealed)
