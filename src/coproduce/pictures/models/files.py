"""The files behind pictures: photos with their renditions, films with captions, papers.

Wagtail's pages choose photos and papers of ours. No file has a plain address: each is handed out
by `views.files`, which looks first whether it may be shown.
"""

import uuid
from pathlib import PurePath
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.db import models
from django.db.models import Q
from django.urls import reverse
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition

from coproduce.people.models import User
from coproduce.pictures.models.picture import Kind, Picture

FORMAT = (
    "|format-"  # Wagtail writes "width-640|format-webp" where our address ends "width-640.webp"
)


def address_of(picture_id: uuid.UUID, name: str) -> str:
    return reverse("pictures:file", args=[picture_id, name])


def nameless(filename: str) -> str:
    """A name that tells nothing: what people call their files often names somebody."""
    return f"{uuid.uuid4().hex}{PurePath(filename).suffix.lower()[:6]}"


def _by_user() -> "models.ForeignKey[User | None, User | None]":
    """Who brought it in by the admin; hosts of a place stand at the picture, as people."""
    return models.ForeignKey(
        User, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )


class Photo(AbstractImage):
    """A photo or a drawing, as it was drawn afresh at the door."""

    picture = models.OneToOneField(
        Picture, on_delete=models.CASCADE, related_name="photo", editable=False
    )
    uploaded_by_user = _by_user()
    admin_form_fields: ClassVar = ("title", "file", "description", "collection", "tags")

    class Meta(AbstractImage.Meta):
        permissions = (("choose_image", "Can choose image"),)

    def get_upload_to(self, filename: str) -> str:
        return f"photos/{nameless(filename)}"

    @property
    def webp(self) -> str:
        """Its sizes in WebP, as a page names them to a browser that then chooses one."""
        return self._sizes("webp")

    @property
    def jpeg(self) -> str:
        return self._sizes("jpeg")

    def _sizes(self, kind: str) -> str:
        drawn = [each for each in self.renditions.all() if each.name.endswith(f".{kind}")]
        sizes = {each.width: each.url for each in drawn if each.name.startswith("width-")}
        return ", ".join(f"{address} {width}w" for width, address in sorted(sizes.items()))

    @property
    def for_everybody(self) -> str:
        """One address that every browser understands: of the smallest JPEG."""
        return self.jpeg.split(" ")[0]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """What is brought in without any word of whose it is belongs to the site, unshown."""
        if self.picture_id is None:
            self.picture = Picture.objects.create(kind=Kind.PHOTO)
        super().save(*args, **kwargs)


class Rendition(AbstractRendition):
    """A photo in one size and one format."""

    image = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="unique_rendition"
            ),
        )

    def get_upload_to(self, filename: str) -> str:
        return f"renditions/{nameless(filename)}"

    @property
    def url(self) -> str:
        return address_of(self.image.picture_id, self.name)

    @property
    def name(self) -> str:
        """The last part of its address: "width-640.webp"."""
        return str(self.filter_spec).replace(FORMAT, ".").replace("|", "+")


def spec_of(name: str) -> str:
    """The other way round: what Wagtail calls the rendition with this name."""
    return name.replace("+", "|").replace(".", FORMAT)


class Paper(AbstractDocument):
    """A report, slides, a sheet: to download, never opened inside our pages."""

    picture = models.OneToOneField(
        Picture, on_delete=models.CASCADE, related_name="paper", editable=False
    )
    uploaded_by_user = _by_user()
    admin_form_fields: ClassVar = ("title", "file", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        permissions = (("choose_document", "Can choose document"),)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.picture_id is None:
            self.picture = Picture.objects.create(kind=Kind.PAPER, title=self.title[:160])
        super().save(*args, **kwargs)

    @property
    def name(self) -> str:
        return f"paper.{self.file_extension.lower()}"

    @property
    def url(self) -> str:
        return address_of(self.picture_id, self.name)


def film_path(film: "Film", filename: str) -> str:
    return f"films/{nameless(filename)}"


class Film(models.Model):
    """A film: an address elsewhere, to which a link leads, or a file of ours.

    Nothing of a film elsewhere is fetched or embedded.
    """

    picture = models.OneToOneField(
        Picture, on_delete=models.CASCADE, related_name="film", editable=False
    )
    address = models.URLField(max_length=500, blank=True)
    file = models.FileField(upload_to=film_path, blank=True)
    captions = models.FileField(upload_to=film_path, blank=True)  # WebVTT
    transcript = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(address="") ^ Q(file=""), name="a_film_is_elsewhere_or_here"
            ),
        )

    def __str__(self) -> str:
        return "a film"

    @property
    def host(self) -> str:
        """Where its link leads, as one reads it."""
        return urlsplit(self.address).hostname or ""

    @property
    def name(self) -> str:
        return f"film{PurePath(self.file.name or '').suffix.lower()}"

    @property
    def url(self) -> str:
        return address_of(self.picture_id, self.name)

    @property
    def captions_url(self) -> str:
        return address_of(self.picture_id, "captions.vtt")
