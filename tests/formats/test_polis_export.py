"""Does what we export come back as it was, and carry no time, author or formula?"""

import csv
import io
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from coproduce.formats.polis import read_statements, read_votes
from coproduce.formats.polis_export import (
    ExportedStatement,
    comments_csv,
    participants_votes_csv,
    summary_csv,
    votes_csv,
)
from tests.votes_drawn import Rows, rows

VOTES = rows(st.integers(0, 30))


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def triples(votes: Rows) -> list[tuple[int, int, int]]:
    return sorted(zip(*votes, strict=True))


def read_back(text: str) -> list[tuple[int, int, int]]:
    votes = read_votes(io.BytesIO(text.encode()))
    return triples((votes.person.tolist(), votes.statement.tolist(), votes.vote.tolist()))


@given(VOTES)
def test_votes_come_back_as_they_went(votes: Rows) -> None:
    assert read_back(votes_csv(*votes)) == triples(votes)


@given(VOTES)
def test_the_matrix_comes_back_as_it_went(votes: Rows) -> None:
    text = participants_votes_csv(*votes, statements=range(13), groups={})
    assert read_back(text) == triples(votes)


def test_votes_carry_no_time_and_only_the_last_of_each() -> None:
    assert cells(votes_csv([2, 1, 2], [5, 5, 5], [1, 0, -1]))[1:] == [
        ["", "", "5", "1", "0"],
        ["", "", "5", "2", "-1"],
    ]


def test_the_matrix_counts_and_names_groups_as_polis_does() -> None:
    text = participants_votes_csv(
        [8, 8, 9], [0, 2, 0], [1, -1, 0], statements=[0, 1, 2], groups={8: "B", 9: None}
    )
    assert cells(text)[1:] == [
        ["8", "1", "", "2", "1", "1", "1", "", "-1"],
        ["9", "", "", "1", "0", "0", "0", "", ""],
    ]


@given(st.lists(st.text(alphabet="a'=+-@ \t\r\n,\"", max_size=8), max_size=5))
def test_statements_come_back_word_for_word(sentences: list[str]) -> None:
    trimmed = [sentence.strip() for sentence in sentences]
    out = comments_csv([ExportedStatement(i, words) for i, words in enumerate(trimmed)])
    read = read_statements(io.BytesIO(out.encode()))
    assert [each.words for each in read] == trimmed


def test_comments_carry_no_author_and_tallies_only_where_given(tmp_path: Path) -> None:
    out = comments_csv([ExportedStatement(3, "=SUM(A1)", agrees=4, disagrees=1)])
    assert cells(out)[1] == ["", "", "3", "", "4", "1", "1", "'=SUM(A1)"]
    assert cells(comments_csv([ExportedStatement(3, "x")]))[1][4:6] == ["", ""]


def test_the_summary_names_the_conversation() -> None:
    text = summary_csv(
        topic="What next?", url="", description="-", voters=4, statements=2, groups=1
    )
    summary = {row[0]: row[1] for row in cells(text)}
    assert summary["topic"] == "What next?"
    assert (summary["voters"], summary["comments"], summary["groups"]) == ("4", "2", "1")
    assert summary["conversation-description"] == "'-"
