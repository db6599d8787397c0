"""What an evaluator does: make a survey, say what each wave asks, open it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from coproduce.gatherings.models import Gathering
from coproduce.measures.actions.deeds import NotPossible, in_hand, record_deed
from coproduce.measures.models import (
    Instrument,
    Linking,
    Moment,
    Purpose,
    Survey,
    Wave,
    WavePart,
    WaveState,
)
from coproduce.people.models import Person
from coproduce.projects.models import Project
from coproduce.trust.keys import make_key

ADDRESSES = {"new", "stories", "evidence"}  # that lead elsewhere under /evaluate/
MOST_WAVES = 20
MOST_ITEMS = 60  # on one sheet: more, and people give up


@dataclass(frozen=True)
class Details:
    """What a survey says of itself before its first question."""

    title: str
    written_by: str
    seen_first_by: str
    about: str = ""
    purpose: str = Purpose.IMPROVE
    contact: str = ""
    linking: str = Linking.OWN

    @classmethod
    def of(cls, survey: Survey) -> "Details":
        return cls(**{each.name: getattr(survey, each.name) for each in fields(cls)})


def make(home: Project | Gathering, details: Details, by: Person | None) -> Survey:
    """A new survey of a project or a gathering, with the key that its codes are hashed with."""
    where = {"project" if isinstance(home, Project) else "gathering": home}
    with transaction.atomic():
        survey = Survey.objects.create(
            place=home.place, slug=_free_slug(details.title), made_by=by, **where, **asdict(details)
        )
        make_key(survey.salt_of)
        record_deed("make survey", survey.thing, by)
    return survey


def edit(survey: Survey, details: Details, by: Person | None) -> None:
    with in_hand(survey):
        if details.linking != survey.linking and survey.participants.exists():
            raise NotPossible(
                "Somebody has answered already, so that sheets are linked as they are. Make "
                "another survey to link them in another way."
            )
        for name, value in asdict(details).items():
            setattr(survey, name, value)
        survey.save()
        record_deed("edit survey", survey.thing, by)


def add_wave(
    survey: Survey, moment: Moment, instruments: Sequence[Instrument], by: Person | None
) -> Wave:
    """One more round of asking, not open yet."""
    with in_hand(survey):
        number = survey.waves.count() + 1
        if number > MOST_WAVES:
            raise NotPossible(f"A survey has at most {MOST_WAVES} waves. Make another survey.")
        wave = Wave.objects.create(survey=survey, number=number, moment=moment)
        _ask(wave, instruments)
        record_deed("add wave", wave.thing, by)
    return wave


def ask(wave: Wave, instruments: Sequence[Instrument], by: Person | None) -> None:
    """Other questions, in this order, as long as nobody was asked."""
    with in_hand(wave):
        if not wave.is_draft:
            raise NotPossible(
                "This wave was opened: its questions stand. Ask the new ones in another wave."
            )
        wave.parts.all().delete()
        _ask(wave, instruments)
        record_deed("choose questions", wave.thing, by)


def _ask(wave: Wave, instruments: Sequence[Instrument]) -> None:
    items = sum(len(each.read().items) for each in instruments)
    if items > MOST_ITEMS:
        raise NotPossible(
            f"These are {items} questions; {MOST_ITEMS} are the most that one sheet takes. "
            "Leave a set out."
        )
    WavePart.objects.bulk_create(
        WavePart(wave=wave, position=position, instrument=each)
        for position, each in enumerate(instruments, start=1)
    )


def open_wave(wave: Wave, by: Person | None) -> None:
    """Let people answer."""
    with in_hand(wave):
        if not wave.is_draft:
            raise NotPossible(f"This wave is {wave.get_state_display()} already.")
        if not wave.parts.exists():
            raise NotPossible("This wave asks nothing yet. Choose its questions first.")
        if any(each.is_draft for each in wave.asked()):
            raise NotPossible("A set of questions is still being worded. Make it ready first.")
        wave.state, wave.opened_at = WaveState.OPEN, timezone.now()
        wave.save(update_fields=["state", "opened_at"])
        record_deed("open wave", wave.thing, by)


def say_invited(wave: Wave, invited: int | None, by: Person | None) -> None:
    """How many were asked to answer: it stands beside every result."""
    with in_hand(wave):
        wave.invited = invited
        wave.save(update_fields=["invited"])
        record_deed("say how many were invited", wave.thing, by)


def _free_slug(title: str) -> str:
    stem = slugify(title)[:60].strip("-") or "survey"
    taken = set(Survey.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    taken |= ADDRESSES
    candidates = (stem if n == 1 else f"{stem}-{n}" for n in range(1, len(taken) + 2))
    return next(slug for slug in candidates if slug not in taken)
