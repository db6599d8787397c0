"""What a helper types from paper: a stack of sheets, and hands counted in the room."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.html import format_html

from coproduce.conversations.actions.facilitating import Hands
from coproduce.conversations.entry import MOST_HANDS, Problem, Sheets, read_hands, read_sheets
from coproduce.conversations.models import Conversation, PaperEdition, Statement
from coproduce.conversations.pseudonyms import slip_codes
from coproduce.trust.keys import KeyIsGone

LARGEST_FILE = 200_000  # bytes; a row is about twenty


class SheetEntry(forms.Form):
    """The letters of the edition, and one line for each sheet."""

    edition = forms.CharField(
        label="Letters at the foot of the sheet",
        help_text="They say which statements were printed. Enter other letters separately.",
        error_messages={"required": "Type the four letters at the foot of the sheet."},
        widget=forms.TextInput(
            attrs={
                "class": "code-input short",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )
    lines = forms.CharField(
        label="One line for each sheet",
        help_text="The code, a space, then a letter for each row from top to bottom: "
        "a agree, d disagree, p pass, full stop none.",
        error_messages={"required": "Type at least one sheet: its code, then its answers."},
        strip=False,
        widget=forms.Textarea(
            attrs={
                "rows": 5,
                "class": "typed",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )

    def __init__(self, *args: Any, conversation: Conversation, **options: Any) -> None:
        super().__init__(*args, **options)
        self.conversation = conversation

    def clean_edition(self) -> PaperEdition:
        letters = "".join(self.cleaned_data["edition"].split()).upper()
        edition = self.conversation.paper_editions.filter(letters=letters).first()
        if edition is None:
            raise forms.ValidationError(
                f"No sheet with the letters {letters[:8]} was printed here. "
                "Look at the foot of the sheet again."
            )
        return edition

    def clean(self) -> None:
        edition, text = self.cleaned_data.get("edition"), self.cleaned_data.get("lines")
        if edition is None or text is None:
            return
        try:
            self.sheets = self.read(edition, text)
        except KeyIsGone:  # somebody has closed it meanwhile
            raise forms.ValidationError(
                "The key of this conversation is destroyed, so no code can be checked any more."
            ) from None
        for problem in self.sheets.problems:
            self.add_error("lines", problem.sentence)

    def read(self, edition: PaperEdition, text: str) -> Sheets:
        codes = frozenset(slip_codes(self.conversation))
        return read_sheets(text, statements=len(edition.numbers), is_slip=codes.__contains__)


class HandsTable(forms.Form):
    """Three numbers for each statement on show; a row left empty was not asked."""

    def __init__(self, *args: Any, statements: Iterable[Statement], **options: Any) -> None:
        super().__init__(*args, **options)
        self.statements = list(statements)
        for statement in self.statements:
            for name in ("agree", "disagree", "neither"):
                self.fields[f"{name}-{statement.number}"] = self._count(statement, name)

    def rows(self) -> list[tuple[Statement, list[forms.BoundField]]]:
        return [
            (s, [self[f"{name}-{s.number}"] for name in ("agree", "disagree", "neither")])
            for s in self.statements
        ]

    def clean(self) -> None:
        self.hands = []
        for statement in self.statements:
            agree, disagree, neither = (
                self.cleaned_data.get(f"{name}-{statement.number}")
                for name in ("agree", "disagree", "neither")
            )
            if agree is None and disagree is None and neither is None:
                continue
            if agree is None or disagree is None:
                missing = "agree" if agree is None else "disagree"
                if f"{missing}-{statement.number}" not in self.errors:
                    self.add_error(
                        f"{missing}-{statement.number}",
                        f"Statement {statement.number}: how many {missing}? Type 0 if nobody did.",
                    )
                continue
            self.hands.append(Hands(statement.number, agree, disagree, neither or 0))
        if not self.hands and not self.errors:
            self.add_error(None, "Type the counts of at least one statement.")

    def _count(self, statement: Statement, name: str) -> forms.IntegerField:
        sentence = f"Statement {statement.number}, {name}: type a number from 0 to {MOST_HANDS:,}."
        return forms.IntegerField(
            required=False,
            min_value=0,
            max_value=MOST_HANDS,
            label=format_html(
                '<span class="sr">Statement {}: </span>{}', statement.number, name.capitalize()
            ),
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), sentence),
            widget=forms.NumberInput(attrs={"class": "count", "inputmode": "numeric"}),
        )


class HandsList(forms.Form):
    """Counts from a spreadsheet: pasted, or as a CSV file."""

    pasted = forms.CharField(
        required=False,
        label="Paste from a spreadsheet",
        help_text="A row for each statement: its number, agree, disagree, neither.",
        widget=forms.Textarea(attrs={"rows": 5, "class": "typed", "spellcheck": "false"}),
    )
    file = forms.FileField(required=False, label="Or choose a CSV file")

    def clean(self) -> None:
        text = self.cleaned_data.get("pasted") or self._text_of_file()
        if self.errors:
            return
        if not text.strip():
            raise forms.ValidationError("Paste the rows or choose a CSV file.")
        self.hands, problems = read_hands(text)
        self._name(problems)
        if not self.hands and not self.errors:
            raise forms.ValidationError("There is no row with numbers in it.")

    def _name(self, problems: list[Problem]) -> None:
        field = "pasted" if self.cleaned_data.get("pasted") else "file"
        for problem in problems:
            self.add_error(field, problem.sentence)

    def _text_of_file(self) -> str:
        file = self.cleaned_data.get("file")
        if not file:
            return ""
        if file.size > LARGEST_FILE:
            self.add_error("file", "This file is far too large for a list of counts.")
            return ""
        try:
            return str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            self.add_error("file", "This is not a CSV text file. Save it as CSV (UTF-8) first.")
            return ""
