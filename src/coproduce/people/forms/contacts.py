"""Handing in a list of contacts, and saying which column is what."""

from collections.abc import Sequence
from typing import Any

from django import forms

from coproduce.formats.contacts import MOST_BYTES
from coproduce.people.contact_rows import Column, guess
from coproduce.people.models import Basis
from coproduce.people.words import plain_words

LEAVE_OUT = ("", "Leave this column out")


class HandIn(forms.Form):
    """One file."""

    file = forms.FileField(
        label="Your list",
        help_text="A CSV or XLSX file, up to 2 MB and 5,000 rows. The first row names the columns.",
        error_messages={
            "required": "Choose the file with your list.",
            "empty": "This file is empty.",
            "invalid": "Choose a file from this device.",
        },
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                f"The file has {file.size / 1e6:.1f} MB; {MOST_BYTES / 1e6:.0f} MB fit."
            )
        return file


class WhatIsWhat(forms.Form):
    """Which column is what, why these addresses may be kept, and where the list is from."""

    basis = forms.ChoiceField(
        choices=Basis.choices,
        label="Why may we keep these addresses?",
        help_text="Announcements go only to people who said yes to hearing from us.",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose why we may keep these addresses. Without a reason we may not.",
            "invalid_choice": "Choose one of the reasons.",
        },
    )
    source = forms.CharField(
        max_length=200,
        label="Where is the list from?",
        help_text="Such as: paper sign-up sheet of the meeting on 12 May, kept in the office.",
        error_messages={
            "required": "Write where the list is from, so that people can be told if they ask.",
            "max_length": "That is %(show_value)s characters; 200 fit.",
        },
    )

    def __init__(self, *args: Any, header: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.columns = [f"column_{number}" for number in range(len(header))]
        for name, heading, guessed in zip(self.columns, header, guess(header), strict=True):
            self.fields[name] = forms.ChoiceField(
                required=False,
                choices=[LEAVE_OUT, *((kind.name, kind.value) for kind in Column)],
                initial=guessed.name if guessed else "",
                label=heading,
                error_messages={"invalid_choice": "Choose what this column is."},
            )
        self.order_fields([*self.columns, "basis", "source"])

    def clean_source(self) -> str:
        source = plain_words(self.cleaned_data["source"])
        if not source:
            raise forms.ValidationError("Write where the list is from, in words.")
        return source

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        chosen = [typed.get(name) for name in self.columns if typed.get(name)]
        if not set(chosen) & {"EMAIL", "PHONE", "POST"}:
            self.add_error(
                None, "Say which column has the email address, phone number or postal address."
            )
        if chosen.count("NAME") > 1:
            self.add_error(None, "Two columns cannot both be the name. Leave one out.")
        return typed

    @property
    def kinds(self) -> list[Column | None]:
        chosen = (self.cleaned_data[name] for name in self.columns)
        return [Column[each] if each else None for each in chosen]

    def column_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.columns]
