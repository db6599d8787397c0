"""Would our checks notice? Each is shown a page with the fault that it exists for."""

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import PHONE, Check, PageAt

GOOD = """<!doctype html><html lang="en-GB"><head><title>A talk</title>
<meta name="viewport" content="width=device-width"></head>
<body><main><h1>What matters?</h1><p>Say it here.</p>{}</main></body></html>"""


def test_a_good_page_passes_them_all(phone: Page, assert_well_made: Check) -> None:
    phone.set_content(GOOD.format("<button>Agree</button>"))
    assert_well_made(phone)


def test_axe_notices_a_picture_without_words(phone: Page, assert_accessible: Check) -> None:
    phone.set_content(GOOD.format('<img src="data:,">'))
    with pytest.raises(AssertionError, match="image-alt"):
        assert_accessible(phone)


def test_axe_looks_where_no_script_runs(no_js_page: Page, assert_accessible: Check) -> None:
    no_js_page.set_content(GOOD.format('<a href="/" style="color:#eee">faint</a>'))
    with pytest.raises(AssertionError, match="color-contrast"):
        assert_accessible(no_js_page)


def test_the_html_checker_notices_a_made_up_attribute(
    phone: Page, assert_valid_html: Check
) -> None:
    phone.set_content(GOOD.format('<button hx-get="/">Agree</button>'))
    with pytest.raises(AssertionError, match="hx-get"):
        assert_valid_html(phone)


def test_the_html_checker_reads_the_page_as_it_was_sent(
    page_at: PageAt, assert_valid_html: Check
) -> None:
    page = page_at(PHONE)
    page.route(
        "**/sent", lambda route: route.fulfill(content_type="text/html", body=GOOD.format("</b>"))
    )
    page.goto("http://talk.test/sent")
    with pytest.raises(AssertionError, match="as sent"):
        assert_valid_html(page)


def test_a_wide_thing_is_noticed_on_a_phone(phone: Page, assert_no_sideways_scroll: Check) -> None:
    phone.set_content(GOOD.format('<p style="width:400px">Too wide</p>'))
    with pytest.raises(AssertionError, match="320 px"):
        assert_no_sideways_scroll(phone)


def test_a_thing_is_noticed_that_grows_too_wide_with_its_letters(
    phone: Page, assert_no_sideways_scroll: Check, assert_fits_at_double_size: Check
) -> None:
    phone.set_content(GOOD.format('<p style="width:15rem">As wide as its letters</p>'))
    assert_no_sideways_scroll(phone)
    with pytest.raises(AssertionError, match="320 px"):
        assert_fits_at_double_size(phone)


def test_the_site_answers_the_browser(site: str, phone: Page) -> None:
    answer = phone.goto(f"{site}/accounts/login/")
    assert answer is not None
    assert answer.ok
