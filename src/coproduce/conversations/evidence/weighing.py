"""Would anything we publish read differently, had every statement been as likely to be shown?

Told once, with the last picture: told twice, its change would point at somebody. Each share as
counted is set beside the same share weighted by how likely its answers were to be asked for, in
tenths and of ten people or more.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from uuid import UUID

import numpy as np

from coproduce.analysis import about_people, about_share, has_base
from coproduce.analysis.reweighting import Reweighed, reweigh
from coproduce.analysis.shares import discoveries
from coproduce.conversations.evidence.counting import Counted
from coproduce.conversations.evidence.draws import Ints, Weighed, weigh
from coproduce.conversations.evidence.wording import TOO_FEW, Words, capital
from coproduce.conversations.models import Conversation
from coproduce.trust import releases
from coproduce.trust.figures import Basis, Content, Entry, content_of
from coproduce.trust.gate import Admitted

KIND = "how_chosen"
METHOD = "inverse-probability weights 1"
LISTS = {
    "common_ground": "What all of us agree on",
    "rejected_by_all": "What all of us turn down",
    "divide": "What divides us",
    "split": "What we are split on",
}
EVERYBODY = "everybody"
A_TENTH = 0.1 - 1e-9
FALSE_ALARMS = 0.05  # of what is said to be more than chance: said of ourselves, so said seldom
HOW = (
    "With every statement that was put before somebody we kept how likely it was to be drawn. An "
    "answer that was unlikely to be asked for stands for more people than one that was likely.",
    "“Each turn alike”: an answer weighs one over the probability of its draw. “Each person "
    "alike”: the same, moved towards an even weight and shared out over all that a person "
    "answered, so that nobody counts for more by staying longer. Answers from paper weigh one: "
    "the sheet had all statements on it.",
    "“Surely”: more than chance explains. Of all differences of which that is said, about one in "
    "twenty at most is there by chance (Benjamini and Hochberg, on standard errors by jackknife).",
)
ABOUT = (
    "Statements are drawn by a rule that prefers some to others, so not everybody was as likely "
    "to be asked everything. Here each share that we tell stands beside the same share weighted "
    "by how likely its answers were to be asked for. Shares of groups are listed where they move."
)
LIMITS = (
    "Each way of weighing is right under a condition. Each turn alike: that what people think had "
    "nothing to do with how long they stayed. Each person alike: that they did not leave because "
    "of what they had just been asked. Where the two differ, people stopped for reasons that "
    "nobody wrote down.",
    "Neither knows what people think who saw a statement and went without answering it, or who "
    "never came. In which order somebody saw statements is not kept, so there is no better weight.",
    "Groups and careful lower bounds (“at least 7 in 10”) were not worked out anew.",
)
COLUMNS = (
    "No.",
    "Statement",
    "Shown to",
    "Agree, as counted",
    "Each turn alike",
    "Each person alike",
    "Moves by",
)
Cells = tuple[str | int, ...]


@dataclass(frozen=True)
class Compared:
    """One share that we tell, as counted and as weighted; for each way, if chance explains it."""

    statement: int
    whose: str  # EVERYBODY, or the letter of a group
    ways: tuple[Reweighed, Reweighed]  # each turn alike, each person alike
    is_beyond_chance: tuple[bool, bool] = (False, False)

    @property
    def moves(self) -> bool:
        return any(abs(way.difference) >= A_TENTH for way in self.ways)

    @property
    def moves_surely(self) -> bool:
        both = zip(self.ways, self.is_beyond_chance, strict=True)
        return any(abs(way.difference) >= A_TENTH and surely for way, surely in both)


@dataclass(frozen=True)
class Chosen:
    """How statements were chosen, as a page shows it."""

    figure: UUID
    sentence: str
    about: str
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    limits: tuple[str, ...]


def chosen(conversation: Conversation) -> Chosen | None:
    """What the last picture says of it; None while there is none, or where nothing was drawn."""
    release = releases.newest(conversation.thing)
    figure = release.figures.filter(kind=KIND).first() if release else None
    if figure is None:
        return None
    told = content_of(figure)
    return Chosen(figure.id, told.sentence, told.about, told.columns, told.rows, told.limits)


def how_chosen(
    conversation: Conversation,
    admitted: Admitted,
    counted: Counted,
    basis: Basis,
    told: Iterable[Entry],
) -> Iterator[Entry]:
    """The figure on how statements were chosen; none where nothing was drawn here.

    `told`: the other figures of this release, to say which of them would read differently.
    """
    answers = weigh(conversation, admitted)
    if answers is None:
        return
    words = {each.number: each.words for each in conversation.statements.shown()}
    compared = _compared(answers, counted, words)
    content = Content(
        title="How statements were chosen, and whether it swayed anything",
        sentence=_sentence(compared, [(each.kind, each.key) for each in told]),
        about=ABOUT,
        columns=COLUMNS,
        rows=tuple(_rows(answers, compared, words)),
        limits=(*_not_drawn(answers.not_drawn), *LIMITS),
    )
    own = replace(basis, method=METHOD, how=HOW, input_digest=answers.digest)
    yield Entry(KIND, "", content, own)


def _compared(answers: Weighed, counted: Counted, numbers: Iterable[int]) -> list[Compared]:
    """Every share that may be told, of everybody and of each group, and what chance explains."""
    found = [
        Compared(number, whose, ways)
        for number in sorted(numbers)
        for whose, rows in _whose(number, answers, counted)
        if (ways := _ways(rows, answers)) is not None
    ]
    stands = discoveries([way.p for each in found for way in each.ways], rate=FALSE_ALARMS)
    return [
        replace(each, is_beyond_chance=(bool(turn), bool(person)))
        for each, (turn, person) in zip(found, stands.reshape(-1, 2), strict=True)
    ]


def _whose(number: int, answers: Weighed, counted: Counted) -> Iterator[tuple[str, Ints]]:
    """Where the answers to a statement stand: everybody's, and each group's."""
    rows = np.flatnonzero(answers.statement == number)
    yield EVERYBODY, rows
    groups = [counted.map.groups.get(who) for who in answers.person[rows].tolist()]
    for letter in counted.letters:
        yield letter, rows[[group == letter for group in groups]]


def _ways(rows: Ints, answers: Weighed) -> tuple[Reweighed, Reweighed] | None:
    """A share weighted in both ways; None where it rests on too little to be told."""
    by_turn = reweigh(answers.agrees[rows], answers.by_turn[rows])
    by_person = reweigh(answers.agrees[rows], answers.by_person[rows])
    if by_turn is None or by_person is None:
        return None
    return (by_turn, by_person) if has_base(int(min(by_turn.base, by_person.base))) else None


def _rows(answers: Weighed, compared: list[Compared], words: Words) -> list[Cells]:
    """Each statement for everybody; under it the groups whose share moves."""
    of_all = {each.statement: each for each in compared if each.whose == EVERYBODY}
    groups = [each for each in compared if each.whose != EVERYBODY and each.moves]
    rows: list[Cells] = [
        (number, words[number], shown, *_shares(number, answers, of_all.get(number)))
        for number in words
        for shown in [about_people(answers.shown.get(number, 0))]
    ]
    rows += [(each.statement, f"in group {each.whose}", "", *_told(each)) for each in groups]
    return sorted(rows, key=lambda row: row[0])


def _shares(number: int, answers: Weighed, compared: Compared | None) -> tuple[str, ...]:
    if compared is not None:
        return _told(compared)
    agrees = answers.agrees[answers.statement == number]
    return (about_share(int(agrees.sum()), agrees.size) or TOO_FEW, TOO_FEW, TOO_FEW, "")


def _told(compared: Compared) -> tuple[str, ...]:
    by_turn, by_person = compared.ways
    shares = (by_turn.counted, by_turn.weighted, by_person.weighted)
    return (*map(_in_words, shares), _moves(compared))


def _in_words(share: float) -> str:
    """A share of enough people, in tenths."""
    return about_share(round(share * 1_000_000), 1_000_000) or TOO_FEW


def _moves(compared: Compared) -> str:
    if not compared.moves:
        return ""
    return "a tenth or more, surely" if compared.moves_surely else "a tenth or more"


def _sentence(compared: list[Compared], told: Collection[tuple[str, str]]) -> str:
    """Whether anything that we publish would read differently."""
    if not compared:
        return "Too few answers were drawn for any share to be weighted."
    moving = [each for each in compared if each.moves]
    surely = sorted({each.statement for each in moving if each.moves_surely})
    of_all = f"of the {len(compared)} shares that we tell"
    if surely:
        return (
            f"{_statements(surely)} would read differently, by a tenth or more and by more than "
            f"chance explains, had everybody been as likely to be asked.{_listed(surely, told)}"
        )
    if moving:
        return (
            f"{len(moving)} {of_all} move by a tenth or more when weighted, none by more than "
            "chance explains: nothing is known to read differently."
        )
    return (
        f"None {of_all} moves by a tenth or more when weighted: nothing would read differently "
        "but for rounding."
    )


def _statements(numbers: list[int]) -> str:
    if len(numbers) == 1:
        return f"Statement {numbers[0]}"
    return f"Statements {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


def _listed(numbers: list[int], told: Collection[tuple[str, str]]) -> str:
    """In which of our lists these statements stand."""
    stand = {
        heading: [str(number) for number in numbers if (kind, str(number)) in told]
        for kind, heading in LISTS.items()
    }
    found = [f"{', '.join(these)} under “{heading}”" for heading, these in stand.items() if these]
    return f" In our lists: {'; '.join(found)}." if found else " Our lists have none of them."


def _not_drawn(answers: int) -> tuple[str, ...]:
    if answers == 0:
        return ()
    many = about_people(answers).replace("people", "answers")
    return (
        f"{capital(many)} were not drawn: people asked for the statement by its number, or the "
        "draw was not kept. They are counted, and weigh nothing.",
    )
