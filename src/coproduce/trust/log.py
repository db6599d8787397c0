"""The record of deeds: one entry an action, in the same transaction as the deed itself."""

from uuid import UUID

from coproduce.trust.models import LogEntry


def record(deed: str, thing: str, *, by: UUID | None, note: str = "") -> LogEntry:
    """Write down who did what to which thing; `by=None` is the platform itself."""
    return LogEntry.objects.create(deed=deed, thing=thing, actor=by, note=note)
