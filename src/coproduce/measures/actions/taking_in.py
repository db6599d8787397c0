"""Taking in a file of answers: looked at first, then all of it or none."""

import json
from dataclasses import dataclass, replace
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from coproduce.formats.contacts import ContactTable, read_contacts
from coproduce.formats.errors import BadFile
from coproduce.measures import answer_rows, asked_in, codes
from coproduce.measures.actions import entering
from coproduce.measures.actions.deeds import NotPossible, record_deed
from coproduce.measures.actions.surveying import MOST_ITEMS
from coproduce.measures.answer_rows import CODE, Checked, Kinds, Problem, Row
from coproduce.measures.models import AnswersFile, Sheet, Wave
from coproduce.people.models import Person

FILES_LAST = timedelta(days=1)  # what nobody took in by then is thrown away
MOST_COLUMNS = 2 * MOST_ITEMS  # of which people leave out half
MOST_SHEETS = 2_000  # taken in within one transaction


@dataclass(frozen=True)
class Chosen:
    """Which column is what, and in which language the sheets were filled in."""

    kinds: Kinds
    language: str


def hand_in(wave: Wave, file: str, raw: bytes, by: Person) -> AnswersFile:
    """Read a file and keep it sealed until it has been looked at."""
    _check_open(wave)
    try:
        table = read_contacts(file, raw, most_columns=MOST_COLUMNS)
    except BadFile as broken:
        raise NotPossible(str(broken)) from broken
    if len(table.rows) > MOST_SHEETS:
        raise NotPossible(f"{len(table.rows)} rows; {MOST_SHEETS} fit. Take it in in parts.")
    with transaction.atomic():
        throw_old_ones_away()
        sealed = json.dumps({"header": table.header, "rows": table.rows})
        kept = AnswersFile.objects.create(wave=wave, by=by, file=file[:120], table=sealed)
        record_deed("hand in answers", wave.thing, by, note=f"{len(table.rows)} rows")
    return kept


def table_of(handed_in: AnswersFile) -> ContactTable:
    kept = json.loads(handed_in.table)
    return ContactTable(handed_in.file, tuple(kept["header"]), tuple(map(tuple, kept["rows"])))


def try_out(handed_in: AnswersFile, chosen: Chosen) -> Checked:
    """What would happen; nothing is changed. Sheets that are in already are told of as well."""
    table, wave = table_of(handed_in), handed_in.wave
    asked = asked_in.asked(wave)
    checked = answer_rows.check(
        wave, asked, table.header, table.rows, chosen.kinds, chosen.language
    )
    column = next(
        (name for name, kind in zip(table.header, chosen.kinds, strict=True) if kind == CODE), ""
    )
    problems = [*checked.problems, *_in_already(wave, checked.sheets, column)]
    return replace(checked, problems=tuple(sorted(problems, key=lambda each: each.row)))


def take_in(handed_in: AnswersFile, chosen: Chosen, by: Person) -> int:
    """All of its sheets in one transaction, and the file is forgotten; how many those were."""
    with transaction.atomic():
        _check_open(handed_in.wave)
        checked = try_out(handed_in, chosen)
        if checked.problems:
            raise NotPossible("There are rows to be mended first, so nothing was taken in.")
        if not checked.sheets:
            raise NotPossible("There is no sheet in this file. Say which column is what.")
        for row in checked.sheets:
            entering.enter(handed_in.wave, row.key, row.typed, by)
        record_deed("take in answers", handed_in.wave.thing, by, f"{len(checked.sheets)} sheets")
        handed_in.delete()
    return len(checked.sheets)


def throw_away(handed_in: AnswersFile, by: Person) -> None:
    with transaction.atomic():
        record_deed("throw answers away", handed_in.wave.thing, by)
        handed_in.delete()


def throw_old_ones_away() -> int:
    old = AnswersFile.objects.filter(handed_in_at__lt=timezone.now() - FILES_LAST)
    if not old.exists():  # a look first: deleting locks SQLite
        return 0
    return old.delete()[0]


def _in_already(wave: Wave, rows: tuple[Row, ...], column: str) -> list[Problem]:
    """Rows whose sheet this wave has: of the same code, or of the very same file."""
    sent = wave.sheets.sent()
    by_code = set(sent.values_list("participant__code_hash", "is_proxy"))
    by_key = set(
        Sheet.objects.filter(pk__in=[row.key for row in rows]).values_list("pk", flat=True)
    )
    return [
        Problem(row.number, column, "A sheet with this code is in already. Take the row out.")
        for row in rows
        if row.key in by_key
        or (
            row.typed.code
            and (codes.hash_of(wave.survey, row.typed.code), row.typed.how.is_proxy) in by_code
        )
    ]


def _check_open(wave: Wave) -> None:
    if not Wave.objects.open().filter(pk=wave.pk).exists():
        raise NotPossible(f"This wave is {wave.get_state_display()}: it takes no sheets now.")
