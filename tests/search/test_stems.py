"""Stems against the paper they come from, and against the one that SQLite carries."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from coproduce.search.stems import stem
from workshop.places import ROOT

# From the examples of the paper, step by step, carried through to the end.
PUBLISHED = {
    "caresses": "caress", "ponies": "poni", "cats": "cat", "agreed": "agre", "plastered": "plaster",
    "motoring": "motor", "sing": "sing", "conflated": "conflat", "hopping": "hop",
    "falling": "fall", "filing": "file", "happy": "happi", "sky": "sky", "relational": "relat",
    "conditional": "condit", "valenci": "valenc", "digitizer": "digit", "vietnamization": "vietnam",
    "predication": "predic", "operator": "oper", "feudalism": "feudal", "hopefulness": "hope",
    "formaliti": "formal", "sensibiliti": "sensibl", "triplicate": "triplic", "formative": "form",
    "electrical": "electr", "goodness": "good", "revival": "reviv", "allowance": "allow",
    "airliner": "airlin", "adjustable": "adjust", "replacement": "replac", "adoption": "adopt",
    "communism": "commun", "bowdlerize": "bowdler", "probate": "probat", "rate": "rate",
    "cease": "ceas", "controll": "control", "roll": "roll",
}  # fmt: skip
AS_ORGANISE = re.compile("[iy]s(e|es|ed|er|ers|ing|ation|ations)$")
DEGENERATE = {"eed", "ies", "sses"}  # nothing but an ending: SQLite leaves one letter of it


@pytest.mark.parametrize(("word", "left"), PUBLISHED.items())
def test_it_agrees_with_the_examples_of_the_paper(word: str, left: str) -> None:
    assert stem(word) == left


def test_it_agrees_with_sqlite_on_every_word_of_our_own_pages() -> None:
    sources = [*ROOT.glob("docs/**/*.md"), *ROOT.glob("src/**/*.html"), *ROOT.glob("src/**/*.py")]
    words = sorted({word for path in sources for word in _words_of(path)} - DEGENERATE)
    assert len(words) > 3_000
    assert {word: stem(word) for word in words} == dict(zip(words, _by_sqlite(words), strict=True))


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("organise", "organize"), ("organisations", "organization"), ("analysing", "analyze")],
)
def test_it_takes_both_spellings_of_a_verb_for_one(ours: str, theirs: str) -> None:
    assert stem(ours) == stem(theirs)


def _words_of(path: Path) -> list[str]:
    words = re.findall("[a-z]+", path.read_text().lower())
    return [word for word in words if not AS_ORGANISE.search(word)]


def _by_sqlite(words: list[str]) -> list[str]:
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE VIRTUAL TABLE one USING fts5(word, tokenize='porter ascii')")
        database.execute("CREATE VIRTUAL TABLE stems USING fts5vocab(one, 'instance')")
        database.executemany("INSERT INTO one(rowid, word) VALUES (?, ?)", enumerate(words))
        return [term for (term,) in database.execute("SELECT term FROM stems ORDER BY doc")]
