"""Photos, films and papers, who is seen in them, and what must be known before they are shown."""

from coproduce.pictures.models.files import Film, Paper, Photo, Rendition
from coproduce.pictures.models.licences import Licence
from coproduce.pictures.models.picture import Kind, Picture, Shown

__all__ = ["Film", "Kind", "Licence", "Paper", "Photo", "Picture", "Rendition", "Shown"]
