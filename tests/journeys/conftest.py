"""A visitor's browser: pages at the width of a phone or a desk, and what every page must pass.

Each journey has the test database to itself. It is a real file, so what a test writes the site
sees, and what the site writes (its writer thread too) the test sees.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Any, NoReturn

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    Response,
    Route,
    sync_playwright,
)
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from coproduce.people.models import Person
from tests import cast
from tests.journeys.html_checker import HtmlChecker, running
from workshop.needs import BROWSERS, has_browser, has_java, has_vnu
from workshop.places import IN_CI

PHONE, DESK = 320, 1280
MILLISECONDS_TO_WAIT = 10_000
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# How the console tells that an answer was a refusal, or did not come; the second half is htmx.
WANTED = ("Failed to load resource", "Response Status Error", "htmx:sendError", "htmx:afterRequest")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])

# What is still fading in has less contrast than it will have.
AT_REST = "() => Promise.allSettled(document.getAnimations().map(each => each.finished))"

Check = Callable[[Page], None]


@dataclass
class Visit:
    """What we must remember of a page to check it: the document as sent, and if scripts ran."""

    runs_scripts: bool
    document: Response | None = None


Visits = dict[Page, Visit]
PageAt = Callable[..., Page]

# The browser is steered from an event loop in the test's own thread; the ORM need not fear it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.browser)


def _do_without(what: str) -> NoReturn:
    """The build machine must have it; elsewhere its absence is said and the rest goes on."""
    told = f"{what} is missing, see the top of `make test`"
    if IN_CI:
        pytest.fail(told)
    pytest.skip(told)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not has_browser():
        _do_without("chromium")
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def html_checker() -> Iterator[HtmlChecker]:
    if not (has_java() and has_vnu()):
        _do_without("the HTML checker (vnu.jar, and Java to run it)")
    with running() as checker:
        yield checker


@pytest.fixture
def site(live_server: LiveServer, settings: Settings) -> str:
    """The address of the running site, which also is the address on its QR codes."""
    settings.BASE_URL = live_server.url
    return str(live_server.url)


@pytest.fixture
def visits() -> Visits:
    return {}


@pytest.fixture
def page_at(browser: Browser, visits: Visits) -> Iterator[PageAt]:
    """Opens a page: `page_at(PHONE)`, or with any choice of a browser: `color_scheme="dark"`.

    Each is a visitor of their own, with their own cookies. A script that fails, or that the
    content security policy stops, fails the test.
    """
    contexts, complaints = [], []

    def open_page(width: int = DESK, height: int = 800, **choices: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, **choices)
        context.set_default_timeout(MILLISECONDS_TO_WAIT)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.extend(_complaint(said)))
        visits[page] = Visit(runs_scripts=choices.get("java_script_enabled", True))
        page.on("response", partial(_remember, visits[page], page))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints, "The browser complained:\n" + "\n".join(complaints)


def _complaint(said: ConsoleMessage) -> list[str]:
    """What the console says in red, except an answer such as 404 or 429 that a test may want."""
    return [said.text] if said.type == "error" and not said.text.startswith(WANTED) else []


def _remember(visit: Visit, page: Page, response: Response) -> None:
    """Keep the last page as it was sent: the browser mends what it shows, so both are checked."""
    if response.request.is_navigation_request() and response.frame == page.main_frame:
        visit.document = response


def follow(link: Locator) -> None:
    """Click, and wait for the page that it leads to: a click by itself does not."""
    with link.page.expect_navigation():
        link.click()


def tab_to(wanted: Locator, *, most: int = 60) -> None:
    """Reach something by the Tab key alone, as somebody without a mouse does."""
    for _ in range(most):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        wanted.page.keyboard.press("Tab")
    pytest.fail(f"The Tab key does not lead to {wanted}.")


def follow_by_keyboard(wanted: Locator) -> None:
    """Reach it by the Tab key, press Enter, and wait for the page that it leads to."""
    tab_to(wanted)
    with wanted.page.expect_navigation():
        wanted.page.keyboard.press("Enter")


def come_in(page: Page, site: str, somebody: Person | None) -> Page:
    """Signed in from now on, as test_signing_in.py shows that one can; nobody stays a stranger."""
    if somebody is not None:
        carry_over(cast.log_in(Client(), somebody), page, site)
    return page


def carry_over(client: Client, page: Page, site: str) -> None:
    """The browser goes on with the session of a client."""
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": site}])


@pytest.fixture
def phone(page_at: PageAt) -> Page:
    return page_at(PHONE, 640)


@pytest.fixture
def no_js_page(page_at: PageAt) -> Page:
    """A visitor whose browser runs no scripts."""
    return page_at(PHONE, 640, java_script_enabled=False)


@pytest.fixture
def assert_accessible(browser: Browser, visits: Visits) -> Check:
    """No finding of axe against WCAG 2.2 AA and its best practices, on the page as it is now."""

    def check(page: Page) -> None:
        with _where_axe_runs(browser, page, visits[page]) as shown:
            _assert_no_finding(shown)

    return check


def _assert_no_finding(page: Page) -> None:
    options = {"resultTypes": ["violations"], "runOnly": STANDARDS}
    results = Axe().run(page, options=options)
    assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"


def _where_axe_runs(browser: Browser, page: Page, visit: Visit) -> AbstractContextManager[Page]:
    return nullcontext(page) if visit.runs_scripts else _twin(browser, page)


@contextmanager
def _twin(browser: Browser, page: Page) -> Iterator[Page]:
    """The same page where axe can run: as it stands, its own scripts kept out."""
    html = re.sub("</?noscript[^>]*>", "", page.content())
    context = browser.new_context(viewport=page.viewport_size)
    twin = context.new_page()
    twin.route("**/*", _without_scripts)
    twin.route(page.url, lambda route: route.fulfill(content_type="text/html", body=html))
    if page.url == "about:blank":
        twin.set_content(html)
    else:
        twin.goto(page.url)
    yield twin
    context.close()


def _without_scripts(route: Route) -> None:
    if route.request.resource_type == "script":
        route.abort()
    else:
        route.continue_()


@pytest.fixture
def assert_valid_html(html_checker: HtmlChecker, visits: Visits) -> Check:
    """No error of the Nu HTML checker, on the page as sent and on the page as it is now."""

    def check(page: Page) -> None:
        sent = visits[page].document
        if sent is not None and sent.url.split("#")[0] == page.url.split("#")[0]:
            errors = html_checker.errors(sent.text())
            assert not errors, f"{page.url}, as sent:\n" + "\n".join(errors)
        errors = html_checker.errors(page.content())
        assert not errors, f"{page.url}, as shown:\n" + "\n".join(errors)

    return check


@pytest.fixture
def assert_no_sideways_scroll() -> Check:
    """Nothing on the page is wider than the window."""

    def check(page: Page) -> None:
        wide, window = page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert wide <= window, f"{page.url} is {wide} px wide in a window of {window} px"

    return check


@pytest.fixture
def assert_fits_at_double_size(assert_no_sideways_scroll: Check) -> Check:
    """With letters twice as large, a phone still shows the whole width of the page."""

    def check(page: Page) -> None:
        own = page.viewport_size
        browser = page.context.new_cdp_session(page)
        page.set_viewport_size({"width": PHONE, "height": 640})
        browser.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
        assert_no_sideways_scroll(page)
        browser.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})
        browser.detach()
        page.set_viewport_size(own)

    return check


@pytest.fixture
def assert_well_made(
    browser: Browser, visits: Visits, assert_valid_html: Check, assert_no_sideways_scroll: Check
) -> Check:
    """All that every page must pass, on a phone and at a desk, after interaction too."""

    def check(page: Page) -> None:
        with _where_axe_runs(browser, page, visits[page]) as shown:
            for _ in _in_each_width(shown):
                assert_no_sideways_scroll(shown)
                _assert_no_finding(shown)
        assert_valid_html(page)

    return check


def _in_each_width(page: Page) -> Iterator[None]:
    """The page as it stands, in a narrow, a wide and its own window; its own again afterwards."""
    own = page.viewport_size
    assert own is not None, "every page of ours has a window"
    for width in sorted({PHONE, DESK, own["width"]}):
        page.set_viewport_size({"width": width, "height": own["height"]})
        yield
    page.set_viewport_size(own)
