"""Whoever is quoted in a report that is out learns what becomes of it before they take it back."""

from dataclasses import replace

import pytest

from coproduce.people import everything
from coproduce.people.actions import erasing, taking_back
from coproduce.people.models import Person
from coproduce.reports.body import written
from coproduce.reports.models import Report
from tests.reports import days

pytestmark = pytest.mark.django_db


def the_speaker() -> Person:
    return Person.objects.get(voices__words=days.SAID)


def of_the_report(person: Person, report: Report) -> list[everything.Change]:
    return [each for each in everything.changes_for(person) if each.what == report.title]


def test_it_is_among_what_would_change_and_is_not_any_more_once_taken_back() -> None:
    report = days.published().report
    [change] = of_the_report(the_speaker(), report)
    assert change.address == f"/reports/{report.slug}/"
    taking_back.take_back(the_speaker())
    assert of_the_report(the_speaker(), report) == []


def test_nothing_is_told_to_somebody_who_is_not_quoted() -> None:
    report = days.published().report
    assert of_the_report(Person.objects.create(name="Made-up Omar"), report) == []


def test_an_erasure_leaves_no_word_in_any_version() -> None:
    report = days.published().report
    block = next(each for each in report.blocks if each.kind == "text")
    report.write([replace(block, value=f"<p>As one <b>said</b>: {days.SAID}</p>")])
    report.save()
    report.versions.update(body=written(report.blocks))
    erasing.erase(the_speaker())
    report.refresh_from_db()
    assert days.SAID not in str([each.value for each in report.blocks])
    assert days.SAID not in str([each.body for each in report.versions.all()])
    assert "[taken back]" in str([each.value for each in report.blocks])
