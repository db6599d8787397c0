"""All words of a set of questions, each under a key: to translate them, or to drop a language."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from coproduce.formats.instruments.record import Instrument, Item, Point, Scale, Score, Words

Change = Callable[[str, Words], Words]


@dataclass(frozen=True)
class Said:
    """One thing that is said in the first language, and how it is said in another."""

    key: str
    about: str  # what it is: "Question 2, in Easy Read"
    first: str
    other: str


def changed(record: Instrument, change: Change) -> Instrument:
    """The same with other words; `change` is asked for each by its key."""
    return replace(
        record,
        title=change("title", record.title),
        purpose=change("purpose", record.purpose),
        introduction=change("introduction", record.introduction),
        recall=change("recall", record.recall),
        items=tuple(_item(item, change) for item in record.items),
        scales=tuple(_scale(scale, change) for scale in record.scales),
        scores=tuple(_score(score, change) for score in record.scores),
    )


def _item(item: Item, change: Change) -> Item:
    return replace(
        item,
        wording=change(f"item.{item.code}.wording", item.wording),
        easy_read=change(f"item.{item.code}.easy_read", item.easy_read),
        image_alt=change(f"item.{item.code}.image_alt", item.image_alt),
    )


def _scale(scale: Scale, change: Change) -> Scale:
    points = tuple(
        _point(point, f"scale.{scale.code}.{at}", change)
        for at, point in enumerate((*scale.points, *scale.missing), start=1)
    )
    counted = len(scale.points)
    return replace(scale, points=points[:counted], missing=points[counted:])


def _point(point: Point, key: str, change: Change) -> Point:
    return replace(
        point,
        label=change(f"{key}.label", point.label),
        easy_read=change(f"{key}.easy_read", point.easy_read),
    )


def _score(score: Score, change: Change) -> Score:
    return replace(score, title=change(f"score.{score.code}.title", score.title))


def in_languages(record: Instrument, languages: Iterable[str]) -> Instrument:
    """The same in these languages alone, the first of them being the one it is worded in."""
    kept = tuple(languages)

    def only(_: str, words: Words) -> Words:
        return {language: text for language, text in words.items() if language in kept}

    return replace(changed(record, only), languages=kept)


def translated(record: Instrument, language: str, texts: dict[str, str]) -> Instrument:
    """The same with these words in one language, by their keys; an empty text takes words out."""

    def say(key: str, words: Words) -> Words:
        return with_words(words, language, texts[key]) if key in texts else words

    return changed(record, say)


def with_words(words: Words, language: str, text: str) -> Words:
    others = {each: said for each, said in words.items() if each != language}
    if not text:
        return others
    return (
        {language: text, **others}
        if next(iter(words), language) == language
        else {
            **others,
            language: text,
        }
    )


def to_translate(record: Instrument, language: str) -> list[Said]:
    """Everything that is said in the first language, with what stands for it in this one."""
    first, found = record.languages[0], list[Said]()

    def look(key: str, words: Words) -> Words:
        if text := words.get(first, ""):
            found.append(Said(key, about(key, record), text, words.get(language, "")))
        return words

    changed(record, look)
    return found


def about(key: str, record: Instrument) -> str:
    """What a key stands for, in words."""
    part, _, rest = key.partition(".")
    if not rest:
        return {"recall": "The time it asks about"}.get(part, f"The {part}")
    code, _, last = rest.partition(".")
    if part == "score":
        return "What a score is called"
    if part == "scale":
        number, _, last = last.partition(".")
        return f"Answer {number} of “{code}”" + (", in Easy Read" if last == "easy_read" else "")
    asked = next(at for at, item in enumerate(record.items, start=1) if item.code == code)
    return f"Question {asked}" + {
        "easy_read": ", in Easy Read",
        "image_alt": ", what its picture shows",
    }.get(last, "")
