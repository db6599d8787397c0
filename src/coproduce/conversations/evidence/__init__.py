"""What did the room find? From stored votes to figures, and from figures to what a page shows.

The only part of this app that calls the arithmetic. Votes go through the gate (`answers`), are
counted (`counting`), told in words that give nobody away (`wording`, `portraits`, `people`,
`drawing`), and written down as the figures of one release (`recording`); pages read them back
(`reading`), and place whoever asks on them (`standing`). While people still answer, a count is
kept that follows them (`live`, `kept`), from which a picture takes whoever may be inside
(`inside`), and which is held against the votes (`recounting`). What is out decides with what comes
next (`choosing`), and whether that swayed anything is told at the end (`draws`, `weighing`).
"""

from coproduce.conversations.evidence.choosing import RULE, RoutingFacts, chances, routing_facts
from coproduce.conversations.evidence.growth import Growth, growth_of
from coproduce.conversations.evidence.heads import head_count
from coproduce.conversations.evidence.live import count_now, keep_up
from coproduce.conversations.evidence.reading import Line, PublishedMap, latest, read
from coproduce.conversations.evidence.recording import draw_interim, draw_last
from coproduce.conversations.evidence.recounting import Recounted, recount
from coproduce.conversations.evidence.releasing import Rows, rows_to_release
from coproduce.conversations.evidence.standing import Standing, TooFewAnswers, stand
from coproduce.conversations.evidence.weighing import Chosen, chosen

__all__ = [
    "RULE",
    "Chosen",
    "Growth",
    "Line",
    "PublishedMap",
    "Recounted",
    "RoutingFacts",
    "Rows",
    "Standing",
    "TooFewAnswers",
    "chances",
    "chosen",
    "count_now",
    "draw_interim",
    "draw_last",
    "growth_of",
    "head_count",
    "keep_up",
    "latest",
    "read",
    "recount",
    "routing_facts",
    "rows_to_release",
    "stand",
]
