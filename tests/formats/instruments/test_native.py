"""An instrument comes back from its file as it was, and does not load unless it says enough."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from coproduce.formats.errors import BadFile
from coproduce.formats.instruments.native import MOST_BYTES, read_instrument, write_instrument
from coproduce.formats.instruments.record import (
    Instrument,
    Item,
    Kind,
    Point,
    Scale,
    Score,
    Way,
)
from tests.instruments_drawn import AGREE, HEARD, instruments


def entries(instrument: Instrument = HEARD) -> Any:
    return json.loads(write_instrument(instrument))


def refusal(whole: Any) -> str:
    raw = whole if isinstance(whole, bytes) else json.dumps(whole).encode()
    with pytest.raises(BadFile) as refused:
        read_instrument(raw, file="heard.json")
    return str(refused.value)


def refusal_of(instrument: Instrument) -> str:
    return refusal(write_instrument(instrument).encode())


@given(instruments())
@settings(deadline=None)
def test_it_comes_back_as_it_was(instrument: Instrument) -> None:
    written = write_instrument(instrument)
    again = read_instrument(written.encode(), file="any.json")
    assert again == instrument
    assert write_instrument(again) == written


def test_what_is_usual_is_left_out() -> None:
    heard = entries()["items"][0]
    assert heard == {
        "code": "heard",
        "wording": {"en": "People listened to me."},
        "scale": "agree",
    }


def test_words_stand_on_one_line() -> None:
    assert '"wording": { "en": "People listened to me." }' in write_instrument(HEARD)


@pytest.mark.parametrize("field", ["licence", "notice", "source", "may_ship", "may_reword"])
def test_it_does_not_load_without_its_licence(field: str) -> None:
    whole = entries()
    del whole["licence"][field]
    assert refusal(whole) == (
        f"heard.json, licence, {field}: It is missing. Without it nothing loads."
    )


@pytest.mark.parametrize("field", ["licence", "notice", "source"])
def test_an_empty_licence_is_none(field: str) -> None:
    whole = entries()
    whole["licence"][field] = " "
    assert refusal(whole).startswith(f"heard.json, licence, {field}: It is missing.")


def test_it_does_not_load_without_its_scoring() -> None:
    whole = entries()
    del whole["scores"]
    assert "heard.json, scores: It is missing" in refusal(whole)
    whole["scores"] = []
    assert "It does not say how it is scored" in refusal(whole)


def test_questions_answered_in_words_alone_need_no_scoring() -> None:
    whole = entries(replace(HEARD, items=HEARD.items[3:], scores=()))
    assert read_instrument(json.dumps(whole).encode(), file="words.json").scores == ()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (
            {"items": (replace(HEARD.items[0], scale="agre"),)},
            "heard.json, item heard, scale: There is no scale “agre”. There are: agree.",
        ),
        (
            {"items": (*HEARD.items, replace(HEARD.items[0], code="Heard"))},
            "heard.json, item Heard, code: This code is there 2 times. Use it once.",
        ),
        (
            {"items": (Item("two words", {"en": "?"}, Kind.WORDS), *HEARD.items)},
            "item two words, code: Use letters, digits and _",
        ),
        (
            {"scales": (replace(AGREE, points=(*AGREE.points, Point(3, {"en": "Very"}))),)},
            "heard.json, scale agree, value: 2 answers count as 3. Give each a value of its own.",
        ),
        (
            {"scales": (replace(AGREE, points=AGREE.points[::2] + AGREE.points[1:2]),)},
            "item ignored, reverse: The values of scale “agree” neither rise nor fall all the way",
        ),
        (
            {"scales": (replace(AGREE, points=AGREE.points[:1]),)},
            "scale agree, points: It has 1 answers; a scale has from 2",
        ),
        (
            {"scales": (Scale("agree", (*AGREE.points[:2], Point(3, {"cy": "Cytuno"}))),)},
            "scale agree, answer 3, label: There are no words for it in “en”.",
        ),
        (
            {"items": (replace(HEARD.items[0], wording={"en": "Yes?", "cy": "Ie?"}),)},
            "item heard, wording: “cy” is not among the languages of the instrument.",
        ),
        (
            {"languages": ("en", "English")},
            "heard.json, languages: “English” is no code of a language.",
        ),
        ({"languages": ()}, "heard.json, languages: Name at least one language"),
        (
            {"items": (replace(HEARD.items[2], high=65_001),)},
            "item meetings, high: Numbers from 0 to 65,001 cannot be kept",
        ),
        (
            {"items": (replace(HEARD.items[2], low=-1),)},
            "item meetings, low: Numbers from -1 to 50 cannot be kept",
        ),
        (
            {"items": (replace(HEARD.items[0], low=1),)},
            "item heard, low: Only whole numbers have a bound.",
        ),
        (
            {"items": (replace(HEARD.items[3], reverse=True),)},
            "item why, reverse: Words cannot be turned round.",
        ),
        (
            {"items": (replace(HEARD.items[2], high=65_000, reverse=True),)},
            "item meetings, reverse: To turn a number round, say how high it goes.",
        ),
        (
            {"items": (replace(HEARD.items[0], image="hands.svg"),)},
            "item heard, image_alt: There are no words for it in “en”.",
        ),
        (
            {"items": (replace(HEARD.items[0], image="../hands.svg"),)},
            "item heard, image: Name the picture's file without folders",
        ),
        (
            {"items": (replace(HEARD.items[0], wording={"en": "One\0two"}),)},
            "item heard, wording: There is a character in it that cannot be shown.",
        ),
        ({"items": ()}, "heard.json, items: There is no question in it."),
        ({"code": "être"}, "heard.json, code: Use letters"),
        ({"version": ""}, "heard.json, version: Use digits"),
        ({"minutes": 0}, "heard.json, minutes: 0 minutes; it has to be from 1 to 240."),
        ({"status": ""}, "heard.json, status: Say what is known of it"),
        ({"title": {}}, "heard.json, title: There are no words for it in “en”."),
    ],
)
def test_it_says_where_it_is_wrong_and_what_to_do(wrong: dict[str, Any], said: str) -> None:
    assert said in refusal_of(Instrument(**{**vars(HEARD), **wrong}))


SCORE = HEARD.scores[0]
TABLE = {sum_: float(sum_) for sum_ in range(2, 7)}


@pytest.mark.parametrize(
    ("score", "said"),
    [
        (
            replace(SCORE, items=("heard", "herd")),
            "score heard, items: There is no question “herd”. Check its code.",
        ),
        (replace(SCORE, items=()), "score heard, items: It is made of no question."),
        (replace(SCORE, items=("heard", "heard")), "score heard, items: A question counts twice"),
        (replace(SCORE, items=("why",)), "“why” is answered in words, which cannot be added up"),
        (replace(SCORE, least_answered=0), "score heard, least_answered: It is a share"),
        (
            replace(SCORE, way=Way.SUM),
            "score heard, high: Its questions can come to anything from 2 to 6, but its range is "
            "1 to 3. Widen it.",
        ),
        (replace(SCORE, low=0, high=0), "score heard, high: Its questions can come to anything"),
        (replace(SCORE, lookup={1: 1}), "score heard, lookup: Only a score that is looked up"),
        (replace(SCORE, minimal_important=0.5), "Say who found that this difference matters"),
        (replace(SCORE, minimal_important_source="Us, 2026"), "It has a source, but no number"),
        (
            replace(SCORE, minimal_important=-1, minimal_important_source="Us"),
            "score heard, minimal_important: The smallest difference that matters is above 0.",
        ),
        (
            replace(SCORE, way=Way.LOOKUP, lookup=TABLE, high=6),
            "score heard, least_answered: The table has whole sums alone",
        ),
        (
            replace(SCORE, way=Way.LOOKUP, least_answered=1, lookup={2: 2, 3: 3, 6: 3}),
            "score heard, lookup: The table has no row for the sum 4. Add it.",
        ),
        (
            replace(SCORE, way=Way.LOOKUP, least_answered=1, lookup=TABLE),
            "score heard, lookup: 4 becomes 4, outside 1 to 3.",
        ),
        (
            replace(SCORE, way=Way.LOOKUP, least_answered=1, items=("meetings",), lookup={0: 1}),
            "score heard, items: Only questions with a scale can be looked up.",
        ),
    ],
)
def test_it_says_what_is_wrong_with_a_score(score: Score, said: str) -> None:
    assert said in refusal_of(replace(HEARD, scores=(score,)))


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("items", 1, "revers"), True, "item ignored, revers: There is no such entry."),
        (("items", 1, "reverse"), "yes", "item ignored, reverse: true or false belongs here"),
        (("items", 1, "kind"), "slider", "item ignored, kind: “slider” is none of scale, number"),
        (("items", 1, "wording"), "Yes?", "item ignored, wording: Words belong here by language"),
        (("items", 1), "heard", "item 2: Entries with names belong here"),
        (("items",), {}, "heard.json, items: A list belongs here"),
        (("minutes",), 2.5, "heard.json, minutes: A whole number belongs here, not 2.5."),
        (("minutes",), 10**400, "heard.json, minutes: A number belongs here"),
        (("minutes",), True, "heard.json, minutes: A number belongs here, not true."),
        (("scales", 0, "points", 0, "value"), "1", "scale agree, point 1, value: A number"),
        (("scales", 0, "points", 0, "value"), float("nan"), "point 1, value: A number"),
        (("scores", 0, "lookup"), [[1, 2], [1, 3]], "row 2: The sum 1 is there twice."),
        (("scores", 0, "lookup"), [[1]], "score heard, row 1: Two numbers belong here"),
        (("scores", 0, "lookup"), 7, "score heard, lookup: A table belongs here"),
        (("title",), 7, "heard.json, title: Words belong here by language"),
        (("code",), 7, "heard.json, code: Words in quotation marks belong here, not 7."),
        (("format",), "2", "heard.json, format: It is no instrument"),
    ],
)
def test_an_entry_of_the_wrong_kind_is_named(path: tuple[Any, ...], value: Any, said: str) -> None:
    whole = entries()
    part = whole
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    assert said in refusal(whole)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "This is not JSON"),
        (b'{"code": "a"\n "version"', "heard.json, row 2: This is not JSON"),
        (b'{"code": "a", "code": "b"}', "heard.json, code: This entry is there twice."),
        (b"\xff\xff", "The text is not UTF-8."),
        (b"[" * 100_000, "No instrument is made like this"),
        (b"[1" + b"0" * 5_000 + b"]", "No instrument is made like this"),
        (b"[]", "It is no instrument"),
        (b" " * (MOST_BYTES + 1), "It has 1.0 MB; 1 MB fits."),
    ],
)
def test_a_file_that_is_no_instrument_is_refused(raw: bytes, said: str) -> None:
    assert said in refusal(raw)
