"""What is typed about consent: how many cards, what stands on one, what the room was told."""

from typing import Any

from django import forms

from coproduce.gatherings.actions.consenting import MOST_CARDS, Answer, people_at
from coproduce.gatherings.models import Gathering
from coproduce.people.models import Person
from coproduce.trust.models import Named, Where

CHANNELS = [(each.value, each.label[:1].upper() + each.label[1:]) for each in Where]


class HowManyCards(forms.Form):
    count = forms.IntegerField(
        min_value=1,
        max_value=MOST_CARDS,
        label="How many cards",
        help_text="Four on a page, each with a code of its own.",
        widget=forms.NumberInput(attrs={"class": "short"}),
        error_messages={"required": "Say how many cards to print."},
    )


class RoomWasTold(forms.Form):
    """Where nobody can be asked: all were told beforehand, free to be silent or out of view."""

    channels = forms.MultipleChoiceField(
        choices=CHANNELS,
        required=False,
        label="Where you said that voices without a name may be shown",
        widget=forms.CheckboxSelectMultiple,
    )
    pictures = forms.MultipleChoiceField(
        choices=CHANNELS,
        required=False,
        label="Where you said that pictures of the whole room may be shown",
        help_text="Taken so that anybody could stay out of view.",
        widget=forms.CheckboxSelectMultiple,
    )

    def clean(self) -> dict[str, object]:
        typed: dict[str, object] = super().clean() or {}
        if not typed.get("channels") and not typed.get("pictures"):
            raise forms.ValidationError("Tick what you told the room.")
        return typed

    def told(self, field: str) -> list[Where]:
        return [Where(each) for each in self.cleaned_data[field]]


class OneCard(forms.Form):
    """What stands on a consent card. Nothing ticked is a no, and is kept as one."""

    channels = forms.MultipleChoiceField(
        choices=CHANNELS,
        required=False,
        label="Where what they say may be shown",
        help_text="As it is ticked on the card. Nothing ticked is a no.",
        widget=forms.CheckboxSelectMultiple,
    )
    pictures = forms.MultipleChoiceField(
        choices=CHANNELS,
        required=False,
        label="Where pictures they are in may be shown",
        help_text="Photos and films. Nothing ticked is a no here too.",
        widget=forms.CheckboxSelectMultiple,
    )
    named = forms.ChoiceField(
        choices=[(each.value, each.label[:1].upper() + each.label[1:]) for each in Named],
        initial=Named.NOT.value,
        label="How they want to be named",
        widget=forms.RadioSelect,
    )
    name = forms.CharField(
        max_length=120, required=False, label="Their name, if they want it shown"
    )
    until = forms.DateField(
        required=False,
        label="Until when",
        help_text="Empty: until they take it back.",
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}),
    )
    show_me_first = forms.BooleanField(
        required=False, label="They want to see it before anybody else does"
    )
    is_under_18 = forms.BooleanField(required=False, label="They are under 18")
    guardian = forms.CharField(
        max_length=120,
        required=False,
        label="The parent or guardian who says yes with them",
        help_text="Their name, as it stands on the card. It is shown to nobody.",
    )
    support = forms.CharField(
        max_length=120,
        required=False,
        label="Support that was used",
        help_text="A sign language interpreter, a helper who read it out, ...",
    )

    def clean(self) -> dict[str, object]:
        typed: dict[str, object] = super().clean() or {}
        wants_name = typed.get("named") in (Named.FULL, Named.FIRST)
        if wants_name and not str(typed.get("name") or "").strip():
            self.add_error("name", "They want to be named. Write the name that is on the card.")
        if typed.get("is_under_18") and not str(typed.get("guardian") or "").strip():
            self.add_error(
                "guardian",
                "Under 18, a parent or guardian has to say yes as well. Write down who.",
            )
        return typed

    @property
    def answer(self) -> Answer:
        typed = self.cleaned_data
        return Answer(
            channels=[Where(each) for each in typed["channels"]],
            pictures=[Where(each) for each in typed["pictures"]],
            named=Named(typed["named"]),
            name=typed["name"],
            until=typed["until"],
            show_me_first=typed["show_me_first"],
            support=typed["support"],
            guardian=typed["guardian"],
        )


class SpokenYes(OneCard):
    """What somebody said aloud, before the host as a witness."""

    who = forms.ModelChoiceField(
        queryset=Person.objects.none(),
        required=False,
        label="Who said it?",
        empty_label="Somebody who is not on the list",
    )
    field_order = ("who", "channels", "pictures", "named", "name")

    def __init__(self, *args: Any, gathering: Gathering, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who = self.fields["who"]
        assert isinstance(who, forms.ModelChoiceField)
        who.queryset = people_at(gathering)
