"""What a note-taker types: what was said, under which themes, and what was made of it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

from coproduce.formats.errors import BadFile
from coproduce.formats.posts import MOST as MOST_POSTS
from coproduce.formats.posts import Post, read_posts
from coproduce.gatherings.actions import insights, noting, reporting_back
from coproduce.gatherings.actions.noting import Note
from coproduce.gatherings.codes import read_code
from coproduce.gatherings.models import Gathering, Insight, ReportBack, Theme, Voice
from coproduce.gatherings.note_words import read_note
from coproduce.people.models import Part, Person

EXAMPLE = "https://there.example/@name/123\n@name\nWhat it says"
PARTS = [("", "Not told"), *Part.choices]


class OneNote(forms.Form):
    """One thing that was said: one field, Enter. The rest stays as it was for the last note."""

    words = forms.CharField(
        max_length=noting.LONGEST,
        label="What was said",
        help_text="One thing at a time, then Enter. A number sign puts it under a theme: #2",
        error_messages={
            "required": "Write down what was said.",
            "max_length": "This note has %(show_value)s characters; 2,000 is the most. "
            "Make two of it.",
        },
        widget=forms.Textarea(attrs={"rows": 2, "enterkeyhint": "send", "autocomplete": "off"}),
    )
    source = forms.ChoiceField(
        choices=[each for each in Voice.Source.choices if each[0] != Voice.Source.SOCIAL],
        label="How it was said",
        required=False,
    )
    part = forms.ChoiceField(choices=PARTS, label="Who said it", required=False)
    is_verbatim = forms.BooleanField(required=False, label="These are their very words")
    question = forms.CharField(max_length=200, required=False, label="The question they were asked")
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def note(self, gathering: Gathering) -> Note:
        """The note as it is kept; themes are the numbers in its words."""
        typed = self.cleaned_data
        words, themes = read_note(typed["words"], themes_for(gathering))
        chosen: dict[str, Any] = {"key": typed["key"]} if typed["key"] else {}
        return Note(
            words=words,
            themes=themes,
            source=Voice.Source(typed["source"] or Voice.Source.MICROPHONE),
            wording=Voice.Wording.VERBATIM if typed["is_verbatim"] else Voice.Wording.NOTED,
            part=typed["part"],
            question=typed["question"],
            **chosen,
        )


def with_definition(theme: Theme) -> SafeString:
    """A theme to choose: its name, and what it means beside it."""
    words = '<span><b>{}</b> <span class="quiet-note">{}</span></span>'
    return format_html(words, theme.name, theme.definition)


class Themes(forms.ModelMultipleChoiceField[Theme]):
    def label_from_instance(self, obj: Theme) -> str:
        return with_definition(obj)

    def _check_values(self, value: Any) -> Any:
        """A number that no database can hold is no theme of ours; Django hands it on to SQLite."""
        try:
            return super()._check_values(value)  # type: ignore[misc]  # not in the stubs
        except OverflowError:
            raise forms.ValidationError("Choose themes from the list.", "invalid_choice") from None


class OneTheme(forms.ModelChoiceField[Theme]):
    def label_from_instance(self, obj: Theme) -> str:
        return with_definition(obj)


class OneVoice(forms.Form):
    """A voice looked at again: its words as the speaker wants them, and its themes."""

    words = forms.CharField(
        max_length=noting.LONGEST,
        label="The words",
        error_messages={"required": "A voice has words. To take it out, say so below."},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    is_checked = forms.BooleanField(
        required=False, label="I read it to the person who said it, and they agreed to these words"
    )
    themes = Themes(
        queryset=Theme.objects.none(),
        required=False,
        label="Themes",
        widget=forms.CheckboxSelectMultiple,
    )

    card = forms.CharField(
        max_length=40,
        required=False,
        label="The code of their consent card",
        help_text="Then what they allowed holds for these words too.",
        widget=forms.TextInput(attrs={"class": "code-input", "autocomplete": "off"}),
    )

    permission = forms.ChoiceField(
        choices=Voice.Permission.choices,
        required=False,
        label="May we show this post?",
        help_text="What whoever wrote it answered.",
    )

    def __init__(
        self, *args: Any, gathering: Gathering, is_post: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.gathering = gathering
        if not is_post:
            del self.fields["permission"]
        chosen = self.get_initial_for_field(self.fields["themes"], "themes") or ()
        self.fields["themes"].queryset = themes_for(gathering, chosen)  # type: ignore[attr-defined]

    def clean_card(self) -> Person | None:
        """The person whose card it is."""
        if not (typed := self.cleaned_data["card"].strip()):
            return None
        card = self.gathering.consent_cards.filter(code=read_code(typed)).first()
        if card is None:
            raise forms.ValidationError("No card of this gathering has that code.")
        if card.person is None:
            raise forms.ValidationError("Enter what stands on that card first.")
        return card.person


class OneWorry(forms.Form):
    note = forms.CharField(
        required=False,
        max_length=2_000,
        label="What worries you",
        help_text="Only the person named above reads this.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class Outcome(forms.Form):
    """What came of a worry."""

    outcome = forms.CharField(
        max_length=2_000,
        label="What you did",
        help_text="Sealed. Nobody but those who look after worries in this place can read it.",
        error_messages={"required": "Write down what you did, if only that you looked at it."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    keeps_out = forms.BooleanField(
        required=False, label="Keep what was said out of every list and every figure"
    )


class Voices(forms.ModelMultipleChoiceField[Voice]):
    """Voices to tick, in all their words."""

    def label_from_instance(self, obj: Voice) -> str:
        return obj.words


class OneInsight(forms.Form):
    """A point in one sentence, and the voices behind it."""

    words = forms.CharField(
        max_length=insights.LONGEST,
        label="The point, in one sentence",
        help_text="As somebody who was not there would understand it.",
        error_messages={"required": "Say the point in one sentence."},
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    theme = OneTheme(
        queryset=Theme.objects.none(),
        required=False,
        blank=True,
        label="Theme",
        empty_label="None of these",
        widget=forms.RadioSelect,
    )
    sector = forms.CharField(
        max_length=60, required=False, label="Sector", help_text="Housing, mental health, ..."
    )
    voices = Voices(
        queryset=Voice.objects.none(),
        label="Drawn from",
        error_messages={"required": "An insight is drawn from voices. Choose at least one."},
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, gathering: Gathering, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.get_initial_for_field(self.fields["theme"], "theme")
        self.fields["theme"].queryset = themes_for(  # type: ignore[attr-defined]
            gathering, [chosen] if chosen else []
        )
        self.fields["voices"].queryset = gathering.voices.listed()  # type: ignore[attr-defined]

    def drawn(self) -> insights.Drawn:
        typed = self.cleaned_data
        return insights.Drawn(
            typed["words"], list(typed["voices"]), typed["theme"], typed["sector"]
        )


class MergeInto(forms.Form):
    into = forms.ModelChoiceField(
        queryset=Insight.objects.none(),
        label="Make it part of",
        empty_label=None,
        error_messages={"required": "Choose the insight that makes the same point."},
    )

    def __init__(self, *args: Any, insight: Insight, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Insight.objects.standing().filter(place=insight.place).exclude(pk=insight.pk)
        self.fields["into"].queryset = others  # type: ignore[attr-defined]


class SplitInto(forms.Form):
    """Two sentences or more, and for each voice the one that it goes with."""

    MOST = 6

    def __init__(
        self, typed: QueryDict | None, *, insight: Insight, voices: Sequence[Voice], count: int = 2
    ) -> None:
        super().__init__(typed)
        self.insight, self.voices = insight, voices
        self.numbers = range(1, count + 1)
        for number in self.numbers:
            self.fields[f"words-{number}"] = forms.CharField(
                max_length=insights.LONGEST,
                initial=insight.words if number == 1 else "",
                label=f"Point {number}",
                error_messages={"required": f"Say point {number} in one sentence."},
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        for voice in voices:
            self.fields[str(voice.pk)] = forms.ChoiceField(
                choices=[(str(number), f"Point {number}") for number in self.numbers],
                label=voice.words,
                error_messages={"required": f"Say where this goes: “{voice.words[:60]}”"},
                widget=forms.RadioSelect,
            )

    def keep(self, typed: QueryDict) -> None:
        """Show what was typed so far, before anything is said to be wrong."""
        self.initial = {name: typed[name] for name in self.fields if name in typed}

    @property
    def may_grow(self) -> bool:
        return len(self.numbers) < self.MOST

    @property
    def points(self) -> list[forms.BoundField]:
        return [self[f"words-{number}"] for number in self.numbers]

    @property
    def places(self) -> list[forms.BoundField]:
        return [self[str(voice.pk)] for voice in self.voices]

    def parts(self) -> list[insights.Drawn]:
        """Each sentence with its voices; one that is out of every list stays with the first."""
        typed, before = self.cleaned_data, self.insight
        placed: dict[int, list[Voice]] = {number: [] for number in self.numbers}
        placed[1] += before.voices.exclude(pk__in=[voice.pk for voice in self.voices])
        for voice in self.voices:
            placed[int(typed[str(voice.pk)])].append(voice)
        return [
            insights.Drawn(typed[f"words-{number}"], voices, before.theme, before.sector)
            for number, voices in placed.items()
        ]


def themes_for(gathering: Gathering, chosen: Iterable[Theme] = ()) -> Any:
    """The themes of the network and of this place, in their order: the first is #1.

    And those that were chosen already: put away since, they stay where they are.
    """
    usable = Theme.objects.usable_in(gathering.place)
    keys = [theme.pk for theme in chosen]
    return usable | Theme.objects.filter(pk__in=keys) if keys else usable


class Answering(forms.Form):
    """What came of an insight."""

    kind = forms.ChoiceField(
        choices=ReportBack.Kind.choices,
        label="What came of it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether you did it, are doing it, or cannot."},
    )
    words = forms.CharField(
        max_length=reporting_back.LONGEST,
        label="What you did, or why it cannot be",
        help_text="Everybody behind this point hears it, in the way each of them chose.",
        error_messages={"required": "Say what was done, or why it cannot be."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PastedPosts(forms.Form):
    """Posts one after another, each with its address above it."""

    pasted = forms.CharField(
        max_length=200_000,
        label="Posts, one after another",
        help_text="First its address alone on a line, then who wrote it (@name), then its words.",
        error_messages={"required": "Paste a post: its address, and below it what it says."},
        widget=forms.Textarea(attrs={"rows": 6, "placeholder": EXAMPLE}),
    )

    def clean_pasted(self) -> tuple[Post, ...]:
        try:
            return read_posts(self.cleaned_data["pasted"])
        except BadFile as wrong:
            raise forms.ValidationError(wrong.message) from wrong


class OnePost(forms.Form):
    """One post before it is brought in: who wrote it, what it says, and what they answered."""

    address = forms.URLField(
        max_length=500,
        assume_scheme="https",
        label="Where it stands",
        error_messages={"invalid": "An address looks like https://there.example/1."},
    )
    author = forms.CharField(
        max_length=120,
        label="Who wrote it",
        help_text="As they are called there.",
        error_messages={"required": "Say who wrote it, as they are called there."},
    )
    words = forms.CharField(
        max_length=noting.LONGEST,
        label="What it says",
        error_messages={
            "required": "A post has words.",
            "max_length": "This post has %(show_value)s characters; 2,000 is the most.",
        },
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    permission = forms.ChoiceField(
        choices=Voice.Permission.choices,
        initial=Voice.Permission.NOT_ASKED,
        label="May we show it?",
        help_text="Only with their permission is it shown to anybody but hosts.",
    )

    def post(self) -> tuple[Post, Voice.Permission]:
        typed = self.cleaned_data
        post = Post(typed["address"], typed["author"], typed["words"])
        return post, Voice.Permission(typed["permission"])


Posts = forms.formset_factory(
    OnePost, extra=0, max_num=MOST_POSTS, absolute_max=MOST_POSTS, validate_max=True
)


class NotesFile(forms.Form):
    file = forms.FileField(
        label="The file",
        help_text="CSV with a column “words”, or JSON. Up to 8 MB and 5,000 rows.",
        error_messages={"required": "Choose a file.", "empty": "The file is empty."},
    )
