"""Charts as a project page may have them: enough of everything to be looked at."""

import datetime
import random

from coproduce.analysis import NotEnough
from coproduce.formats.charts import (
    Answers,
    ChangeLines,
    Chart,
    CountsBar,
    Cumulative,
    Flow,
    Forest,
    LikertBars,
    OutcomeChange,
    Pooled,
    ProjectChange,
    Question,
    Step,
    draw_change_lines,
    draw_counts_bar,
    draw_cumulative,
    draw_flow,
    draw_forest,
    draw_likert_bars,
)

AGREE = ("strongly disagree", "disagree", "neither", "agree", "strongly agree")
LONG = "I have a say in what happens where I live, and I can see what became of what I said"
NAMES = (
    "Oldham: time to talk",
    "Leeds: who decides on the money for carers",
    "Sheffield: the front door",
    "Bristol, Young Voices",
    "Hackney maternity circle",
    "Truro",
    "Stockport together with people who use learning disability services and those around them",
)

CHANGES = ChangeLines(
    "What moved in Oldham",
    (
        OutcomeChange("I am listened to when decisions are made", 23, 2.93, 3.35, 0.1, 0.74),
        OutcomeChange(LONG, 22, 3.1, 3.2, -0.2, 0.4),
        OutcomeChange("People here trust each other", 23, 3.8, 3.5, -0.6, -0.04),
        OutcomeChange("How often do you feel lonely?", 21, 6.2, 5.1, -1.7, -0.5, 0, 10, False),
        OutcomeChange("I would come again", 23, 4.8, 4.9, None, None),
        OutcomeChange("I can change something", 23, 1.1, 1.05, -0.12, 0.02),
    ),
)
ANSWERS = LikertBars(
    "What people answered in Oldham",
    AGREE,
    (
        Question(
            "I am listened to when decisions are made",
            Answers(48, (6, 14, 10, 13, 5)),
            Answers(41, (0, 7, 9, 15, 10)),
        ),
        Question(LONG, Answers(23, ("[c]", "[c]", 6, 8, 0)), Answers(19, (0, 0, "[c]", 14, "[c]"))),
        Question(
            "A question to many", Answers(300, (5, 6, 229, 50, 10)), Answers(280, (5, 5, 5, 5, 260))
        ),
    ),
)
OFTEN = LikertBars(
    "How often people decide together",
    ("never", "rarely", "now and then", "about half of the time", "often", "mostly", "always"),
    (
        Question(
            "We decide together", Answers(70, (10,) * 7), Answers(70, (5, 5, 5, 5, 10, 20, 20))
        ),
    ),
)


def forest(projects: int, *, ranked: bool) -> Forest:
    """So many projects, invented by a stated chance, one of them too small to be shown."""
    chance = random.Random(projects)
    some = []
    for number in range(projects):
        people = 9 if number == 1 and projects > 4 else chance.choice([11, 14, 23, 38, 60])
        change, half = chance.gauss(0.3, 0.25), 1.9 / people**0.5
        named = f"{NAMES[number % 7]}{f' {number}' if number > 6 else ''}"
        some.append(
            ProjectChange(
                named,
                people,
                change,
                change - half,
                change + half,
                people / 60 / projects,
                0.6 * change + 0.12 if ranked else None,
            )
        )
    ahead = (-0.25, 0.87) if projects > 4 else None
    return Forest(
        f"I am listened to, in {projects} projects",
        tuple(some),
        Pooled(0.31, 0.12, 0.5, ahead),
        not_reported=2,
    )


def grew() -> Cumulative:
    day, steps = datetime.date(2024, 3, 5), []
    for projects in range(3, 13):
        estimate, half = 0.3 + 0.2 / projects, 1.6 / projects
        steps.append(Step(day, projects, 22 * projects, estimate, estimate - half, estimate + half))
        day += datetime.timedelta(days=40 + 13 * projects % 60)
    return Cumulative("How the evidence grew", tuple(steps))


def examples() -> dict[str, Chart | NotEnough]:
    """Each by the prefix of its ids."""
    moved = CountsBar("Which way people moved", 21, 14, 4, 3)
    hides = CountsBar("Which way people moved, some kept back", 21, 14, "[c]", "[c]")
    hidden = Flow("Who stayed, some kept back", None, 41, 40, "[c]", "[c]")
    return {
        "moved": draw_counts_bar(moved, prefix="moved"),
        "hides": draw_counts_bar(hides, prefix="hides"),
        "changes": draw_change_lines(CHANGES, prefix="changes"),
        "answers": draw_likert_bars(ANSWERS, prefix="answers"),
        "often": draw_likert_bars(OFTEN, prefix="often"),
        "flow": draw_flow(Flow("Who stayed", 48, 23, 19, 14, 9), prefix="flow"),
        "hidden": draw_flow(hidden, prefix="hidden"),
        "three": draw_forest(forest(3, ranked=False), prefix="three"),
        "twelve": draw_forest(forest(12, ranked=True), prefix="twelve"),
        "sixty": draw_forest(forest(60, ranked=True), prefix="sixty"),
        "grew": draw_cumulative(grew(), prefix="grew"),
        "refused": draw_counts_bar(CountsBar("Too few", 9, 9, 0, 0), prefix="refused"),
    }
