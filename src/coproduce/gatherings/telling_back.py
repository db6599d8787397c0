"""Who hears what came of what they said, and how is nobody told twice?

As in `telling`: a row is written before a message goes out.
"""

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from coproduce.gatherings import addresses
from coproduce.gatherings.models import Gathering, ReportBack, ToldBack
from coproduce.people import channels
from coproduce.people.channels import Message, Outcome
from coproduce.people.models import Person


def tell_back(answer: ReportBack) -> int:
    """Tell each person behind it once; how many heard of it, or will by letter."""
    outcomes = [_tell(answer, person) for person in _behind(answer).order_by("pk")]
    return sum(each in (Outcome.SENT, Outcome.TO_PRINT) for each in outcomes)


def _behind(answer: ReportBack) -> QuerySet[Person]:
    """Those whose words were answered; behind a thing of another room stands nobody."""
    if answer.voice is not None:
        return Person.objects.filter(voices=answer.voice)
    if answer.insight is not None:
        return Person.objects.filter(voices__insights=answer.insight).distinct()
    return Person.objects.none()


def _tell(answer: ReportBack, person: Person) -> Outcome | None:
    told = _begin(answer, person)
    if told is None:
        return None
    outcome = channels.tell(person, message(answer))
    ToldBack.objects.filter(pk=told.pk).update(outcome=outcome.value, at=timezone.now())
    return outcome


def _begin(answer: ReportBack, person: Person) -> ToldBack | None:
    """The row that says we are at it; one that did not get through may be taken up again."""
    try:
        with transaction.atomic():
            return ToldBack.objects.create(report_back=answer, person=person)
    except IntegrityError:
        told = ToldBack.objects.filter(report_back=answer, person=person)
        again = told.filter(outcome=Outcome.NOT_NOW.value).update(outcome="")
        return told.get() if again else None


def message(answer: ReportBack) -> Message:
    """What they hear. It repeats the point, never their own words: others may read the post."""
    gathering = _gathering(answer)
    where = f"\n\nMore stands here: {addresses.of_gathering(gathering)}" if gathering else ""
    return Message(
        "What came of what you said",
        f"{_what_they_said(answer)}\n\n"
        f"{answer.get_kind_display()}. {answer.words}{where}\n\nThank you for telling us.",
    )


def _gathering(answer: ReportBack) -> Gathering | None:
    if answer.voice is not None:
        return answer.voice.gathering
    return answer.insight.gathering if answer.insight else None


def _what_they_said(answer: ReportBack) -> str:
    if answer.insight is not None:
        return f"You and others told us: {answer.insight.words}"
    gathering = _gathering(answer)
    return f"You told us something at “{gathering}”." if gathering else "You told us something."
