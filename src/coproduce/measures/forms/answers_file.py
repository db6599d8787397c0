"""Handing in a file of answers, and saying which column is what."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django import forms

from coproduce.formats.contacts import MOST_BYTES
from coproduce.formats.instruments.record import in_language
from coproduce.measures.actions.taking_in import MOST_SHEETS, Chosen
from coproduce.measures.answer_rows import CODE, LEAVE_OUT, OTHERS, guess
from coproduce.measures.packing import Asked
from coproduce.measures.sheet_words import languages_of

LONGEST_LABEL = 70


class HandInAnswers(forms.Form):
    """One file."""

    file = forms.FileField(
        label="Your file",
        help_text=f"A CSV or XLSX file, up to 2 MB and {MOST_SHEETS:,} rows: one row for each "
        "sheet. The first row names the columns.",
        error_messages={
            "required": "Choose the file with the answers.",
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


class WhichColumn(forms.Form):
    """Which column is the code, which one is which question; everything else is left out."""

    language = forms.ChoiceField(
        required=False, label="Language of the sheets", widget=forms.RadioSelect
    )

    def __init__(
        self,
        *args: Any,
        asked: Asked,
        header: Sequence[str],
        rows: Sequence[Sequence[str]],
        needs_code: bool,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.asked, self.needs_code = asked, needs_code
        languages = languages_of(asked)
        self.fields["language"].choices = languages  # type: ignore[attr-defined]
        self.fields["language"].initial = languages[0][0]
        if len(languages) == 1:
            del self.fields["language"]
        self.columns = [f"column_{number}" for number in range(len(header))]
        guessed = guess(asked, header, rows)
        for name, heading, first in zip(self.columns, header, guessed, strict=True):
            self.fields[name] = forms.ChoiceField(
                required=False,
                choices=self._choices(),
                initial=first,
                label=heading,
                error_messages={"invalid_choice": "Choose what this column is."},
            )

    def clean(self) -> None:
        chosen = Counter(filter(None, (self.cleaned_data.get(name) for name in self.columns)))
        twice = [kind for kind, count in chosen.items() if count > 1]
        if twice:
            named = dict(self._choices())[twice[0]]
            self.add_error(None, f"Two columns cannot both be “{named}”. Leave one of them out.")
        if self.needs_code and CODE not in chosen:
            self.add_error(None, "Say which column has the person's code.")
        if not set(chosen) - set(OTHERS):
            self.add_error(None, "Say for at least one column which question it answers.")

    @property
    def chosen(self) -> Chosen:
        language = self.cleaned_data.get("language") or languages_of(self.asked)[0][0]
        return Chosen([self.cleaned_data[name] or "" for name in self.columns], language)

    def column_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.columns]

    def _choices(self) -> list[tuple[str, str]]:
        questions = [
            (each.key, f"{each.number}. {in_language(each.item.wording, 'en')}"[:LONGEST_LABEL])
            for each in self.asked.questions
        ]
        return [(LEAVE_OUT, "Leave this column out"), *OTHERS.items(), *questions]
