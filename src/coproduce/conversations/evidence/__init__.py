"""What did the room find? From stored votes to figures, and from figures to what a page shows.

The only part of this app that calls the arithmetic. Votes go through the gate (`answers`), are
counted (`counting`), told in words that give nobody away (`wording`, `portraits`, `people`,
`drawing`), and written down as the figures of one release (`recording`); pages read them back
(`reading`).
"""

from coproduce.conversations.evidence.reading import PublishedMap, latest, read
from coproduce.conversations.evidence.recording import draw_interim, draw_last
from coproduce.conversations.evidence.releasing import Rows, rows_to_release

__all__ = [
    "PublishedMap",
    "Rows",
    "draw_interim",
    "draw_last",
    "latest",
    "read",
    "rows_to_release",
]
