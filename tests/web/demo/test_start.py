"""A demo has a folder of its own, and touches no other."""

from pathlib import Path

import pytest
from django.conf import settings

from coproduce.web import badges
from coproduce.web.demo.start import DemoHome, NotADemo
from tests.homes import Home, rows_of


@pytest.fixture
def demo(tmp_path: Path) -> DemoHome:
    return DemoHome(tmp_path / "demo")


def told(demo: DemoHome) -> Path:
    """A demo told to the end, and something somebody left in it."""
    demo.prepare(fresh=False)
    demo.told()
    left = demo.path / "answers"
    left.write_text("mine")
    return left


def test_what_was_left_in_it_stays(demo: DemoHome) -> None:
    left = told(demo)
    demo.prepare(fresh=False)
    assert demo.is_told()
    assert left.read_text() == "mine"


def test_fresh_means_anew(demo: DemoHome) -> None:
    left = told(demo)
    demo.prepare(fresh=True)
    assert not demo.is_told()
    assert not left.exists()


def test_a_story_that_broke_off_is_begun_anew(demo: DemoHome) -> None:
    demo.prepare(fresh=False)
    (demo.path / "half").write_text("a story")
    demo.prepare(fresh=False)
    assert not (demo.path / "half").exists()


@pytest.mark.parametrize("fresh", [False, True])
def test_a_folder_that_is_somebodys_is_left_alone(demo: DemoHome, fresh: bool) -> None:
    demo.path.mkdir()
    (demo.path / "thesis.txt").write_text("ten years")
    with pytest.raises(NotADemo, match="so it was left alone"):
        demo.prepare(fresh=fresh)
    assert (demo.path / "thesis.txt").read_text() == "ten years"


def test_one_that_is_being_served_is_left_alone(demo: DemoHome) -> None:
    left = told(demo)
    with (
        badges.worn(demo.path / "serving.lock"),
        pytest.raises(NotADemo, match="is being served already"),
    ):
        demo.prepare(fresh=True)
    assert left.exists()


@pytest.mark.skipif(not settings.IS_SQLITE, reason="a demo is always on SQLite")
def test_started_again_it_keeps_its_answers_and_tells_pages_and_people(home: Home) -> None:
    demo = DemoHome(home.folder)
    demo.mark.touch()
    demo.told()
    with rows_of(home) as ask:
        before = ask("SELECT count(*) FROM conversations_vote")
    done = home.run("demo", "--load-only", "--home", home.folder, "--port", "8123")
    assert done.returncode == 0, done.stderr
    with rows_of(home) as ask:
        assert ask("SELECT count(*) FROM conversations_vote") == before
    for told_of in ("http://127.0.0.1:8123/talk/", "/common-ground/", "/demo/mail/", "/admin/"):
        assert told_of in done.stdout
    for email in ("member@", "facilitator@", "coordinator@", "coordinator2@", "convenor@"):
        assert f"{email}demo.example" in done.stdout
    assert "Each of these works once" in done.stdout
