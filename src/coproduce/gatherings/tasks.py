"""What goes out in the background, so that nobody who registers or cancels waits for the post."""

from uuid import UUID

from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from coproduce.gatherings import reminding, telling, telling_back, to_see
from coproduce.gatherings.models import Gathering, Notice, Registration, ReportBack
from coproduce.people.models import Person


@task()
def tell_one(registration_id: str, about: str) -> str:
    """Tell one person something about their registration."""
    found = Registration.objects.select_related("gathering__place", "person", "reach")
    registration = found.filter(pk=UUID(registration_id)).first()
    if registration is None:
        return "They are not known here any more."
    outcome = telling.tell(registration, Notice.About(about))
    return outcome.value if outcome else "They had been told."


@task()
def tell_everybody(gathering_id: str, about: str, number: int = 0) -> str:
    """Tell everybody who comes or waits. Begun again after a crash, it goes on where it was."""
    gathering = Gathering.objects.get(pk=UUID(gathering_id))
    standing = gathering.registrations.standing()
    told = [
        telling.tell(registration, Notice.About(about), number)
        for registration in standing.select_related("gathering__place", "person", "reach")
    ]
    return f"{sum(outcome is not None for outcome in told)} people were told."


@task()
def tell_back(answer: int) -> str:
    """Tell those behind what was said what came of it. Begun again, it goes on where it was."""
    found = ReportBack.objects.filter(pk=answer).first()
    told = telling_back.tell_back(found) if found else 0
    return f"{told} people were told."


@task()
def ask_to_look(gathering_id: str, person_id: str) -> str:
    """Ask somebody to look at what they wanted to see before anybody else does."""
    gathering = Gathering.objects.get(pk=UUID(gathering_id))
    person = Person.objects.filter(pk=UUID(person_id)).first()
    return to_see.ask(gathering, person).value if person else "They are not known any more."


@task()
def send_what_is_due() -> str:
    """Remind whoever is to be reminded now, and try again what did not get through."""
    told = [
        telling.tell(each.registration, each.about, each.number)
        for each in reminding.due(timezone.now())
    ]
    return f"{sum(outcome is not None for outcome in told)} people were told."


def see_to_reminders() -> None:
    """Queue what is due, unless that is queued: the worker calls this every minute."""
    unfinished = DBTaskResult.objects.filter(
        task_path=send_what_is_due.module_path, status__in=("READY", "RUNNING")
    )
    if not unfinished.exists() and reminding.is_anybody_due():
        send_what_is_due.enqueue()
