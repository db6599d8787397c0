"""The pages a site begins with: written once, then left to whoever edits them."""

from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.test import Client
from wagtail.models import Page, Site

from coproduce.trust import keys
from coproduce.web.first_pages import FIRST_PAGES, write_first_pages
from coproduce.web.models import ContentPage

pytestmark = pytest.mark.django_db


def test_it_writes_every_page_that_the_foot_of_the_site_names(client: Client) -> None:
    write_first_pages()
    foot = Foot()
    foot.feed(client.get("/").content.decode())
    assert len(foot.links) == 3
    for link in foot.links:
        page = client.get(link)
        assert page.status_code == 200
        assert page.content.decode().count("<h1") == 1


class Foot(HTMLParser):
    """The addresses in the foot of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.is_inside = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.is_inside = self.is_inside or tag == "footer"
        if self.is_inside and tag == "a":
            self.links.append(dict(attributes)["href"] or "")


def test_it_leaves_alone_what_somebody_has_changed() -> None:
    assert write_first_pages() == [first.title for first in FIRST_PAGES]
    about = ContentPage.objects.get(slug="about")
    about.title = "Who we are"
    about.save_revision().publish()

    assert write_first_pages() == []

    assert ContentPage.objects.get(slug="about").title == "Who we are"


def test_it_begins_on_a_database_without_any_page() -> None:
    Site.objects.all().delete()
    Page.objects.all().delete()
    assert len(write_first_pages()) == 3
    assert Site.objects.get().root_page.get_children().count() == 3


def test_it_promises_only_what_the_rules_of_the_house_keep() -> None:
    kept = " ".join(paragraph for _, paragraphs in FIRST_PAGES[0].parts for paragraph in paragraphs)
    assert "The key is destroyed" in kept
    assert hasattr(keys, "destroy_key")
    assert "No password" in kept
    assert settings.ACCOUNT_SIGNUP_FIELDS == ["email*"]
    assert "Nothing is shown about fewer than 10 people" in kept


def test_it_says_that_tests_with_disabled_people_are_still_owed(client: Client) -> None:
    write_first_pages()
    page = client.get("/accessibility/").content.decode()
    assert "Tests with disabled people are still owed" in page
