"""Which pictures may stand beside a question in Easy Read? The open set that comes along.

They are drawn for it, free of rights, and say what they show. A photo is none of them: it would
show somebody.
"""

QUESTIONS = {
    "equal-voice.svg": "Two speech bubbles of the same size.",
    "trust.svg": "Two hands that hold each other.",
    "changed.svg": "A small plant, an arrow, and a big plant.",
    "access.svg": "An open door with a ramp.",
    "come-again.svg": "An arrow that comes back to a house.",
}
ANSWERS = (  # a circle that fills up
    "answer-none.svg",
    "answer-a-little.svg",
    "answer-half.svg",
    "answer-mostly.svg",
    "answer-all.svg",
)


def filling_up(answers: int) -> tuple[str, ...]:
    """A picture for each of so many answers, from the lowest to the highest; up to five."""
    if not 2 <= answers <= len(ANSWERS):
        return ("",) * answers
    last = len(ANSWERS) - 1
    return tuple(ANSWERS[round(at * last / (answers - 1))] for at in range(answers))
