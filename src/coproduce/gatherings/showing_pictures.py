"""What everybody sees of the pictures of a gathering, kind by kind."""

from dataclasses import dataclass

from coproduce.gatherings.models import Gathering
from coproduce.pictures import shown
from coproduce.pictures.models import Kind
from coproduce.pictures.shown import ShownPicture


@dataclass(frozen=True)
class ByKind:
    """Photos to look at, films to watch, papers to take along."""

    photos: tuple[ShownPicture, ...]
    films: tuple[ShownPicture, ...]
    papers: tuple[ShownPicture, ...]

    @classmethod
    def of(cls, gathering: Gathering) -> "ByKind":
        found = shown.of(gathering.thing)
        photos, films, papers = (
            tuple(each for each in found if each.picture.kind == kind) for kind in Kind
        )
        return cls(photos, films, papers)
