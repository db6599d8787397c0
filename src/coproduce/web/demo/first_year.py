"""What was said about where to begin: twelve statements for the conversation that is open."""

from coproduce.web.demo.words import Said

FIRST_YEAR = (
    Said(
        1,
        "Collect twenty methods that people have really used, and put each on one page.",
        "Put twenty tried methods on one page each.",
        "Write down twenty ways that worked. One page each.",
        (1.8, 1.4, 2.3),
    ),
    Said(
        3,
        "Begin with payment: agree a fair rate and tell people what it does to benefits.",
        "First agree a fair rate of pay, and explain benefits.",
        "Agree fair pay first. Explain what happens to benefits.",
        (2.5, 0.4, 0.8),
    ),
    Said(
        2,
        "Write down together what gets better when people share power, and ask every place to "
        "test the list.",
        "Write a shared list of what gets better, and test it.",
        "Make a list of what gets better. Test it together.",
        (0.8, 2.4, 0.2),
    ),
    Said(
        8,
        "Visit each other: one place a month, with the fare paid.",
        "Visit one place each month, with travel paid.",
        "Visit one place each month. Pay the fares.",
        (1.4, -0.2, 2.4),
    ),
    Said(
        8,
        "Hire somebody before we promise anything.",
        "Employ somebody before making promises.",
        "Hire a person first. Promise later.",
        (-0.8, 1.9, -1.5),
    ),
    Said(
        6,
        "Hold a talking table in a library or a café in every place that wants one.",
        "Hold open talks in libraries and cafés.",
        "Meet and talk in libraries and cafés.",
        (2.0, 0.1, 2.1),
    ),
    Said(
        5,
        "Measure from the first day, so that in three years we can say what moved.",
        "Measure from the start, to see what changes.",
        "Count things from day one.",
        (-0.7, 2.5, 0.0),
    ),
    Said(
        7,
        "Choose the first chair among people who draw on services, by a vote of all members.",
        "Members should elect a first chair who uses services.",
        "Vote for a leader who uses services.",
        (2.2, -0.4, 0.4),
    ),
    Said(
        9,
        "Send back what we heard in Manchester to each person who was there, within a month.",
        "Tell everyone who came what was heard, within a month.",
        "Tell everybody who came what we heard. Do it soon.",
        (2.4, 1.8, 2.0),
    ),
    Said(
        4,
        "Keep the first year small: three projects done properly are better than thirty begun.",
        "Do three projects well before starting more.",
        "Do three things well first.",
        (1.5, 1.2, 1.6),
    ),
    Said(
        2,
        "Launch with a campaign and well-known faces.",
        "Start with a campaign and famous people.",
        "Start with famous people on posters.",
        (-1.6, 0.6, -1.9),
    ),
    Said(
        1,
        "Put everything we make under an open licence, so that anyone may change and reuse it.",
        "Let everybody reuse and change what we make.",
        "Let everybody use what we make.",
        (1.7, 1.3, 1.9),
    ),
)
