"""What was put by comes back as it was, without what must never be kept."""

import shutil
import sqlite3
import tarfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from tests.homes import Home, row_hashes, rows_of, words_in

OPEN_QUESTION = "What should the network do first, in its first year?"


SESSION = "a7x2-the-key-of-somebodys-session"
SIGN_IN = f"""
INSERT INTO django_session (session_key, session_data, expire_date)
VALUES ('{SESSION}', 'signed in', '2099-01-01 00:00:00') RETURNING session_key
"""

COUNTED = "SELECT COUNT(*) FROM conversations_countedperson"
KEEP_UP = """
from coproduce.conversations import evidence
from coproduce.conversations.models import Conversation, LiveCount
(talk,) = Conversation.objects.open()
evidence.keep_up(talk)
print(LiveCount.objects.get().people, evidence.recount(talk).is_fine)
"""


@dataclass(frozen=True)
class Monday:
    """A home as it was, and the backup of it."""

    home: Home
    path: Path
    rows: dict[str, str]


@pytest.fixture(scope="module")
def monday(told: Home, tmp_path_factory: pytest.TempPathFactory) -> Monday:
    give_upload(told)
    with rows_of(told) as ask:
        ask(SIGN_IN)
    path = tmp_path_factory.mktemp("kept") / "monday.backup"
    done = told.run("backup", path)
    assert done.returncode == 0, done.stderr
    return Monday(told, path, row_hashes(told))


@pytest.fixture
def backup(monday: Monday) -> Path:
    return monday.path


def phases(home: Home) -> dict[object, object]:
    with rows_of(home) as ask:
        return dict(ask("SELECT question, phase FROM conversations_conversation"))  # type: ignore[arg-type]


def give_upload(home: Home, words: str = "a photograph of the day") -> Path:
    upload = home.folder / "media" / "original_images" / "day.jpg"
    upload.parent.mkdir(parents=True)
    upload.write_text(words)
    return upload


def test_every_row_and_upload_comes_back(monday: Monday, empty: Home) -> None:
    shutil.copytree(monday.home.folder / "keys", empty.folder / "keys")  # as on the same machine
    done = empty.run("restore", monday.path)
    assert done.returncode == 0, done.stderr
    assert row_hashes(empty) == monday.rows
    restored = empty.folder / "media" / "original_images" / "day.jpg"
    assert restored.read_text() == "a photograph of the day"
    assert phases(empty)[OPEN_QUESTION] == "open"


def test_a_live_count_stays_behind_and_is_made_of_the_votes_again(
    monday: Monday, empty: Home
) -> None:
    with rows_of(monday.home) as ask:
        ((counted,),) = ask(COUNTED)
    assert counted, "the open conversation has been counted"
    shutil.copytree(monday.home.folder / "keys", empty.folder / "keys")
    empty.run("restore", monday.path)
    with rows_of(empty) as ask:
        assert ask(COUNTED) == [(0,)]
    assert empty.python(KEEP_UP) == f"{counted} True"


def test_it_holds_no_key_no_secret_and_nobodys_session(monday: Monday) -> None:
    packed = monday.path.read_bytes()
    keys = [key.read_bytes() for key in (monday.home.folder / "keys").iterdir()]
    assert keys, "the open conversation has a key"
    secret = (monday.home.folder / "secret_key").read_bytes()
    for hidden in (*keys, secret, SESSION.encode()):
        assert hidden not in packed
        assert hidden.hex().encode() not in packed


def test_only_its_owner_can_read_it(backup: Path) -> None:
    assert backup.stat().st_mode & 0o077 == 0


def test_an_open_conversation_without_its_key_is_closed_and_finished(
    empty: Home, backup: Path
) -> None:
    done = empty.run("restore", backup)
    assert f"Closed, because its key is not here: {OPEN_QUESTION}" in words_in(done.stdout)
    assert phases(empty)[OPEN_QUESTION] == "closed"
    code = """
from coproduce.trust.models import LogEntry
from coproduce.web.background import work_off
work_off()
print([entry.deed for entry in LogEntry.objects.all()][-3:])
"""
    assert empty.python(code) == "['find without its key', 'close', 'finish']"


def test_where_somebody_has_begun_it_asks_and_then_keeps_that_aside(
    home: Home, backup: Path
) -> None:
    (home.folder / "media" / "original_images" / "day.jpg").write_text("taken afterwards")
    before = row_hashes(home)
    refused = home.run("restore", backup)
    assert refused.returncode == 2
    assert "is in use already, so nothing was touched" in refused.stderr
    done = home.run("restore", backup, "--force")
    assert done.returncode == 0, done.stderr
    assert row_hashes(home) == before
    (aside,) = home.folder.glob("before-restore-*")
    assert (aside / "media/original_images/day.jpg").read_text() == "taken afterwards"
    assert list(aside.glob("*.sqlite3" if settings.IS_SQLITE else "*.backup"))


@pytest.mark.skipif(not settings.IS_SQLITE, reason="a file of this kind is SQLite's")
def test_a_copied_sqlite_database_is_whole(backup: Path, tmp_path: Path) -> None:
    with tarfile.open(backup) as tar:
        tar.extract("database.sqlite3", tmp_path, filter="data")
    with sqlite3.connect(tmp_path / "database.sqlite3") as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_what_a_place_takes_along_has_no_row_of_votes(told: Home, tmp_path: Path) -> None:
    done = told.run("export", "Manchester", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    names = {path.name for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert {"README.txt", "conversations.csv", "statements.csv", "figures.json"} <= names
    everything = "".join(
        path.read_text() for path in (tmp_path / "out").rglob("*") if path.is_file()
    )
    with rows_of(told) as ask:
        pseudonyms = [str(p) for (p,) in ask("SELECT DISTINCT pseudonym FROM conversations_vote")]
    assert len(pseudonyms) == 260
    assert not [pseudonym for pseudonym in pseudonyms if pseudonym in everything]
