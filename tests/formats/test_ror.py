"""The identifier of an organisation is checked by its own last two digits."""

import pytest

from coproduce.formats.ror import NotAnIdentifier, checksum, ror_id

# Published identifiers: Oxford, Manchester, Cambridge, University College London, Imperial
KNOWN = ("052gg0110", "027m9bs27", "013meh722", "02jx3x895", "041kmwe10")


@pytest.mark.parametrize("known", KNOWN)
def test_published_identifiers_pass(known: str) -> None:
    assert ror_id(known) == f"https://ror.org/{known}"
    assert checksum(known[1:7]) == known[7:]


def test_an_address_or_capitals_are_the_same_identifier() -> None:
    for typed in ("https://ror.org/052gg0110", "ror.org/052GG0110/", "  052gg0110 "):
        assert ror_id(typed) == "https://ror.org/052gg0110"


@pytest.mark.parametrize("known", KNOWN)
def test_a_wrong_letter_is_noticed(known: str) -> None:
    for place in range(1, 7):
        other = "2" if known[place] != "2" else "3"
        with pytest.raises(NotAnIdentifier, match="wrong"):
            ror_id(known[:place] + other + known[place + 1 :])


@pytest.mark.parametrize("typed", ["", "Oxford", "152gg0110", "052gg011", "052gl0110", "0" * 9000])
def test_anything_else_is_no_identifier(typed: str) -> None:
    with pytest.raises(NotAnIdentifier, match="looks like"):
        ror_id(typed)
