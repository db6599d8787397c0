"""What is typed on the day: at the door, by a host, from the paper list."""

from typing import Any

from django import forms

from coproduce.gatherings.actions.attending import Arrival
from coproduce.gatherings.codes import read_code
from coproduce.gatherings.forms.hosting import Paragraphs, Words
from coproduce.gatherings.models import Attendance, Gathering, Presence, Registration, Setting
from coproduce.gatherings.telling import spelled
from coproduce.people.models import Part

MOST_LINES = 300
LONGEST_NAME = 120


class Here(forms.Form):
    """Somebody at the door with a phone."""

    code = forms.CharField(
        required=False,
        max_length=40,
        label="The code of your registration, if you have it at hand",
        widget=forms.TextInput(
            attrs={
                "class": "code-input",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )
    name = Words(
        required=False,
        max_length=LONGEST_NAME,
        label="Or what shall we call you?",
        help_text="Your name, a name you choose, or nothing.",
    )
    presence = forms.ChoiceField(
        label="How are you here?",
        choices=Presence.choices,
        initial=Presence.HALL,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether you are in the hall or on the line."},
    )
    parts = forms.MultipleChoiceField(
        required=False,
        label="What do you bring with you?",
        help_text="As many as you like, or none. We tell only how many people brought what.",
        choices=Part.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, gathering: Gathering, **options: Any) -> None:
        super().__init__(*args, **options)
        self.gathering = gathering
        self.registration: Registration | None = None
        self.only_presence: Presence | None = None
        if gathering.setting != Setting.BOTH:
            del self.fields["presence"]
            self.only_presence = Presence.HALL if gathering.has_hall else Presence.LINE

    def clean_code(self) -> str:
        code = read_code(self.cleaned_data["code"])
        if not code:
            return ""
        standing = self.gathering.registrations.standing().select_related("person")
        self.registration = standing.filter(code=code).first()
        if self.registration is None:
            raise forms.ValidationError(
                "No registration for this gathering goes by this code. Compare it letter by "
                "letter, or leave it out and sign in without it."
            )
        return code

    @property
    def arrival(self) -> Arrival:
        kept = self.cleaned_data
        return Arrival(
            self.only_presence or Presence(kept["presence"]), kept["name"], kept["parts"]
        )


class WalkIn(forms.Form):
    """Somebody at the door who is not on the list, entered by a host."""

    name = Words(required=False, max_length=LONGEST_NAME, label="Name, if they give one")
    parts = forms.MultipleChoiceField(
        required=False,
        label="What do they bring with them?",
        choices=Part.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    @property
    def arrival(self) -> Arrival:
        return Arrival(Presence.HALL, self.cleaned_data["name"], self.cleaned_data["parts"])


class Names(forms.ModelMultipleChoiceField[Registration]):
    """Registered people to tick, by their names."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Registration) -> str:
        name = obj.person.name or "Somebody without a name"
        return f"{name} ({obj.get_presence_display().lower()}, code {spelled(obj.code)})"


class PaperList(forms.Form):
    """The paper list, typed in afterwards: ticks beside names, and a line for each walk-in."""

    came = Names(
        queryset=Registration.objects.none(),
        required=False,
        label="Who signed beside their name?",
        error_messages={"invalid_choice": "Somebody on this list has cancelled meanwhile."},
    )
    walk_ins = Paragraphs(
        required=False,
        max_length=20_000,
        rows=6,
        label="Who wrote themselves down?",
        help_text="One person a line: a name or a dash, then what they ticked, with commas. "
        "“Made-up Mo, carer, trainer” or “-, carer”.",
    )

    def __init__(self, *args: Any, gathering: Gathering, **options: Any) -> None:
        super().__init__(*args, **options)
        here = Attendance.objects.filter(gathering=gathering).values("person")
        field = self.fields["came"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        coming = gathering.registrations.standing().exclude(person__in=here)
        field.queryset = coming.select_related("person").order_by("person__name", "code")

    @property
    def has_names(self) -> bool:
        """Whether there is anybody left to tick."""
        return bool(self["came"].subwidgets)

    def clean_walk_ins(self) -> list[Arrival]:
        lines = [line for line in self.cleaned_data["walk_ins"].splitlines() if line]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(
                f"That is {len(lines)} lines. Enter at most {MOST_LINES} at once, then the rest."
            )
        return [_arrival(number, line) for number, line in enumerate(lines, start=1)]

    def clean(self) -> None:
        if self.errors:
            return
        if not self.cleaned_data.get("walk_ins") and not self.cleaned_data.get("came"):
            raise forms.ValidationError("Tick who signed, or write down who walked in.")


def _arrival(number: int, line: str) -> Arrival:
    """A line of the paper list; what they ticked in any of its spellings."""
    name, *ticked = (each.strip() for each in line.split(","))
    known = {value: value for value in Part.values}
    unknown = [each for each in ticked if each and each.lower() not in known]
    if unknown:
        raise forms.ValidationError(
            f"Line {number}: “{unknown[0][:40]}” is none of {', '.join(Part.values)}."
        )
    if len(name) > LONGEST_NAME:
        raise forms.ValidationError(f"Line {number}: the name is too long.")
    parts = tuple(dict.fromkeys(each.lower() for each in ticked if each))
    return Arrival(Presence.HALL, "" if name == "-" else name, parts)
