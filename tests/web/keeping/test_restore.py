"""A backup is put back only where it cannot do harm."""

import dataclasses
from pathlib import Path

import pytest
from pytest_django import Settings

from coproduce.web import badges
from coproduce.web.keeping import archive
from coproduce.web.keeping.backup import KeysWouldLeave, back_up, newest_migrations
from coproduce.web.keeping.restore import NotRestored, is_in_use, restore
from coproduce.web.serving import serving_badge
from tests import cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_home(settings: Settings, tmp_path: Path) -> None:
    settings.HOME = tmp_path / "home"
    settings.MEDIA_ROOT = settings.HOME / "media"
    settings.MEDIA_ROOT.mkdir(parents=True)


def test_a_home_is_in_use_once_somebody_has_a_place_in_it() -> None:
    assert not is_in_use()
    cast.england()
    assert is_in_use()


def test_a_home_with_nothing_but_an_upload_is_in_use(settings: Settings) -> None:
    (Path(settings.MEDIA_ROOT) / "day.jpg").write_text("a photograph")
    assert is_in_use()


def packed(tmp_path: Path, **changes: object) -> Path:
    """A backup of the test database, with another list of contents."""
    back_up(tmp_path / "a.backup")
    contents = dataclasses.replace(
        archive.read_contents(tmp_path / "a.backup"), checksums={}, **changes
    )
    with archive.packing(tmp_path / "changed.backup", contents):
        pass
    return tmp_path / "changed.backup"


def test_one_of_another_kind_of_database_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotRestored, match="This backup came from mysql"):
        restore(packed(tmp_path, database="mysql"))


def test_one_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    migrations = [*newest_migrations(), ("people", "9999_later")]
    with pytest.raises(NotRestored, match="does not know people 9999_later"):
        restore(packed(tmp_path, migrations=migrations))


def test_it_is_refused_while_the_home_is_served(tmp_path: Path, settings: Settings) -> None:
    back_up(tmp_path / "a.backup")
    with (
        badges.worn(serving_badge(Path(settings.HOME))),
        pytest.raises(NotRestored, match="is being served right now"),
    ):
        restore(tmp_path / "a.backup", force=True)


def test_no_backup_is_made_while_keys_lie_among_the_uploads(
    tmp_path: Path, settings: Settings
) -> None:
    settings.KEY_FOLDER = Path(settings.MEDIA_ROOT) / "keys"
    with pytest.raises(KeysWouldLeave, match="Move them and set COPRODUCE_KEYS"):
        back_up(tmp_path / "a.backup")
    assert not (tmp_path / "a.backup").exists()


def test_every_app_is_at_its_last_migration() -> None:
    apps = [app for app, _ in newest_migrations()]
    assert len(apps) == len(set(apps))
    assert {"people", "trust", "conversations", "wagtailcore"} <= set(apps)
