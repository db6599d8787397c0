"""How do people who do not exist answer? A stated model, a fixed seed, the same on every machine.

A person has one of three viewpoints and a little temper of their own. They meet a random part
of the statements, pass more readily where they are torn, and otherwise agree with probability
1 / (1 + exp(-(lean of their viewpoint + temper))).
"""

import math
import random
from dataclasses import dataclass

from coproduce.web.demo.story import HOMES, PARTS, SHARES, Talk, Viewpoint
from coproduce.web.demo.words import Said

AGREE, PASS, DISAGREE = 1, 0, -1
TEMPER = 0.4  # how far people of one viewpoint differ, in log-odds
PASSES_AT_LEAST = 0.04
PASSES_WHEN_TORN = 0.20  # on top, where agreeing and disagreeing are equally likely
ORDER = tuple(Viewpoint)


@dataclass(frozen=True)
class Invented:
    """One invented person: what they say of themselves, and their answers by statement number."""

    viewpoint: Viewpoint
    part: str
    home: str
    answers: tuple[tuple[int, int], ...]


def invent(talk: Talk, seed: int) -> list[Invented]:
    """The people of one conversation; the same seed gives the same people."""
    chance = random.Random(seed)  # noqa: S311  a story, not a secret
    return [_person(talk, chance) for _ in range(talk.people)]


def probability_of_agreeing(lean: float, temper: float) -> float:
    return 1 / (1 + math.exp(-(lean + temper)))


def _person(talk: Talk, chance: random.Random) -> Invented:
    viewpoint = chance.choices(ORDER, [SHARES[one] for one in ORDER])[0]
    temper = chance.gauss(0, TEMPER)
    numbered = list(enumerate(talk.statements, start=1))
    met = chance.sample(numbered, min(chance.randint(talk.fewest, talk.most), len(numbered)))
    return Invented(
        viewpoint=viewpoint,
        part=_one_of(PARTS[viewpoint], chance),
        home=_one_of(HOMES, chance),
        answers=tuple((number, _answer(said, viewpoint, temper, chance)) for number, said in met),
    )


def _one_of(shares: dict[str, float], chance: random.Random) -> str:
    """One of these by its share, or nothing: the shares leave room for those who do not say."""
    silent = 1 - sum(shares.values())
    return chance.choices([*shares, ""], [*shares.values(), silent])[0]


def _answer(said: Said, viewpoint: Viewpoint, temper: float, chance: random.Random) -> int:
    agrees = probability_of_agreeing(said.leans[ORDER.index(viewpoint)], temper)
    torn = 4 * agrees * (1 - agrees)  # 1 where evenly torn, 0 where certain
    if chance.random() < PASSES_AT_LEAST + PASSES_WHEN_TORN * torn:
        return PASS
    return AGREE if chance.random() < agrees else DISAGREE
