"""Who took part, and who did not? Counts of people, and hands raised in the room."""

from collections.abc import Iterator

from coproduce.analysis import DEFAULT_POLICY, about_people, has_base, shown_count
from coproduce.analysis.disclosure import HIDDEN, shown_counts
from coproduce.conversations.evidence.answers import Declared
from coproduce.conversations.evidence.wording import Told
from coproduce.conversations.models import Conversation, ShowOfHands
from coproduce.trust.figures import Content

SMALL = DEFAULT_POLICY.smallest_count
DID_NOT_SAY = "did not say"
WHY_HIDDEN = (
    f"{HIDDEN} stands for fewer than {SMALL} people, or hides a number from which such a one "
    "could be worked out. Nought is shown as nought."
)
ELECTORATES = {
    Conversation.Electorate.OPEN: (
        "Anyone could answer. One answer each means one per device, paper code or account; "
        "those who answered chose to, and do not stand for everybody who lives here."
    ),
    Conversation.Electorate.INVITED: (
        "Only people who were invited could answer, one each per invitation code or account. "
        "They do not stand for those who were not asked."
    ),
}


def turnout(
    conversation: Conversation, *, people: int, answers: int, statements: int, on_paper: int
) -> Told:
    """How many took part, and by which ways in."""
    paper = f" {_capital(about_people(on_paper))} answered on paper." if has_base(on_paper) else ""
    electorate = Conversation.Electorate(conversation.electorate)
    gave = f"{people:,} people gave {answers:,} answers to {statements} statements."
    return Told(
        "turnout",
        "",
        Content(
            title="How many took part",
            sentence=f"{gave}{paper}",
            about="People who answered at least one statement that was shown; passes are answers.",
            columns=("What", "How many"),
            rows=(("people", people), ("answers", answers), ("statements", statements)),
            facts={"people": people, "answers": answers, "paper": paper.strip()},
            limits=() if conversation.provenance else (ELECTORATES[electorate],),
        ),
    )


def took_part(declared: Declared, people: int) -> Iterator[Told]:
    """What people said of themselves, where at least ten people said anything."""
    if not has_base(declared.people):
        return
    for key, title, counts in (
        ("part", "What people said of themselves", declared.parts),
        ("place", "Where people said they live", declared.places),
    ):
        if has_base(sum(counts.values())) and (told := _counts(key, title, counts, people)):
            yield told


def _counts(key: str, title: str, counts: dict[str, int], people: int) -> Told | None:
    shown = shown_counts({**counts, DID_NOT_SAY: max(people - sum(counts.values()), 0)})
    if shown is None:
        return None
    told = [
        f"{number} said “{label}”"
        for label, number in shown.items()
        if label != DID_NOT_SAY and number not in ("0", HIDDEN)
    ]
    return Told(
        "took_part",
        key,
        Content(
            title=title,
            sentence=f"{_listed(told)}." if told else "Only small numbers, which are not told.",
            about=(
                "Said by people themselves, if they wanted to, and kept apart from their answers "
                "so that nobody can put the two together."
            ),
            columns=("Answer", "People"),
            rows=tuple(shown.items()),
            facts={"nobody": [label for label, number in counts.items() if number == 0]},
            limits=(WHY_HIDDEN,) if HIDDEN in shown.values() else (),
        ),
    )


def hands(shows: list[ShowOfHands], words: dict[int, str]) -> Iterator[Told]:
    """Hands raised in the room, where at least ten people raised one."""
    for show in shows:
        raised = show.agree + show.disagree + show.neither
        number = show.statement.number
        if number in words and has_base(raised):
            yield _hands(show, number, words[number])


def _hands(show: ShowOfHands, number: int, words: str) -> Told:
    agree, disagree, neither = (
        shown_count(count) for count in (show.agree, show.disagree, show.neither)
    )
    return Told(
        "show_of_hands",
        str(number),
        Content(
            title=f"Hands for statement {number}",
            sentence=f"“{words}” Hands in the room: {agree} for, {disagree} against, "
            f"{neither} neither.",
            about=(
                "Counted by eye in the room. Hands are raised before others and some people in "
                "the room also answered on paper or phone, so they are kept apart from the map."
            ),
            columns=("For", "Against", "Neither"),
            rows=((agree, disagree, neither),),
            facts={
                "number": number,
                "words": words,
                "agree": agree,
                "disagree": disagree,
                "neither": neither,
            },
            limits=(WHY_HIDDEN,) if HIDDEN in (agree, disagree, neither) else (),
        ),
    )


def told_in(told: Told) -> int:
    """How many people the shown numbers add up to: the true total would give hidden ones away."""
    cells = [cell for row in told.content.rows for cell in row if row[0] != DID_NOT_SAY]
    return sum(int(cell) for cell in cells if isinstance(cell, str) and cell.isdigit())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
