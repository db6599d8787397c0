"""What is somebody looking for? Any string is read; none is refused, and none means anything else.

Words stand for themselves, "words in quotes" for themselves in this order. There are no operators:
what looks like one is a word, or nothing.
"""

import re
from dataclasses import dataclass, replace

from coproduce.search.tokens import Token, clean, key_of, tokens

LONGEST = 200  # characters; the rest is not read
MOST_TERMS = 12
QUOTED = re.compile('["“”„«»]([^"“”„«»]*)["“”„«»]')
# Words that are in almost every text. In quotes they count.
SMALL = frozenset(
    """
    a about after again all also am an and any are as at be because been before being both but by
    can could did do does doing for from had has have having he her here hers him his how i if in
    into is it its just me more most my no nor not of off on once only or other our ours out over
    own same she should so some such than that the their theirs them then there these they this
    those through to too under until up us very was we were what when where which while who whom
    why will with would you your yours
    """.split()  # noqa: SIM905  a page of quotes would hide them
)
Phrase = tuple[str, ...]  # keys of words, one after the other


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a phrase, and the ways in which it may be written."""

    said: str  # as it is shown
    plain: str  # one word without accents and capitals; "" for a phrase
    ways: tuple[Phrase, ...]

    def instead(self, word: str) -> "Term":
        """Another word in its place."""
        return Term(word, word, ((key_of(word),),))

    def or_also(self, words: list[str]) -> "Term":
        """Itself, or one of these."""
        ways = (*self.ways, *((key_of(word),) for word in words))
        return replace(self, ways=tuple(dict.fromkeys(ways)))


def read(typed: str) -> tuple[Term, ...]:
    """The terms of what was typed, each once; small words only where there is nothing else."""
    text = clean(typed)[:LONGEST]
    phrases = [_phrase(found[1]) for found in QUOTED.finditer(text)]
    words = [_word(each) for each in tokens(QUOTED.sub(" ", text))]
    telling = [term for term in words if term.plain not in SMALL]
    terms = [term for term in (*filter(None, phrases), *(telling or words)) if term]
    return tuple({term.ways: term for term in reversed(terms)}.values())[::-1][:MOST_TERMS]


def in_words(terms: tuple[Term, ...]) -> str:
    """What is looked for, as one could type it."""
    return " ".join(term.said if term.plain else f"“{term.said}”" for term in terms)


def _word(token: Token) -> Term:
    return Term(token.plain, token.plain, ((token.key,),))


def _phrase(text: str) -> Term | None:
    found = list(tokens(text))
    if not found:
        return None
    if len(found) == 1:
        return _word(found[0])
    return Term(" ".join(text.split()), "", (tuple(each.key for each in found),))
