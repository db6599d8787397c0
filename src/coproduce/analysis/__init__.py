"""The arithmetic: plain arrays in, frozen results out. Needs numpy and scipy alone."""

from coproduce.analysis.axes import Axes, conclude
from coproduce.analysis.continuity import name_after, turn_onto
from coproduce.analysis.disclosure import (
    DEFAULT_POLICY,
    Blocked,
    Policy,
    Released,
    about_people,
    about_share,
    at_least_share,
    has_base,
    may_release,
    next_release,
    shown_count,
    shown_percentage,
)
from coproduce.analysis.distinct import Gates
from coproduce.analysis.enough import NotEnough
from coproduce.analysis.factors import Factors, fit_factors, where_one_stands
from coproduce.analysis.moments import Moments, summarise
from coproduce.analysis.opinion_map import (
    METHOD,
    CommonGround,
    Divide,
    GroupShare,
    OpinionMap,
    map_opinions,
)
from coproduce.analysis.sensitivity import Without, odd_people, try_without
from coproduce.analysis.voices import GroupVoice

__all__ = [
    "DEFAULT_POLICY",
    "METHOD",
    "Axes",
    "Blocked",
    "CommonGround",
    "Divide",
    "Factors",
    "Gates",
    "GroupShare",
    "GroupVoice",
    "Moments",
    "NotEnough",
    "OpinionMap",
    "Policy",
    "Released",
    "Without",
    "about_people",
    "about_share",
    "at_least_share",
    "conclude",
    "fit_factors",
    "has_base",
    "map_opinions",
    "may_release",
    "name_after",
    "next_release",
    "odd_people",
    "shown_count",
    "shown_percentage",
    "summarise",
    "try_without",
    "turn_onto",
    "where_one_stands",
]
