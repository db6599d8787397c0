"""How do we know that two sheets are of one person, and never who that is?

By a code that they made themselves, or that stood on a slip. Only its hash is kept, made with a
key that lies outside the database and its backup: from a stolen copy nobody can try out codes.
"""

import hmac

from coproduce.gatherings.codes import make_long_code, read_code
from coproduce.measures.models import Survey
from coproduce.trust.keys import read_key

FEWEST_LETTERS = 5  # of a code that people make: fewer, and two people have the same one
MOST_LETTERS = 40


class CodeTooShort(ValueError):
    """A code that somebody else may well have too."""


def hash_of(survey: Survey, typed: str) -> str:
    """The code as we keep it; `KeyIsGone` where the project's key is not here."""
    code = read_code(typed)[:MOST_LETTERS]
    return hmac.digest(read_key(survey.salt_of), code.encode(), "sha256").hex()


def check(typed: str) -> None:
    if len(read_code(typed)) < FEWEST_LETTERS:
        raise CodeTooShort(
            f"This code has fewer than {FEWEST_LETTERS} letters and digits. Make it as the hint "
            "says, so that nobody else has the same one."
        )


def make_code() -> str:
    """For whoever answers without a code of their own: to go on later, or to take it back."""
    return make_long_code()
