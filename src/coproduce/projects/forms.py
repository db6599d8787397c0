"""What is typed of a project."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from django import forms

from coproduce.gatherings.forms.hosting import Day, Paragraphs, Words
from coproduce.people.models import Place
from coproduce.projects.actions import Details
from coproduce.projects.models import Project

TYPE_A_DAY = "Type the day as day/month/year, such as 28/03/2026."


class ProjectForm(forms.Form):
    """Everything that a project says of itself. Only a title is needed to begin."""

    title = Words(
        max_length=160,
        label="What is it called?",
        error_messages={"required": "Give the project a title."},
    )
    place = forms.ModelChoiceField(
        queryset=Place.objects.none(), label="In which place?", empty_label=None
    )
    aim = Paragraphs(
        required=False,
        max_length=2_000,
        label="What does it want to change, and for whom?",
        help_text="In the words of those it is for.",
    )
    commissioned_by = Words(required=False, max_length=200, label="Who commissioned it?")
    starts_on = Day(required=False, label="It begins on", error_messages={"invalid": TYPE_A_DAY})
    ends_on = Day(required=False, label="It ends on", error_messages={"invalid": TYPE_A_DAY})
    fixed = Paragraphs(
        required=False,
        max_length=2_000,
        label="What is fixed?",
        help_text="What nobody here can change, one thing a line: a budget, a law, a date.",
    )
    flexible = Paragraphs(
        required=False,
        max_length=2_000,
        label="What is flexible?",
        help_text="What those who take part can change, one thing a line.",
    )
    decided_because = Paragraphs(
        required=False,
        max_length=2_000,
        label="What was decided because of those who took part?",
        help_text="One thing a line. You can come back to this.",
    )

    def __init__(self, *args: Any, places: Sequence[Place] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        if not places:
            del self.fields["place"]
            return
        of_mine = Place.objects.filter(pk__in=[each.pk for each in places])
        self.fields["place"].queryset = of_mine  # type: ignore[attr-defined]

    def clean(self) -> None:
        begins, ends = (self.cleaned_data.get(name) for name in ("starts_on", "ends_on"))
        if begins and ends and ends < begins:
            self.add_error("ends_on", "It would end before it begins. Check both days.")

    @property
    def details(self) -> Details:
        return Details(**{each.name: self.cleaned_data[each.name] for each in fields(Details)})


def filled(project: Project) -> dict[str, Any]:
    return {each.name: getattr(project, each.name) for each in fields(Details)}
