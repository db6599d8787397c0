"""What a helper types from paper, read line by line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduce.conversations.actions.facilitating import Hands
from coproduce.conversations.entry import read_hands, read_sheets
from coproduce.conversations.models import Choice
from coproduce.conversations.pseudonyms import read_code
from coproduce.gatherings.codes import CODE_LETTERS

A, D, P = Choice.AGREE, Choice.DISAGREE, Choice.PASS


def a_code(start: str = "KTMRW7") -> str:
    """A code with its right check letter: exactly one of the 27 letters is."""
    return next(code for letter in CODE_LETTERS if (code := read_code(start + letter)))


CODE, OTHER = a_code(), a_code("BCDFGH")


def sheets(text: str, statements: int = 4):
    return read_sheets(text, statements=statements, is_slip={CODE, OTHER}.__contains__)


@pytest.mark.parametrize(
    "line",
    [
        f"{CODE} a d p .",
        f"{CODE} adp.",
        f"{CODE.replace('-', '')} adp.",
        f"{CODE.replace('-', ' ')}  A, D, P, .",
        f"  {CODE.lower()}: a;d;p;.",
        f"{CODE}\tadp.",
    ],
)
def test_it_reads_a_line_however_it_is_spaced(line):
    read = sheets(line)

    assert read.problems == ()
    assert [(s.line, s.code, s.answers) for s in read.sheets] == [(1, CODE, (A, D, P, None))]
    assert read.sheets[0].answered == 3


def test_it_counts_empty_lines_when_it_names_a_line():
    read = sheets(f"\n{CODE} aaaa\n\n{OTHER} aaa")

    assert [s.line for s in read.sheets] == [2]
    assert [p.sentence for p in read.problems] == [
        f"Line 4, {OTHER}: 3 answers for 4 statements. "
        "Type a full stop for every statement left blank."
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("hello", "Line 1 does not begin with a code like KTM-4RW7. Copy the code of the slip."),
        ("KTM-RW7 aaaa", "Line 1 does not begin with a code"),
        (f"{a_code('XXXXXX')} aaaa", "is not a code of this conversation. One letter may be"),
        (f"{CODE} aaxa", "“x” is not an answer. Type a for agree, d for disagree, p for pass"),
        (f"{CODE} aaaaa", "5 answers for 4 statements"),
        (CODE, "0 answers for 4 statements"),
        (f"{CODE} ....", "no answer on this sheet, so nothing to enter"),
    ],
)
def test_it_says_in_which_line_something_is_wrong_and_what_to_do(line, said):
    read = sheets(line)

    assert read.sheets == ()
    assert said in read.problems[0].sentence
    assert read.problems[0].line == 1


def test_it_notices_one_wrong_letter_in_a_code():
    wrong = ("B" if CODE[0] != "B" else "C") + CODE[1:]

    assert "is not a code of this conversation" in sheets(f"{wrong} aaaa").problems[0].sentence


def test_it_takes_the_later_of_two_lines_with_one_code_and_says_so():
    read = sheets(f"{CODE} aaaa\n{OTHER} pppp\n{CODE} dddd")

    assert {s.code: s.answers for s in read.latest} == {CODE: (D,) * 4, OTHER: (P,) * 4}
    assert read.twice == [CODE]


def test_it_takes_no_more_than_a_stack_at_once():
    read = sheets(f"{CODE} aaaa\n" * 301)

    assert read.sheets == ()
    assert "301 sheets. Please enter at most 300 at once" in read.problems[0].sentence


@given(answers=st.lists(st.sampled_from("adp."), min_size=1, max_size=40))
def test_it_reads_back_every_row_that_a_sheet_can_hold(answers):
    read = read_sheets(
        f"{CODE} {''.join(answers)}", statements=len(answers), is_slip=lambda code: code == CODE
    )

    if set(answers) == {"."}:
        assert len(read.problems) == 1
        return
    assert [{A: "a", D: "d", P: "p", None: "."}[a] for a in read.sheets[0].answers] == answers


@given(text=st.text(max_size=300))
def test_it_answers_whatever_is_typed_with_sheets_or_sentences(text):
    read = sheets(text)

    assert len(read.sheets) + len(read.problems) == sum(
        1 for line in text.splitlines() if line.strip()
    )


@pytest.mark.parametrize(
    "text",
    [
        "statement,agree,disagree,neither\n1,20,3,1\n2,4,4,0",
        "1;20;3;1\n2;4;4;",
        "\ufeffNo.\tFor\tAgainst\tNeither\n1\t20\t3\t1\n\n2\t4\t4",
        "1,20,3,1,,\n2,4,4",
        '"1","20","3","1"\r\n"2","4","4","0"',
    ],
)
def test_it_reads_hands_from_any_spreadsheet(text):
    assert read_hands(text) == ([Hands(1, 20, 3, 1), Hands(2, 4, 4, 0)], [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1,20", "Row 1 has 2 columns. It needs statement, agree, disagree"),
        ("1,2,3,4,5", "Row 1 has 5 columns"),
        ("statement,agree,disagree\n1,many,3", "Row 2, agree: “many” is not a number from 0"),
        ("1,20,-3,0", "Row 1, disagree: “-3” is not a number"),
        ("1,20,2.5", "Row 1, disagree: “2.5” is not a number"),
        ("1,²,3", "Row 1, agree: “²” is not a number"),
        ("1,10001,3", "Row 1, agree: “10001” is not a number from 0 to 10,000"),
        ("1,,3", "Row 1, agree: “empty” is not a number"),
        ("1,2,3\n1,2,4", "Statement 1 comes twice. Keep one row for it."),
    ],
)
def test_it_names_the_row_and_column_that_is_wrong(text, said):
    assert said in read_hands(text)[1][0].sentence


@given(text=st.text(max_size=200))
def test_it_never_stumbles_over_a_strange_spreadsheet(text):
    hands, problems = read_hands(text)

    assert all(isinstance(one, Hands) for one in hands)
    assert all(one.sentence for one in problems)
