"""The statements of the story can be read by everybody and are nobody's."""

import pytest

from coproduce.conversations.models import Declaration, Statement
from coproduce.people.models import Role
from coproduce.web.demo.first_year import FIRST_YEAR
from coproduce.web.demo.network import NETWORK
from coproduce.web.demo.places import PLACES
from coproduce.web.demo.story import CAST, HOMES, PARTS, WAITING
from coproduce.web.demo.words import Said

ALL = (*NETWORK, *FIRST_YEAR)
MOST_EASY_WORDS = 15
NOT_ON_THE_PAGE = (
    "service user",
    "stakeholder",
    "hard-to-reach",
    "beneficiar",
    "leverage",
    "cohort",
    "respondent",
)


@pytest.mark.parametrize("said", ALL, ids=lambda said: said.easy)
def test_it_has_three_wordings_that_fit(said: Said) -> None:
    longest = Statement._meta.get_field("words").max_length
    assert longest is not None
    assert all(0 < len(words) <= longest for words in (said.words, said.plain, said.easy))
    sentences = [part for part in said.easy.split(".") if part.strip()]
    assert all(len(sentence.split()) <= MOST_EASY_WORDS for sentence in sentences)
    assert len(said.easy.split()) <= MOST_EASY_WORDS


def test_the_day_speaks_of_all_nine_needs_in_thirty_statements() -> None:
    assert len(NETWORK) == 30
    assert {said.need for said in NETWORK} == set(range(1, 10))


def test_no_statement_comes_twice() -> None:
    for wordings in zip(*((said.words, said.plain, said.easy) for said in ALL), strict=True):
        assert len(set(wordings)) == len(ALL)


def test_it_uses_no_word_that_the_glossary_keeps_off_the_page() -> None:
    text = " ".join(f"{said.words} {said.plain} {said.easy}" for said in ALL).lower()
    text += " ".join(WAITING).lower()
    assert not [word for word in NOT_ON_THE_PAGE if word in text]


def test_the_people_one_can_be_are_plainly_made_up() -> None:
    assert all(figure.name.startswith("Made-up ") for figure in CAST)
    assert all(figure.email.endswith("@demo.example") for figure in CAST)
    roles = [figure.role for figure in CAST]
    assert set(roles) == {*Role.values, ""}
    assert roles.count("coordinator") == 2


def test_parts_and_places_are_ones_the_site_knows() -> None:
    names = {place.name.lower() for place in PLACES}
    assert set(HOMES) <= names
    assert {part for parts in PARTS.values() for part in parts} <= set(Declaration.Part.values)
