"""The arithmetic: plain arrays in, frozen results out. Needs numpy and scipy alone."""

from coproduce.analysis.axes import Axes, conclude
from coproduce.analysis.change import (
    Change,
    Ends,
    ReliableChange,
    conclude_change,
    paired_change,
)
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
from coproduce.analysis.effects import (
    ChangeOfMany,
    MomentChange,
    change_from_moments,
    change_of_many,
)
from coproduce.analysis.enough import NotEnough
from coproduce.analysis.everybody import Everybody
from coproduce.analysis.factors import Factors, fit_factors, where_one_stands
from coproduce.analysis.leavers import Leavers
from coproduce.analysis.moments import Moments, summarise
from coproduce.analysis.opinion_map import (
    METHOD,
    CommonGround,
    Divide,
    GroupShare,
    OpinionMap,
    map_opinions,
)
from coproduce.analysis.pairs import PairMoments, Pairs, summarise_pairs
from coproduce.analysis.pooling import Pooled, pool
from coproduce.analysis.reliability import HalfRule, Reliability, reliability
from coproduce.analysis.scoring import score_items
from coproduce.analysis.sensitivity import Without, odd_people, try_without
from coproduce.analysis.shares import holm
from coproduce.analysis.signed_rank import hodges_lehmann, signed_rank_p
from coproduce.analysis.suppression import Suppressed, hide_projects, suppress
from coproduce.analysis.voices import GroupVoice

__all__ = [
    "DEFAULT_POLICY",
    "METHOD",
    "Axes",
    "Blocked",
    "Change",
    "ChangeOfMany",
    "CommonGround",
    "Divide",
    "Ends",
    "Everybody",
    "Factors",
    "Gates",
    "GroupShare",
    "GroupVoice",
    "HalfRule",
    "Leavers",
    "MomentChange",
    "Moments",
    "NotEnough",
    "OpinionMap",
    "PairMoments",
    "Pairs",
    "Policy",
    "Pooled",
    "Released",
    "Reliability",
    "ReliableChange",
    "Suppressed",
    "Without",
    "about_people",
    "about_share",
    "at_least_share",
    "change_from_moments",
    "change_of_many",
    "conclude",
    "conclude_change",
    "fit_factors",
    "has_base",
    "hide_projects",
    "hodges_lehmann",
    "holm",
    "map_opinions",
    "may_release",
    "name_after",
    "next_release",
    "odd_people",
    "paired_change",
    "pool",
    "reliability",
    "score_items",
    "shown_count",
    "shown_percentage",
    "signed_rank_p",
    "summarise",
    "summarise_pairs",
    "suppress",
    "try_without",
    "turn_onto",
    "where_one_stands",
]
