"""What members say of themselves once they are here."""

from typing import Any

from django import forms
from django.utils import timezone

from coproduce.formats.ror import NotAnIdentifier, ror_id
from coproduce.people.forms.joining import WordsOfPromise, places_to_join
from coproduce.people.models import Part, Person, Place
from coproduce.people.words import plain_words


class AboutMe(forms.Form):
    """A name and parts, as they stand and can be changed."""

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


class NewPromise(WordsOfPromise):
    """One promise more, and for which place."""

    place = forms.ModelChoiceField(
        required=False,
        queryset=Place.objects.none(),
        label="For which place?",
        empty_label="For the network as a whole",
        error_messages={"invalid_choice": "Choose a place from the list."},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        place, words = self.fields["place"], self.fields["promise"]
        assert isinstance(place, forms.ModelChoiceField)
        place.queryset = places_to_join()
        words.required = True
        words.error_messages["required"] = "Write what you will do, in a sentence."

    def clean_promise(self) -> str:
        words = super().clean_promise()
        if not words:
            raise forms.ValidationError("Write what you will do, in words.")
        return words


class NewAffiliation(forms.Form):
    """An organisation somebody belongs to."""

    name = forms.CharField(
        max_length=160,
        label="Name of the organisation",
        help_text="A council, a charity, a university, a group with a name.",
        error_messages={
            "required": "Write the name of the organisation.",
            "max_length": "That is %(show_value)s characters; 160 fit.",
        },
    )
    ror_id = forms.CharField(
        required=False,
        max_length=80,
        label="Its ROR identifier",
        help_text="If it has one: universities and institutes do, such as "
        "https://ror.org/052gg0110.",
        error_messages={"max_length": "A ROR identifier is much shorter than that."},
        widget=forms.TextInput(attrs={"spellcheck": "false"}),
    )
    since = forms.DateField(
        required=False,
        label="Since when?",
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Write the day like 31/05/2025."},
    )

    def clean_name(self) -> str:
        name = plain_words(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError("Write the name of the organisation.")
        return name

    def clean_ror_id(self) -> str:
        typed = self.cleaned_data["ror_id"]
        try:
            return ror_id(typed) if typed else ""
        except NotAnIdentifier as wrong:
            raise forms.ValidationError(str(wrong)) from wrong

    def clean_since(self) -> Any:
        since = self.cleaned_data["since"]
        if since and since > timezone.localdate():
            raise forms.ValidationError("This day is still to come. Add it when it is there.")
        return since


class NewChampion(forms.Form):
    """Which member spreads practice."""

    person = forms.ModelChoiceField(
        queryset=Person.objects.none(),
        label="Which member?",
        help_text="Members of this place who gave a name. They say themselves whether the page "
        "may name them.",
        empty_label="Choose somebody",
        error_messages={
            "required": "Choose a member.",
            "invalid_choice": "Choose a member from the list.",
        },
    )

    def __init__(self, *args: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        person = self.fields["person"]
        assert isinstance(person, forms.ModelChoiceField)
        person.queryset = people
