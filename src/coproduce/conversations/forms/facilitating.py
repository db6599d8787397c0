"""What a facilitator types: a new conversation, more statements, other words, slips."""

from typing import Any

from django import forms

from coproduce.conversations.models import Conversation, Statement
from coproduce.conversations.statement_lines import FEWEST, read_lines
from coproduce.gatherings.models import Gathering
from coproduce.people.models import Place
from coproduce.people.words import plain_words

MOST_SLIPS_AT_ONCE = 500


class StatementLines(forms.CharField):
    """Statements, one per line; what was typed stays as it was typed."""

    widget = forms.Textarea

    def __init__(self, *, fewest: int = 1, **options: Any) -> None:
        super().__init__(**options)
        self.fewest = fewest
        self.known: tuple[tuple[int, str], ...] = ()

    def clean(self, value: str | None) -> tuple[str, ...]:
        lines = read_lines(super().clean(value) or "", self.known)
        problems = list(lines.problems)
        if len(lines.statements) < self.fewest:
            count = len(lines.statements)
            problems.append(
                f"You have {count} statement{'' if count == 1 else 's'} so far; "
                f"write at least {self.fewest}, each on a line of its own."
            )
        if problems:
            raise forms.ValidationError(problems)
        return lines.statements


class Question(forms.Form):
    """The question and the words that welcome people to it."""

    question = forms.CharField(
        max_length=200,
        label="Your question",
        help_text="One open question, as you would ask it in the room. No yes or no.",
        error_messages={
            "required": "Write the question that people will answer.",
            "max_length": "The question has %(show_value)s characters; 200 is the most.",
        },
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    welcome = forms.CharField(
        required=False,
        max_length=2_000,
        label="Welcome words",
        help_text="Who asks, why, and what will happen with the answers.",
        error_messages={
            "max_length": "The welcome has %(show_value)s characters; 2,000 is the most."
        },
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_question(self) -> str:
        question = plain_words(self.cleaned_data["question"])
        if not question:
            raise forms.ValidationError("Write the question that people will answer.")
        return question


class GatheringChoice(forms.ModelChoiceField[Gathering]):
    """Gatherings by title and day."""

    def label_from_instance(self, obj: Gathering) -> str:
        return f"{obj.title} ({obj.when})"


class AtGathering(forms.Form):
    """The gathering that a conversation is part of."""

    gathering = GatheringChoice(
        queryset=Gathering.objects.none(),
        required=False,
        label="Part of a gathering?",
        help_text="It then stands on the gathering's page, for those in the hall and on the line.",
        empty_label="No, it stands by itself",
    )

    def __init__(self, *args: Any, gatherings: list[Gathering], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["gathering"]
        assert isinstance(field, GatheringChoice)
        field.queryset = Gathering.objects.filter(pk__in=[one.pk for one in gatherings])
        if not gatherings:
            del self.fields["gathering"]


class QuestionAtGathering(AtGathering, Question):
    """The question, the welcome, and the gathering they are part of."""


class NewConversation(AtGathering, Question):
    """Everything a conversation needs to begin."""

    statements = StatementLines(
        fewest=FEWEST,
        label="Statements to begin with",
        help_text="5 to 15, each on a line of its own. Say one thing in each, so that people can "
        "agree or disagree. People add their own later.",
        error_messages={"required": "Write at least 5 statements, each on a line of its own."},
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    place = forms.ModelChoiceField(
        queryset=Place.objects.none(),
        label="Place",
        help_text="Facilitators of this place look after the conversation together with you.",
        empty_label=None,
        error_messages={"required": "Choose the place that this conversation belongs to."},
    )
    electorate = forms.ChoiceField(
        choices=Conversation.Electorate.choices,
        initial=Conversation.Electorate.OPEN,
        label="Who may take part?",
        help_text="Invited means: with a code from a slip, or as a member of the place.",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who may take part."},
    )
    moderation = forms.ChoiceField(
        choices=Conversation.Moderation.choices,
        initial=Conversation.Moderation.BEFORE,
        label="When people add statements",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose when new statements are shown."},
    )

    def __init__(self, *args: Any, places: list[Place], **options: Any) -> None:
        super().__init__(*args, **options)
        place = self.fields["place"]
        assert isinstance(place, forms.ModelChoiceField)
        place.queryset = Place.objects.filter(pk__in=[one.pk for one in places])


class MoreStatements(forms.Form):
    """Further statements for a conversation that has some."""

    statements = StatementLines(
        label="More statements",
        help_text="Each on a line of its own.",
        error_messages={"required": "Write at least one statement."},
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, conversation: Conversation, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["statements"]
        assert isinstance(field, StatementLines)
        field.known = tuple(conversation.statements.values_list("number", "words"))


class Wording(forms.ModelForm[Statement]):
    """The words of a statement, and the same in easier words."""

    class Meta:
        model = Statement
        fields = ("words", "plain_words", "easy_read")
        labels = {  # noqa: RUF012  Django reads it as a plain dict
            "words": "The statement",
            "plain_words": "In plain words",
            "easy_read": "In Easy Read",
        }
        help_texts = {  # noqa: RUF012
            "plain_words": "The same without hard words.",
            "easy_read": "Short, at most 15 words. Checked by people with learning disabilities, "
            "if you can.",
        }
        error_messages = {  # noqa: RUF012
            "words": {"required": "A statement needs words. To take it out, leave it out."}
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.widget = forms.Textarea(attrs={"rows": 2})


class OwnWords(forms.Form):
    """One sentence that somebody wrote on paper."""

    words = forms.CharField(
        max_length=280,
        label="Their words",
        help_text="As they wrote it, without names. One sentence at a time.",
        error_messages={
            "required": "Type the sentence that is on the sheet.",
            "max_length": "The sentence has %(show_value)s characters; 280 is the most.",
        },
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class HowManySlips(forms.Form):
    """How many more people get a code."""

    count = forms.IntegerField(
        min_value=1,
        max_value=MOST_SLIPS_AT_ONCE,
        label="How many slips?",
        help_text="One for each person you expect, and a few more.",
        error_messages={
            "required": "Say how many slips to print.",
            "invalid": "Type a number, such as 40.",
            "min_value": "Print at least 1 slip.",
            "max_value": f"Print at most {MOST_SLIPS_AT_ONCE} slips at a time.",
        },
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
    )
