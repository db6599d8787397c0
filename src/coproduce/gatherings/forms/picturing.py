"""What hosts type about pictures: the files, what they show, whose they are, who is in them."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from coproduce.gatherings.codes import read_code
from coproduce.gatherings.forms.consenting import CHANNELS
from coproduce.gatherings.models import Gathering
from coproduce.people.models import Person
from coproduce.pictures import captions, moving, office
from coproduce.pictures.actions.bringing_in import MOST_AT_ONCE
from coproduce.pictures.actions.telling import Details, InIt
from coproduce.pictures.drawing import PictureField
from coproduce.pictures.models import Kind, Licence, Picture
from coproduce.trust.models import Where

MB = 1024 * 1024
NO_LICENCE = ("", "Not chosen yet")
OWN = [NO_LICENCE, *[each for each in Licence.choices if each[0] != Licence.PERMISSION]]
SHORT_DATE = forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d")


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several photos, each drawn afresh. Those that cannot be taken stay out, with the reason."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> tuple[list[SimpleUploadedFile], list[str]]:
        """(photos, why each of the others is none)."""
        if not data:
            raise ValidationError("Choose the photos first.", code="required")
        if len(data) > MOST_AT_ONCE:
            raise ValidationError(
                f"You chose {len(data)} photos; {MOST_AT_ONCE} is the most at once. Choose the "
                "others afterwards."
            )
        taken, refused = [], []
        for file in data:
            try:
                taken.append(PictureField().clean(file))
            except ValidationError as why:
                refused.append(f"{file.name}: {' '.join(why.messages)}")
        if not taken:
            raise ValidationError(refused)
        return taken, refused


class Photos(forms.Form):
    photos = PhotosField(
        label="Photos",
        help_text=f"Up to {MOST_AT_ONCE} at once, of 10 MB each: JPEG, PNG, WebP. From an iPhone, "
        "choose “Most Compatible”. Where and when they were taken is removed from them.",
        widget=SeveralFiles(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif"}),
    )


class ManyDescribed(forms.Form):
    """A line for each new photo, and whose they all are."""

    credit = forms.CharField(
        max_length=160,
        required=False,
        label="Who made them",
        help_text="As they want to be named. It stands under each of these photos.",
    )
    licence = forms.ChoiceField(choices=OWN, required=False, label="Licence for all of them")

    def __init__(self, *args: Any, pictures: Sequence[Picture], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pictures = {f"words-{picture.id}": picture for picture in pictures}
        for number, name in enumerate(self.pictures, start=1):
            self.fields[name] = forms.CharField(
                max_length=500,
                required=False,
                label=f"What photo {number} shows",
                widget=forms.Textarea(attrs={"rows": 2, "class": "brief"}),
            )

    def lines(self) -> Iterable[tuple[Picture, Any]]:
        return [(picture, self[name]) for name, picture in self.pictures.items()]

    def described(self) -> dict[Picture, str]:
        return {picture: self.cleaned_data[name] for name, picture in self.pictures.items()}


class OnePicture(forms.Form):
    """All that is told of one picture, but who is in it."""

    title = forms.CharField(max_length=160, label="Title")
    description = forms.CharField(
        max_length=1_000,
        label="What it shows",
        help_text="For people who cannot see it: who or what, where, doing what. Needed before "
        "anybody else sees it.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what it shows, for people who cannot see it."},
    )
    caption = forms.CharField(
        max_length=300, required=False, label="Caption", help_text="Stands under it, for everybody."
    )
    credit = forms.CharField(
        max_length=160,
        label="Who made it",
        help_text="As they want to be named.",
        error_messages={"required": "Say who made it."},
    )
    licence = forms.ChoiceField(
        choices=[NO_LICENCE, *Licence.choices],
        label="Licence",
        error_messages={"required": "Choose a licence, or the last one and who permitted it."},
        help_text="How others may use it. If it belongs to somebody else, choose the last one, "
        "and say who permitted it.",
    )
    made_on = forms.DateField(required=False, label="Made on", widget=SHORT_DATE)
    permitted_by = forms.CharField(max_length=160, required=False, label="Permitted by")
    permitted_on = forms.DateField(required=False, label="On which day", widget=SHORT_DATE)
    permitted_where = forms.MultipleChoiceField(
        choices=CHANNELS,
        required=False,
        label="Where they permitted it",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, typed: Any = None, *, picture: Picture) -> None:
        kept = {name: getattr(picture, name) for name in self.base_fields}
        super().__init__(typed, initial=kept)
        if picture.kind == Kind.PHOTO:
            del self.fields["title"]
        elif picture.kind == Kind.PAPER:
            self.fields["description"].label = "What is in it"
            self.fields["description"].help_text = "In a sentence or two, so that one can choose."

    @property
    def details(self) -> Details:
        typed = dict(self.cleaned_data)
        typed["permitted_where"] = [Where(each) for each in typed["permitted_where"]]
        return Details(**typed)


class WhoIsInIt(forms.Form):
    """Who is in a picture: people of the gathering, cards by their code, a crowd, or nobody."""

    people = forms.MultipleChoiceField(
        required=False,
        label="People who registered, spoke or have a card",
        help_text="Tick everybody whom one can recognise. Beside each stands what they said about "
        "pictures on this website.",
        widget=forms.CheckboxSelectMultiple,
    )
    codes = forms.CharField(
        max_length=200,
        required=False,
        label="Codes of consent cards",
        help_text="Of those who are not in the list. Several with spaces between them.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "spelled"}),
    )
    is_crowd = forms.BooleanField(
        required=False,
        label="There is a crowd in it as well, who were told beforehand and could stay out of view",
    )
    nobody = forms.BooleanField(
        required=False, label="I looked: nobody in it can be recognised, not by friends either"
    )

    def __init__(self, *args: Any, gathering: Gathering, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gathering = gathering
        self.known = {str(person.id): person for person, _ in people}
        self.fields["people"].choices = [  # type: ignore[attr-defined]
            (str(person.id), words) for person, words in people
        ]

    def clean_codes(self) -> list[Person]:
        """The people whose cards these are."""
        typed = [read_code(each) for each in self.cleaned_data["codes"].replace(",", " ").split()]
        cards = self.gathering.consent_cards.select_related("person").filter(code__in=typed)
        known = {card.code: card.person for card in cards}
        for code in typed:
            if code not in known:
                raise ValidationError(f"No card of this gathering has the code {code[:12]}.")
            if known[code] is None:
                raise ValidationError(f"Enter what stands on the card {code} first.")
        return [person for code in typed if (person := known[code])]

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        somebody = typed.get("people") or typed.get("codes") or typed.get("is_crowd")
        if typed.get("nobody") and somebody:
            self.add_error("nobody", "Either nobody can be recognised, or somebody is in it.")
        elif not typed.get("nobody") and not somebody and not self.errors:
            self.add_error("people", "Say who is in it, or that nobody can be recognised.")
        return typed

    @property
    def in_it(self) -> InIt:
        typed = self.cleaned_data
        chosen = {person.id: person for person in typed["codes"]}
        chosen |= {person.id: person for each in typed["people"] if (person := self.known[each])}
        return InIt(list(chosen.values()), typed["is_crowd"], typed["nobody"])


class FilmWords(forms.Form):
    """What is said in a film."""

    transcript = forms.CharField(
        max_length=100_000,
        required=False,
        label="What is said in it",
        help_text="All of it, for people who cannot hear it. Needed before it is shown.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    captions = forms.FileField(
        required=False,
        label="Captions",
        help_text=f"A WebVTT file (.vtt) of up to {captions.LARGEST // 1000} kB, as film programs "
        "make it.",
        widget=forms.FileInput(attrs={"accept": ".vtt,text/vtt"}),
    )


class OneFilm(FilmWords):
    """A film: an address elsewhere or a file."""

    title = forms.CharField(max_length=160, label="Title")
    address = forms.URLField(
        max_length=500,
        required=False,
        assume_scheme="https",
        label="Its address elsewhere",
        help_text="People are told that the link leads away from here. Nothing is fetched from it.",
    )
    file = forms.FileField(
        required=False,
        label="Or the film itself",
        help_text=f"MP4 or WebM, up to {moving.LARGEST // MB} MB. Where and by whom it was made is "
        "removed from an MP4; from a WebM it is not.",
        widget=forms.FileInput(attrs={"accept": "video/mp4,video/webm"}),
    )
    field_order = ("title", "address", "file", "captions", "transcript")

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if bool(typed.get("address")) == bool(typed.get("file")) and not self.errors:
            self.add_error("address", "Give either an address or a file.")
        return typed


class OnePaper(forms.Form):
    title = forms.CharField(max_length=160, label="Title")
    file = forms.FileField(
        label="The paper",
        help_text=f"{office.KINDS}, up to {office.LARGEST // MB} MB.",
        widget=forms.FileInput(attrs={"accept": ",".join(f".{kind}" for kind in office.TYPES)}),
        error_messages={"required": "Choose the file.", "empty": "The file is empty."},
    )


class OneLine(forms.Form):
    """One line of a flipchart."""

    words = forms.CharField(
        max_length=2_000,
        label="The next line",
        help_text="As it stands there, then Enter.",
        error_messages={"required": "Type the line first."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "enterkeyhint": "send"}),
    )
