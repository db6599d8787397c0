"""A photo as it goes into a file: its pixels as JPEG, of a size that one can print and show."""

import base64
from dataclasses import dataclass

from coproduce.pictures.models import Picture

WIDEST = 1_600  # pixels: sharp on paper and on a wall, and still a small file


@dataclass(frozen=True)
class Photograph:
    """Bytes, and how large they are in pixels."""

    jpeg: bytes
    width: int
    height: int

    @property
    def data_address(self) -> str:
        """As it stands in a page that may load nothing."""
        return f"data:image/jpeg;base64,{base64.b64encode(self.jpeg).decode()}"


def photograph_of(picture: Picture) -> Photograph:
    """The largest of its sizes that is not too large for a file."""
    drawn = [each for each in picture.photo.renditions.all() if each.name.endswith(".jpeg")]
    fitting = [each for each in drawn if each.width <= WIDEST] or drawn
    chosen = max(fitting, key=lambda each: each.width)
    with chosen.file.open("rb") as opened:
        return Photograph(opened.read(), chosen.width, chosen.height)
