"""A small form for each kind of block: what it asks, and the block that comes of it."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms

from coproduce.gatherings.forms.deciding import TYPE_A_DAY, Sentence
from coproduce.gatherings.forms.hosting import Day, Words, lines
from coproduce.gatherings.models import Decision, Gathering, Insight, Voice
from coproduce.pictures.models import Picture
from coproduce.reports import rich, shown
from coproduce.reports.actions.writing import LONGEST_TEXT
from coproduce.reports.body import Block, Kind
from coproduce.reports.draft import VOICES_EACH
from coproduce.trust.models import Figure


class BlockForm(forms.Form):
    """What all of them share. `was` is how whoever changes the block has seen it."""

    kind: ClassVar[Kind]
    was = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, gathering: Gathering, block: Block | None, is_guests: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.gathering, self.block, self.is_guests = gathering, block, is_guests
        self.prepare()

    def prepare(self) -> None:
        """Offer what there is to choose from."""

    @classmethod
    def filled(cls, value: Any) -> dict[str, Any]:
        """The fields as a block has them."""
        return dict(value)

    def value(self) -> Any:
        """The content of the block, once the form is valid."""
        raise NotImplementedError

    @property
    def is_nothing_to_choose(self) -> bool:
        """Whether this kind of block cannot be put in now: there is nothing of it."""
        return False


class HeadingForm(BlockForm):
    kind = Kind.HEADING
    words = Words(
        max_length=120,
        label="The heading",
        error_messages={"required": "Write the heading."},
    )

    @classmethod
    def filled(cls, value: Any) -> dict[str, Any]:
        return {"words": value}

    def value(self) -> Any:
        return self.cleaned_data["words"]


class TextForm(BlockForm):
    kind = Kind.TEXT
    words = forms.CharField(
        max_length=LONGEST_TEXT,
        label="The text",
        help_text="An empty line begins a paragraph. “- ” in front of a line makes a list of it, "
        "**two stars** around words make them bold, an address becomes a link.",
        error_messages={"required": "Write the text."},
        widget=forms.Textarea(attrs={"rows": 12}),
    )

    @classmethod
    def filled(cls, value: Any) -> dict[str, Any]:
        return {"words": rich.to_typed(value)}

    def clean_words(self) -> str:
        typed = str(self.cleaned_data["words"])
        number = "" if self.is_guests else rich.number_about_people(typed)
        if number:
            raise forms.ValidationError(
                f"“{number}” is a number about people. Put it in as a figure, so that everybody "
                "can ask how we know it; or say it without the number."
            )
        kept = rich.from_typed(typed)
        if not kept:
            raise forms.ValidationError("Write the text.")
        return kept

    def value(self) -> Any:
        return self.cleaned_data["words"]


class ProgrammeForm(BlockForm):
    kind = Kind.PROGRAMME

    @classmethod
    def filled(cls, value: Any) -> dict[str, Any]:
        return {}

    def value(self) -> Any:
        return None

    @property
    def is_nothing_to_choose(self) -> bool:
        return not self.gathering.programme.exists()


class InsightForm(BlockForm):
    """Which point; then, once it is in, which of its voices."""

    kind = Kind.INSIGHT
    insight = forms.ModelChoiceField(
        queryset=Insight.objects.none(),
        label="Which insight",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose an insight."},
    )
    voices = forms.MultipleChoiceField(
        required=False,
        label="The voices that stand with it",
        help_text="Those that are not allowed stay out until they are.",
        widget=forms.CheckboxSelectMultiple,
    )

    def prepare(self) -> None:
        drawn = Insight.objects.on_show().filter(gathering=self.gathering)
        if self.block is None:
            self.fields["insight"].queryset = drawn  # type: ignore[attr-defined]
            del self.fields["voices"]
            return
        del self.fields["insight"]
        said = Voice.objects.listed().filter(insights=self.block.value["insight"])
        self.fields["voices"].choices = _told(self.gathering, said)  # type: ignore[attr-defined]

    def value(self) -> Any:
        if self.block is not None:
            return {**self.block.value, "voices": self.cleaned_data["voices"]}
        insight = self.cleaned_data["insight"]
        keys = [str(key) for key in insight.voices.values_list("pk", flat=True)]
        allowed = shown.covered(self.gathering, keys)
        chosen = [key for key in keys if key in allowed][:VOICES_EACH]
        return {"insight": str(insight.pk), "voices": chosen, "words": ""}

    @property
    def is_nothing_to_choose(self) -> bool:
        insight = self.fields.get("insight")
        return insight is not None and not insight.queryset.exists()  # type: ignore[attr-defined]


class OneOfThem(BlockForm):
    """A block that shows one thing of many: a radio button each."""

    def offer(self, choices: Iterable[tuple[str, str]]) -> None:
        offered = list(choices)
        self.fields[self.kind.value].choices = offered  # type: ignore[attr-defined]

    def value(self) -> Any:
        return {self.kind.value: self.cleaned_data[self.kind.value]}

    @property
    def is_nothing_to_choose(self) -> bool:
        return not self.fields[self.kind.value].choices  # type: ignore[attr-defined]


class VoiceForm(OneOfThem):
    kind = Kind.VOICE
    voice = forms.ChoiceField(
        label="Which voice",
        help_text="Only those that may stand in a report on this website.",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a voice."},
    )

    def prepare(self) -> None:
        listed = self.gathering.voices.listed()
        allowed = shown.covered(self.gathering, (str(each.pk) for each in listed))
        self.offer((key, f"{each.voice.words} – {each.who}") for key, each in allowed.items())


class FigureForm(OneOfThem):
    kind = Kind.FIGURE
    figure = forms.ChoiceField(
        label="Which figure",
        help_text="Its sentence stands in the report, with the way to how we know it.",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a figure."},
    )

    def prepare(self) -> None:
        self.offer((str(each.pk), each.sentence) for each in _newest(self.gathering))


class PhotoForm(OneOfThem):
    kind = Kind.PHOTO
    photo = forms.ChoiceField(
        label="Which photo",
        help_text="Only those that may stand in a report on this website, by what they show.",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a photo."},
    )

    def prepare(self) -> None:
        about = Picture.objects.about(self.gathering.thing)
        keys = [str(key) for key in about.values_list("pk", flat=True)]
        allowed = shown.photos_covered(self.gathering, keys)
        self.offer((key, allowed[key].picture.description) for key in keys if key in allowed)


class DecisionForm(OneOfThem):
    kind = Kind.DECISION
    decision = forms.ChoiceField(
        label="Which decision",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a decision."},
    )

    def prepare(self) -> None:
        place = self.gathering.place
        held = Decision.objects.standing().filter(gathering__place=place)
        self.offer((str(each.pk), each.words) for each in held)


class NextForm(BlockForm):
    kind = Kind.NEXT
    words = Sentence(
        label="What happens next", error_messages={"required": "Say what happens next."}
    )
    who = Words(
        required=False,
        max_length=120,
        label="Who sees to it",
        help_text="A group or a role, such as “The hosts”.",
    )
    by_when = Day(required=False, label="By when", error_messages={"invalid": TYPE_A_DAY})

    def value(self) -> Any:
        by_when = self.cleaned_data["by_when"]
        return {
            "words": self.cleaned_data["words"],
            "who": self.cleaned_data["who"],
            "by_when": by_when.isoformat() if by_when else "",
        }


FORMS: dict[Kind, type[BlockForm]] = {
    form.kind: form
    for form in (
        HeadingForm,
        TextForm,
        ProgrammeForm,
        InsightForm,
        VoiceForm,
        FigureForm,
        PhotoForm,
        DecisionForm,
        NextForm,
    )
}


class WhatChanged(forms.Form):
    """Why there is another version, for everybody to read."""

    note = Sentence(
        required=False,
        label="What changed since the last version, and why",
        help_text="Everybody reads this beside the report.",
        error_messages={"required": "Say what changed since the last version, and why."},
    )


class Title(forms.Form):
    title = Words(
        max_length=160,
        label="Title",
        error_messages={"required": "Give the report a title."},
        widget=lines(2),
    )


def _told(gathering: Gathering, voices: Iterable[Voice]) -> list[tuple[str, str]]:
    """Voices to tick; those that may not be shown say so."""
    found = {str(each.pk): each for each in voices}
    allowed = shown.covered(gathering, found)
    return [
        (key, each.words if key in allowed else f"{each.words} (not allowed yet: it stays out)")
        for key, each in found.items()
    ]


def _newest(gathering: Gathering) -> list[Figure]:
    """Of each thing that was told, the figures of its last release that say something."""
    found = shown.figures_for(gathering)
    last: dict[str, int] = {}
    for each in found:
        last.setdefault(each.release.thing, each.release.number)
    return [each for each in found if each.release.number == last[each.release.thing]]
