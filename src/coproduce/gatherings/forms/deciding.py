"""What a host types of a decision."""

from typing import Any

from django import forms

from coproduce.gatherings.actions.deciding import LONGEST, LONGEST_WHY, Decided
from coproduce.gatherings.forms.hosting import Day, Paragraphs, Words, lines
from coproduce.gatherings.models import Decision, Gathering, Insight

TYPE_A_DAY = "Type the day as day/month/year, such as 28/03/2026."


class Sentence(Words):
    """One sentence, in a box that shows all of it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=LONGEST, widget=lines(2), **options)


class OneDecision(forms.Form):
    words = Sentence(
        label="What was decided, in one sentence",
        help_text="As somebody who was not there would understand it.",
        error_messages={"required": "Say what was decided, in one sentence."},
    )
    why = Paragraphs(required=False, max_length=LONGEST_WHY, rows=3, label="Why")
    decided_by = Words(
        max_length=200,
        label="Who decided it, or by which rule",
        help_text="“Everybody in the hall, by show of hands” or “The hosts, two of three”.",
        error_messages={"required": "Say who decided it, or by which rule."},
    )
    decided_on = Day(
        label="On which day",
        error_messages={"required": "Say on which day it was decided.", "invalid": TYPE_A_DAY},
    )
    insights = forms.ModelMultipleChoiceField(
        queryset=Insight.objects.none(),
        required=False,
        label="Which insights it rests on",
        widget=forms.CheckboxSelectMultiple,
    )
    what_next = Sentence(required=False, label="What happens next")
    by_when = Day(required=False, label="By when", error_messages={"invalid": TYPE_A_DAY})
    instead_of = forms.ModelChoiceField(
        queryset=Decision.objects.none(),
        required=False,
        label="It takes the place of",
        empty_label="None that was taken before",
    )

    def __init__(self, *args: Any, gathering: Gathering, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        drawn = Insight.objects.standing().filter(gathering=gathering)
        held = Decision.objects.standing().filter(gathering__place=gathering.place)
        self.fields["insights"].queryset = drawn  # type: ignore[attr-defined]
        self.fields["instead_of"].queryset = held  # type: ignore[attr-defined]

    def decided(self) -> Decided:
        typed = {name: self.cleaned_data[name] for name in self.cleaned_data}
        del typed["instead_of"]
        return Decided(**typed | {"insights": list(typed["insights"])})
