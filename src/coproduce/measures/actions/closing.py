"""Closing a wave: nobody can answer any more, and what changed is worked out, once."""

from django.utils import timezone

from coproduce.measures import tasks
from coproduce.measures.actions.deeds import NotPossible, in_hand, record_deed
from coproduce.measures.models import Wave, WaveState
from coproduce.people.models import Person


def close_wave(wave: Wave, by: Person | None) -> None:
    with in_hand(wave):
        if not wave.is_open:
            raise NotPossible(f"This wave is {wave.get_state_display()}: it cannot be closed now.")
        wave.state, wave.closed_at = WaveState.CLOSED, timezone.now()
        wave.save(update_fields=["state", "closed_at"])
        record_deed("close wave", wave.thing, by)
        tasks.put_out.enqueue(str(wave.pk))
