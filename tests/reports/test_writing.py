"""A report is written block by block, by several people at once, and nothing typed is lost."""

import pytest
from django.test import Client
from django.urls import reverse

from coproduce.gatherings.actions import attending
from coproduce.reports import rich
from coproduce.reports.actions import writing
from coproduce.reports.actions.deeds import NotPossible
from coproduce.reports.actions.writing import ChangedMeanwhile, fingerprint
from coproduce.reports.body import Block, Kind
from coproduce.reports.models import Report
from coproduce.trust.models import Figure, LogEntry, Where
from tests import cast
from tests.reports import days

pytestmark = pytest.mark.django_db


@pytest.fixture
def report() -> Report:
    """A report of three texts."""
    report = writing.begin(days.a_day(), None)
    report.write([days.text("One"), days.text("Two"), days.text("Three")])
    report.save()
    return report


@pytest.fixture
def host(client: Client) -> Client:
    return cast.log_in(client, cast.facilitator())


def texts(report: Report) -> list[str]:
    report.refresh_from_db()
    return [rich.to_typed(block.value) for block in report.blocks if block.kind == Kind.TEXT]


def page(report: Report, name: str, *more: str) -> str:
    return reverse(f"reports:{name}", args=[report.gathering.slug, report.pk, *more])


def test_a_day_has_one_report_of_its_own(report: Report) -> None:
    with pytest.raises(NotPossible, match="already"):
        writing.begin(report.gathering, None)


@pytest.mark.parametrize(
    ("at", "steps", "then"),
    [
        (0, 1, ["Two", "One", "Three"]),
        (2, -1, ["One", "Three", "Two"]),
        (0, -1, ["One", "Two", "Three"]),
        (2, 5, ["One", "Two", "Three"]),
    ],
)
def test_a_block_moves_and_stays_inside(
    report: Report, at: int, steps: int, then: list[str]
) -> None:
    writing.move(report, report.blocks[at].id, None, steps=steps)
    assert texts(report) == then


@pytest.mark.parametrize(
    ("after", "then"),
    [
        ("", ["One", "Two", "Three", "New"]),
        ("first", ["New", "One", "Two", "Three"]),
        (0, ["One", "New", "Two", "Three"]),
        ("taken out meanwhile", ["One", "Two", "Three", "New"]),
    ],
)
def test_a_block_comes_in_where_it_is_wanted(
    report: Report, after: str | int, then: list[str]
) -> None:
    where = report.blocks[after].id if isinstance(after, int) else after
    writing.add(report, days.text("New"), None, after=where)
    assert texts(report) == then


def test_of_two_who_change_a_block_the_later_is_told_and_the_first_stays(report: Report) -> None:
    block = report.blocks[0]
    seen = fingerprint(block)
    writing.change(report, block.id, "<p>Hers</p>", None, was=seen)
    with pytest.raises(ChangedMeanwhile) as told:
        writing.change(report, block.id, "<p>His</p>", None, was=seen)
    assert told.value.now is not None
    assert told.value.now.value == "<p>Hers</p>"
    assert texts(report) == ["Hers", "Two", "Three"]


def test_two_who_change_different_blocks_do_not_meet(report: Report) -> None:
    one, two, _ = report.blocks
    writing.change(report, one.id, "<p>Hers</p>", None, was=fingerprint(one))
    writing.change(report, two.id, "<p>His</p>", None, was=fingerprint(two))
    assert texts(report) == ["Hers", "His", "Three"]


def test_what_somebody_changed_meanwhile_is_not_taken_out_unseen(report: Report) -> None:
    block = report.blocks[0]
    seen = fingerprint(block)
    writing.change(report, block.id, "<p>Hers</p>", None, was=seen)
    with pytest.raises(ChangedMeanwhile):
        writing.take_out(report, block.id, None, was=seen)
    assert texts(report) == ["Hers", "Two", "Three"]


def test_each_deed_is_in_the_log(report: Report) -> None:
    writing.move(report, report.blocks[0].id, cast.facilitator(), steps=1)
    writing.take_out(report, report.blocks[0].id, None, was=fingerprint(report.blocks[0]))
    deeds = LogEntry.objects.filter(thing=report.thing).values_list("deed", flat=True)
    assert list(deeds) == ["draft a report", "sort a report", "take out of a report"]


# On the page


def test_the_first_draft_stands_at_one_press(host: Client) -> None:
    day = days.a_told_day()
    desk = reverse("reports:desk", args=[day.slug])
    assert "Make the first draft" in host.get(desk).content.decode()
    found = host.post(desk, follow=True).content.decode()
    assert days.POINT in found
    assert days.SAID in found


def test_a_text_is_changed_and_an_error_keeps_what_was_typed(host: Client, report: Report) -> None:
    block = report.blocks[0]
    address = page(report, "change", block.id)
    was = fingerprint(block)
    typed = {"words": "About 62 % of us agreed.", "was": was}
    found = host.post(address, typed).content.decode()
    assert "“62 %” is a number about people. Put it in as a figure" in found
    assert "About 62 % of us agreed." in found
    host.post(address, {"words": "Most of us agreed.\n\n- **fares**\n- tea", "was": was})
    assert texts(report)[0] == "Most of us agreed.\n\n- **fares**\n- tea"


def test_the_later_of_two_editors_sees_both_and_may_keep_theirs(
    host: Client, report: Report
) -> None:
    block = report.blocks[0]
    was = fingerprint(block)
    writing.change(report, block.id, "<p>Hers</p>", None, was=was)
    answer = host.post(page(report, "change", block.id), {"words": "His", "was": was})
    found = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else has changed this" in found
    assert "Hers" in found
    assert ">\nHis</textarea>" in found
    now = answer.context["was"]
    host.post(page(report, "change", block.id), {"words": "His", "was": now})
    assert texts(report)[0] == "His"


def test_what_was_typed_into_a_block_that_is_gone_can_come_back(
    host: Client, report: Report
) -> None:
    block = report.blocks[0]
    writing.take_out(report, block.id, None, was=fingerprint(block))
    answer = host.post(page(report, "change", block.id), {"words": "His", "was": "x"})
    assert answer.status_code == 409
    host.post(page(report, "add", "text"), {"words": "His"})
    assert texts(report) == ["Two", "Three", "His"]


def test_blocks_move_and_go_by_buttons(host: Client, report: Report) -> None:
    one, two, _ = report.blocks
    answer = host.post(page(report, "move", two.id), {"way": "up"})
    assert answer.headers["Location"].endswith(f"#block-{two.id}")
    host.post(page(report, "take_out", one.id), {"was": fingerprint(one)})
    assert texts(report) == ["Two", "Three"]


def test_only_a_voice_that_is_allowed_can_be_chosen(host: Client, report: Report) -> None:
    quiet = days.voice(report.gathering, "Quiet.", (Where.WEB,))
    loud = days.voice(report.gathering, "Loud.")
    found = host.get(page(report, "add", "voice")).content.decode()
    assert "Loud." in found
    assert "Quiet." not in found
    host.post(page(report, "add", "voice"), {"voice": str(quiet.pk)})
    host.post(page(report, "add", "voice"), {"voice": str(loud.pk)})
    report.refresh_from_db()
    assert [block.voices for block in report.blocks if block.voices] == [[str(loud.pk)]]


def test_an_insight_comes_in_with_voices_to_choose(host: Client, report: Report) -> None:
    quiet = days.voice(report.gathering, "Quiet.", (Where.WEB,))
    loud = days.voice(report.gathering, "Loud.")
    point = days.insight(report.gathering, quiet, loud)
    host.post(page(report, "add", "insight"), {"insight": str(point.pk)})
    report.refresh_from_db()
    block = report.blocks[-1]
    assert block.voices == [str(loud.pk)]
    change = page(report, "change", block.id)
    assert "Quiet. (not allowed yet: it stays out)" in host.get(change).content.decode()
    host.post(change, {"voices": [str(quiet.pk)], "was": fingerprint(block)})
    report.refresh_from_db()
    assert report.blocks[-1].voices == [str(quiet.pk)]
    editor = host.get(page(report, "edit")).content.decode()
    assert "did not allow it in the report of the day" in editor


def test_a_figure_of_another_day_cannot_be_chosen(host: Client, report: Report) -> None:
    other = days.a_day("another-day")
    for _ in range(12):
        cast.an_attendance(other)
    attending.tell_numbers(other, None)
    figure = Figure.objects.all()[0]
    host.post(page(report, "add", "figure"), {"figure": str(figure.pk)})
    report.refresh_from_db()
    assert all(block.kind != Kind.FIGURE for block in report.blocks)


def test_a_kind_that_does_not_exist_is_not_found(host: Client, report: Report) -> None:
    assert host.get(page(report, "add", "raw_html")).status_code == 404


def test_a_report_goes_out_from_the_page(host: Client, report: Report) -> None:
    found = host.get(page(report, "publish")).content.decode()
    assert "what happens next" in found
    host.post(page(report, "publish"))
    address = reverse("reports:report", args=[report.slug])
    assert "Two" in Client().get(address).content.decode()
    found = host.post(page(report, "publish"), {"note": ""}).content.decode()
    assert "Say what changed since the last version, and why." in found
    found = host.post(page(report, "publish"), {"note": "For fun."}).content.decode()
    assert "Nothing has changed since version 1." in found


def test_a_report_stands_on_the_page_of_its_gathering_once_it_is_out(
    host: Client, report: Report
) -> None:
    gathering = reverse("gatherings:gathering", args=[report.gathering.slug])
    assert "The report of the day" not in host.get(gathering).content.decode()
    host.post(page(report, "publish"))
    assert "The report of the day" in host.get(gathering).content.decode()
    assert report.title in host.get(reverse("reports:report_list")).content.decode()


def test_a_report_of_another_gathering_is_not_found(host: Client, report: Report) -> None:
    other = days.a_day("another-day")
    address = reverse("reports:edit", args=[other.slug, report.pk])
    assert host.get(address).status_code == 404


def test_blocks_wrapped_by_wagtail_are_read_the_same(report: Report) -> None:
    raw = {"insight": "x", "voices": [{"type": "item", "value": "a", "id": "1"}], "words": ""}
    report.body = [{"type": "insight", "value": raw, "id": "2"}]
    assert report.blocks == [
        Block(Kind.INSIGHT, {"insight": "x", "voices": ["a"], "words": ""}, "2")
    ]
