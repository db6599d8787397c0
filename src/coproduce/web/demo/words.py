"""The shape of a statement in the story."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """A statement in three wordings, and how the three viewpoints lean on it (log-odds)."""

    need: int  # which of the nine needs it is about
    words: str
    plain: str
    easy: str  # 15 words at most
    leans: tuple[float, float, float]
