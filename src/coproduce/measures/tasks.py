"""What is worked out in the background."""

from uuid import UUID

from django_tasks import task

from coproduce.measures import evidence
from coproduce.measures.models import Wave


@task()
def count_anew(wave_id: str) -> str:
    """After somebody took their answers back: a new figure where it may be told, else a note."""
    wave = Wave.objects.filter(pk=UUID(wave_id)).select_related("survey").first()
    if wave is None:
        return "The wave is gone."
    said = evidence.count_anew(wave)
    pool_everything.enqueue()
    return said


@task()
def put_out(wave_id: str) -> str:
    """After a wave was closed: the figures that wait for it, or why there are none."""
    wave = Wave.objects.select_related("survey").get(pk=UUID(wave_id))
    written = evidence.put_out(wave.survey)
    if not written:
        return "Nothing can be told yet."
    pool_everything.enqueue()
    return f"{len(written)} releases."


@task()
def pool_everything() -> str:
    """What many projects say together, wherever it says something new."""
    return f"{len(evidence.pool_everything())} pools."
