"""What a host types: the gathering, a part of its programme, why it is cancelled, another day."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone

from coproduce.gatherings.actions.hosting import Details, Named
from coproduce.gatherings.models import Gathering, ProgrammeItem, Provided, Setting
from coproduce.gatherings.when import NoSuchTime, clock, day_of, moment
from coproduce.people.models import Place
from coproduce.people.words import plain_paragraphs, plain_words

MOST_MINUTES = 24 * 60
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)
A_DAY = forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d")
A_TIME = forms.TimeInput(attrs={"type": "time", "class": "short"}, format="%H:%M")


def lines(rows: int) -> forms.Textarea:
    """A box of so many lines."""
    return forms.Textarea(attrs={"rows": rows, "class": "brief" if rows < 3 else ""})


class Words(forms.CharField):
    """One line of plain words."""

    def clean(self, value: Any) -> str:
        return str(super().clean(plain_words(value or "")))


class Paragraphs(forms.CharField):
    """Several lines of plain words."""

    def __init__(self, *, rows: int = 3, **options: Any) -> None:
        super().__init__(widget=lines(rows), **options)

    def clean(self, value: Any) -> str:
        return str(super().clean(plain_paragraphs(value or "")))


class Day(forms.DateField):
    """A day within living memory and reach, as a date picker gives it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            widget=A_DAY,
            validators=[
                MinValueValidator(EARLIEST, f"Choose a day from {EARLIEST.year} on."),
                MaxValueValidator(LATEST, f"Choose a day up to {LATEST.year}."),
            ],
            **options,
        )


class GatheringForm(forms.Form):
    """Everything that a gathering says of itself."""

    title = Words(
        max_length=160,
        label="What is it called?",
        error_messages={"required": "Give the gathering a title."},
    )
    purpose = Paragraphs(
        required=False,
        max_length=4_000,
        rows=4,
        label="What is it for?",
        help_text="Why you meet, what will be decided, and what happens afterwards.",
    )
    day = Day(
        label="Day",
        error_messages={
            "required": "Say on which day it is.",
            "invalid": "Type the day as day/month/year, such as 28/03/2026.",
        },
    )
    starts = forms.TimeField(
        label="Begins at",
        widget=A_TIME,
        help_text="By the clocks in England.",
        error_messages={
            "required": "Say when it begins.",
            "invalid": "Type the time by the 24-hour clock, such as 09:30 or 18:00.",
        },
    )
    ends = forms.TimeField(
        label="Ends at",
        widget=A_TIME,
        error_messages={
            "required": "Say when it ends.",
            "invalid": "Type the time by the 24-hour clock, such as 09:30 or 18:00.",
        },
    )
    last_day = Day(
        required=False,
        label="Last day, if it is another",
        error_messages={"invalid": "Type the day as day/month/year, such as 29/03/2026."},
    )
    setting = forms.ChoiceField(
        label="Where do people meet?",
        choices=Setting.choices,
        initial=Setting.IN_PERSON,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose where people meet."},
    )
    venue = Paragraphs(
        required=False,
        max_length=500,
        label="The hall and its address",
        help_text="As it would stand on an envelope.",
    )
    getting_in = Paragraphs(
        required=False,
        max_length=2_000,
        label="How does one get in?",
        help_text="Bus and train, the door, steps, lifts, who meets people there.",
    )
    join_link = forms.URLField(
        required=False,
        max_length=500,
        assume_scheme="https",
        label="Link to join online",
        help_text="Only those who registered to be on the line see it.",
        error_messages={"invalid": "Paste the whole link, beginning with https://."},
    )
    provided = forms.MultipleChoiceField(
        required=False,
        label="What is provided?",
        choices=Provided.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    provided_words = Paragraphs(
        required=False,
        max_length=1_000,
        rows=2,
        label="What else is provided?",
        help_text="One thing a line.",
    )
    hosts = Paragraphs(
        required=False, max_length=600, rows=2, label="Who hosts it?", help_text="One a line."
    )
    supporters = Paragraphs(
        required=False,
        max_length=600,
        rows=2,
        label="Who pays for it or supports it?",
        help_text="One a line.",
    )
    hashtag = forms.CharField(required=False, max_length=60, label="Hashtag")
    hall_capacity = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=100_000,
        label="Places in the hall",
        help_text="Leave it empty if there is room for everybody.",
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
    )
    line_capacity = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=100_000,
        label="Places on the line",
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
    )
    place = forms.ModelChoiceField(
        queryset=Place.objects.none(),
        label="Place",
        help_text="Hosts of this place look after the gathering together with you.",
        empty_label=None,
        error_messages={"required": "Choose the place that this gathering belongs to."},
    )

    def __init__(self, *args: Any, places: Sequence[Place] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        if not places:  # it stays where it is
            del self.fields["place"]
            return
        place = self.fields["place"]
        assert isinstance(place, forms.ModelChoiceField)
        place.queryset = Place.objects.filter(pk__in=[one.pk for one in places])

    def clean_hashtag(self) -> str:
        typed = self.cleaned_data["hashtag"].strip().lstrip("#")
        if typed and not typed.replace("_", "").isalnum():
            raise forms.ValidationError("A hashtag has letters and numbers only, without spaces.")
        return str(typed)

    def clean(self) -> None:
        self.starts_at = self._moment("day", "starts")
        last_day = "last_day" if self.cleaned_data.get("last_day") else "day"
        self.ends_at = self._moment(last_day, "ends")
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            self.add_error("ends", "It ends before it begins. Look at both times and the days.")
        if self.cleaned_data.get("setting") == Setting.IN_PERSON:
            self.cleaned_data["join_link"] = ""

    def _moment(self, day: str, clock: str) -> datetime | None:
        on, at = self.cleaned_data.get(day), self.cleaned_data.get(clock)
        if on is None or at is None:
            return None
        try:
            return moment(on, at)
        except NoSuchTime as reason:
            self.add_error(clock, str(reason))
            return None

    @property
    def details(self) -> Details:
        """What was typed, once it is valid."""
        kept = self.cleaned_data
        names = set(Details.__dataclass_fields__) - {"starts_at", "ends_at", "setting"}
        assert self.starts_at is not None
        assert self.ends_at is not None
        return Details(
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            setting=Setting(kept["setting"]),
            **{name: kept[name] for name in names},
        )

    @staticmethod
    def filled(gathering: Gathering) -> dict[str, object]:
        """What the form shows of a gathering that is there."""
        starts, ends = (
            timezone.localtime(gathering.starts_at),
            timezone.localtime(gathering.ends_at),
        )
        kept = {name: getattr(gathering, name) for name in Details.__dataclass_fields__}
        return kept | {
            "day": starts.date(),
            "starts": starts.time(),
            "ends": ends.time(),
            "last_day": ends.date() if ends.date() != starts.date() else None,
        }


class ItemForm(forms.Form):
    """One part of the programme."""

    title = Words(
        max_length=160,
        label="What happens?",
        error_messages={"required": "Say what happens in this part."},
    )
    day = Day(
        required=False,
        label="Day, if not the first",
        error_messages={"invalid": "Type the day as day/month/year, such as 28/03/2026."},
    )
    starts = forms.TimeField(
        label="Begins at",
        widget=A_TIME,
        error_messages={
            "required": "Say when this part begins.",
            "invalid": "Type the time by the 24-hour clock, such as 09:30.",
        },
    )
    minutes = forms.IntegerField(
        min_value=1,
        max_value=MOST_MINUTES,
        label="Minutes",
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            "Say how many minutes it takes, such as 45.",
        ),
    )
    about = Paragraphs(required=False, max_length=2_000, label="A few words about it")
    speakers = Paragraphs(
        required=False,
        max_length=3_000,
        label="Who speaks or leads it?",
        help_text="One person a line: the name, a comma, then their role as they say it. "
        "“Made-up Mo, lives with dementia”.",
    )

    def __init__(self, *args: Any, gathering: Gathering, **options: Any) -> None:
        super().__init__(*args, **options)
        self.gathering = gathering
        self.starts_at: datetime | None = None

    def clean_speakers(self) -> list[Named]:
        named = [_named(line) for line in self.cleaned_data["speakers"].splitlines() if line]
        for each in named:
            if len(each.name) > 120 or len(each.role) > 160:
                raise forms.ValidationError(
                    f"The line of {each.name[:40]} is too long: 120 characters for a name and "
                    "160 for a role are the most."
                )
        return named

    def clean(self) -> None:
        on = self.cleaned_data.get("day") or day_of(self.gathering.starts_at)
        at = self.cleaned_data.get("starts")
        if at is None or self.errors:
            return
        try:
            self.starts_at = moment(on, at)
        except NoSuchTime as reason:
            self.add_error("starts", str(reason))
            return
        if not self.gathering.starts_at <= self.starts_at < self.gathering.ends_at:
            begins, ends = clock(self.gathering.starts_at), clock(self.gathering.ends_at)
            self.add_error("starts", f"The gathering is from {begins} to {ends}.")

    @property
    def item(self) -> dict[str, Any]:
        """What was typed, as the actions take it."""
        kept = {name: self.cleaned_data[name] for name in ("title", "minutes", "about", "speakers")}
        return kept | {"starts_at": self.starts_at}

    @staticmethod
    def filled(item: ProgrammeItem) -> dict[str, object]:
        here = timezone.localtime(item.starts_at)
        is_first_day = here.date() == day_of(item.gathering.starts_at)
        return {
            "title": item.title,
            "day": None if is_first_day else here.date(),
            "starts": here.time(),
            "minutes": item.minutes,
            "about": item.about,
            "speakers": "\n".join(
                ", ".join(filter(None, (each.name, each.role))) for each in item.speakers.all()
            ),
        }


def _named(line: str) -> Named:
    name, _, role = line.partition(",")
    return Named(name.strip() or role.strip(), role.strip() if name.strip() else "")


class WhyCancelled(forms.Form):
    """What people hear when a gathering does not take place."""

    because = Paragraphs(
        required=False,
        max_length=1_000,
        label="What should people know?",
        help_text="Why, and whether there will be another day. It goes to everybody registered.",
    )


class AnotherDay(forms.Form):
    """The day on which to hold a gathering again."""

    day = Day(
        label="On which day?",
        help_text="Clock times and programme come along; you check everything before it is seen.",
        error_messages={
            "required": "Say on which day it is.",
            "invalid": "Type the day as day/month/year, such as 28/03/2026.",
        },
    )

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day < timezone.localdate():
            raise forms.ValidationError("That day is over. Choose one that is still to come.")
        return day
