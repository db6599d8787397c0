"""What somebody types who is asked: a code, one answer at a time, and what may be done with it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.templatetags.static import static
from django.utils.html import format_html

from coproduce.formats.instruments.record import Kind, Point, in_language
from coproduce.gatherings.forms.hosting import Paragraphs, Words
from coproduce.measures import codes, packing
from coproduce.measures.asked_in import LONGEST_WORDS
from coproduce.measures.models import Linking, Survey
from coproduce.measures.packing import NotAnAnswer, Question

RATHER_NOT = "rather-not"
RATHER_NOT_WORDS = {"en": "I would rather not say"}

HOW_TO_MAKE = (
    "The first two letters of your mother's first name, the day of the month you were born on as "
    "two digits, and the last two letters of the street you grew up in: for Anna, the 7th and "
    "Mill Lane that is AN07NE. Nobody can tell from it who you are; make the same one next time."
)


class Begin(forms.Form):
    """How somebody wants to answer; hardly anything has to be said."""

    code = Words(max_length=codes.MOST_LETTERS, label="Your code")
    who = forms.ChoiceField(
        label="Who fills this in?",
        choices=[
            ("self", "I do, for myself"),
            ("helped", "I do, and somebody helps me to read or type"),
            ("proxy", "I answer for somebody who cannot"),
        ],
        initial="self",
        widget=forms.RadioSelect,
        error_messages={"required": "Say who fills this in."},
    )
    language = forms.ChoiceField(label="In which language?", widget=forms.RadioSelect)
    look = forms.ChoiceField(
        label="How would you like to see the questions?",
        choices=[("plain", "As they are"), ("easy", "In Easy Read, with pictures")],
        initial="plain",
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        *args: Any,
        survey: Survey,
        languages: Sequence[tuple[str, str]],
        easy: bool,
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        self.fields["language"].choices = languages  # type: ignore[attr-defined]
        self.fields["language"].initial = languages[0][0]
        if len(languages) == 1:
            del self.fields["language"]
        if not easy:
            del self.fields["look"]
        code = self.fields["code"]
        if survey.linking == Linking.OWN:
            code.label, code.help_text = "Make a code that is yours", HOW_TO_MAKE
            code.error_messages["required"] = "Make a code as the hint says."
        elif survey.linking == Linking.PAPER:
            code.label, code.help_text = "The code on your slip", "As it stands there."
            code.error_messages["required"] = "Type in the code on your slip."
        else:
            del self.fields["code"]

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        try:
            codes.check(code)
        except codes.CodeTooShort as reason:
            raise forms.ValidationError(str(reason)) from reason
        return code


class OneAnswer(forms.Form):
    """One question. It can always be left out."""

    answer: forms.Field

    def __init__(
        self, *args: Any, question: Question, language: str, is_easy: bool, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.question = question
        self.fields["answer"] = _field(question, language, is_easy)

    def clean_answer(self) -> str:
        given = str(self.cleaned_data["answer"] or "")
        if self.question.item.kind == Kind.WORDS:
            return given
        try:
            packing.code_of(self.question, given)
        except NotAnAnswer as reason:
            raise forms.ValidationError(str(reason)) from reason
        return given


def _field(question: Question, language: str, is_easy: bool) -> forms.Field:
    label = wording(question, language, is_easy)
    if question.item.kind == Kind.WORDS:
        return Paragraphs(required=False, max_length=LONGEST_WORDS, rows=5, label=label)
    if question.scale is None:
        hint = f"A whole number from {question.item.low} to {question.item.high}."
        typed = forms.TextInput(attrs={"inputmode": "numeric", "class": "short"})
        return Words(required=False, max_length=6, label=label, help_text=hint, widget=typed)
    points = [(f"{point.value:g}", _label(point, language, is_easy)) for point in question.answers]
    rather_not = (RATHER_NOT, in_language(RATHER_NOT_WORDS, language))
    return forms.ChoiceField(
        required=False,
        label=label,
        choices=[*points, rather_not],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose one of the answers, or none."},
    )


def _label(point: Point, language: str, is_easy: bool) -> str:
    """The words of an answer; in Easy Read its picture before them."""
    words = in_language(_easy(point.easy_read, point.label, is_easy), language)
    if not (is_easy and point.image):
        return words
    picture = static(f"easyread/{point.image}")
    return format_html('<img src="{}" alt="" width="48" height="48"> {}', picture, words)


def wording(question: Question, language: str, is_easy: bool) -> str:
    item = question.item
    return in_language(_easy(item.easy_read, item.wording, is_easy), language)


def _easy(easy: Any, plain: Any, is_easy: bool) -> Any:
    return easy if is_easy and easy else plain


class SendIt(forms.Form):
    """Handing it in. Being counted is what it is for; anything beyond that is asked for."""

    research = forms.ChoiceField(
        label="May researchers also work with your answers, as a row without a name?",
        help_text="Only together with at least four other rows that look like yours, and never "
        "with your code. Both answers are fine.",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no. Nobody hears which."},
    )


class TheCode(forms.Form):
    code = Words(
        max_length=codes.MOST_LETTERS,
        label="Your code",
        help_text="The one you made, the one on your slip, or the one you were given.",
        error_messages={"required": "Type in your code."},
    )


class TheSurvey(forms.Form):
    code = Words(
        max_length=12,
        label="The code of the survey",
        help_text="It stands on the invitation or the sheet, such as KMPQ7.",
        error_messages={"required": "Type in the code of the survey."},
    )
