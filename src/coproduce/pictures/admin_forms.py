"""The admin's forms for photos and papers of the site's own pages, with our door in them."""

from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils import timezone
from wagtail.documents.fields import WagtailDocumentField
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from coproduce.people.models import Person
from coproduce.people.rights import person_of
from coproduce.pictures import office
from coproduce.pictures.actions.deeds import record_deed
from coproduce.pictures.drawing import PictureField
from coproduce.pictures.models import Licence, Picture
from coproduce.pictures.models.files import nameless

LICENCES = [("", "Not said"), *[each for each in Licence.choices if each[0] != Licence.PERMISSION]]


class OfTheSite(forms.Form):
    """What has to be known before everybody sees it on a page of the site."""

    credit = forms.CharField(max_length=160, required=False, label="Who made it")
    licence = forms.ChoiceField(choices=LICENCES, required=False, label="Licence")
    nobody = forms.BooleanField(
        required=False,
        label="Nobody in it can be recognised, or has to be asked",
        help_text="Until the description, the maker, the licence and this are there, nobody "
        "outside the admin sees it. Pictures of people are brought in by the hosts of a place, "
        "where their consents are kept.",
    )

    def fill_in(self, picture: Picture) -> None:
        self.fields["credit"].initial = picture.credit
        self.fields["licence"].initial = picture.licence
        self.fields["nobody"].initial = picture.has_nobody

    def tell(self, picture: Picture, description: str, by: Person | None) -> None:
        """Kept with the picture; shown from now on if all is there."""
        typed, now = self.cleaned_data, timezone.now()
        picture.description, picture.credit = description, typed["credit"]
        picture.licence = typed["licence"]
        picture.nobody_said_on = timezone.localdate() if typed["nobody"] else None
        picture.nobody_said_by = by.id if by and typed["nobody"] else None
        is_all_there = bool(description and typed["credit"] and typed["licence"])
        picture.shown_at = now if is_all_there and typed["nobody"] else None
        picture.first_shown_at = picture.first_shown_at or picture.shown_at
        picture.save()
        record_deed("tell of a picture of the site", picture, by)


class PictureForm(BaseImageForm, OfTheSite):
    """Wagtail's form for pictures: drawn afresh, and with what has to be known."""

    file = PictureField(label="File", widget=BaseImageForm.Meta.widgets["file"])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.by = person_of(kwargs.get("user") or AnonymousUser())
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fill_in(self.instance.picture)

    def save(self, commit: bool = True) -> Any:
        photo = super().save(commit=commit)
        if commit and photo.picture.place_id is None:
            self.tell(photo.picture, photo.description, self.by)
        return photo


class PaperField(WagtailDocumentField):
    """Takes a file in only as a paper known by its content, without its authors' names."""

    def to_python(self, data: Any) -> Any:
        file = super().to_python(data)
        if not isinstance(file, UploadedFile):
            return file
        try:
            cleaned = office.clean(file, file.name or "")
        except office.NotAPaper as why:
            raise ValidationError(str(why)) from why
        return SimpleUploadedFile(nameless(f"paper.{cleaned.kind}"), cleaned.content)


class PaperForm(BaseDocumentForm, OfTheSite):
    """Wagtail's form for documents, with our door in it."""

    file = PaperField(label="File", widget=BaseDocumentForm.Meta.widgets["file"])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.by = person_of(kwargs.get("user") or AnonymousUser())
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fill_in(self.instance.picture)

    def save(self, commit: bool = True) -> Any:
        paper = super().save(commit=commit)
        if commit and paper.picture.place_id is None:
            self.tell(paper.picture, paper.title, self.by)
        return paper
