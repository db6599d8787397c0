"""Which voices may everybody read, and under which name? Only those whose consent covers it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch

from coproduce.gatherings.models import Gathering, Insight, Voice
from coproduce.people.models import Part, Person
from coproduce.trust.consent import Basis, NotCovered, bases_for
from coproduce.trust.models import Named, Where


@dataclass(frozen=True)
class ShownVoice:
    """A voice as it is shown: its words, whose they are as that person wished, and the basis."""

    voice: Voice
    who: str
    basis: str


@dataclass(frozen=True)
class ShownInsight:
    """An insight with those of its voices that may be shown, and how many stand behind it."""

    insight: Insight
    voices: tuple[ShownVoice, ...]
    stay_back: int


def insights_of(gathering: Gathering, where: Where = Where.WEB) -> list[ShownInsight]:
    """Every insight that everybody may read, with what may be shown of its voices."""
    listed = Voice.objects.listed().select_related("said_by", "gathering")
    listed = listed.prefetch_related("said_by__memberships__place", "report_backs")
    found = list(
        Insight.objects.on_show()
        .filter(gathering=gathering)
        .select_related("theme")
        .prefetch_related(Prefetch("voices", queryset=listed), "report_backs")
    )
    voices = {voice.pk: voice for insight in found for voice in insight.voices.all()}
    shown = {each.voice.pk: each for each in shown_of(list(voices.values()), where)}
    return [_insight(insight, shown) for insight in found]


def shown_of(voices: Sequence[Voice], where: Where) -> list[ShownVoice]:
    """Those of these voices that may be shown there today."""
    judged = bases_for([voice.item for voice in voices], where)
    return [
        ShownVoice(voice, _who(voice, basis), basis.sentence)
        for voice, basis in zip(voices, judged, strict=True)
        if isinstance(basis, Basis) and _is_free_elsewhere(voice)
    ]


def why_not(voice: Voice, where: Where = Where.WEB) -> list[str]:
    """Whose answer is missing before everybody may read this, in words for its note-taker."""
    return why_not_all([voice], where)[voice.pk]


def why_not_all(voices: Sequence[Voice], where: Where) -> dict[UUID, list[str]]:
    """The same for many voices, with one question to the ledger."""
    judged = bases_for([voice.item for voice in voices], where)
    return {voice.pk: _missing(voice, answer) for voice, answer in zip(voices, judged, strict=True)}


def _missing(voice: Voice, judged: Basis | NotCovered) -> list[str]:
    missing = judged.missing if isinstance(judged, NotCovered) else ()
    told = [f"{_named(voice, each.person)} {each.why}" for each in missing]
    if not _is_free_elsewhere(voice):
        told.append(f"{voice.author or 'Whoever wrote the post'}: {voice.get_permission_display()}")
    return told


def _insight(insight: Insight, shown: Mapping[UUID, ShownVoice]) -> ShownInsight:
    voices = insight.voices.all()
    seen = tuple(shown[voice.pk] for voice in voices if voice.pk in shown)
    return ShownInsight(insight, seen, len(voices) - len(seen))


def _is_free_elsewhere(voice: Voice) -> bool:
    """A post of somebody elsewhere needs the permission of whoever wrote it."""
    is_post = voice.source == Voice.Source.SOCIAL
    return not is_post or voice.permission == Voice.Permission.GIVEN


def _who(voice: Voice, basis: Basis) -> str:
    """Their name as they wished, else their part, else nobody in particular."""
    part = Part(voice.part).label if voice.part else ""
    if voice.source == Voice.Source.SOCIAL:
        return voice.author
    wish = basis.named.get(voice.said_by.id) if voice.said_by else None
    name = _name(voice.said_by, wish) if voice.said_by and wish else ""
    return ", ".join(filter(None, (name, part.lower() if name else part)))


def _name(person: Person, wish: Named) -> str:
    match wish:
        case Named.FULL:
            return person.name
        case Named.FIRST:
            return person.name.split(" ")[0]
        case Named.PLACE:
            return _from(person)
        case _:
            return ""


def _from(person: Person) -> str:
    """The place they belong to, if they told us one."""
    held = [each for each in person.memberships.all() if each.until is None]
    return f"Somebody from {held[0].place}" if held else ""


def _named(voice: Voice, person: object) -> str:
    if person is None:
        return "The room"
    return voice.said_by.name if voice.said_by and voice.said_by.name else "Whoever said it"
