"""Whatever is typed into a form of a report, it answers with a page and not with an error."""

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coproduce.reports.actions.writing import fingerprint
from coproduce.reports.body import Kind
from coproduce.reports.models import Report
from tests import cast
from tests.reports import days

pytestmark = pytest.mark.django_db

ODD = st.one_of(
    st.text(max_size=60),
    st.sampled_from(["", "\x00", "-1", "0001-01-01", "9999-12-31", "up", "down", "first", "done"]),
    st.sampled_from(["<script>", "**", "- ", "](https://", "[a](b)", "\u202e", "62 %", "💥" * 300]),
    st.uuids().map(str),
)
FORMS = {
    "decisions": "words why decided_by decided_on insights what_next by_when instead_of",
    "report/guest": "title author organisation address licence permission_from permission_on text",
    "report/{id}/about": "title",
    **{f"report/{{id}}/add/{kind.value}": f"words who by_when {kind.value} after" for kind in Kind},
    "report/{id}/block/{block}": "words was",
    "report/{id}/block/nothing": "words was",
    "report/{id}/block/{block}/move": "way",
    "report/{id}/block/{block}/take-out": "was",
    "report/{id}/publish": "note",
    "checklist": "line state",
    "thanks": "words",
}


@pytest.fixture
def report() -> Report:
    """A report that everybody in this file writes in; each takes back what they wrote."""
    return days.a_report()


@pytest.fixture
def host() -> Client:
    return cast.log_in(Client(), cast.coordinator())


@pytest.mark.parametrize("form", FORMS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(drawn=st.data())
def test_no_input_breaks_a_form(
    report: Report, host: Client, form: str, drawn: st.DataObject
) -> None:
    names = st.sampled_from(FORMS[form].split())
    typed = drawn.draw(st.dictionaries(names, st.one_of(ODD, st.lists(ODD, max_size=3))))
    report.refresh_from_db()
    block = next(each for each in report.blocks if each.kind == Kind.TEXT)
    with transaction.atomic():
        if "was" in typed and drawn.draw(st.booleans()):
            typed["was"] = fingerprint(block)
        path = form.format(id=report.pk, block=block.id)

        answer = host.post(f"/host/the-day/{path}/", typed)

        assert answer.status_code < 500
        if answer.status_code == 302:  # it was taken, so it must be readable too
            preview = host.get(f"/host/the-day/report/{report.pk}/preview/")
            assert preview.status_code == 200
        transaction.set_rollback(True)


@pytest.mark.parametrize("page", ["/reports/", "/decisions/"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(asked=st.dictionaries(st.sampled_from(["page", "place"]), ODD))
def test_no_question_breaks_a_list(page: str, asked: dict[str, str]) -> None:
    assert Client().get(page, asked).status_code == 200
