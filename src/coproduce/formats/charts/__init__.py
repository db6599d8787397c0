"""Pictures of change: what goes in is a frozen record, what comes out an SVG with its words."""

from coproduce.formats.charts.change_lines import ChangeLines, OutcomeChange, draw_change_lines
from coproduce.formats.charts.chart import Chart, Svg, refusal
from coproduce.formats.charts.counts_bar import CountsBar, draw_counts_bar
from coproduce.formats.charts.cumulative import Cumulative, Step, draw_cumulative
from coproduce.formats.charts.facts import Drawable, draw_facts, facts_of
from coproduce.formats.charts.flow import Flow, draw_flow
from coproduce.formats.charts.forest import draw_forest
from coproduce.formats.charts.forest_record import Forest, Pooled, ProjectChange
from coproduce.formats.charts.likert_bars import Answers, LikertBars, Question, draw_likert_bars

__all__ = [
    "Answers",
    "ChangeLines",
    "Chart",
    "CountsBar",
    "Cumulative",
    "Drawable",
    "Flow",
    "Forest",
    "LikertBars",
    "OutcomeChange",
    "Pooled",
    "ProjectChange",
    "Question",
    "Step",
    "Svg",
    "draw_change_lines",
    "draw_counts_bar",
    "draw_cumulative",
    "draw_facts",
    "draw_flow",
    "draw_forest",
    "draw_likert_bars",
    "facts_of",
    "refusal",
]
