"""Statements pasted one per line, counted and checked while somebody types."""

import pytest

from coproduce.conversations.statement_lines import read_lines


def test_it_takes_one_statement_a_line_and_skips_empty_ones():
    assert read_lines("One.\n\n  Two. \n").statements == ("One.", "Two.")


def test_it_names_the_line_that_says_something_twice_whatever_the_capitals():
    lines = read_lines("Meet at night.\nPay people.\n\nmeet  at night")

    assert lines.problems == ("Line 4 says the same as line 1. Take one of them out.",)
    assert len(lines.statements) == 3


def test_it_names_the_line_that_is_too_long():
    assert read_lines("Short.\n" + "x" * 281).problems == (
        "Line 2 has 281 characters; 280 is the most. Make two statements of it, or shorten it.",
    )
    assert read_lines("x" * 280).problems == ()


def test_it_knows_the_statements_that_are_there_already():
    known = ((7, "Pay people."),)

    assert read_lines("Pay people!", known).problems == (
        "Line 1 says the same as statement 7. Take one of them out.",
    )


@pytest.mark.parametrize(
    ("count", "advice"), [(4, "begins with 5 to 15"), (5, "good number"), (16, "a lot to begin")]
)
def test_it_says_what_a_count_means_in_a_room(count, advice):
    assert advice in read_lines("\n".join(f"Statement {n}." for n in range(count))).advice
