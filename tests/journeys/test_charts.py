"""Charts in a real browser: one form at a time, words that do not meet, no scrolling sideways."""

import mimetypes
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page, Route

from tests.formats.charts.examples import examples
from tests.journeys.conftest import DESK, PHONE, STANDARDS
from tests.journeys.html_checker import HtmlChecker

AT = "http://charts.example"
STATIC = Path(str(settings.PACKAGE)) / "static"
# Words that lie on each other or leave their picture, by the boxes the browser gives them.
IN_THE_WAY = """() => [...document.querySelectorAll("svg.plot")]
  .filter(svg => svg.getBoundingClientRect().width)
  .flatMap(svg => {
    const frame = svg.getBoundingClientRect();
    const words = [...svg.querySelectorAll("text, tspan")].filter(each => !each.children.length);
    const boxes = words.map(each => each.getBoundingClientRect());
    return words.flatMap((word, at) => {
      const box = boxes[at], told = [];
      if (box.left < frame.left - 1 || box.right > frame.right + 1) told.push(word.textContent);
      boxes.slice(at + 1).forEach((other, next) => {
        const wide = Math.min(box.right, other.right) - Math.max(box.left, other.left);
        const high = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
        if (wide > 1 && high > 5)
          told.push(word.textContent + " | " + words[at + 1 + next].textContent);
      });
      return told;
    });
  })"""


@pytest.fixture
def opened(browser: Browser) -> Iterator[Page]:
    """A page of all charts with the site's stylesheet, its table unfolded."""
    drawn = "".join(
        f'<section aria-labelledby="about-{name}"><h2 id="about-{name}">{name}</h2>'
        + render_to_string("components/chart.html", {"chart": chart})
        + "</section>"
        for name, chart in examples().items()
    )
    page_text = (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Charts</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<link rel="stylesheet" href="/coproduce.css"></head><body><main class="wrap">'
        f"<h1>Charts</h1>{drawn}</main></body></html>"
    )

    def answer(route: Route) -> None:
        wanted = STATIC / route.request.url.removeprefix(f"{AT}/")
        if wanted == STATIC:
            policy = {"Content-Security-Policy": "default-src 'none'; style-src 'self'; font-src *"}
            route.fulfill(body=page_text, content_type="text/html", headers=policy)
        elif wanted.is_file():
            route.fulfill(path=wanted, content_type=mimetypes.guess_type(wanted)[0])
        else:
            route.fulfill(status=404)

    context = browser.new_context()
    context.route(f"{AT}/**", answer)
    page = context.new_page()
    page.goto(f"{AT}/")
    page.evaluate("() => document.fonts.ready.then(() => null)")
    yield page
    context.close()


@pytest.mark.parametrize("width", [PHONE, 390, 700, DESK])
def test_words_of_charts_do_not_meet_at_any_width(opened: Page, width: int) -> None:
    opened.set_viewport_size({"width": width, "height": 900})
    assert opened.evaluate("document.fonts.check('16px \"Atkinson Hyperlegible Next\"')")
    assert opened.evaluate(IN_THE_WAY) == []
    assert opened.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "form"), [(PHONE, "narrow"), (DESK, "wide")])
def test_one_form_of_each_chart_is_there_to_see_and_to_hear(
    opened: Page, width: int, form: str
) -> None:
    opened.set_viewport_size({"width": width, "height": 900})
    seen = opened.get_by_role("img")
    assert seen.count() == len(examples()) - 1
    assert all(form in (each.get_attribute("class") or "").split() for each in seen.all())
    assert opened.get_by_text("Too few people to draw: shown from 10 on.").count() == 1


@pytest.mark.parametrize("light", ["light", "dark"])
def test_charts_pass_the_accessibility_check(opened: Page, light: str) -> None:
    opened.emulate_media(color_scheme="dark" if light == "dark" else "light")
    opened.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    found = Axe().run(opened, options={"runOnly": STANDARDS})
    assert found.response["violations"] == []


def test_charts_are_valid_html(opened: Page, html_checker: HtmlChecker) -> None:
    assert html_checker.errors(opened.content()) == []


def test_on_paper_the_tables_are_open(opened: Page) -> None:
    opened.emulate_media(media="print")
    table = opened.locator(".charted table").first
    assert (table.bounding_box() or {"height": 0})["height"] > 20
