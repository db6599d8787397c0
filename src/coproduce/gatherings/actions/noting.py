"""What a note-taker does: write down what is said, by key and without duplicates; check it; worry.

Each deed is one transaction with one log entry. What cannot be done now raises `NotPossible` with
a sentence for whoever stands in the hall.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from coproduce.gatherings.actions.deeds import NotPossible, in_hand, record_deed
from coproduce.gatherings.models import Gathering, Theme, Voice, Worry
from coproduce.people.models import Person
from coproduce.people.words import plain_paragraphs, plain_words
from coproduce.pictures.models import Picture
from coproduce.trust import log

LONGEST = 2_000
MOST_AT_ONCE = 500


@dataclass(frozen=True)
class Note:
    """One thing that was said, as the device of the note-taker sends it.

    `key` is made by the device: the same note sent twice is kept once.
    """

    words: str
    key: UUID = field(default_factory=uuid4)
    source: Voice.Source = Voice.Source.MICROPHONE
    wording: Voice.Wording = Voice.Wording.NOTED
    question: str = ""
    part: str = ""
    language: str = "en"
    said_at: datetime | None = None
    themes: Sequence[Theme] = ()
    said_by: Person | None = None
    author: str = ""
    address: str = ""
    permission: Voice.Permission = Voice.Permission.NOT_ASKED
    picture: Picture | None = None  # the photo of a flipchart it stands on


def take_notes(gathering: Gathering, notes: Iterable[Note], by: Person | None) -> list[Voice]:
    """Keep these notes, all or none; those that are there already stay as they are."""
    wanted = {note.key: note for note in notes}
    if len(wanted) > MOST_AT_ONCE:
        raise NotPossible(f"That is {len(wanted)} notes; {MOST_AT_ONCE} is the most at once.")
    with in_hand(gathering):  # the same note, sent twice at once, waits here
        known = set(Voice.objects.filter(key__in=wanted).values_list("key", flat=True))
        kept = [_keep(gathering, note, by) for key, note in wanted.items() if key not in known]
        if kept:
            record_deed("take notes", gathering, by, note=f"{len(kept)} voices")
    return kept


def _keep(gathering: Gathering, note: Note, by: Person | None) -> Voice:
    voice = Voice.objects.create(
        gathering=gathering,
        key=note.key,
        words=_fitting(note.words),
        source=note.source,
        wording=note.wording,
        question=plain_words(note.question)[:200],
        part=note.part,
        language=note.language,
        said_at=_not_in_the_future(note.said_at),
        said_by=note.said_by,
        noted_by=by,
        author=plain_words(note.author)[:120],
        address=note.address,
        permission=note.permission,
        picture=note.picture,
    )
    voice.themes.set(note.themes)
    return voice


def _fitting(words: str) -> str:
    plain = plain_paragraphs(words)
    if not plain:
        raise NotPossible("There are no words in this note. Write down what was said.")
    if len(plain) > LONGEST:
        raise NotPossible(
            f"This note has {len(plain):,} characters; {LONGEST:,} is the most. Make two of it."
        )
    return plain


def _not_in_the_future(said_at: datetime | None) -> datetime:
    """A phone whose clock runs ahead puts nothing behind what comes later."""
    now = timezone.now()
    return min(said_at, now) if said_at else now


def reword(voice: Voice, words: str, by: Person | None, *, is_checked: bool = False) -> None:
    """Other words, as the speaker wants them; `is_checked` once they were read back."""
    with _in_hand(voice):
        voice.words = _fitting(words)
        voice.checked_at = timezone.now() if is_checked else None
        voice.save(update_fields=["words", "checked_at"])
        _record("check a voice" if is_checked else "reword a voice", voice, by)


def note_permission(voice: Voice, permission: Voice.Permission, by: Person | None) -> None:
    """What whoever wrote a post elsewhere answered, or that they were asked."""
    with _in_hand(voice):
        if voice.source != Voice.Source.SOCIAL:
            raise NotPossible("Only a post of somebody elsewhere has a permission of its own.")
        voice.permission = permission
        voice.save(update_fields=["permission"])
        _record("note a permission", voice, by)


def sort_under(voice: Voice, themes: Sequence[Theme], by: Person | None) -> None:
    with _in_hand(voice):
        voice.themes.set(themes)
        _record("sort a voice", voice, by)


def attribute(voice: Voice, person: Person | None, by: Person | None) -> None:
    """Whose words these are; what they allowed then holds for them."""
    with _in_hand(voice):
        voice.said_by = person
        voice.save(update_fields=["said_by"])
        _record("say whose voice it is", voice, by)


def worry(voice: Voice, by: Person | None, *, for_person: Person | None, note: str = "") -> Worry:
    """Put a voice before a named human; until they have looked it is in no list and no figure."""
    with _in_hand(voice):
        standing = voice.worries.filter(resolved_at=None).first()
        if standing is not None:
            return standing
        raised = Worry.objects.create(
            voice=voice, raised_by=by, for_person=for_person, note=plain_paragraphs(note) or None
        )
        _record("worry about a voice", voice, by)
    return raised


def resolve(worry: Worry, by: Person, *, outcome: str, keeps_out: bool) -> None:
    """What came of the worry. The voice comes back, or stays out of every list."""
    with transaction.atomic():
        fresh = Worry.objects.select_for_update().get(pk=worry.pk)
        if fresh.resolved_at is not None:
            raise NotPossible("Somebody has looked at this already.")
        fresh.outcome, fresh.keeps_out = plain_paragraphs(outcome), keeps_out
        fresh.resolved_at = timezone.now()
        fresh.save(update_fields=["outcome", "keeps_out", "resolved_at"])
        _record("resolve a worry", fresh.voice, by)


def take_back(voice: Voice, by: Person | None) -> None:
    """The words go, wherever they stand; that somebody said something stays."""
    with _in_hand(voice):
        voice.words, voice.question, voice.author, voice.address = "", "", "", ""
        voice.taken_back_at = timezone.now()
        voice.save(update_fields=["words", "question", "author", "address", "taken_back_at"])
        voice.insights.clear()
        _record("take back a voice", voice, by)


@contextmanager
def _in_hand(voice: Voice) -> Iterator[None]:
    """One transaction with the voice locked and read afresh; what was taken back stays so."""
    with transaction.atomic():
        voice.refresh_from_db(from_queryset=Voice.objects.select_for_update())
        if voice.taken_back_at is not None:
            raise NotPossible("Whoever said this has taken it back: its words are gone.")
        yield


def _record(deed: str, voice: Voice, by: Person | None) -> None:
    log.record(deed, voice.thing, by=by.id if by else None)
