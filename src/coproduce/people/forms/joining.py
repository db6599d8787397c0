"""The one page of joining: everything can be left out but the principles."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from coproduce.people import ways
from coproduce.people.actions.joining import Newcomer, Way
from coproduce.people.actions.promising import SaidPromise
from coproduce.people.baseline import ANSWERS, QUESTIONS
from coproduce.people.models import Channel, Part, Place
from coproduce.people.ways import NoSuchWay
from coproduce.people.words import plain_words

NO_WAY = ""
RATHER_NOT = ("", "I would rather not say")


def places_to_join() -> QuerySet[Place]:
    """Those with nothing inside: who joins all of England would belong to every place in it."""
    return Place.objects.filter(parts=None)


class DayField(forms.DateField):
    """A day, typed or chosen, that is still to come."""

    widget = forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d")

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is not None and value < timezone.localdate():
            raise forms.ValidationError("This day is over. Choose one that is still to come.")


class WordsOfPromise(forms.Form):
    """One promise: what, by when, and whether others may read it."""

    promise = forms.CharField(
        required=False,
        max_length=280,
        label="What will you do?",
        help_text="One thing that is in your hands, such as: I will bring one neighbour along.",
        error_messages={"max_length": "That is %(show_value)s characters; 280 fit."},
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    by_when = DayField(
        required=False,
        label="By when?",
        error_messages={"invalid": "Write the day like 31/05/2027."},
    )
    may_be_told = forms.BooleanField(
        required=False, label="Others may read it on the page of the place, without my name"
    )

    def clean_promise(self) -> str:
        return plain_words(self.cleaned_data["promise"])

    @property
    def said(self) -> SaidPromise | None:
        kept = self.cleaned_data
        if not kept["promise"]:
            return None
        return SaidPromise(kept["promise"], kept["by_when"], kept["may_be_told"])


class WayToReach(forms.Form):
    """A channel and an address that fits it."""

    channel = forms.ChoiceField(
        required=False,
        choices=[*Channel.choices, (NO_WAY, "Please do not write to me")],
        label="How may we reach you?",
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose one of these ways."},
    )
    address = forms.CharField(
        required=False,
        max_length=ways.LONGEST_ADDRESS,
        label="Your email address, phone number or postal address",
        help_text="Or the name and phone number of the person who helps you.",
        error_messages={"max_length": "That is %(show_value)s characters; 400 fit."},
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        channel, address = typed.get("channel"), typed.get("address")
        if self.has_error("channel") or self.has_error("address"):
            return typed
        if channel and not address:
            self.add_error("address", "Write where the message should go.")
        elif address and not channel:
            self.add_error("channel", "Choose how to reach you, or take the address out again.")
        elif channel:
            self._spell(Channel(channel), str(address))
        return typed

    def _spell(self, channel: Channel, address: str) -> None:
        try:
            self.cleaned_data["address"] = ways.one_spelling(channel, address)
        except NoSuchWay as wrong:
            self.add_error("address", str(wrong))

    @property
    def way(self) -> Way | None:
        kept = self.cleaned_data
        return Way(Channel(kept["channel"]), kept["address"]) if kept["channel"] else None


class Join(WayToReach, WordsOfPromise):
    """Everything on the page of joining."""

    agree = forms.BooleanField(
        label="I agree to these principles",
        error_messages={
            "required": "Joining means to agree to the principles. Tick the box if you do."
        },
    )
    name = forms.CharField(
        required=False,
        max_length=120,
        label="What shall we call you?",
        help_text="Your name, a name you choose, or none.",
        error_messages={"max_length": "That is %(show_value)s characters; 120 fit."},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    parts = forms.MultipleChoiceField(
        required=False,
        choices=Part.choices,
        label="What do you bring with you?",
        help_text="As many as you like.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from the list."},
    )
    place = forms.ModelChoiceField(
        required=False,
        queryset=Place.objects.none(),
        label="Your place",
        empty_label="None of these, or not yet",
        error_messages={"invalid_choice": "Choose a place from the list."},
    )

    wants_to_hear = forms.BooleanField(
        required=False,
        label="Tell me when something happens in my place (each message has a link to stop)",
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if typed.get("wants_to_hear"):
            if not typed.get("place") and not self.has_error("place"):
                self.add_error("place", "Choose the place that you want to hear from.")
            if not typed.get("channel") and not self.has_error("channel"):
                self.add_error("channel", "Choose how we tell you when something happens.")
        return typed

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        place = self.fields["place"]
        assert isinstance(place, forms.ModelChoiceField)
        place.queryset = places_to_join()
        for asked in QUESTIONS:
            self.fields[asked.field] = forms.TypedChoiceField(
                required=False,
                choices=[*ANSWERS, RATHER_NOT],
                coerce=int,
                empty_value=None,
                label=asked.words,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": "Choose one of the answers."},
            )
        self.order_fields(["agree", "name", "parts", "place", "channel", "address"])

    def baseline_fields(self) -> list[forms.BoundField]:
        return [self[asked.field] for asked in QUESTIONS]

    @property
    def newcomer(self) -> Newcomer:
        """What was typed, as the deed takes it."""
        kept = self.cleaned_data
        return Newcomer(
            name=kept["name"],
            parts=tuple(kept["parts"]),
            place=kept["place"],
            way=self.way,
            promise=self.said,
            wants_to_hear=kept["wants_to_hear"],
            baseline={
                asked.question: kept[asked.field] for asked in QUESTIONS if kept[asked.field]
            },
        )


class NewPrinciples(forms.Form):
    """The principles in other words: a new version."""

    words = forms.CharField(
        max_length=4_000,
        label="The principles",
        help_text="One a line. The version before this one stays readable.",
        error_messages={
            "required": "Write at least one principle.",
            "max_length": "That is %(show_value)s characters; 4,000 fit.",
        },
        widget=forms.Textarea(attrs={"rows": 12}),
    )
