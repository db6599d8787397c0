"""What is asked, of whom, when, and what they answered."""

from coproduce.measures.models.files import AnswersFile
from coproduce.measures.models.gripp2 import Gripp2Section, Gripp2Text
from coproduce.measures.models.instruments import Instrument
from coproduce.measures.models.rows import RowsAsked
from coproduce.measures.models.sheets import Came, Participant, Sheet
from coproduce.measures.models.stories import Choice, Kind, Story
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
    "AnswersFile",
    "Came",
    "Choice",
    "Gripp2Section",
    "Gripp2Text",
    "Instrument",
    "Kind",
    "Linking",
    "Moment",
    "Participant",
    "Purpose",
    "RowsAsked",
    "Sheet",
    "Story",
    "Survey",
    "Wave",
    "WavePart",
    "WaveState",
]
