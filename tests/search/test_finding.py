"""What is put in is found, by whom it may be found, and by nobody else."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from coproduce.search.asking import Sees
from coproduce.search.finding import ON_A_PAGE, Found, find
from coproduce.search.index import Entry, put, put_many, take_out
from coproduce.search.models import Gram, Seen, Word

pytestmark = pytest.mark.django_db

STRANGER = Sees()
MEMBER = Sees(directory=True, places=frozenset({1}))


def entry(title: str, text: str = "", **fields: Any) -> Entry:
    fields.setdefault("thing", f"thing:{title}")
    fields.setdefault("kind", "gathering")
    fields.setdefault("seen", Seen.EVERYBODY)
    return Entry(title=title, text=text, address="/there/", **fields)


def titles(words: str, sees: Sees = STRANGER, **more: Any) -> list[str]:
    found = find(words, sees=sees, **more)
    return [str(hit.title).replace("<mark>", "").replace("</mark>", "") for hit in found.hits]


@pytest.mark.parametrize(
    "typed",
    [
        "commissioners",
        "COMMISSIONER",
        "  commissioner  meets ",
        "meeting commissioners",
        '"the commissioner meets"',
        "“commissioner meets”",
        "cafe",
        "Café’s",
        "cafés",
        "2026",
        "co-production",
        "co production",
    ],
)
def test_it_finds_a_thing_by_any_form_of_its_words(typed: str) -> None:
    put(entry("The commissioner meets people", "In the café, 2026, about co-production."))
    put(entry("Something else", "about other things"))
    assert titles(typed) == ["The commissioner meets people"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("comissioner", "commissioner"),
        ("commisoner", "commissioner"),
        ("Housign", "housing"),
        ("acommodation", "accommodation"),
        ("neigbours", "neighbours"),
    ],
)
def test_it_mends_a_mistyped_word_and_says_so(typed: str, meant: str) -> None:
    put(entry("A commissioner on housing", "accommodation for neighbours"))
    found = find(f"{typed} on", sees=STRANGER)
    assert found.instead == meant
    assert len(found.hits) == 1


def test_it_mends_only_the_word_that_finds_nothing() -> None:
    put(entry("Buses in the evening"))
    put(entry("Houses in the evening"))
    found = find("buses evning", sees=STRANGER)
    assert (found.instead, len(found.hits)) == ("buses evening", 1)


def test_it_finds_the_beginning_of_the_last_word_while_somebody_types() -> None:
    put(entry("Housing and neighbours"))
    assert titles("neighb") == titles("housing neig") == ["Housing and neighbours"]
    assert find("neig housing", sees=STRANGER).any_of  # no word begins in the middle


def test_words_in_quotes_stand_in_this_order() -> None:
    put(entry("Pay people before the meeting"))
    put(entry("The meeting people pay for"))
    assert titles('"pay people"') == ["Pay people before the meeting"]
    assert len(titles("pay people")) == 2


def test_it_falls_back_on_some_of_the_words_and_says_so() -> None:
    put(entry("Buses"))
    put(entry("Trams"))
    found = find("buses trams", sees=STRANGER)
    assert found.any_of
    assert len(found.hits) == 2


def test_a_word_in_the_title_comes_before_one_in_the_text() -> None:
    put(entry("Something", "about buses and other things that we talked about"))
    put(entry("Buses", "about other things that we talked about and something"))
    put(entry("Other", "nothing of it"))
    assert titles("buses")[0] == "Buses"


def test_of_equals_the_newest_comes_first() -> None:
    for year in (2024, 2026, 2025):
        day = datetime(year, 5, 1, tzinfo=ZoneInfo("Europe/London"))
        put(entry("Buses", thing=f"gathering:{year}", at=day, note=str(year)))
    assert [hit.note for hit in find("buses", sees=STRANGER).hits] == ["2026", "2025", "2024"]


def test_what_was_taken_out_is_found_no_more_by_none_of_its_words() -> None:
    put(entry("Zuleika Example", "offers rhubarb"))
    put(entry("Somebody else", "offers advice"))
    assert take_out("thing:Zuleika Example") == 1
    assert titles("Zuleika") == titles("rhubarb") == []
    assert not Word.objects.filter(word__in=["zuleika", "rhubarb"]).exists()
    assert Word.objects.get(word="offers").things == 1
    assert set(Gram.objects.values_list("word__word", flat=True)) <= set(
        Word.objects.values_list("word", flat=True)
    )


def test_other_words_take_the_place_of_the_ones_before() -> None:
    put(entry("One", "buses", thing="gathering:1"))
    put(entry("Two", "trams", thing="gathering:1"))
    assert titles("buses") == titles("one") == []
    assert titles("trams") == titles("two") == ["Two"]


def test_put_in_again_it_changes_nothing() -> None:
    same = entry("One", "buses")
    assert [put_many([same]), put_many([same])] == [1, 0]
    assert Word.objects.get(word="buses").things == 1


def test_nobody_finds_what_nobody_was_let_see() -> None:
    put(Entry("thing:1", "gathering", "A draft", "/there/"))
    everything = Sees(directory=True, places=frozenset(range(100)))
    assert titles("draft", everything) == []


def test_it_is_taken_out_once_nobody_may_see_it_any_more() -> None:
    put(entry("A plan", thing="gathering:1"))
    put(entry("A plan", thing="gathering:1", seen=Seen.NOBODY))
    assert titles("plan") == []
    assert not Word.objects.exists()


def test_each_finds_what_they_may_see_and_hears_of_nothing_else() -> None:
    put(entry("Open buses"))
    put(entry("Listed buses", seen=Seen.DIRECTORY, kind="person"))
    put(entry("Our buses", seen=Seen.MEMBERS, place=1, kind="report"))
    put(entry("Their buses", seen=Seen.MEMBERS, place=2, kind="report"))
    put(entry("Nowhere buses", seen=Seen.MEMBERS, kind="report"))
    assert titles("buses") == ["Open buses"]
    assert find("buses", sees=STRANGER).kinds == (("gathering", 1),)
    assert set(titles("buses", MEMBER)) == {"Open buses", "Listed buses", "Our buses"}
    assert find("buses", sees=MEMBER).total == 3
    assert titles("buses", STRANGER, kind="person") == ["Open buses"]  # no such kind for them


def test_no_spelling_betrays_a_name_that_one_may_not_see() -> None:
    put(entry("Zuleika Example", seen=Seen.DIRECTORY, kind="person"))
    for typed in ("Zuleka", "Zulei", "Zuleika"):
        assert find(typed, sees=STRANGER) == Found(typed.lower())
    assert find("Zuleka", sees=MEMBER).instead == "zuleika"
    assert titles("Zulei", MEMBER) == ["Zuleika Example"]


def test_it_shows_one_kind_and_counts_the_others() -> None:
    put_many(entry("Buses", thing=f"gathering:{n}") for n in range(3))
    put(entry("Buses", thing="place:1", kind="place"))
    found = find("buses", sees=STRANGER, kind="place")
    assert found.kinds == (("gathering", 3), ("place", 1))
    assert (found.total, len(found.hits)) == (1, 1)


def test_it_goes_on_page_by_page() -> None:
    put_many(entry("Buses", thing=f"gathering:{n}") for n in range(ON_A_PAGE + 3))
    first, last = find("buses", sees=STRANGER), find("buses", sees=STRANGER, page=2)
    assert (len(first.hits), len(last.hits), first.pages) == (ON_A_PAGE, 3, 2)
    assert find("buses", sees=STRANGER, page=99).page == 2
    assert find("buses", sees=STRANGER, page=-1).page == 1


def test_it_marks_what_was_looked_for_and_nothing_that_was_written_is_markup() -> None:
    put(entry("<b>Buses</b> & trams", 'We want "more" <script>buses</script> at night.'))
    [hit] = find("bus", sees=STRANGER).hits
    assert hit.title == "&lt;b&gt;<mark>Buses</mark>&lt;/b&gt; &amp; trams"
    assert "&lt;script&gt;<mark>buses</mark>&lt;/script&gt;" in hit.line


def test_its_line_is_where_the_words_stand_together() -> None:
    filler = "something else that was said at length. " * 20
    put(entry("A day", f"buses {filler}. Pay for the evening buses in time. {filler}"))
    [hit] = find("evening buses", sees=STRANGER).hits
    assert "<mark>evening</mark> <mark>buses</mark>" in hit.line
    assert hit.line.startswith("… ")
    assert hit.line.endswith(" …")


def test_a_page_of_hits_takes_the_same_few_questions(django_assert_max_num_queries: Any) -> None:
    put_many(entry("Buses", thing=f"gathering:{n}") for n in range(50))
    with django_assert_max_num_queries(4):
        find("buses", sees=STRANGER)


ODD = [
    "",
    " ",
    "\x00",
    "\ud800",
    "a\udfff b",
    '"',
    '""',
    '"a',
    "“",
    "* NEAR(a b) AND OR NOT ^a a* {x y}: -a +b",
    "title_keys : a",
    "' OR 1=1 --",
    "a & b | !c <-> d:*",
    "💐🏳️‍🌈",
    "مرحبا بالعالم",
    "שלום",
    "\u202eabc",
    "नमस्ते दुनिया",
    "x" * 10_000,
    "a b " * 5_000,
    '"' + "a " * 5_000 + '"',
    "%s %(a)s {} \\",
    "İI ıi ﬀ ß",
]


@pytest.mark.parametrize("typed", ODD)
def test_nothing_that_is_typed_is_an_error(typed: str) -> None:
    put(entry("A day", "about b and c"))
    found = find(typed, sees=MEMBER, kind=typed)
    assert found.total == sum(count for _, count in found.kinds)
    "".join(found.asked).encode()  # what the page says of it can be sent


@given(text=st.text(max_size=300), typed=st.text(max_size=80))
def test_any_text_goes_in_and_any_question_is_answered(text: str, typed: str) -> None:
    put(entry("Odd", text, thing="gathering:odd"))
    find(typed, sees=MEMBER)
    take_out("gathering:odd")


@given(text=st.text(min_size=1, max_size=120))
def test_what_was_put_in_is_found_by_its_own_words(text: str) -> None:
    put(entry("Odd", text, thing="gathering:odd"))
    found = find(f"odd {text}", sees=STRANGER)
    assert [hit.title for hit in found.hits] == ["<mark>Odd</mark>"] or not found.asked
    take_out("gathering:odd")


@pytest.mark.skipif("sqlite3" not in connection.settings_dict["ENGINE"], reason="only SQLite")
def test_words_that_were_taken_out_are_in_no_byte_of_the_index() -> None:
    put_many(entry(f"Buses {n}", "about trams", thing=f"gathering:{n}") for n in range(20))
    put(entry("Zuleika Rhubarb", thing="person:1", seen=Seen.DIRECTORY))
    assert _stands_in_the_index(b"rhubarb")
    take_out("person:1")
    assert not _stands_in_the_index(b"rhubarb")
    assert len(titles("trams")) == 20


def _stands_in_the_index(word: bytes) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT block FROM search_index_data")
        blocks = b"".join(block for (block,) in cursor.fetchall())
    return word[1:] in blocks  # the first letters may be shared with the word before
