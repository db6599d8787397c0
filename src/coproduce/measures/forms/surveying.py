"""What an evaluator types of a survey and its waves."""

from dataclasses import fields
from typing import Any

from django import forms

from coproduce.gatherings.forms.hosting import Paragraphs, Words
from coproduce.measures.actions.surveying import Details
from coproduce.measures.models import Instrument, Linking, Moment, Purpose, Survey

MOST_INVITED = 100_000


class SurveyForm(forms.Form):
    """All of it is shown to everybody who is asked, before the first question."""

    title = Words(
        max_length=160,
        label="What is it called?",
        error_messages={"required": "Give the survey a title."},
    )
    about = Paragraphs(
        required=False, max_length=2_000, label="What is it about?", help_text="In two sentences."
    )
    written_by = Words(
        max_length=200,
        label="Who wrote it?",
        help_text="“Four carers of the group and the evaluator”. Everybody who is asked reads it.",
        error_messages={"required": "Say who wrote the survey."},
    )
    purpose = forms.ChoiceField(
        label="What are the answers for?", choices=Purpose.choices, widget=forms.RadioSelect
    )
    seen_first_by = Words(
        max_length=200,
        label="Who sees the results first?",
        help_text="Those who answered, the group that wrote it, the commissioner: say it plainly.",
        error_messages={"required": "Say who sees the results first."},
    )
    contact = Words(
        required=False, max_length=200, label="Whom can people ask, and how do they reach them?"
    )
    linking = forms.ChoiceField(
        label="How do you know that two sheets are of one person?",
        help_text="Without this you can compare only everybody before with everybody after.",
        choices=Linking.choices,
        widget=forms.RadioSelect,
    )

    @property
    def details(self) -> Details:
        return Details(**{each.name: self.cleaned_data[each.name] for each in fields(Details)})


def filled(survey: Survey) -> dict[str, Any]:
    return {each.name: getattr(survey, each.name) for each in fields(Details)}


class WaveForm(forms.Form):
    """When a wave asks, and what."""

    moment = forms.ChoiceField(
        label="When does it ask?",
        help_text="“Afterwards about before” is for people who were not asked before. What is "
        "remembered can differ from what would have been said then, and is labelled.",
        choices=Moment.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say when this wave asks."},
    )
    instruments = forms.ModelMultipleChoiceField(
        queryset=Instrument.objects.none(),
        label="Which sets of questions?",
        help_text="They are asked in this order.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one set of questions."},
    )

    def __init__(self, *args: Any, survey: Survey, **options: Any) -> None:
        super().__init__(*args, **options)
        ready = Instrument.objects.for_place(survey.place).ready()
        self.fields["instruments"].queryset = ready  # type: ignore[attr-defined]


class InvitedForm(forms.Form):
    invited = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=MOST_INVITED,
        label="How many people were asked to answer?",
        widget=forms.NumberInput(attrs={"class": "short"}),
        error_messages={
            "invalid": "Type a whole number, such as 40.",
            "min_value": "Type a whole number, such as 40.",
            "max_value": f"Type a number up to {MOST_INVITED}.",
        },
    )
