"""Are votes read as they were cast, and broken files named by file, row and field?"""

import gzip
import io
from pathlib import Path

import pytest

from coproduce.formats.errors import BadFile
from coproduce.formats.polis import Votes, read_statements, read_votes
from tests.real_conversations import BIODIVERSITY, BREXIT, exported, published

LONG = "timestamp,datetime,comment-id,voter-id,vote\n"
MATRIX = "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1\n"
OWN = "person,statement,vote\n"
COMMENTS = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "votes.csv"


def last_votes(votes: Votes) -> dict[tuple[int, int], int]:
    columns = (votes.person.tolist(), votes.statement.tolist(), votes.vote.tolist())
    return {(who, what): vote for who, what, vote in zip(*columns, strict=True)}


@pytest.mark.parametrize("conversation", [BREXIT, BIODIVERSITY])
def test_the_matrix_is_the_last_votes_cell_for_cell(conversation: str) -> None:
    cells = {
        (int(row["participant"]), int(name)): int(cell)
        for row in published(conversation)
        for name, cell in row.items()
        if name.isdigit() and cell
    }
    matrix = read_votes(exported(conversation, "participants-votes.csv"))
    long = read_votes(exported(conversation, "votes.csv"))
    assert last_votes(matrix) == cells
    assert last_votes(long) == cells
    assert matrix.statements == long.statements


@pytest.mark.parametrize("conversation", [BREXIT, BIODIVERSITY])
def test_agree_is_plus_one_as_the_published_counts_say(conversation: str) -> None:
    agrees = dict.fromkeys((int(row["participant"]) for row in published(conversation)), 0)
    for (who, _), vote in last_votes(read_votes(exported(conversation, "votes.csv"))).items():
        agrees[who] += vote == 1
    assert agrees == {
        int(row["participant"]): int(row["n-agree"]) for row in published(conversation)
    }


def test_the_last_vote_is_told_by_time_and_not_by_row(file: Path) -> None:
    file.write_text(f"{LONG}20,,5,1,1\n10,,5,1,-1\n")
    assert last_votes(read_votes(file)) == {(1, 5): 1}


def test_without_times_the_last_row_is_the_last_vote(file: Path) -> None:
    file.write_text(f"{LONG},,5,1,1\n,,5,1,-1\n")
    assert last_votes(read_votes(file)) == {(1, 5): -1}


def test_columns_may_stand_in_any_order(file: Path) -> None:
    file.write_text("vote,statement,person\n-1,7,3\n")
    assert last_votes(read_votes(file)) == {(3, 7): -1}


def test_a_matrix_may_hold_an_empty_xid_column(file: Path) -> None:
    file.write_text("group-id,participant,xid,4\n,9,,1.0\n")
    assert last_votes(read_votes(file)) == {(9, 4): 1}


def test_it_knows_statements_that_nobody_voted_on(file: Path) -> None:
    file.write_text(f"{MATRIX}1,0,0,1,1,0,1,\n")
    assert read_votes(file).statements == (0, 1)


def test_people_may_have_names_and_007_is_not_7(file: Path) -> None:
    file.write_text(f"{OWN}K7-PQ,1,1\n007,1,0\n7,1,-1\n")
    votes = read_votes(file)
    assert [votes.name(who) for who in votes.person.tolist()] == ["K7-PQ", "007", "7"]


def test_zipped_and_with_a_byte_order_mark_it_reads_the_same(tmp_path: Path) -> None:
    packed = tmp_path / "votes"
    packed.write_bytes(gzip.compress(b"\xef\xbb\xbf" + f"{OWN}1,2,1\r\n".encode()))
    assert last_votes(read_votes(packed)) == {(1, 2): 1}


def test_an_opened_file_is_read_too() -> None:
    assert last_votes(read_votes(io.BytesIO(f"{OWN}1,2,0\n".encode()))) == {(1, 2): 0}


def test_a_header_alone_is_a_conversation_without_votes(file: Path) -> None:
    file.write_text(OWN)
    assert read_votes(file).person.size == 0


@pytest.mark.parametrize(
    ("text", "row", "field", "says"),
    [
        ("", None, None, "empty"),
        ("\n", None, None, "empty"),
        ("a,b,c\n1,2,3\n", 1, None, "not known here"),
        ("person;statement;vote\n1;2;1\n", 1, None, "semicolons"),
        ("person,statement,vote,colour\n1,2,1,red\n", 1, "colour", "not known"),
        ("person,vote,statement,vote\n1,1,2,1\n", 1, "vote", "there twice"),
        (f"{OWN}1,2,1\n1,3,yes\n", 3, "vote", "“yes” is not a number"),
        (f"{OWN}1,2,2\n", 2, "vote", "2 is outside -1, 0, 1"),
        (f"{OWN}1,2,0.5\n", 2, "vote", "0.5 is outside"),
        (f"{OWN}1,2,nan\n", 2, "vote", "outside"),
        (f"{OWN}1,2,\n", 2, "vote", "blank"),
        (f"{OWN}1,two,1\n", 2, "statement", "not a whole number"),
        (f"{OWN}1,2.5,1\n", 2, "statement", "not a whole number"),
        (f"{OWN}1,,1\n", 2, "statement", "not a whole number"),
        (f"{OWN},2,1\n", 2, "person", "Nobody is named"),
        (f"{OWN}1,2\n", 2, None, "2 cells, the header has 3"),
        (f"{OWN}1,2,1,1\n", 2, None, "4 cells"),
        (f"{OWN}1,2,1\n\n1,3,1\n", 3, None, "0 cells"),
        (f'{OWN}1,2,"1" x\n', 2, None, "stray quotation mark"),
        (f'{OWN}1,2,"1\n', 2, None, "stray quotation mark"),
        (f"{LONG}5,,1,1,1\n,,1,1,1\n", 3, "timestamp", "last vote is unknown"),
        ("timestamp,comment-id,voter-id,vote,mood\n1,1,1,1,1\n", 1, "mood", "not known"),
        (f"{MATRIX}1,0,0,1,1,0,1,\n1,0,0,1,1,0,1,\n", 3, "participant", "1 is there twice"),
        (f"{MATRIX}1,0,0,1,1,0,1,3\n", 2, "1", "3 is outside"),
        ("participant,group-id,shoe\n1,0,1\n", 1, "shoe", "neither a statement"),
        ("participant,0,,1\n1,1,,1\n", 1, "", "neither a statement"),
    ],
)
def test_a_broken_file_is_named_by_row_and_field(
    file: Path, text: str, row: int | None, field: str | None, says: str
) -> None:
    file.write_text(text)
    with pytest.raises(BadFile, match=says) as caught:
        read_votes(file)
    assert (caught.value.file, caught.value.row, caught.value.field) == ("votes.csv", row, field)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("raw", "row", "says"),
    [
        (f"{OWN}1,2,1\nJos\xe9,2,1\n".encode("latin-1"), 3, "not UTF-8"),
        (f"{OWN}1,2,1\n".encode("utf-16"), 1, "not UTF-8"),
        (gzip.compress(f"{OWN}1,2,1\n".encode() * 99, mtime=0)[:-12], None, "cut off or damaged"),
        (b"\x1f\x8bthis is no archive", None, "cut off or damaged"),
    ],
)
def test_bytes_that_are_no_text_are_named(
    file: Path, raw: bytes, row: int | None, says: str
) -> None:
    file.write_bytes(raw)
    with pytest.raises(BadFile, match=says) as caught:
        read_votes(file)
    assert caught.value.row == row


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"nowhere\.csv: There is no such file"):
        read_votes(tmp_path / "nowhere.csv")
    with pytest.raises(BadFile, match="This is a folder"):
        read_votes(tmp_path)


def test_statements_come_with_their_moderation_and_many_lines(file: Path) -> None:
    file.write_text(f'{COMMENTS}1,,36,0,3,4,-1,"First,\nsecond"\n,,9,,,,1,Plain\n')
    read = read_statements(file)
    assert [(each.id, each.words, each.moderated) for each in read] == [
        (36, "First,\nsecond", -1),
        (9, "Plain", 1),
    ]


@pytest.mark.parametrize("conversation", [BREXIT, BIODIVERSITY])
def test_every_statement_voted_on_has_its_words(conversation: str) -> None:
    statements = {each.id for each in read_statements(exported(conversation, "comments.csv"))}
    assert set(read_votes(exported(conversation, "votes.csv")).statements) <= statements


@pytest.mark.parametrize(
    ("text", "row", "field", "says"),
    [
        ("comment-id,moderated\n1,1\n", 1, "comment-body", "missing"),
        (f"{COMMENTS},,1,,,,2,x\n", 2, "moderated", "“2” should be"),
        (f"{COMMENTS},,1,,,,1,x\n,,1,,,,1,y\n", 3, "comment-id", "1 is there twice"),
    ],
)
def test_broken_statements_are_named(
    file: Path, text: str, row: int, field: str, says: str
) -> None:
    file.write_text(text)
    with pytest.raises(BadFile, match=says) as caught:
        read_statements(file)
    assert (caught.value.row, caught.value.field) == (row, field)
