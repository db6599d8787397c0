"""One sheet from paper, typed in as one line: the code, a narrow cell for each question."""

from typing import Any
from uuid import UUID, uuid4

from django import forms

from coproduce.formats.instruments.record import Kind
from coproduce.gatherings.forms.hosting import Paragraphs, Words
from coproduce.measures import codes, typed
from coproduce.measures.packing import Asked, Question
from coproduce.measures.paper import MOST_SLIPS
from coproduce.measures.sheet_words import languages_of
from coproduce.measures.typed import Typed

LONGEST_CELL = 60


def name_of(question: Question) -> str:
    return f"q{question.number}"


class SheetRow(forms.Form):
    """The fields of one sheet. `key` is the sheet's own, so that sent twice it is kept once."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    language = forms.ChoiceField(required=False, label="Language of the sheets")

    def __init__(self, *args: Any, asked: Asked, needs_code: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked, self.needs_code = asked, needs_code
        self.initial.setdefault("key", uuid4())
        self.fields["language"].choices = languages_of(asked)  # type: ignore[attr-defined]
        self.fields["code"] = _cell("Code", codes.MOST_LETTERS + 20, {"class": "code"})
        for question in asked.questions:
            self.fields[name_of(question)] = _field(question)
        self.fields["who"] = _cell("Help", 1, {"data-fits": f"{typed.HELPED} {typed.PROXY}"})
        self.fields["research"] = _cell("Research", 5, {"data-fits": "y n"})
        if not self.is_bound:
            self.fields["code"].widget.attrs["autofocus"] = ""  # the next sheet begins there

    def clean(self) -> None:
        given = {name_of(each): each.key for each in self.asked.questions}
        fields = {
            given.get(name, name): str(value or "") for name, value in self.cleaned_data.items()
        }
        self.typed: Typed = typed.read_sheet(
            self.asked,
            fields,
            needs_code=self.needs_code,
            language=self.cleaned_data.get("language") or languages_of(self.asked)[0][0],
        )
        names = {key: name for name, key in given.items()}
        for each in self.typed.wrong:
            name = names.get(each.field, each.field)
            self.add_error(name, f"{self._called(name)}: {each.sentence}")

    @property
    def key_of_sheet(self) -> UUID:
        key: UUID = self.cleaned_data["key"]
        return key

    @property
    def cells(self) -> list[tuple[Question | None, forms.BoundField]]:
        """The line, in the order of the paper: code, questions, help, research."""
        on_line = [each for each in self.asked.questions if each.item.kind != Kind.WORDS]
        numbered = [(each, self[name_of(each)]) for each in on_line]
        return [(None, self["code"]), *numbered, (None, self["who"]), (None, self["research"])]

    @property
    def own_words(self) -> list[forms.BoundField]:
        in_words = (each for each in self.asked.questions if each.item.kind == Kind.WORDS)
        return [self[name_of(each)] for each in in_words]

    @property
    def sentences(self) -> list[str]:
        return [str(each) for errors in self.errors.values() for each in errors]

    def _called(self, name: str) -> str:
        return f"Question {name[1:]}" if name[1:].isdigit() else str(self.fields[name].label)


def _field(question: Question) -> forms.Field:
    if question.item.kind == Kind.WORDS:
        words = next(iter(question.item.wording.values()))
        label = f"{question.number}. {words}"
        return Paragraphs(required=False, rows=2, label=label)
    attributes = {"data-says": f"Type {typed.what_fits(question)}."}
    if question.scale is None:
        attributes |= {"data-low": str(question.item.low), "data-high": str(question.item.high)}
    else:
        attributes["data-fits"] = " ".join([*typed.values_of(question), "x", "."])
    return _cell(str(question.number), LONGEST_CELL, attributes)


def _cell(label: str, longest: int, attributes: dict[str, str]) -> forms.Field:
    typing = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}
    widget = forms.TextInput(attrs=typing | {"data-cell": ""} | attributes)
    return Words(required=False, max_length=longest, label=label, widget=widget)


class HowManySlips(forms.Form):
    count = forms.IntegerField(
        min_value=1,
        max_value=MOST_SLIPS,
        label="How many slips?",
        widget=forms.NumberInput(attrs={"class": "short"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            f"Type a number from 1 to {MOST_SLIPS}.",
        ),
    )
    large = forms.BooleanField(required=False, label="In large print")
