"""A guest's report: whose it is, where it came out first, and who permitted that it stands here."""

from typing import Any

from django import forms
from django.utils import timezone

from coproduce.gatherings.forms.deciding import TYPE_A_DAY
from coproduce.gatherings.forms.hosting import Day, Words, lines
from coproduce.pictures.models import Licence
from coproduce.reports.actions.writing import Guest
from coproduce.reports.forms.blocks import Title

MOST_LETTERS = 100_000


class AboutGuest(Title):
    author = Words(
        max_length=160,
        label="Written by",
        help_text="The name as they wish to be named.",
        error_messages={"required": "Say who wrote it."},
    )
    organisation = Words(required=False, max_length=160, label="Their organisation")
    address = forms.URLField(
        required=False,
        max_length=500,
        assume_scheme="https",
        label="Where it came out first",
        error_messages={"invalid": "Paste the whole address, beginning with https://."},
    )
    licence = forms.ChoiceField(
        required=False,
        choices=[("", "Not told"), *Licence.choices],
        label="Licence",
    )
    permission_from = Words(
        required=False,
        max_length=160,
        label="Who permitted that it stands here",
        help_text="You can fill this in later. Until then nobody else reads the report.",
    )
    permission_on = Day(
        required=False, label="On which day", error_messages={"invalid": TYPE_A_DAY}
    )
    permission_scope = Words(
        required=False,
        max_length=280,
        label="What they permitted",
        help_text="“On this website and in its files, unchanged.”",
        widget=lines(2),
    )

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        who, when = typed.get("permission_from"), typed.get("permission_on")
        if when and not who and "permission_from" not in self.errors:
            self.add_error("permission_from", "Say who permitted it.")
        if who and not when and "permission_on" not in self.errors:
            self.add_error("permission_on", "Say on which day they permitted it.")
        if when and when > timezone.localdate():
            self.add_error("permission_on", "That day is still to come.")
        return typed

    def guest(self) -> Guest:
        names = Guest.__dataclass_fields__
        return Guest(**{name: self.cleaned_data[name] for name in names})


class TakeIn(AboutGuest):
    text = forms.CharField(
        max_length=MOST_LETTERS,
        label="The report itself",
        help_text="Paste its text. You can put it in order, and add headings, afterwards.",
        error_messages={"required": "Paste the text of the report."},
        widget=forms.Textarea(attrs={"rows": 10}),
    )
