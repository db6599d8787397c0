"""What this room holds about somebody: where they came, what they said, what came of it."""

from itertools import chain

from django.utils import timezone

from coproduce.gatherings import evidence
from coproduce.gatherings.actions import consenting, noting, registering
from coproduce.gatherings.models import (
    Attendance,
    ConsentCard,
    Decision,
    Gathering,
    NeedMet,
    Notice,
    PersonalPlan,
    Registration,
    ReportBack,
    Speaker,
    ToldBack,
    Voice,
    Worry,
)
from coproduce.gatherings.voices_shown import shown_of
from coproduce.people.everything import (
    Cell,
    Change,
    Chapter,
    Contribution,
    Keeper,
    Sealed,
    ToSee,
    Word,
)
from coproduce.people.models import Person
from coproduce.trust import consent, figures
from coproduce.trust.models import Figure, Where
from coproduce.trust.sealing import readable

KINDS = {
    "voices": "What you say at",
    "pictures": "Pictures of you at",
    "attendance": "That you are counted at",
}
A_SPEAKER = "A speaker"  # what the programme says once somebody is erased


def tell(person: Person) -> list[Chapter]:
    """All of it, a chapter for each table or two."""
    return [*_coming(person), *_said(person), *_hosting(person)]


def _coming(person: Person) -> list[Chapter]:
    registrations = readable(person.registrations.select_related("gathering"), "diet")
    met = readable(person.needs_met.select_related("gathering"), "words")
    attendances = person.attendances.select_related("gathering")
    return [
        Chapter(
            "Where you registered",
            ("Gathering", "State", "How", "Diet", "Code", "On"),
            tuple(
                (
                    each.gathering.title,
                    each.get_state_display(),
                    each.get_presence_display(),
                    Sealed(each.diet) if each.diet else None,
                    each.code,
                    each.registered_at,
                )
                for each in registrations
            ),
            (Registration,),
        ),
        Chapter(
            "Where you were",
            ("Gathering", "How", "At"),
            tuple(
                (each.gathering.title, each.get_presence_display(), each.came_at)
                for each in attendances
            ),
            (Attendance,),
        ),
        Chapter(
            "Whether what you need was there",
            ("Gathering", "Your answer", "In your words", "On"),
            tuple(
                (
                    each.gathering.title,
                    each.get_answer_display(),
                    Sealed(each.words) if each.words else None,
                    each.answered_at,
                )
                for each in met
            ),
            (NeedMet,),
        ),
        Chapter(
            "What we told you about gatherings",
            ("Gathering", "We told you", "On"),
            tuple(
                (each.registration.gathering.title, each.get_about_display(), each.at)
                for each in Notice.objects.filter(registration__person=person).select_related(
                    "registration__gathering"
                )
            ),
            (Notice,),
        ),
        Chapter(
            "Your plans for days on which you may tell something hard",
            ("Gathering", "Agenda ahead", "What to leave alone", "Who looks how you are"),
            tuple(map(_plan, _plans(person))),
            (PersonalPlan,),
        ),
        Chapter(
            "Where you stand in a programme",
            ("Gathering", "Part of the day", "Name", "Role"),
            tuple(
                (each.item.gathering.title, each.item.title, each.name, each.role)
                for each in person.spoke_at.select_related("item__gathering")
            ),
            (Speaker,),
        ),
    ]


def _plans(person: Person) -> list[PersonalPlan]:
    plans = PersonalPlan.objects.filter(registration__person=person)
    return readable(plans.select_related("registration__gathering"), "leave_alone", "checks_in")


def _plan(plan: PersonalPlan) -> tuple[Cell, ...]:
    sealed = (Sealed(words) if words else None for words in (plan.leave_alone, plan.checks_in))
    return plan.registration.gathering.title, plan.agenda_ahead, *sealed


def _said(person: Person) -> list[Chapter]:
    voices = person.voices.select_related("gathering").prefetch_related("insights__report_backs")
    answers = {
        answer.pk: (insight.words, answer.get_kind_display(), answer.words, answer.at)
        for voice in voices
        for insight in voice.insights.all()
        for answer in insight.report_backs.all()
    }
    return [
        Chapter(
            "What you said",
            ("Gathering", "Question", "Words", "Kept", "On"),
            tuple(
                (
                    each.gathering.title,
                    each.question,
                    each.words or "taken back",
                    each.get_wording_display(),
                    each.said_at,
                )
                for each in voices
            ),
            (Voice,),
        ),
        Chapter(
            "What came of it",
            ("Insight", "Answer", "In words", "On"),
            tuple(answers.values()),
            (ReportBack, ToldBack),
        ),
        Chapter(
            "Your consent cards",
            ("Gathering", "Code", "Entered"),
            tuple(
                (each.gathering.title, each.code, each.entered_at)
                for each in person.consent_cards.select_related("gathering")
            ),
            (ConsentCard,),
        ),
    ]


def _hosting(person: Person) -> list[Chapter]:
    made = ((each.title, "you prepared it", each.made_at) for each in person.gatherings_made.all())
    answered = ((each.words, "you reported back", each.at) for each in person.reported_back.all())
    worries = (
        ("a voice that somebody is worried about", "you raised it", each.raised_at)
        for each in person.worries_raised.all()
    )
    to_see = (
        ("a voice that somebody is worried about", "you were asked to look", each.raised_at)
        for each in person.worries_to_see.all()
    )
    decided = (
        (each.words, "you wrote the decision down", each.written_at)
        for each in person.decisions_written.all()
    )
    return [
        Chapter(
            "What you did for gatherings",
            ("What", "You", "On"),
            tuple(chain(made, answered, decided, worries, to_see)),
            (Gathering, Decision, Worry),
        )
    ]


def said(person: Person) -> list[Contribution]:
    """Their voices, whether everybody may read them, and each answer they got."""
    voices = list(
        person.voices.filter(taken_back_at=None)
        .select_related("said_by", "gathering")
        .prefetch_related("said_by__memberships__place", "insights__report_backs")
        .order_by("-said_at", "-id")
    )
    shown = {each.voice.pk for each in shown_of(voices, Where.WEB)}
    return [_contribution(voice, voice.pk in shown) for voice in voices]


def _contribution(voice: Voice, is_shown: bool) -> Contribution:
    insights = [each for each in voice.insights.all() if is_shown and each.shown_at]
    return Contribution(
        words=voice.words,
        where=voice.gathering.title,
        standing="everybody may read it" if insights else "shown to nobody",
        address=f"/gatherings/{voice.gathering.slug}/",
        answers=tuple(
            str(answer) for each in voice.insights.all() for answer in each.report_backs.all()
        ),
    )


def to_see(person: Person) -> list[ToSee]:
    """Their voices, before anybody else reads them."""
    voices = Voice.objects.listed().filter(said_by=person).select_related("gathering")
    return [ToSee(voice.item, voice.words, voice.gathering.title) for voice in voices]


def would_change(person: Person) -> list[Change]:
    """Each quote that leaves a page, each number that is corrected or not counted."""
    return [*_quotes(person), *_numbers(person)]


def _quotes(person: Person) -> list[Change]:
    voices = list(
        Voice.objects.listed()
        .filter(said_by=person)
        .select_related("said_by", "gathering")
        .prefetch_related("said_by__memberships__place")
    )
    return [
        Change(
            f"“{shown.voice.words}”",
            f"leaves the page of {shown.voice.gathering.title}, and every file made from now on",
            f"/gatherings/{shown.voice.gathering.slug}/",
        )
        for shown in shown_of(voices, Where.WEB)
    ]


def _numbers(person: Person) -> list[Change]:
    return [
        Change(
            f"How many were at {each.gathering.title}",
            "gets a dated note; the number is not counted again, because two numbers side by "
            "side would tell about one person"
            if evidence.is_told(each.gathering)
            else "will be counted without you",
            f"/gatherings/{each.gathering.slug}/",
        )
        for each in person.attendances.select_related("gathering")
    ]


def take_back(person: Person, word: Word) -> None:
    """Numbers that are out get a dated note; where none is out yet, they are not counted."""
    for attendance in person.attendances.select_related("gathering"):
        thing = evidence.thing_of(attendance.gathering)
        if evidence.is_told(attendance.gathering):
            figures.correct(figures_of(attendance.gathering), figures.SOMEBODY_TOOK_BACK)
        elif not consent.has_refused(person.id, thing):
            consent.note(
                word.by, person=person.id, thing=thing, obtained=word.obtained, witness=word.by
            )


def figures_of(gathering: Gathering) -> list[Figure]:
    return list(Figure.objects.filter(release__thing=evidence.thing_of(gathering)))


def words(person: Person) -> list[str]:
    """What they said, but for words that somebody else said as well."""
    said = list(person.voices.exclude(words="").values_list("words", flat=True))
    also = Voice.objects.filter(words__in=said).exclude(said_by=person)
    shared = set(also.values_list("words", flat=True))
    return [each for each in said if each not in shared]


def let_go(person: Person) -> None:
    """Their place goes to whoever waits, their words go, the numbers they are in say so."""
    for attendance in person.attendances.select_related("gathering"):
        figures.correct(figures_of(attendance.gathering), figures.SOMEBODY_WAS_ERASED)
    coming = person.registrations.standing().filter(gathering__ends_at__gte=timezone.now())
    for registration in coming.select_related("gathering", "person"):
        registering.cancel(registration)
    for voice in person.voices.filter(taken_back_at=None):
        noting.take_back(voice, by=None)
    person.spoke_at.update(name=A_SPEAKER, role="")
    looked_at = Worry.objects.filter(voice__said_by=person, resolved_at__isnull=False)
    looked_at.update(note=None, outcome=None)
    person.consent_cards.all().delete()


def name_of(thing: str) -> str:
    """What the ledger's names of ours mean: all of a kind at a gathering, or one voice."""
    kind, _, rest = thing.partition(":")
    opaque, _, what = rest.partition(" ")
    if kind == "voice":
        voice = Voice.objects.filter(pk=opaque).first()
        return f"“{voice.words}”" if voice and voice.words else "Words that were taken back"
    gathering = Gathering.objects.filter(pk=opaque).first() if kind == "gathering" else None
    return f"{KINDS[what]} {gathering.title}" if gathering and what in KINDS else ""


def places(person: Person) -> set[int]:
    """Where they registered, were, or handed in a card."""
    related = (person.registrations, person.attendances, person.consent_cards)
    found = (each.values_list("gathering__place_id", flat=True) for each in related)
    return {place for each in found for place in each}


KEEPER = Keeper(
    tell=tell,
    said=said,
    to_see=to_see,
    would_change=would_change,
    take_back=take_back,
    words=words,
    let_go=let_go,
    places=places,
    whose=consenting.whose,
    name_of=name_of,
)
