"""What is typed of a story, and of a panel that chose one."""

from typing import Any

from django import forms

from coproduce.gatherings.forms.consenting import CHANNELS
from coproduce.gatherings.forms.hosting import Day, Paragraphs, Words
from coproduce.measures.actions.telling_stories import LONGEST, LONGEST_WHY, Chosen, Telling
from coproduce.measures.models.stories import Kind, Story
from coproduce.projects.models import Project
from coproduce.trust.models import Named, Where


class StoryForm(forms.Form):
    """A story, where it may be shown, and under which name. All of it can be taken back."""

    kind = forms.ChoiceField(
        label="What kind of change was it?",
        choices=Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say what kind of change it was."},
    )
    words = Paragraphs(
        max_length=LONGEST,
        rows=8,
        label="What changed?",
        help_text="As you would tell it to a friend. Leave out the names of others.",
        error_messages={"required": "Tell what changed, in a few sentences."},
    )
    why = Paragraphs(required=False, max_length=LONGEST_WHY, label="Why does it matter to you?")
    channels = forms.MultipleChoiceField(
        required=False,
        choices=CHANNELS,
        label="Where may it be shown?",
        help_text="Tick none, and only the people of the project read it.",
        widget=forms.CheckboxSelectMultiple,
    )
    named = forms.ChoiceField(
        choices=[
            (each.value, each.label[:1].upper() + each.label[1:])
            for each in (Named.NOT, Named.FIRST, Named.FULL)
        ],
        initial=Named.NOT.value,
        label="How may it be signed?",
        widget=forms.RadioSelect,
        error_messages={"required": "Say how it may be signed."},
    )
    name = Words(required=False, max_length=120, label="Your name, if it may be shown")
    until = Day(
        required=False,
        label="Until when may it be shown?",
        help_text="Empty: until you take it back.",
        error_messages={"invalid": "Type the day as day/month/year, such as 28/03/2026."},
    )

    def clean(self) -> None:
        wants_name = self.cleaned_data.get("named") in (Named.FULL, Named.FIRST)
        if wants_name and not self.cleaned_data.get("name"):
            self.add_error("name", "Say under which name, or choose to stay without one.")

    @property
    def telling(self) -> Telling:
        typed = self.cleaned_data
        return Telling(
            kind=Kind(typed["kind"]),
            words=typed["words"],
            why=typed["why"],
            channels=[Where(each) for each in typed["channels"]],
            named=Named(typed["named"]),
            name=typed["name"],
            until=typed["until"],
        )


class OneOfTheStories(forms.ModelChoiceField[Story]):
    """Stories by how they begin."""

    def label_from_instance(self, obj: Story) -> str:
        return f"{obj.words[:80]}…" if len(obj.words) > 80 else obj.words


class ChoiceForm(forms.Form):
    """A panel read the stories of a kind together: which one, by what, and why."""

    kind = forms.ChoiceField(
        label="Which kind of change?",
        choices=Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say which kind of change."},
    )
    held_on = Day(
        label="On which day?",
        error_messages={
            "required": "Say on which day it was chosen.",
            "invalid": "Type the day as day/month/year, such as 28/03/2026.",
        },
    )
    panel = Words(
        max_length=240,
        label="Who sat on the panel?",
        help_text="By their roles, such as “three members, a nurse and the commissioner”.",
        error_messages={"required": "Say who sat on the panel."},
    )
    criteria = Words(
        max_length=240,
        label="By what did you choose?",
        error_messages={"required": "Say by what you chose."},
    )
    story = OneOfTheStories(
        queryset=Story.objects.none(),
        required=False,
        label="Which story?",
        empty_label="None of them",
    )
    reasons = Paragraphs(
        max_length=LONGEST,
        label="Why this one?",
        help_text="It is told back to everybody who told a story.",
        error_messages={"required": "Say why: it is told back to those who told a story."},
    )

    def __init__(self, *args: Any, project: Project, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["story"]
        assert isinstance(field, OneOfTheStories)
        field.queryset = project.stories.standing()

    def clean(self) -> None:
        story, kind = self.cleaned_data.get("story"), self.cleaned_data.get("kind")
        if story is not None and kind and story.kind != kind:
            self.add_error("story", "This story is of another kind of change. Choose within one.")

    @property
    def chosen(self) -> Chosen:
        return Chosen(**self.cleaned_data | {"kind": Kind(self.cleaned_data["kind"])})
