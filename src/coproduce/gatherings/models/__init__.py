"""What a gathering is, who comes, who came, what was said there and what was made of it."""

from coproduce.gatherings.models.coming import (
    Attendance,
    NeedMet,
    Notice,
    Presence,
    Registration,
)
from coproduce.gatherings.models.consenting import ConsentCard
from coproduce.gatherings.models.decisions import Decision
from coproduce.gatherings.models.gathering import (
    Gathering,
    ProgrammeItem,
    Provided,
    Setting,
    Speaker,
    State,
)
from coproduce.gatherings.models.planning import PersonalPlan
from coproduce.gatherings.models.reporting_back import ReportBack, ToldBack
from coproduce.gatherings.models.voices import (
    Insight,
    InsightChange,
    Theme,
    Voice,
    Worry,
    pictures_of,
    voices_of,
)

__all__ = [
    "Attendance",
    "ConsentCard",
    "Decision",
    "Gathering",
    "Insight",
    "InsightChange",
    "NeedMet",
    "Notice",
    "PersonalPlan",
    "Presence",
    "ProgrammeItem",
    "Provided",
    "Registration",
    "ReportBack",
    "Setting",
    "Speaker",
    "State",
    "Theme",
    "ToldBack",
    "Voice",
    "Worry",
    "pictures_of",
    "voices_of",
]
