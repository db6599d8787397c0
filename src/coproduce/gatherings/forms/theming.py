"""What a convenor types about a theme."""

from typing import Any

from django import forms

from coproduce.people.models import Place


class OneThemeWords(forms.Form):
    name = forms.CharField(
        max_length=60,
        label="Name",
        help_text="A word or two, as a note-taker would say it.",
        error_messages={
            "required": "Give the theme a name of a word or two.",
            "max_length": "That is %(show_value)s characters; 60 fit.",
        },
    )
    definition = forms.CharField(
        max_length=200,
        label="What it means",
        help_text="One plain sentence. It stands beside the name wherever the theme is chosen.",
        error_messages={
            "required": "Say in one plain sentence what belongs here.",
            "max_length": "That is %(show_value)s characters; 200 fit.",
        },
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class NewTheme(OneThemeWords):
    place = forms.ModelChoiceField(
        queryset=Place.objects.none(),
        required=False,
        label="Whose it is",
        empty_label="The whole network’s",
    )

    def __init__(self, *args: Any, places: list[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [place.pk for place in places]
        self.fields["place"].queryset = Place.objects.filter(  # type: ignore[attr-defined]
            pk__in=keys
        )
