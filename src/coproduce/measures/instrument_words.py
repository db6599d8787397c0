"""An instrument in words: what is known of it, how it is scored, what a new version changed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from coproduce.formats.instruments.record import (
    Instrument,
    Item,
    Kind,
    Scale,
    Score,
    Way,
    in_language,
)
from coproduce.measures.sheet_words import LANGUAGES

LONGEST_EASY_SENTENCE = 15  # words
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
_WAYS = {
    Way.MEAN: "The mean of",
    Way.SUM: "The sum of",
    Way.LOOKUP: "Looked up, in the holder's table, from the sum of",
}


@dataclass(frozen=True)
class Scored:
    """One score: what it is called, how it comes about, which difference matters."""

    title: str
    how: str
    matters: str  # empty where nobody has found that out


def language_names(record: Instrument) -> list[str]:
    return [LANGUAGES.get(each, each) for each in record.languages]


def is_unvalidated(record: Instrument) -> bool:
    return record.status.strip().lower() == "unvalidated"


def has_easy_read(record: Instrument) -> bool:
    return any(item.easy_read for item in record.items)


def scores_in_words(record: Instrument) -> list[Scored]:
    return [scored(score, record) for score in record.scores]


def scored(score: Score, record: Instrument) -> Scored:
    numbers = {item.code: at for at, item in enumerate(record.items, start=1)}
    asked = sorted(numbers[code] for code in score.items if code in numbers)
    turned = [numbers[each.code] for each in record.items if each.reverse]
    better = "Higher is better" if score.higher_is_better else "Lower is better"
    how = f"{_made_of(score, asked)}, from {score.low:g} to {score.high:g}. {better}."
    if turned := [each for each in turned if each in asked]:
        verb = "counts" if len(turned) == 1 else "count"
        how += f" {_questions(turned).capitalize()} {verb} the other way round."
    if len(asked) > 1 and score.least_answered < 1:
        how += f" It needs an answer to at least {score.least_answered:.0%} of them."
    return Scored(in_language(score.title, "en"), how, _importance(score))


def _made_of(score: Score, asked: list[int]) -> str:
    if len(asked) == 1 and score.way != Way.LOOKUP:
        return f"The answer to question {asked[0]}"
    return f"{_WAYS[score.way]} {_questions(asked)}"


def _questions(numbers: list[int]) -> str:
    if not numbers:
        return "no question"
    if len(numbers) == 1:
        return f"question {numbers[0]}"
    if len(numbers) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"questions {numbers[0]} to {numbers[-1]}"
    return f"questions {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


def _importance(score: Score) -> str:
    if score.minimal_important is None:
        return ""
    return (
        f"A difference of {score.minimal_important:g} or more matters to people "
        f"({score.minimal_important_source})."
    )


def long_sentences(words: str) -> list[str]:
    """Sentences that are long for Easy Read: to be looked at again, never refused."""
    sentences = (found[0].strip() for found in _SENTENCE.finditer(words))
    return [each for each in sentences if len(each.split()) > LONGEST_EASY_SENTENCE]


def answers_in_words(scale: Scale, language: str = "en") -> str:
    """All answers of a scale in a line, or the ends of a long one."""
    labels = [in_language(point.label, language) for point in scale.points]
    if len(labels) > 7:
        return f"{labels[0]} … {labels[-1]}"
    others = [in_language(point.label, language) for point in scale.missing]
    return " · ".join(labels) + (f" (or: {', '.join(others)})" if others else "")


def how_answered(item: Item, record: Instrument) -> str:
    """What can be answered to a question, in a line."""
    if item.kind == Kind.WORDS:
        return "In own words"
    if item.kind == Kind.NUMBER:
        return f"A whole number from {item.low:,} to {item.high:,}"
    found = scale_called(item.scale, record)
    return answers_in_words(found) if found else "No answers to choose from yet"


def scale_called(code: str, record: Instrument) -> Scale | None:
    return next((scale for scale in record.scales if scale.code == code), None)


def differences(before: Instrument, after: Instrument) -> list[str]:
    """What a new version changed, a sentence each; nothing where it asks the very same."""
    return list(_differences(before, after))


def _differences(before: Instrument, after: Instrument) -> Iterator[str]:
    was = {item.code: item for item in before.items}
    now = {item.code: item for item in after.items}
    for code, item in was.items():
        if code not in now:
            yield f"Taken out: “{in_language(item.wording, 'en')}”"
    for code, item in now.items():
        if code not in was:
            yield f"New: “{in_language(item.wording, 'en')}”"
        else:
            yield from _of_item(was[code], item, before, after)
    if [code for code in was if code in now] != [code for code in now if code in was]:
        yield "The questions stand in another order."
    if set(before.languages) != set(after.languages):
        yield f"The languages are now {', '.join(language_names(after))}."
    if before.scores != after.scores:
        yield "It is counted in another way."


def _of_item(was: Item, item: Item, before: Instrument, after: Instrument) -> Iterator[str]:
    words = in_language(item.wording, "en")
    if was.wording != item.wording:
        yield f"Worded anew: “{in_language(was.wording, 'en')}” is now “{words}”"
    if was.reverse != item.reverse:
        yield f"Counted the other way round: “{words}”"
    if _answers(was, before) != _answers(item, after):
        yield f"Other answers to choose from: “{words}”"
    if (was.easy_read, was.image) != (item.easy_read, item.image):
        yield f"Another Easy Read wording or picture: “{words}”"


def _answers(item: Item, record: Instrument) -> object:
    found = scale_called(item.scale, record)
    return (item.kind, item.low, item.high, found and (found.points, found.missing))
