"""Taking somebody's name or words out of every report, its versions and the decisions.

What a report quotes stands in it by id, so it goes with the voice itself. But an editor may have
typed a name or a sentence into a text, and a version keeps that text. Here both are found, drafts
and versions alike, whatever the case of the letters, and a mark is left in their place.
"""

import html
import re
from collections.abc import Iterable
from typing import Any

from django.db import models, transaction

from coproduce.gatherings.models import Decision
from coproduce.reports.models import Report, Version
from coproduce.trust import log

MARK = "[taken out]"
BETWEEN = r"(?:\s|<[^>]*>)+"  # two words, one of which may be bold
TYPED = ("title", "author", "organisation", "permission_from", "permission_scope")
DECIDED = ("words", "why", "decided_by", "what_next")


def take_words_out(words: Iterable[str]) -> int:
    """Take these names, addresses and sentences out of whatever was typed; how many rows changed.

    `words`: each is looked for as a whole, as it stands; short ones only as whole words.
    """
    sought = _pattern(words)
    if sought is None:
        return 0
    with transaction.atomic():
        changed = sum(_report(each, sought) for each in Report.objects.select_for_update())
        changed += sum(_version(each, sought) for each in Version.objects.select_for_update())
        changed += sum(_fields(each, DECIDED, sought) for each in Decision.objects.all())
        if changed:
            log.record("take words out", "reports", by=None, note=f"{changed} rows")
    return changed


def _pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    """All of them in one; the longest first, so that no rest of a sentence stays behind."""
    plain = {" ".join(each.split()) for each in words} - {""}
    given = sorted(
        plain | {html.escape(each, quote=False) for each in plain}, key=len, reverse=True
    )
    if not given:
        return None
    spaced = [BETWEEN.join(map(re.escape, each.split())) for each in given]
    return re.compile(rf"(?<!\w)(?:{'|'.join(spaced)})(?!\w)", re.IGNORECASE)


def _report(report: Report, sought: re.Pattern[str]) -> bool:
    body = _without(list(report.body.raw_data), sought)
    changed = body != list(report.body.raw_data)
    if changed:
        report.body = body
        report.save(update_fields=["body"])
    if sought.search(report.address):
        report.address, changed = "", True
        report.save(update_fields=["address"])
    return _fields(report, TYPED, sought) or changed


def _version(version: Version, sought: re.Pattern[str]) -> bool:
    body = _without(version.body, sought)
    changed = bool(body != version.body)
    if changed:
        version.body = body
        version.save(update_fields=["body"])
    return _fields(version, ("title", "note"), sought) or changed


def _fields(row: models.Model, names: Iterable[str], sought: re.Pattern[str]) -> bool:
    now = {name: getattr(row, name) for name in names}
    after = {name: _without(value, sought) for name, value in now.items()}
    changed = [name for name in now if now[name] != after[name]]
    for name in changed:
        longest = getattr(row._meta.get_field(name), "max_length", None)
        setattr(row, name, after[name][:longest])
    if changed:
        row.save(update_fields=changed)
    return bool(changed)


def _without(value: Any, sought: re.Pattern[str]) -> Any:
    """The same without what is sought, at whatever depth it stands."""
    if isinstance(value, str):
        return sought.sub(MARK, value)
    if isinstance(value, list):
        return [_without(each, sought) for each in value]
    if isinstance(value, dict):
        return {name: _without(each, sought) for name, each in value.items()}
    return value
