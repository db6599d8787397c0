"""Which word was meant? The words that are there, how often, and which of them look alike.

One way for both databases: PostgreSQL's own (pg_trgm) is not everywhere, and SQLite has none.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from django.db import connection
from django.db.models import Count, F, QuerySet

from coproduce.search.models import Gram, Word, Words
from coproduce.search.tokens import is_english, tokens

SHORTEST = 3  # letters: a shorter word is as near to too many others
SHORTEST_MENDED = 4
TWO_SLIPS_FROM = 6  # letters: so long a word may be mistyped twice
MOST_LOOKED_AT = 60
MOST_BEGINNINGS = 12
AT_ONCE = 400  # rows in one question to the database


def vocabulary(text: str) -> set[str]:
    """The words of a text that somebody could mistype."""
    return {each.plain for each in tokens(text) if is_known_kind(each.plain)}


def is_known_kind(plain: str) -> bool:
    return len(plain) >= SHORTEST and is_english(plain)


def follow(changes: Mapping[str, int]) -> None:
    """So many things more, or fewer, have each of these words."""
    for delta in sorted(set(changes.values()) - {0}):
        words = sorted(word for word, change in changes.items() if change == delta)
        for first in range(0, len(words), AT_ONCE):
            _follow(words[first : first + AT_ONCE], delta)


def recount() -> int:
    """Count all words anew; how many were not as kept."""
    there: Counter[str] = Counter()
    for title, text in Words.objects.values_list("title", "text").iterator():
        there.update(vocabulary(f"{title} {text}"))
    kept = dict(Word.objects.values_list("word", "things"))
    wrong = {word: there[word] - kept.get(word, 0) for word in there.keys() | kept.keys()}
    wrong = {word: delta for word, delta in wrong.items() if delta}
    follow(wrong)
    return len(wrong)


def beginning_with(letters: str) -> list[str]:
    """The commonest words that begin so."""
    if not is_english(letters):
        return []
    if connection.vendor == "sqlite":  # whose LIKE reads all of them
        found = Word.objects.filter(word__gte=letters, word__lt=letters + "{")  # after "z"
    else:
        found = Word.objects.filter(word__startswith=letters)
    return list(found.order_by("-things", "word").values_list("word", flat=True)[:MOST_BEGINNINGS])


def nearest(typed: str) -> list[str]:
    """Words that somebody who typed this could have meant, the likeliest first."""
    if len(typed) < SHORTEST_MENDED or not is_english(typed):
        return []
    slips = 2 if len(typed) >= TWO_SLIPS_FROM else 1
    near = [
        (steps, -things, word)
        for word, things in _sharing_most_grams(typed, slips)
        if word != typed and (steps := distance(typed, word, most=slips)) <= slips
    ]
    return [word for _, _, word in sorted(near)]


def distance(one: str, other: str, *, most: int) -> int:
    """Letters to leave out, put in, change, or swap with the next one; above `most`, most + 1.

    Damerau (1964) and Levenshtein (1966), each letter moved once at most.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before, row = [0] * (len(other) + 1), list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [i]
        for j, wanted in enumerate(other, start=1):
            step = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                step = min(step, earlier[j - 2] + 1)
            row.append(step)
        if min(row) > most:
            return most + 1
    return row[-1]


def grams_of(word: str) -> set[str]:
    whole = f"^{word}$"
    return {whole[at : at + 3] for at in range(len(whole) - 2)}


def _sharing_most_grams(typed: str, slips: int) -> list[tuple[str, int]]:
    """Words of about this length that share enough: one slip spoils three grams at most."""
    grams = grams_of(typed)
    shared = (
        Gram.objects.filter(
            gram__in=sorted(grams), length__range=(len(typed) - slips, len(typed) + slips)
        )
        .values("word")
        .annotate(shared=Count("pk"))
        .filter(shared__gte=max(1, len(grams) - 3 * slips))
        .order_by("-shared")
    )
    ids = [each["word"] for each in shared[:MOST_LOOKED_AT]]
    return list(Word.objects.filter(pk__in=ids).values_list("word", "things"))


def _follow(words: list[str], delta: int) -> None:
    if delta > 0:
        Word.objects.bulk_create([Word(word=word) for word in words], ignore_conflicts=True)
    held = Word.objects.filter(word__in=words)
    new = list(_in_order(held.filter(things=0))) if delta > 0 else []
    list(_in_order(held).values_list("pk"))  # held in one order, so that nobody waits in a ring
    held.update(things=F("things") + delta)
    _write_grams(new)
    if delta < 0:
        held.filter(things__lte=0).delete()


def _in_order(words: QuerySet[Word]) -> QuerySet[Word]:
    return words.select_for_update().order_by("word")


def _write_grams(words: Iterable[Word]) -> None:
    Gram.objects.bulk_create(
        (
            Gram(gram=gram, length=len(each.word), word=each)
            for each in words
            for gram in sorted(grams_of(each.word))
        ),
        batch_size=AT_ONCE,
    )
