"""How does a number get published? With everything that stands behind it, or not at all."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils import timezone

from coproduce.trust.gate import Admitted, Manifest
from coproduce.trust.models import Figure, Release

Cell = str | int | float | None


@dataclass(frozen=True)
class Basis:
    """What a figure rests on: the method and what came through the gate."""

    method: str
    version: str
    seed: int
    input_digest: str
    people: int
    consent_basis: str
    manifest: Manifest
    how: tuple[str, ...] = ()  # the method in plain words, one paragraph each

    @classmethod
    def of(
        cls,
        admitted: Admitted,
        *,
        method: str,
        version: str,
        seed: int,
        input_digest: str,
        how: tuple[str, ...] = (),
    ) -> "Basis":
        return cls(
            method=method,
            version=version,
            seed=seed,
            input_digest=input_digest,
            people=admitted.manifest.people,
            consent_basis=admitted.consent_basis,
            manifest=admitted.manifest,
            how=how,
        )


@dataclass(frozen=True)
class Content:
    """What a figure says: a sentence, its table, what it means; all of it after disclosure.

    `facts` are the parts of the sentence that a page sets in its own way; `limits` say what the
    figure does not show. A table that only a program would read is folded away.
    """

    title: str
    sentence: str
    about: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    facts: Mapping[str, Any] = field(default_factory=dict)
    limits: tuple[str, ...] = ()
    is_folded: bool = False


@dataclass(frozen=True)
class Entry:
    """One figure to be written down: which one of its kind, what it says, what it rests on."""

    kind: str
    key: str
    content: Content
    basis: Basis


def record(release: Release, entries: Iterable[Entry]) -> list[Figure]:
    """Write down all figures of a release, in this order. They are never changed afterwards."""
    return Figure.objects.bulk_create(
        _figure(release, position, entry) for position, entry in enumerate(entries)
    )


def _figure(release: Release, position: int, entry: Entry) -> Figure:
    content, basis = entry.content, entry.basis
    value = asdict(content) | {"facts": dict(content.facts), "how": list(basis.how)}
    del value["sentence"]
    return Figure(
        release=release,
        kind=entry.kind,
        key=entry.key,
        position=position,
        sentence=content.sentence,
        value=value,
        method=basis.method,
        version=basis.version,
        seed=basis.seed,
        input_digest=basis.input_digest,
        people=basis.people,
        consent_basis=basis.consent_basis,
        manifest=basis.manifest.as_json(),
    )


def content_of(figure: Figure) -> Content:
    """What a stored figure says, read back."""
    value = figure.value
    return Content(
        title=value["title"],
        sentence=figure.sentence,
        about=value["about"],
        columns=tuple(value["columns"]),
        rows=tuple(tuple(row) for row in value["rows"]),
        facts=value["facts"],
        limits=tuple(value["limits"]),
        is_folded=value["is_folded"],
    )


SOMEBODY_TOOK_BACK = (
    "Somebody who is counted here has taken back what they gave. The number stands as it was "
    "counted: a second one beside it would tell about one person."
)
SOMEBODY_WAS_ERASED = (
    "Somebody who is counted here asked to be erased. The number stands as it was counted: a "
    "second one beside it would tell about one person."
)


def correct(figures: Iterable[Figure], sentence: str) -> None:
    """Add a dated note to figures that are out; the same note of the same day stands once."""
    note = f"{timezone.localdate():%-d %B %Y}: {sentence}"
    for figure in figures:
        if note not in figure.correction.splitlines():
            figure.correction = "\n".join(filter(None, (figure.correction, note)))
            figure.save(update_fields=["correction"])


def newer_than(figure: Figure) -> Figure | None:
    """The figure that took this one's place, if a later release has one."""
    later = Figure.objects.filter(
        release__thing=figure.release.thing,
        release__number__gt=figure.release.number,
        kind=figure.kind,
        key=figure.key,
    )
    return later.order_by("-release__number").first()
