"""Pictures drawn by hand: released at once and with figures of a known kind, without arithmetic.

Twelve statements: everybody agrees with 1 and turns down 2, the others part A (left, agrees) from
B (right). The grid has 16 steps to a unit of the map.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from coproduce.conversations.models import Conversation
from coproduce.trust import figures, releases
from coproduce.trust.figures import Basis, Content, Entry
from coproduce.trust.gate import Manifest
from coproduce.trust.models import Figure, Release

STEP = 1 / 16
LEFT, RIGHT = (-12.0, 2.0), (14.0, -3.0)  # the middles of A and B, in steps of the grid
MODEL: dict[str, Any] = {
    "model": {str(n): [0.05, 0.0, 0.2] if n < 3 else [-0.7, 0.1, 0.3] for n in range(1, 13)},
    "means": {str(n): {1: 0.95, 2: -0.95}.get(n, 0.1) for n in range(1, 13)},
    "step": STEP,
    "middles": {"A": LEFT, "B": RIGHT},
    "rings": [
        {"answers": "3 to 5", "people": "about 20 people", "ring": [0.30, 0.02, 0.8]},
        {"answers": "6 to 9", "people": "about 30 people", "ring": [0.15, 0.01, 0.6]},
        {"answers": "10 to 12", "people": "about 10 people", "ring": [0.08, 0.0, 0.5]},
    ],
    "between": "about 10 people",
}


def a_picture(
    talk: Conversation,
    people: int = 60,
    *,
    agreed: Sequence[int] = (1,),
    is_last: bool = False,
    facts: Mapping[str, Any] = MODEL,
    letters: Sequence[str] = ("A", "B"),
) -> Release:
    """The next release of this conversation; `facts` of its map, `agreed` lines by number."""
    release = Release.objects.create(
        thing=talk.thing,
        number=releases.releases_of(talk.thing).count() + 1,
        people=people,
        is_last=is_last,
    )
    words = dict(talk.statements.values_list("number", "words"))
    basis = Basis(
        method="drawn by hand",
        version="0",
        seed=0,
        input_digest="0" * 64,
        people=people,
        consent_basis="Invented for a test.",
        manifest=Manifest(rows=12 * people, people=people, items=12),
    )
    told = (*_whole(people, words, letters, facts), *_lines(words, agreed, letters))
    figures.record(release, [Entry(*each, basis) for each in told])
    return release


def drop_facts(*names: str) -> None:
    """Pictures as they were before they told so much."""
    for figure in Figure.objects.filter(kind="opinion_map"):
        for name in names:
            figure.value["facts"].pop(name, None)
        figure.save()


Told = tuple[str, str, Content]


def _whole(
    people: int, words: Mapping[int, str], letters: Sequence[str], facts: Mapping[str, Any]
) -> Iterator[Told]:
    some = {"people": people, "answers": 12 * people, "paper": ""}
    yield "turnout", "", _content("How many took part", f"{people} people answered.", some)
    told = "Two groups of people who answer alike" if letters else f"{people} people, told as one"
    directions = {str(number): [-0.5, 0.1] for number in words}
    yield (
        "opinion_map",
        "",
        _content(
            f"Where {people} people stand",
            f"{told}.",
            {"letters": list(letters), "directions": directions, **facts},
            rows=tuple(_places(people, letters)),
        ),
    )
    for letter in letters:
        yield "group", letter, _group(letter, words)
    yield (
        "statements",
        "",
        _content(
            "Every statement",
            f"{people} people answered.",
            columns=("No.", "Statement", "Answered", "Agree", "Disagree"),
            rows=tuple((n, w, "about 60 people", "about 6 in 10", "-") for n, w in words.items()),
        ),
    )


def _places(people: int, letters: Sequence[str]) -> Iterator[tuple[int, int, str, int]]:
    """Two crowds side by side; every tenth person stands between them."""
    for person in range(people):
        aside, up = person * 7 % 13 - 6, person * 5 % 17 - 8
        if person % 10 == 9:
            yield aside // 3, up, "", 1
        else:
            (x, y), letter = (LEFT, "A") if person % 10 < 5 else (RIGHT, "B")
            yield int(x) + aside, int(y) + up, letter if letters else "", 1


def _lines(
    words: Mapping[int, str], agreed: Sequence[int], letters: Sequence[str]
) -> Iterator[Told]:
    for number in agreed:
        yield "common_ground", str(number), _line(number, words[number], "in both groups")
    yield "rejected_by_all", "2", _line(2, words[2], "in both groups")
    if letters:
        for number in sorted(words)[2:]:
            yield "divide", str(number), _divide(number, words[number])


def _line(number: int, words: str, where: str) -> Content:
    share = f"at least 8 in 10 {where}"
    facts = {"number": number, "words": words, "share": share, "tenths": 8}
    facts["answered"] = "about 60 people answered"
    return _content(f"Statement {number}", f"“{words}” {share}.", facts)


def _divide(number: int, words: str) -> Content:
    sides = [
        {"letter": "A", "share": "about 9 in 10", "tenths": 9},
        {"letter": "B", "share": "about 2 in 10", "tenths": 2},
    ]
    share = "About 9 in 10 agree in group A, about 2 in 10 in B"
    facts = {"number": number, "words": words, "share": share, "sides": sides}
    return _content(f"Statement {number}", f"“{words}” {share}.", facts)


def _group(letter: str, words: Mapping[int, str]) -> Content:
    deed = "agree" if letter == "A" else "disagree"
    voices = [
        {
            "number": str(number),
            "words": words[number],
            "share": f"about 9 in 10 {deed}",
            "elsewhere": "about 2 in 10",
            "tested": "yes",
        }
        for number in sorted(words)[2:5]
    ]
    size = "about 30 people" if letter == "A" else "about 20 people"
    facts = {"letter": letter, "size": size, "share": "about 5 in 10", "voices": voices}
    return _content(f"Group {letter}", f"Group {letter} is {size}.", facts)


def _content(
    title: str,
    sentence: str,
    facts: Mapping[str, Any] | None = None,
    *,
    columns: tuple[str, ...] = ("What", "How many"),
    rows: tuple[tuple[Any, ...], ...] = (("people", 1),),
) -> Content:
    return Content(title, sentence, "Drawn by hand for a test.", columns, rows, facts or {})
