"""What a gathering is, who comes, who came, and whether their access needs were met."""

from coproduce.gatherings.models.coming import (
    Attendance,
    NeedMet,
    Notice,
    Presence,
    Registration,
)
from coproduce.gatherings.models.gathering import (
    Gathering,
    ProgrammeItem,
    Provided,
    Setting,
    Speaker,
    State,
)

__all__ = [
    "Attendance",
    "Gathering",
    "NeedMet",
    "Notice",
    "Presence",
    "ProgrammeItem",
    "Provided",
    "Registration",
    "Setting",
    "Speaker",
    "State",
]
