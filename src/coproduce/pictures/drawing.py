"""What becomes of an uploaded picture: drawn afresh, so that nothing hidden in it survives."""

from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from PIL import Image, ImageOps
from wagtail.images.fields import WagtailImageField
from willow.image import Image as WillowImage

LONGEST_SIDE = 2400  # pixels; more than any page of ours shows
KINDS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}  # all others become one of these

NO_PHOTO = (
    "This file cannot be read as a photo. Save it as JPEG or PNG and try again; on an iPhone, "
    "choose Settings, Camera, Formats, Most Compatible."
)


def redraw(upload: "UploadedFile[Any]") -> SimpleUploadedFile:
    """The same picture in fresh pixels: upright, of sensible size, and without what a camera
    writes into a file (where, when, by whom). Of a moving picture, its first frame.
    """
    with Image.open(upload) as original:
        kind = original.format if original.format in KINDS else "PNG"
        picture = ImageOps.exif_transpose(original)
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        picture = picture.convert("RGB" if kind == "JPEG" else "RGBA")
    picture.info.clear()  # Pillow would write comments, profiles and EXIF back from here
    fresh = BytesIO()
    picture.save(fresh, format=kind, quality=88)
    name = (upload.name or "picture").rpartition(".")[0] or "picture"
    return SimpleUploadedFile(f"{name}.{KINDS[kind]}", fresh.getvalue(), f"image/{kind.lower()}")


class PictureField(WagtailImageField):
    """Takes a file in only as a picture that was drawn afresh."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.error_messages |= dict.fromkeys(("invalid_image", "invalid_image_extension"), NO_PHOTO)

    def to_python(self, data: Any) -> Any:
        try:
            file = super().to_python(data)
            if not isinstance(file, UploadedFile):
                return file
            file.seek(0)
            fresh = redraw(file)
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as broken:
            raise ValidationError(NO_PHOTO) from broken
        fresh.image = WillowImage.open(fresh)  # type: ignore[attr-defined]  # Wagtail looks here
        return fresh
