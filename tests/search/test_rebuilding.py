"""The index held against the rooms: it ends as they are, whatever was in it before."""

from collections.abc import Iterator

import pytest
from django.db import connection

from coproduce.search import rebuilding
from coproduce.search.asking import Sees
from coproduce.search.finding import find
from coproduce.search.index import Entry, put
from coproduce.search.models import Findable, Seen, Word, Words
from coproduce.search.rebuilding import Kind, Room, rebuild

pytestmark = pytest.mark.django_db

HELD: list[Entry] = []


@pytest.fixture(autouse=True)
def only_one_room(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(rebuilding, "_rooms", {})
    rebuilding.leave_room("attic", Room((Kind("box", "Box", "Boxes"),), lambda: HELD))
    yield
    HELD.clear()


def box(name: str, words: str = "") -> Entry:
    return Entry(f"box:{name}", "box", name, "/attic/", words, seen=Seen.EVERYBODY)


def titles(words: str) -> list[str]:
    return [str(hit.title) for hit in find(words, sees=Sees()).hits]


def test_it_fills_an_empty_index_from_the_rooms() -> None:
    HELD.extend([box("hats"), box("coats")])
    assert rebuild().put == 2
    assert titles("hats") == ["<mark>hats</mark>"]


def test_it_changes_nothing_where_all_is_as_it_is() -> None:
    HELD.extend([box("hats"), box("coats")])
    rebuild()
    again = rebuild()
    assert again.was_fine
    assert str(again) == "2 things can be found, each as it is"


def test_it_takes_out_what_no_room_has_and_mends_what_was_changed_behind_its_back() -> None:
    HELD.extend([box("hats"), box("coats", "warm")])
    rebuild()
    put(box("ghosts"))
    Words.objects.filter(title="coats").update(text="cold", text_keys="cold")
    found = rebuild()
    assert (found.put, found.taken_out) == (1, 1)
    assert titles("warm") == ["coats"]
    assert titles("ghosts") == titles("cold") == []


def test_it_counts_the_words_anew() -> None:
    HELD.append(box("hats"))
    rebuild()
    Word.objects.filter(word="hats").update(things=7)
    Word.objects.create(word="ghosts", things=1)
    assert rebuild().words == 2
    assert list(Word.objects.values_list("word", "things")) == [("hats", 1)]


def test_it_makes_an_index_anew_that_does_not_fit_its_words() -> None:
    HELD.append(box("hats"))
    rebuild()
    if connection.vendor != "sqlite":
        pytest.skip("on PostgreSQL the index is a column of the words themselves")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO search_index(search_index) VALUES ('delete-all')")
    assert titles("hats") == []
    found = rebuild()
    assert not found.was_whole
    assert "the index made anew" in str(found)
    assert titles("hats") == ["<mark>hats</mark>"]


def test_a_room_that_fails_leaves_what_was_found_before() -> None:
    HELD.append(box("hats"))
    rebuild()
    rebuilding.leave_room("cellar", Room((), lambda: iter([1 // 0])))  # type: ignore[list-item]
    with pytest.raises(ZeroDivisionError):
        rebuild()
    assert Findable.objects.count() == 1
