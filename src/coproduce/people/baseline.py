"""Which three questions does somebody answer when they join, and in which words?

Our own wording, not validated by anybody. Whoever changes a word here changes `WORDING` too, so
that answers to different words are never compared.
"""

from dataclasses import dataclass

from coproduce.people.models import Baseline

WORDING = "own-1"
ANSWERS = (
    (1, "Hardly ever"),
    (2, "Seldom"),
    (3, "Sometimes"),
    (4, "Often"),
    (5, "Almost always"),
)


@dataclass(frozen=True)
class Asked:
    """One question, and the field of the form that asks it."""

    question: Baseline.Question
    field: str
    words: str


QUESTIONS = (
    Asked(
        Baseline.Question.EQUAL_SAY,
        "equal_say",
        "When people who use services and people who run them meet, everybody has an equal say.",
    ),
    Asked(
        Baseline.Question.TRUST,
        "trust",
        "I can trust that what is promised in such meetings is done.",
    ),
    Asked(
        Baseline.Question.CHANGE,
        "change",
        "Something changes because of what was said there.",
    ),
)
