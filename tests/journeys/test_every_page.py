"""Every page that the permission matrix knows of, opened by somebody who may: none is forgotten."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from playwright.sync_api import Page

from tests.architecture.permissions import MATRIX
from tests.architecture.scene import CONVERSATIONS, address_of, visitor
from tests.journeys.conftest import DESK, Check, PageAt, carry_over

FILES = (".csv", ".docx", ".html", ".ics", ".js", ".json", ".pdf", ".pptx", ".txt", ".webp", ".zip")
# It answers with a piece of a page, which test_facilitating.py sees where it belongs.
PIECES = {"conversations:room_live"}


def whole_pages(of: str) -> Iterator[tuple[str, str]]:
    """Each address with a page about this conversation, and the first role that may open it."""
    for name in MATRIX.keys() - PIECES:
        for row in MATRIX[name]:
            may_open = [role for role, heard in row.answers.items() if heard == 200]
            if (row.of, row.asked) == (of, "GET") and may_open:
                yield name, may_open[0]


def as_role(role: str, page: Page, site: str) -> Page:
    if role != "stranger":
        carry_over(visitor(role), page, site)
    return page


@pytest.mark.parametrize("of", CONVERSATIONS)
def test_every_page_is_well_made(
    site: str,
    page_at: PageAt,
    assert_well_made: Check,
    assert_fits_at_double_size: Check,
    of: str,
) -> None:
    cache.clear()
    talk = CONVERSATIONS[of]()
    browsers: dict[str, Page] = {}
    for name, role in whole_pages(of):
        address = address_of(name, talk)
        if address.endswith(FILES):
            continue
        if role not in browsers:
            browsers[role] = as_role(role, page_at(DESK), site)
        page = browsers[role]
        answer = page.goto(site + address)
        assert answer is not None
        assert answer.status == 200, f"{name} answers {role} with {answer.status}"
        assert_well_made(page)
        assert_fits_at_double_size(page)
