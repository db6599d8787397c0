"""What a deployment lacks is named, with what to do about it."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings as configured
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from coproduce.cli import main
from coproduce.conversations import evidence
from coproduce.conversations.models import Vote
from coproduce.people.models import User
from coproduce.trust.keys import destroy_key
from coproduce.web import background, badges, checking, first_run
from tests import cast, crowds
from tests.web import slow_tasks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def a_good_deployment(settings: Settings, tmp_path: Path) -> Settings:
    settings.HOME = tmp_path
    settings.KEY_FOLDER = tmp_path / "keys"
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STATIC_ROOT = tmp_path / "static"
    shutil.copytree(first_run.OUR_SHEETS, settings.STATIC_ROOT)
    (settings.STATIC_ROOT / "staticfiles.json").touch()
    settings.BASE_URL, settings.IS_HTTPS = "https://talk.example.org", True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    TOTP.activate(cast.admin().user, generate_totp_secret())
    return settings


def found(what: str) -> checking.Finding:
    return next(finding for finding in checking.look() if finding.what == what)


def test_a_deployment_that_lacks_nothing_ends_well(capsys: pytest.CaptureFixture[str]) -> None:
    with badges.worn(background.badge_folder() / "somebody"):
        code = main(["check"])
    said = capsys.readouterr().out
    assert code == 0, said
    assert "Nothing needs doing." in said


def test_live_counts_that_are_as_they_should_be_end_well(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["check", "--moments"]) == 0
    assert capsys.readouterr().out == "Nothing is open.\n"
    talk = cast.an_open_conversation()
    crowds.crowd(talk, 12, crowds.two_camps)
    evidence.keep_up(talk)
    assert main(["check", "--moments"]) == 0
    said = capsys.readouterr().out
    assert f"ok  {talk.slug}: 12 people and 60 votes are counted as they stand" in said
    assert "1 open; 0 not as counted." in said


def test_a_live_count_that_is_wrong_is_named_and_mended_and_makes_it_fail(
    capsys: pytest.CaptureFixture[str],
) -> None:
    talk = cast.an_open_conversation()
    crowds.crowd(talk, 12, crowds.two_camps)
    evidence.keep_up(talk)
    Vote.objects.filter(statement__number=1).update(choice=-1)
    assert main(["check", "--moments"]) == 1
    said = capsys.readouterr().out
    assert f"NO  {talk.slug}: table M differs for statements 1, 2, 3, 4, 5; table X" in said
    assert "12 people are not counted as they answered. Counted anew." in said
    assert main(["check", "--moments"]) == 0


def test_one_thing_that_is_lacking_makes_it_fail(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 1
    said = capsys.readouterr().out
    assert "1 of 16 need doing." in said
    assert "coproduce serve" in said


@pytest.mark.parametrize(
    ("setting", "value", "what"),
    [
        ("DEBUG", True, "debugging"),
        ("DEMO", True, "demo"),
        ("IS_HTTPS", False, "address"),
        ("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend", "e-mail"),
        ("STATIC_ROOT", "/nowhere", "style sheets"),
    ],
)
def test_a_setting_for_trying_things_out_is_named(
    settings: Settings, setting: str, value: object, what: str
) -> None:
    assert found(what).is_fine
    setattr(settings, setting, value)
    assert not found(what).is_fine
    assert found(what).todo


def test_a_home_that_others_may_look_into_is_named(settings: Settings) -> None:
    assert found("home").is_fine
    Path(settings.HOME).chmod(0o755)
    assert "everybody on this machine may look into" in found("home").says


def test_style_sheets_of_another_version_are_named(settings: Settings) -> None:
    assert found("style sheets").is_fine
    (Path(settings.STATIC_ROOT) / "coproduce.css").write_text("of last year")
    assert found("style sheets").todo == "Run: coproduce setup"


def test_keys_among_the_uploads_are_named(settings: Settings) -> None:
    settings.KEY_FOLDER = Path(settings.MEDIA_ROOT) / "keys"
    assert not found("keys").is_fine
    assert "a backup would carry them away" in found("keys").says


def test_a_key_that_others_may_read_is_named() -> None:
    conversation = cast.an_open_conversation()
    assert found("keys").is_fine
    key = Path(configured.KEY_FOLDER) / conversation.id.hex
    key.chmod(0o644)
    assert str(key) in found("keys").says


def test_a_secret_key_that_others_may_read_is_named(settings: Settings) -> None:
    path = Path(settings.HOME) / "secret_key"
    path.touch(0o600)
    assert found("secret key").is_fine
    path.chmod(0o640)
    assert not found("secret key").is_fine


def test_an_open_conversation_without_its_key_is_named() -> None:
    conversation = cast.an_open_conversation()
    assert found("conversations").is_fine
    destroy_key(conversation.id)
    assert found("conversations").says == "1 open without a key, 0 closed with one"


def test_a_task_that_nobody_does_is_named() -> None:
    slow_tasks.fail.enqueue("x")
    assert found("tasks").is_fine
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(hours=2))
    assert found("tasks").says == "0 running and 1 waiting for more than an hour"


def test_a_task_that_failed_is_named_with_its_reason() -> None:
    slow_tasks.fail.enqueue("There is no such wave.")
    background.work_off()
    assert "fail: ValueError: There is no such wave." in found("tasks").says


def test_an_admin_without_a_second_factor_is_named() -> None:
    assert found("admins").is_fine
    cast.person("Bea")
    User.objects.filter(email="bea@example.org").update(is_staff=True)
    assert found("admins").says == "no second factor yet: bea@example.org"


def test_a_site_that_nobody_looks_after_is_named() -> None:
    User.objects.update(is_staff=False)
    assert found("admins").todo == "Run: coproduce add-admin you@example.org"


def test_a_worker_is_seen_while_it_lives() -> None:
    assert not found("worker").is_fine
    with badges.worn(background.badge_folder() / "somebody"):
        assert found("worker").is_fine


def test_a_full_disk_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert found("disk").is_fine
    monkeypatch.setattr(checking, "ENOUGH_SPACE", 10**18)
    assert "Make room" in found("disk").todo


@pytest.mark.skipif(not configured.IS_SQLITE, reason="a setting of SQLite")
def test_a_sqlite_that_does_not_wait_for_the_disk_is_named() -> None:
    assert found("durability").is_fine
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
    try:
        assert found("durability").says == "SQLite answers synchronous=0"
    finally:
        connection.close()


@pytest.mark.skipif(configured.IS_SQLITE, reason="a setting of PostgreSQL")
def test_a_postgresql_that_does_not_wait_for_the_disk_is_named() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")
    try:
        assert not found("durability").is_fine
        assert "synchronous_commit off" in found("durability").says
    finally:
        connection.close()


def test_what_can_be_found_is_held_against_what_there_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    cast.a_gathering()
    assert main(["check", "--search"]) == 1
    assert "can be found now:" in capsys.readouterr().out
    assert main(["check", "--search"]) == 0
    assert "can be found, each as it is" in capsys.readouterr().out
