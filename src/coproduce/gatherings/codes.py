"""Codes that can be read aloud, copied from paper and typed: for a gathering, for who comes."""

import secrets

CODE_LETTERS = "BCDFGHJKMNPQRSTVWXZ23456789"  # no vowels, no 0/O or 1/I/L
SHORT, LONG = 5, 8


def make_code() -> str:
    """A short code that can be called across a hall: it opens what the hall may do."""
    return _letters(SHORT)


def make_long_code() -> str:
    """A code that nobody guesses: it opens what belongs to one person (27^8, behind a limit)."""
    return _letters(LONG)


def read_code(typed: str) -> str:
    """The code as we keep it: capitals and letters alone, however it was typed."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())


def _letters(count: int) -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(count))
