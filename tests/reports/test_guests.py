"""A guest's report stands here by permission, says whose and by whom, and else not at all."""

from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from coproduce.reports.actions import publishing, writing
from coproduce.reports.actions.deeds import NotPossible
from coproduce.reports.actions.writing import Guest
from coproduce.reports.models import Report
from tests import cast
from tests.reports import days
from tests.reports.test_files import read

pytestmark = pytest.mark.django_db

TEXT = "It rained, and 40 people came.\n\nThey talked."
PERMITTED: dict[str, Any] = {
    "permission_from": "The Imaginary Gazette",
    "permission_on": date(2026, 3, 30),
    "permission_scope": "on this website, unchanged.",
}


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    cache.clear()


def taken_in(**permission: Any) -> Report:
    guest = Guest("Made-up Wren", "The Gazette", "https://gazette.example/rain", **permission)
    return writing.take_in(days.a_day(), "Rain", TEXT, guest, cast.facilitator())


def test_without_permission_it_does_not_go_out() -> None:
    with pytest.raises(NotPossible, match="Nobody has permitted"):
        publishing.publish(taken_in(), None)


def test_its_permission_is_shown_on_the_page_and_in_every_file(client: Client) -> None:
    report = taken_in(**PERMITTED, licence="CC-BY-4.0")
    publishing.publish(report, None)
    told = "Republished with permission of The Imaginary Gazette on 30 March 2026"
    page = client.get(reverse("reports:report", args=["rain"])).content.decode()
    for words in (
        told,
        "Made-up Wren",
        "The Gazette",
        "https://gazette.example/rain",
        "Creative Commons Attribution 4.0",
    ):
        assert words in page
    for ending in ("pdf", "pptx", "docx"):
        file = client.get(reverse("reports:file", args=["rain", 1, ending]))
        found = read(ending, file.content)
        assert told in found
        assert "Made-up Wren" in found
        assert "It rained, and 40 people came." in found


def test_once_the_permission_is_gone_it_is_gone(client: Client) -> None:
    report = taken_in(**PERMITTED)
    publishing.publish(report, None)
    writing.describe(report, "Rain", Guest("Made-up Wren"), None)
    for name, args in (
        ("report", ["rain"]),
        ("version", ["rain", 1]),
        ("file", ["rain", 1, "pdf"]),
    ):
        assert client.get(reverse(f"reports:{name}", args=args)).status_code == 404
    assert "Rain" not in client.get(reverse("reports:report_list")).content.decode()


def test_it_stands_beside_our_own(client: Client) -> None:
    report = taken_in(**PERMITTED)
    publishing.publish(report, None)
    publishing.publish(writing.begin(report.gathering, None), None)
    page = client.get(reverse("gatherings:gathering", args=["the-day"])).content.decode()
    assert "A report by Made-up Wren" in page
    assert "The report of the day" in page
    place = client.get(reverse("people:place", args=["manchester"])).content.decode()
    assert "by Made-up Wren" in place


def test_a_host_takes_it_in_by_pasting_its_text(client: Client) -> None:
    days.a_day()
    cast.log_in(client, cast.facilitator())
    address = reverse("reports:take_in", args=["the-day"])
    typed = {"title": "Rain", "author": "", "text": TEXT, "permission_from": "The Gazette"}
    page = client.post(address, typed).content.decode()
    assert "Say who wrote it." in page
    assert "Say on which day they permitted it." in page
    assert "They talked." in page
    client.post(address, typed | {"author": "Made-up Wren", "permission_on": "2026-03-30"})
    report = Report.objects.get()
    assert report.is_permitted
    assert [block.value for block in report.blocks] == [
        "<p>It rained, and 40 people came.</p><p>They talked.</p>"
    ]


def test_a_long_text_comes_in_pieces() -> None:
    text = "\n\n".join(f"Paragraph {number}. {'Words. ' * 60}" for number in range(60))
    report = writing.take_in(days.a_day(), "Long", text, Guest("Made-up Wren"), None)
    assert 2 < len(report.blocks) < 10
    assert "Paragraph 59." in report.blocks[-1].value


def test_two_reports_of_one_title_have_two_addresses() -> None:
    first = taken_in()
    second = writing.take_in(first.gathering, "Rain", "x", Guest("Made-up Wren"), None)
    assert (first.slug, second.slug) == ("rain", "rain-2")
