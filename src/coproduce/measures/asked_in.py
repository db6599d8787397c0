"""What a wave asks, read once; and the own words of a sheet."""

import json
from collections.abc import Mapping
from functools import lru_cache
from uuid import UUID

from coproduce.measures.models import Wave, WavePart
from coproduce.measures.packing import Asked, Question

LONGEST_WORDS = 2_000


def asked(wave: Wave) -> Asked:
    """Everything it asks, in order. Once it was opened, that never changes."""
    return _read(wave.pk) if wave.is_draft else _read_once(wave.pk)


def _read(wave: UUID) -> Asked:
    parts = WavePart.objects.filter(wave=wave).select_related("instrument")
    return Asked(tuple(part.instrument.read() for part in parts))


@lru_cache(maxsize=256)
def _read_once(wave: UUID) -> Asked:
    return _read(wave)


def words_of(sealed: str | None) -> dict[str, str]:
    """The own words of a sheet, by the key of the question."""
    return dict(json.loads(sealed)) if sealed else {}


def with_words(sealed: str | None, question: Question, given: str) -> str:
    return json.dumps(words_of(sealed) | {question.key: given[:LONGEST_WORDS]})


def sealed(words: Mapping[str, str]) -> str | None:
    """All own words of a sheet as they are kept; None where nobody wrote any."""
    return json.dumps(dict(words)) if words else None
