"""What somebody who takes part may type: a statement, a code, a word about themselves."""

from typing import Any

from django import forms

from coproduce.conversations.models import Conversation, Declaration, Statement
from coproduce.conversations.pseudonyms import read_code
from coproduce.people.models import Person, Place
from coproduce.people.words import plain_words, same_words

LONGEST_STATEMENT = 280


class OwnWords(forms.Form):
    """A statement of one's own, with one's name only by a tick."""

    words = forms.CharField(
        label="What would you say?",
        help_text="One thought, up to 280 characters. Leave out names of people.",
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST_STATEMENT}),
        strip=True,
        error_messages={"required": "Write what you would say, then send it."},
    )
    with_my_name = forms.BooleanField(required=False)

    def __init__(self, conversation: Conversation, person: Person | None, *args: Any) -> None:
        super().__init__(*args)
        self.conversation = conversation
        self.person = person
        if person is None or not person.name:
            del self.fields["with_my_name"]
        else:
            self.fields["with_my_name"].label = f"Show my name with it: {person.name}"

    @property
    def named(self) -> Person | None:
        return self.person if self.cleaned_data.get("with_my_name") else None

    def clean_words(self) -> str:
        words = plain_words(self.cleaned_data["words"])
        if not words:
            raise forms.ValidationError("Write what you would say, in words.")
        if len(words) > LONGEST_STATEMENT:
            raise forms.ValidationError(
                f"That is {len(words)} characters; {LONGEST_STATEMENT} fit. "
                "Perhaps it is two statements?"
            )
        self._refuse_what_was_said(words)
        return words

    def _refuse_what_was_said(self, words: str) -> None:
        for statement in Statement.objects.filter(conversation=self.conversation).shown():
            if same_words(statement.words, words):
                raise forms.ValidationError(
                    f"Somebody has said this already: it is statement {statement.number}. "
                    "You can agree with it there."
                )


class SlipCode(forms.Form):
    """The code on a paper slip."""

    code = forms.CharField(
        label="The code on your slip",
        help_text="Seven letters and numbers, like BCD-FGHJ. Capitals and the dash do not matter.",
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "class": "code-input",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": "Type the code that is printed on your slip."},
    )

    def clean_code(self) -> str:
        code = read_code(self.cleaned_data["code"])
        if code is None:
            raise forms.ValidationError(
                "This is not quite a code of ours. Please compare it with your slip, letter by "
                "letter: there are no vowels, and no 0 or 1."
            )
        return code


class AnyCode(forms.Form):
    """A code from a screen, a poster or a slip."""

    code = forms.CharField(
        label="Your code",
        help_text="It stands on the screen, on the poster or on your paper slip.",
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "class": "code-input",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": "Type your code."},
    )


class AboutYou(forms.Form):
    """Which part somebody has in this, and where; both can be left out."""

    part = forms.ChoiceField(
        label="Which of these is closest to you, in this conversation?",
        choices=[*Declaration.Part.choices, ("", "I would rather not say")],
        required=False,
        widget=forms.RadioSelect,
    )
    place = forms.ModelChoiceField(
        label="Where are you from?",
        queryset=Place.objects.all(),
        required=False,
        empty_label="I would rather not say",
    )
