"""What did the room find? From stored votes to figures, and from figures to what a page shows.

The only part of this app that calls the arithmetic. Votes go through the gate (`answers`), are
counted (`counting`), told in words that give nobody away (`wording`, `portraits`, `people`,
`drawing`), and written down as the figures of one release (`recording`); pages read them back
(`reading`). What is out decides with what comes next (`choosing`), and whether that swayed anything
is told at the end (`draws`, `weighing`).
"""

from coproduce.conversations.evidence.choosing import RULE, RoutingFacts, chances, routing_facts
from coproduce.conversations.evidence.reading import PublishedMap, latest, read
from coproduce.conversations.evidence.recording import draw_interim, draw_last
from coproduce.conversations.evidence.releasing import Rows, rows_to_release
from coproduce.conversations.evidence.weighing import Chosen, chosen

__all__ = [
    "RULE",
    "Chosen",
    "PublishedMap",
    "RoutingFacts",
    "Rows",
    "chances",
    "chosen",
    "draw_interim",
    "draw_last",
    "latest",
    "read",
    "routing_facts",
    "rows_to_release",
]
