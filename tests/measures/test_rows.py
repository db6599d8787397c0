"""Rows of answers leave by two people, of those who said so, alike enough to tell on nobody."""

import csv
import io
import json
import zipfile
from collections import Counter
from dataclasses import replace

import numpy as np
import openpyxl
import polars
import pyreadstat
import pytest
from django.test import Client
from django.urls import reverse

from coproduce.formats.instruments.native import write_instrument
from coproduce.formats.instruments.record import Item, Kind
from coproduce.measures import asked_in
from coproduce.measures.actions import answering, taking_back
from coproduce.measures.actions.answering import AS_USUAL, How
from coproduce.measures.evidence import anonymity
from coproduce.measures.models import Instrument, Sheet, Wave
from coproduce.people.models import Person
from coproduce.trust.models import LogEntry, Request
from tests import cast, measured

WHY = "The university looks at how being heard spreads."


@pytest.fixture
def wave(db: None) -> Wave:
    return closed_wave()


def an_instrument_with_ages() -> Instrument:
    record = measured.a_record("heard-by")
    age = Item("age", {"en": "=How old are you?"}, kind=Kind.NUMBER, high=110)
    first, *others = record.items
    record = replace(record, items=(age, replace(first, sensitive=True), *others))
    return Instrument.objects.create(code="heard-by", version="1", record=write_instrument(record))


def closed_wave(people: int = 24) -> Wave:
    """Four ages, six times each; one more of an age of their own; all said yes."""
    wave = measured.an_open_wave(instruments=[an_instrument_with_ages()])
    for number in range(people):
        answers(wave, number, 30 + number % 2, 1 + number // 2 % 2, 2)
    answers(wave, people, 99, 3, 4)
    measured.close(wave)
    return wave


def answers(wave: Wave, person: int, *given: int, how: How = AS_USUAL, to: bool = True) -> Sheet:
    sheet = answering.begin(wave, measured.code_of(person), how)
    asked = asked_in.asked(wave).questions
    for question, value in zip(asked, [*map(str, given), "@They hear me."], strict=True):
        answering.answer(sheet, question, value)
    answering.send(sheet, may_be_researched=to)
    return sheet


def page_of(wave: Wave) -> str:
    return reverse("measures:rows", args=[wave.survey.slug, wave.number])


def as_(somebody: Person) -> Client:
    return cast.log_in(Client(), somebody)


def ask(wave: Wave, somebody: Person, *marked: str) -> Request:
    as_(somebody).post(page_of(wave), {"why": WHY, "has_read": "on", "marked": marked})
    return Request.objects.get(thing=wave.thing, asked_by=somebody.id)


def agreed(wave: Wave, *marked: str) -> Request:
    request = ask(wave, cast.evaluator(), *marked)
    as_(cast.coordinator()).post(f"{page_of(wave)}{request.id}/agree/")
    return request


def fetch(wave: Wave, request: Request, somebody: Person | None = None):
    return as_(somebody or cast.evaluator()).post(f"{page_of(wave)}{request.id}/rows.zip")


def files_in(answer) -> dict[str, bytes]:
    assert answer.status_code == 200
    packed = zipfile.ZipFile(io.BytesIO(answer.content))
    return {name: packed.read(name) for name in packed.namelist()}


def rows_in(files: dict[str, bytes]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files["answers.csv"].decode())))


def test_one_asks_another_agrees_and_both_can_fetch(wave: Wave) -> None:
    request = agreed(wave)
    for somebody in (cast.evaluator(), cast.coordinator()):
        assert fetch(wave, request, somebody)["Content-Type"] == "application/zip"
    assert LogEntry.objects.filter(deed="release rows of a survey", thing=wave.thing).count() == 2


def test_the_one_who_asked_cannot_agree_nor_fetch_alone(wave: Wave) -> None:
    request = ask(wave, cast.evaluator())
    as_(cast.evaluator()).post(f"{page_of(wave)}{request.id}/agree/")
    request.refresh_from_db()
    assert request.agreed_by is None
    assert fetch(wave, request).status_code == 302


def test_a_third_person_asks_for_their_own(wave: Wave) -> None:
    assert fetch(wave, agreed(wave), cast.other_coordinator()).status_code == 302


def test_an_agreement_about_one_wave_opens_no_other(wave: Wave) -> None:
    request = agreed(wave)
    other = measured.an_open_wave()
    measured.everybody(other, [(1, 2)] * 12)
    measured.close(other)
    assert fetch(other, request).status_code == 302


def test_it_needs_a_reason_and_keeps_what_was_typed(wave: Wave) -> None:
    page = as_(cast.evaluator()).post(page_of(wave), {"why": "because"}).content.decode()
    assert "Say a little more" in page
    assert ">\nbecause</textarea>" in page
    assert not Request.objects.exists()


@pytest.mark.django_db
def test_nothing_leaves_a_wave_that_is_open() -> None:
    wave = measured.an_open_wave()
    measured.everybody(wave, [(1, 2)] * 12)
    as_(cast.evaluator()).post(page_of(wave), {"why": WHY, "has_read": "on"})
    assert not Request.objects.exists()


def test_whoever_is_alone_with_what_is_known_stays_here(wave: Wave) -> None:
    files = files_in(fetch(wave, agreed(wave)))
    rows = rows_in(files)
    assert len(rows) == 24
    assert "99" not in {row["heard_by_age"] for row in rows}
    alike = Counter((row["heard_by_age"], row["heard_by_q1"]) for row in rows)
    assert min(alike.values()) >= 5
    assert "Fewer than 5 rows were left out" in files["about.csv"].decode()


def test_what_is_ticked_hides_among_others_too(db: None) -> None:
    wave = measured.an_open_wave(instruments=[an_instrument_with_ages()])
    for number in range(24):
        answers(wave, number, 30, 1 + number % 2, 5 if number in (0, 1) else 2)
    measured.close(wave)
    request = agreed(wave, "heard-by.q2")
    rows = rows_in(files_in(fetch(wave, request)))
    assert len(rows) == 22
    assert {row["heard_by_q2"] for row in rows} == {"2"}


def test_own_words_days_and_codes_are_in_no_file(wave: Wave) -> None:
    files = files_in(fetch(wave, agreed(wave)))
    header = files["answers.csv"].decode().splitlines()[0]
    assert header == "row,heard_by_age,heard_by_q1,heard_by_q2"
    secret = {"They hear me", "PERSON", *(str(sheet.participant_id) for sheet in sheets(wave))}
    secret |= {f"{sheet.sent_on:%Y-%m-%d}" for sheet in sheets(wave)}
    for name, content in files.items():
        assert not [each for each in secret if each.encode() in content], name


def sheets(wave: Wave) -> list[Sheet]:
    return list(wave.sheets.all())


def test_who_said_no_and_who_was_answered_for_are_not_in_it(db: None) -> None:
    wave = measured.an_open_wave(instruments=[an_instrument_with_ages()])
    for number in range(24):
        answers(wave, number, 30, 1 + number % 2, 2)
    for number in range(24, 30):
        answers(wave, number, 30, 1, 5, to=False)
    for number in range(30, 36):
        answers(wave, number, 30, 2, 5, how=How(is_proxy=True))
    measured.close(wave)
    rows = rows_in(files_in(fetch(wave, agreed(wave))))
    assert {row["heard_by_q2"] for row in rows} == {"2"}


def test_no_row_of_somebody_who_took_back_and_no_second_file_that_tells_on_them(
    wave: Wave,
) -> None:
    request = agreed(wave)
    take_back(wave, 0)
    first = rows_in(files_in(fetch(wave, request)))
    assert len(first) == 23
    take_back(wave, 1)
    answer = as_(cast.evaluator()).post(f"{page_of(wave)}{request.id}/rows.zip", follow=True)
    assert "these would tell about the few people" in answer.content.decode()


def take_back(wave: Wave, person: int) -> None:
    held = answering.held_under(wave.survey, measured.code_of(person))
    assert held is not None
    taking_back.take_back(held.participant.pk)


def test_two_files_of_the_same_rows_share_neither_names_nor_order(wave: Wave) -> None:
    request = agreed(wave)
    first, second = (rows_in(files_in(fetch(wave, request))) for _ in range(2))
    assert not {row["row"] for row in first} & {row["row"] for row in second}
    assert sorted(map(bare, first)) == sorted(map(bare, second))
    assert list(map(bare, first)) != list(map(bare, second))


def bare(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(value for name, value in row.items() if name != "row")


def test_every_kind_of_file_holds_the_same_rows(wave: Wave, tmp_path) -> None:
    files = files_in(fetch(wave, agreed(wave)))
    rows = sorted(bare(row) for row in rows_in(files))
    (tmp_path / "answers.sav").write_bytes(files["answers.sav"])
    sav, about = pyreadstat.read_sav(str(tmp_path / "answers.sav"), output_format="polars")
    assert about.column_names_to_labels["heard_by_q1"] == "My voice counts here, way 1."
    assert sorted(tuple(f"{cell:g}" for cell in row[1:]) for row in sav.iter_rows()) == rows
    parquet = polars.read_parquet(io.BytesIO(files["answers.parquet"]))
    assert sorted(tuple(map(str, row[1:])) for row in parquet.iter_rows()) == rows
    book = openpyxl.load_workbook(io.BytesIO(files["answers.xlsx"]))
    cells = list(book["answers"].iter_rows(values_only=True))[1:]
    assert sorted(tuple(map(str, row[1:])) for row in cells) == rows
    described = json.loads(files["datapackage.json"])
    fields = described["resources"][0]["schema"]["fields"]
    assert [each["quasiIdentifier"] for each in fields] == [False, True, True, False]


def test_no_cell_begins_a_formula(wave: Wave) -> None:
    files = files_in(fetch(wave, agreed(wave)))
    for name in ("answers.csv", "codebook.csv", "about.csv"):
        cells = [cell for row in csv.reader(io.StringIO(files[name].decode())) for cell in row]
        begins = [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]
        assert all(map(is_number, begins)), name
    assert "'=How old are you?" in files["codebook.csv"].decode()


def is_number(cell: str) -> bool:
    return cell.lstrip("-").replace(".", "", 1).isdigit()


@pytest.mark.django_db
def test_fewer_than_ten_rows_never_leave() -> None:
    wave = measured.an_open_wave()
    measured.everybody(wave, [(1, 2)] * 9)
    measured.close(wave)
    answer = as_(cast.evaluator()).post(page_of(wave), {"why": WHY, "has_read": "on"}, follow=True)
    assert "Fewer than ten rows could leave" in answer.content.decode()
    assert not Request.objects.exists()


@pytest.mark.parametrize("seed", range(20))
def test_among_rows_that_stand_nobody_is_alone_nor_given_away(seed: int) -> None:
    dice = np.random.default_rng(seed)
    known, sensitive = dice.integers(0, 3, (60, 2)), dice.integers(0, 2, (60, 2))
    kept = anonymity.may_stand(known, sensitive)
    every = [tuple(row) for row in np.column_stack([known, sensitive])[kept].tolist()]
    assert all(times >= 5 for times in Counter(every).values())
    for group in {row[:2] for row in every}:
        alike = [row[2:] for row in every if row[:2] == group]
        assert all(len(set(answers)) >= 2 for answers in zip(*alike, strict=True))


def test_relabelling_and_order_do_not_change_who_may_stand() -> None:
    dice = np.random.default_rng(7)
    known, sensitive = dice.integers(0, 4, (200, 2)), dice.integers(0, 2, (200, 1))
    kept = anonymity.may_stand(known, sensitive)
    order = dice.permutation(200)
    again = anonymity.may_stand(9 - known[order], sensitive[order] + 3)
    assert 0 < kept.sum() < 200
    assert (again == kept[order]).all()


def test_where_all_gave_the_same_sensitive_answer_nobody_stands() -> None:
    known = np.repeat([[1], [2]], 10, axis=0)
    sensitive = np.array([[1]] * 10 + [[1], [2]] * 5)
    kept = anonymity.may_stand(known, sensitive)
    assert kept.tolist() == [False] * 10 + [True] * 10
