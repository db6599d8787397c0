"""What a place says of itself, and where it lies."""

import re
from typing import Any

from django import forms

from coproduce.people.models import Place

AREA_CODE = re.compile(r"[EKNSW]\d{8}")
LONGEST = 2_000


def _paragraphs(label: str, hint: str, rows: int) -> forms.CharField:
    return forms.CharField(
        required=False,
        max_length=LONGEST,
        label=label,
        help_text=hint,
        error_messages={"max_length": f"%(show_value)s characters are too many; {LONGEST:,} fit."},
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _degrees(label: str, hint: str, low: int, high: int) -> forms.FloatField:
    return forms.FloatField(
        required=False,
        min_value=low,
        max_value=high,
        label=label,
        help_text=hint,
        error_messages={
            "invalid": f"{label} is a number of degrees, such as 51.75.",
            "min_value": f"{label} lies between {low} and {high}.",
            "max_value": f"{label} lies between {low} and {high}.",
        },
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "decimal"}),
    )


class PlaceWords(forms.Form):
    """The words and facts of a place."""

    about = _paragraphs("About this place", "Who meets here, since when, what for.", 5)
    offers = _paragraphs("What it offers others", "One thing a line.", 4)
    needs = _paragraphs("What it looks for", "One thing a line.", 4)
    area_code = forms.CharField(
        required=False,
        max_length=20,
        label="Area code",
        help_text="As the Office for National Statistics names the area: E and eight digits, "
        "such as E10000025.",
        widget=forms.TextInput(attrs={"class": "short", "spellcheck": "false"}),
    )
    population = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=100_000_000,
        label="People who live there",
        help_text="Only if you know it, such as from the last census.",
        error_messages={
            "invalid": "Type the number of people in digits, such as 725300.",
            "min_value": "At least one person lives there; or leave it out.",
            "max_value": "That is more people than live in the whole country.",
        },
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric"}),
    )
    latitude = _degrees("Latitude of its centre", "Degrees north, such as 51.77.", -90, 90)
    longitude = _degrees("Longitude of its centre", "Degrees east; west is below 0.", -180, 180)

    def clean_area_code(self) -> str:
        code = str(self.cleaned_data["area_code"]).strip().upper()
        if code and not AREA_CODE.fullmatch(code):
            raise forms.ValidationError(
                "An area code is a letter and eight digits, such as E10000025. Leave it out if you "
                "do not know it."
            )
        return code

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if self.has_error("latitude") or self.has_error("longitude"):
            return typed
        if (typed.get("latitude") is None) != (typed.get("longitude") is None):
            missing = "latitude" if typed.get("latitude") is None else "longitude"
            self.add_error(missing, "A place on the map needs both numbers, or neither.")
        return typed


def kept_of(place: Place) -> dict[str, object]:
    """What stands in the form at first."""
    return {name: getattr(place, name) for name in PlaceWords.base_fields}
