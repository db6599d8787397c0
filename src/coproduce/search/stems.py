"""What is left of an English word without its endings? "commissioners" is found by "commissioner".

M. F. Porter (1980), An algorithm for suffix stripping, Program 14(3), 130-137. Our own, so that
both databases and the marks on the page take the same words for the same.
"""

import re
from functools import lru_cache
from itertools import pairwise

SHORTEST, LONGEST = 3, 64  # beyond that a word stays as it is
VOWELS = frozenset("aeiou")
AS_IN_ORGANISE = re.compile("(?<=[iy])s(?=(e|es|ed|er|ers|ing|ation|ations)$)")

# Ending -> what takes its place, where the stem before it is long enough. The longest that fits
# decides, so each step is sorted by length.
STEP_2 = {
    "ational": "ate", "tional": "tion", "enci": "ence", "anci": "ance", "izer": "ize",
    "abli": "able", "alli": "al", "entli": "ent", "eli": "e", "ousli": "ous", "ization": "ize",
    "logi": "log", "ation": "ate", "ator": "ate", "alism": "al", "iveness": "ive", "fulness": "ful",
    "ousness": "ous", "aliti": "al", "iviti": "ive", "biliti": "ble",
}  # fmt: skip
STEP_3 = {
    "icate": "ic", "ative": "", "alize": "al", "iciti": "ic", "ical": "ic", "ful": "", "ness": "",
}  # fmt: skip
STEP_4 = dict.fromkeys(
    ("al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou",
     "ism", "ate", "iti", "ous", "ive", "ize"),
    "",
)  # fmt: skip


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a word in small letters from a to z; a very short or long one is its own."""
    if not SHORTEST <= len(word) <= LONGEST:
        return word
    left = _without_plural(_british(word))
    left = _without_past(left)
    left = left[:-1] + "i" if left.endswith("y") and _has_vowel(left[:-1]) else left
    left = _replaced(left, STEP_2, longer_than=0)
    left = _replaced(left, STEP_3, longer_than=0)
    left = _replaced(left, STEP_4, longer_than=1)
    return _without_last(left)


def _british(word: str) -> str:
    """The paper knows "organize"; here people also write "organise", and mean the same."""
    return AS_IN_ORGANISE.sub("z", word)


def _without_plural(word: str) -> str:
    for ending, instead in (("sses", "ss"), ("ies", "i"), ("ss", "ss"), ("s", "")):
        if word.endswith(ending):
            return word.removesuffix(ending) + instead
    return word


def _without_past(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) > 0 else word
    for ending in ("ed", "ing"):
        before = word.removesuffix(ending)
        if before != word and _has_vowel(before):
            return _mended(before)
    return word


def _mended(before: str) -> str:
    """What "-ed" or "-ing" was put to: conflat(e), hop(p), fil(e)."""
    if before.endswith(("at", "bl", "iz")):
        return before + "e"
    if _ends_double(before) and before[-1] not in "lsz":
        return before[:-1]
    if _measure(before) == 1 and _ends_short(before):
        return before + "e"
    return before


def _replaced(word: str, endings: dict[str, str], *, longer_than: int) -> str:
    for length in range(min(7, len(word)), 1, -1):
        ending = word[-length:]
        if ending not in endings:
            continue
        before = word[:-length]
        if ending == "ion" and not before.endswith(("s", "t")):
            return word
        return before + endings[ending] if _measure(before) > longer_than else word
    return word


def _without_last(word: str) -> str:
    if word.endswith("e"):
        before = word[:-1]
        measure = _measure(before)
        if measure > 1 or (measure == 1 and not _ends_short(before)):
            word = before
    if word.endswith("ll") and _measure(word) > 1:
        return word[:-1]
    return word


def _is_vowel(word: str, at: int) -> bool:
    """Whether it sounds: a y does after a consonant."""
    if word[at] == "y":
        return at > 0 and not _is_vowel(word, at - 1)
    return word[at] in VOWELS


def _has_vowel(word: str) -> bool:
    return any(_is_vowel(word, at) for at in range(len(word)))


def _measure(word: str) -> int:
    """How often a vowel is followed by a consonant: the m of the paper."""
    sounds = [_is_vowel(word, at) for at in range(len(word))]
    return sum(one and not other for one, other in pairwise(sounds))


def _ends_double(word: str) -> bool:
    return len(word) > 1 and word[-1] == word[-2] and not _is_vowel(word, len(word) - 1)


def _ends_short(word: str) -> bool:
    """Consonant, vowel, consonant, the last no w, x or y: *o of the paper."""
    if len(word) < 3 or word[-1] in "wxy":
        return False
    last = len(word) - 1
    return not _is_vowel(word, last) and _is_vowel(word, last - 1) and not _is_vowel(word, last - 2)
