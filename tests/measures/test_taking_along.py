"""What everybody takes along: the figures as files, read back as whoever opens them reads them."""

import csv
import io
import json

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from coproduce.measures.models import Survey
from coproduce.trust.models import Figure
from tests import measured
from tests.measures.test_evidence import before_and_after, take_back

pytestmark = pytest.mark.django_db


def fetch(survey: Survey, ending: str) -> bytes:
    answer = Client().get(reverse("measures:figures_file", args=[survey.slug, ending]))
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    return answer.content


def lines_of(survey: Survey) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(fetch(survey, "csv").decode())))


def test_each_number_of_the_csv_stands_in_a_figure_of_the_page() -> None:
    _, second = before_and_after()
    lines = lines_of(second.survey)
    assert {"wave": "Wave 2, after", "row": "People", "value": "16"}.items() <= lines_of_change(
        lines
    )[0].items()
    for line in lines:
        figure = Figure.objects.get(pk=line["address"].rstrip("/").rpartition("/")[2])
        cells = {str(cell) for row in figure.value["rows"] for cell in row}
        assert line["value"] in cells | {f"'{cell}" for cell in cells}


def lines_of_change(lines: list[dict[str, str]]) -> list[dict[str, str]]:
    return [line for line in lines if line["figure"] == "My voice counts"]


def test_no_cell_of_a_file_begins_a_formula() -> None:
    survey = measured.a_survey()
    survey.title = "=HYPERLINK(1)"
    survey.written_by = "@somebody"
    survey.save()
    before_and_after(survey=survey)
    cells = [cell for line in lines_of(survey) for cell in line.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    book = openpyxl.load_workbook(io.BytesIO(fetch(survey, "xlsx")))
    about = dict(book["about"].iter_rows(values_only=True))
    assert "HYPERLINK" in about["title"]
    assert not [
        cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ]


def test_the_workbook_says_what_may_not_be_concluded() -> None:
    _, second = before_and_after()
    book = openpyxl.load_workbook(io.BytesIO(fetch(second.survey, "xlsx")))
    assert book.sheetnames == ["figures", "numbers", "limits", "about"]
    limits = [row[1] for row in book["limits"].iter_rows(values_only=True)]
    assert any("not what brought it about" in limit for limit in limits)


def test_the_json_holds_method_and_limits_and_only_what_the_tables_show() -> None:
    _, second = before_and_after()
    written = json.loads(fetch(second.survey, "json"))
    [wave] = written["waves"]
    change = next(each for each in wave["figures"] if each["kind"] == "change")
    assert change["people"] == 16
    assert change["method"] == "paired change between two waves"
    assert change["limits"]
    assert "facts" not in change  # more digits than the page shows would undo what it hides


def test_a_correction_travels_in_the_next_file() -> None:
    _, second = before_and_after()
    take_back(second.survey, 1)
    written = json.loads(fetch(second.survey, "json"))
    notes = [note for each in written["waves"][0]["figures"] for note in each["corrections"]]
    assert any("taken back" in note for note in notes)


def test_what_is_for_the_team_alone_is_in_no_file() -> None:
    _, second = before_and_after(12, 8)
    written = json.loads(fetch(second.survey, "json"))
    assert written["waves"] == []
    assert "Too few people" in " ".join(written["not_told_yet"])
    assert lines_of(second.survey) == []


def test_the_page_of_the_project_leads_to_the_files() -> None:
    _, second = before_and_after()
    assert second.survey.project is not None
    page = Client().get(reverse("projects:project", args=[second.survey.project.slug]))
    for ending in ("csv", "xlsx", "json"):
        assert reverse("measures:figures_file", args=[second.survey.slug, ending]) in (
            page.content.decode()
        )
