"""Answering what was said: we did, we are doing, we cannot, because. Then those behind it hear."""

from django.db import transaction

from coproduce.gatherings import tasks
from coproduce.gatherings.actions.deeds import NotPossible
from coproduce.gatherings.models import Insight, ReportBack
from coproduce.gatherings.to_be_found import insight_changed
from coproduce.people.models import Person
from coproduce.people.words import plain_words
from coproduce.trust import log

LONGEST = 500


def report_back(
    insight: Insight, kind: ReportBack.Kind, words: str, by: Person | None
) -> ReportBack:
    """Write the answer down; the worker then tells everybody whose voice is behind the insight."""
    plain = plain_words(words)
    if not plain:
        raise NotPossible("Say what was done, or why it cannot be.")
    if len(plain) > LONGEST:
        raise NotPossible(f"The answer has {len(plain)} characters; {LONGEST} is the most.")
    with transaction.atomic():
        answer = ReportBack.objects.create(insight=insight, kind=kind, words=plain, by=by)
        insight_changed(insight)
        log.record("report back", insight.thing, by=by.id if by else None, note=kind.value)
        tasks.tell_back.enqueue(answer.pk)
    return answer
