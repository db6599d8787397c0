"""What does the worker do unasked? Keeps live counts, checks them at night, sees to reminders.

Following them is no task in the queue, every few seconds: its rows would tell when people answered.
"""

import logging
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from coproduce.conversations import evidence, tasks
from coproduce.conversations.models import Conversation, Mark
from coproduce.gatherings.actions import planning
from coproduce.gatherings.models import Insight
from coproduce.gatherings.needs import throw_away_of_past_guests
from coproduce.gatherings.tasks import see_to_reminders
from coproduce.measures.actions import taking_in
from coproduce.people import tasks as people_tasks
from coproduce.people.actions import introducing
from coproduce.people.actions.bringing_in import throw_old_ones_away
from coproduce.people.models import Place, Promise
from coproduce.reports import tasks as report_tasks
from coproduce.search import tasks as search_tasks
from coproduce.trust.traces import empty_the_log

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_COUNTS = 5.0  # no hurry: before a picture is drawn, whoever is missing is counted
SECONDS_BETWEEN_LOOKS = 60.0
NIGHT = 3  # o'clock: no hall is full


@dataclass
class Rounds:
    """The rounds of one worker: what it has seen to, and when."""

    counted_at: float = float("-inf")
    looked_at: float = float("-inf")
    emptied_at: datetime = field(default_factory=timezone.localtime)

    def make(self) -> None:
        """Do what is due."""
        now = time.monotonic()
        if now >= self.counted_at + SECONDS_BETWEEN_COUNTS:
            self.counted_at = now
            keep_up()
        if now >= self.looked_at + SECONDS_BETWEEN_LOOKS:
            self.looked_at = now
            ask_for_checks(timezone.localtime())
            see_to_reminders()
            ask_for_reminders(timezone.localtime())
            people_tasks.see_to_what_waits(timezone.now())
            ask_for_search(timezone.localtime())
            ask_for_answers(timezone.localtime())
            throw_old_ones_away()
            planning.throw_old_ones_away()
            throw_away_of_past_guests()
            introducing.throw_old_ones_away()
            taking_in.throw_old_ones_away()
            self._empty_the_log_at_night(timezone.localtime())

    def _empty_the_log_at_night(self, now: datetime) -> None:
        """What was erased while the database was busy leaves its log as well."""
        if self.emptied_at < last_night(now) and empty_the_log():
            self.emptied_at = now


def keep_up() -> None:
    """Let the count of every open conversation follow those who have answered."""
    marks = Mark.objects.filter(conversation=OuterRef("pk"))
    for conversation in Conversation.objects.open().filter(Exists(marks)):
        try:
            evidence.keep_up(conversation)
        except Exception as trouble:  # the marks stay, and the next round tries again
            logger.error("%s is not counted: %s.", conversation.thing, type(trouble).__name__)


def ask_for_checks(now: datetime) -> None:
    """Once a night have each count held against the votes, if the conversation was open by then."""
    night = last_night(now)
    asked = DBTaskResult.objects.filter(
        task_path=tasks.check_moments.module_path, enqueued_at__gte=night
    )
    done = {task.args_kwargs["args"][0] for task in asked}
    for conversation in Conversation.objects.open().filter(opened_at__lt=night):
        if str(conversation.id) not in done:
            tasks.check_moments.enqueue(str(conversation.id))


def ask_for_reminders(now: datetime) -> None:
    """Once a night have people asked about promises that are half a year old."""
    asked = DBTaskResult.objects.filter(
        task_path=people_tasks.remind_of_promises.module_path, enqueued_at__gte=last_night(now)
    )
    if Promise.objects.to_remind().exists() and not asked.exists():
        people_tasks.remind_of_promises.enqueue()


def ask_for_search(now: datetime) -> None:
    """Once a night have what can be found held against what there is; without a place, nothing."""
    asked = DBTaskResult.objects.filter(
        task_path=search_tasks.hold_against_rooms.module_path, enqueued_at__gte=last_night(now)
    )
    if Place.objects.exists() and not asked.exists():
        search_tasks.hold_against_rooms.enqueue()


def ask_for_answers(now: datetime) -> None:
    """Once a night have each place's share of what was answered in time counted anew."""
    asked = DBTaskResult.objects.filter(
        task_path=report_tasks.count_all_answers.module_path, enqueued_at__gte=last_night(now)
    )
    if Insight.objects.on_show().exists() and not asked.exists():
        report_tasks.count_all_answers.enqueue()


def last_night(now: datetime) -> datetime:
    """The last time that it struck three."""
    tonight = now.replace(hour=NIGHT, minute=0, second=0, microsecond=0)
    return tonight if tonight <= now else tonight - timedelta(days=1)
