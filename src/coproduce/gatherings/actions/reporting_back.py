"""Answering what was said: we did, we are doing, we cannot, because. Then those behind it hear.

An insight, a single voice, or a whole conversation can be answered. Whoever is behind an insight
or a voice hears of it in their own way. Nobody is behind a conversation: its answers are anonymous.
"""

from typing import Any

from django.db import transaction

from coproduce.gatherings import tasks
from coproduce.gatherings.actions.deeds import NotPossible
from coproduce.gatherings.models import Insight, ReportBack, Voice
from coproduce.gatherings.to_be_found import insight_changed
from coproduce.people.models import Person
from coproduce.people.words import plain_words
from coproduce.trust import log

LONGEST = 500


def report_back(
    insight: Insight, kind: ReportBack.Kind, words: str, by: Person | None
) -> ReportBack:
    """Write the answer down; the worker then tells everybody whose voice is behind the insight."""
    return _answer(insight.thing, kind, words, by, is_told=True, insight=insight)


def answer_voice(voice: Voice, kind: ReportBack.Kind, words: str, by: Person | None) -> ReportBack:
    """The same to a single voice; the worker then tells whoever said it, if anybody knows who."""
    if voice.taken_back_at is not None:
        raise NotPossible("Whoever said this has taken it back: there is nothing to answer.")
    return _answer(voice.thing, kind, words, by, is_told=True, voice=voice)


def answer_thing(thing: str, kind: ReportBack.Kind, words: str, by: Person | None) -> ReportBack:
    """The same to a thing of another room. Nobody is told: it stands on the thing's own page."""
    return _answer(thing, kind, words, by, is_told=False, thing=thing)


def _answer(
    about: str,
    kind: ReportBack.Kind,
    words: str,
    by: Person | None,
    *,
    is_told: bool,
    **answered: Any,
) -> ReportBack:
    plain = plain_words(words)
    if not plain:
        raise NotPossible("Say what was done, or why it cannot be.")
    if len(plain) > LONGEST:
        raise NotPossible(f"The answer has {len(plain)} characters; {LONGEST} is the most.")
    with transaction.atomic():
        answer = ReportBack.objects.create(kind=kind, words=plain, by=by, **answered)
        if answer.insight is not None:
            insight_changed(answer.insight)
        log.record("report back", about, by=by.id if by else None, note=kind.value)
        if is_told:
            tasks.tell_back.enqueue(answer.pk)
    return answer
