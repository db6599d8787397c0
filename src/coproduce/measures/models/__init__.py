"""What is asked, of whom, when, and what they answered."""

from coproduce.measures.models.instruments import Instrument
from coproduce.measures.models.sheets import Came, Participant, Sheet
from coproduce.measures.models.surveys import (
    Linking,
    Moment,
    Purpose,
    Survey,
    Wave,
    WavePart,
    WaveState,
)

__all__ = [
    "Came",
    "Instrument",
    "Linking",
    "Moment",
    "Participant",
    "Purpose",
    "Sheet",
    "Survey",
    "Wave",
    "WavePart",
    "WaveState",
]
