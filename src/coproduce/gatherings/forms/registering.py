"""What somebody types who wants to come. Hardly anything has to be said."""

from typing import Any

from django import forms
from django.core.validators import validate_email

from coproduce.gatherings.actions.registering import Answers, Changes
from coproduce.gatherings.forms.hosting import Paragraphs, Words
from coproduce.gatherings.models import Gathering, Presence, Registration, Setting
from coproduce.gatherings.models.planning import KEPT_DAYS
from coproduce.people.models import Channel, Part

NO_WAY = ""
FEWEST_DIGITS = 7
# What must be typed for each way of being reached, as an error says it.
WANTED = {
    Channel.EMAIL: "Type your e-mail address, such as mo@example.org.",
    Channel.SMS: "Type your mobile number, such as 07700 900123.",
    Channel.POST: "Type your postal address, as it would stand on an envelope.",
    Channel.HELPER: "Type the name of the person who helps you, and how we reach them.",
}


class Coming(forms.Form):
    """Everything we ask of somebody who comes, on one page."""

    name = Words(
        required=False,
        max_length=120,
        label="What shall we call you?",
        help_text="Your name, a name you choose, or nothing.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    presence = forms.ChoiceField(
        label="How will you be there?",
        choices=Presence.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether you come to the hall or are on the line."},
    )
    channel = forms.ChoiceField(
        label="How may we reach you about this gathering?",
        choices=[*Channel.choices, (NO_WAY, "Not at all: I note down my code")],
        required=False,
        widget=forms.RadioSelect,
    )
    address = Paragraphs(
        required=False,
        max_length=500,
        rows=2,
        label="Where do we reach you that way?",
        help_text="Your e-mail address, mobile number or postal address, or who helps you and "
        "how we reach them.",
    )
    need = Paragraphs(
        required=False,
        max_length=1_000,
        label="What do you need to take part?",
        help_text="For example a seat near the door, large print, a sign language interpreter. "
        "You never have to say why. It is kept locked away; only the coordinators of this place "
        f"can read it. {KEPT_DAYS} days after your last gathering it is deleted, unless you are a "
        "member.",
    )
    need_may_be_shared = forms.BooleanField(
        required=False, label="The hosts of this gathering may read it too"
    )
    diet = Words(
        required=False,
        max_length=300,
        label="Is there anything you cannot eat?",
        help_text=f"The hosts see it without your name. It is deleted {KEPT_DAYS} days later.",
    )
    parts = forms.MultipleChoiceField(
        required=False,
        label="What do you bring with you?",
        help_text="As many as you like, or none. It helps us to tell who was in the room.",
        choices=Part.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, gathering: Gathering, **options: Any) -> None:
        super().__init__(*args, **options)
        self.only_presence: Presence | None = None
        if gathering.setting != Setting.BOTH:
            del self.fields["presence"]
            self.only_presence = Presence.HALL if gathering.has_hall else Presence.LINE
        if not gathering.has_hall:
            del self.fields["diet"]

    def clean(self) -> None:
        channel = self.cleaned_data.get("channel")
        if not channel:
            self.cleaned_data["address"] = ""
            return
        address = self.cleaned_data.get("address", "")
        if not _fits(Channel(channel), address):
            self.add_error("address", WANTED[Channel(channel)])

    @property
    def answers(self) -> Answers:
        kept = self.cleaned_data
        channel = Channel(kept["channel"]) if kept["channel"] else None
        return Answers(
            presence=self.only_presence or Presence(kept["presence"]),
            name=kept["name"],
            channel=channel,
            address=_tidy(channel, kept["address"]),
            parts=kept["parts"],
            need=kept["need"],
            need_may_be_shared=bool(kept["need"]) and kept["need_may_be_shared"],
            diet=kept.get("diet", ""),
        )


class Changing(Coming):
    """The same, to be changed by one's code; who has an account changes the rest signed in."""

    def __init__(self, *args: Any, registration: Registration, **options: Any) -> None:
        super().__init__(*args, gathering=registration.gathering, **options)
        self.has_account = registration.person.user_id is not None
        theirs = ("name", "need", "need_may_be_shared") if self.has_account else ()
        for name in ("presence", "parts", *theirs):
            self.fields.pop(name, None)

    @property
    def changes(self) -> Changes:
        kept = self.cleaned_data
        channel = Channel(kept["channel"]) if kept["channel"] else None
        return Changes(
            channel=channel,
            address=_tidy(channel, kept["address"]),
            diet=kept.get("diet"),
            name=kept.get("name"),
            need=kept.get("need"),
            need_may_be_shared=bool(kept.get("need")) and kept.get("need_may_be_shared", False),
        )


def _fits(channel: Channel, address: str) -> bool:
    """Whether something like such an address was typed; whether it works shows when we write."""
    if channel == Channel.EMAIL:
        try:
            validate_email(address)
        except forms.ValidationError:
            return False
        return len(address) <= 254
    if channel == Channel.SMS:
        digits = "".join(filter(str.isdigit, address))
        return len(digits) >= FEWEST_DIGITS and set(address) <= set("+0123456789 ()-.")
    return bool(address)


def _tidy(channel: Channel | None, address: str) -> str:
    if channel == Channel.EMAIL:
        return address.lower()
    if channel == Channel.SMS:
        return "".join(each for each in address if each.isdigit() or each == "+")
    return address


class TheCode(forms.Form):
    """The code that somebody got when they registered, or that hangs at the door."""

    code = forms.CharField(
        label="Your code",
        help_text="Capitals and the dash do not matter.",
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
