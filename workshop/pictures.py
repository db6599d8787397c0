"""What does the tutorial show? The demo itself, photographed: `python -m workshop.pictures`.

Starts a fresh demo in a folder of its own, walks through it as the tutorial does, and writes the
pictures the tutorial has. With --site it photographs a demo that is running already.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from workshop.needs import BROWSERS

PICTURES = Path("docs") / "tutorial" / "img"
LARGEST = 80_000  # bytes
COLOURS = (128, 64, 32, 16)
PHONE, DESK, SCREEN = (390, 1120), (1100, 800), (1280, 720)
PORT = 8000  # as the tutorial says
PATIENCE = 300.0  # seconds until a fresh demo answers


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", help="a demo that is running, e.g. http://127.0.0.1:8000")
    wanted = parser.parse_args()
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        found = next(filter(None, map(shutil.which, BROWSERS)), None)
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        if wanted.site:
            Walk(browser, wanted.site).take_all()
        else:
            with a_demo() as site:
                Walk(browser, site).take_all()


@contextmanager
def a_demo() -> Iterator[str]:
    """A fresh demo, gone afterwards."""
    site = f"http://127.0.0.1:{PORT}"
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "coproduce", "demo", "--port", str(PORT)]
        process = subprocess.Popen([*command, "--home", f"{folder}/demo"])
        try:
            wait_for(site)
            yield site
        finally:
            process.terminate()
            process.wait()


def wait_for(site: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(site, timeout=10)  # noqa: S310  the demo we started
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
        else:
            return
    raise SystemExit("The demo did not answer.")


class Walk:
    """The way of the tutorial, with a camera."""

    def __init__(self, browser: Browser, site: str) -> None:
        self.browser = browser
        self.site = site

    def take_all(self) -> None:
        self._answer()
        self._look_after()
        self._read_what_was_found()

    def _answer(self) -> None:
        page = self._page(DESK)
        page.goto(self.site)
        keep(page, "home")
        phone = self._page(PHONE)
        phone.goto(f"{self.site}/talk/")
        phone.locator("main a[href^='/talk/']").first.click()
        keep(phone, "answer")
        phone.get_by_role("button", name="Agree", exact=True).click()
        phone.get_by_role("link", name="in Easy Read").click()
        keep(phone, "easy-read")
        phone.goto(f"{self.site}/join/")
        keep(phone, "join")

    def _look_after(self) -> None:
        page = self._page(DESK)
        self._sign_in(page, "facilitator@demo.example")
        page.goto(f"{self.site}/facilitate/")
        page.locator("main a", has_text="What should the network do first").first.click()
        keep(page, "look-after")
        here = page.url.rstrip("/")
        page.goto(f"{here}/moderate/")
        keep(page, "moderate")
        page.goto(f"{here}/paper/")
        keep(page, "paper")
        page.goto(here + "/")
        code = page.locator("a[href*='/room/']").first.get_attribute("href")
        screen = self._page(SCREEN)
        screen.goto(f"{self.site}{(code or '').removeprefix(self.site)}")
        keep(screen, "room")

    def _read_what_was_found(self) -> None:
        page = self._page((1100, 1250))
        page.goto(f"{self.site}/talk/")
        page.locator("main a[href*='national-co-production']").first.click()
        page.goto(f"{page.url.split('?')[0].removesuffix('common-ground/')}common-ground/")
        keep(page, "common-ground")
        page.get_by_role("link", name=re.compile("How do we know this")).first.click()
        keep(page, "how-we-know")

    def _sign_in(self, page: Page, email: str) -> None:
        page.goto(f"{self.site}/accounts/login/code/")
        page.get_by_label("Your email address").fill(email)
        page.get_by_role("button", name="Send me a code").click()
        page.get_by_role("link", name="Read the codes here").click()
        letter = page.locator(".letter", has_text=email).first.inner_text()
        keep(page, "mail")
        code = re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", letter, re.MULTILINE)
        if code is None:
            raise SystemExit(f"There is no code in this letter: {letter}")
        page.goto(f"{self.site}/accounts/login/code/confirm/")
        page.get_by_label("The code we sent you").fill(code.group(1))
        page.get_by_role("button", name="Go on").click()
        page.get_by_text("You are signed in.").wait_for()

    def _page(self, size: tuple[int, int]) -> Page:
        """A page of somebody new, who likes it light and still."""
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="light",
            reduced_motion="reduce",
            is_mobile=size == PHONE,
            has_touch=size == PHONE,
        )
        return context.new_page()


def keep(page: Page, name: str) -> None:
    """One picture of what is on the screen, as small as it can be read."""
    page.wait_for_load_state("networkidle")
    seen = Image.open(BytesIO(page.screenshot())).convert("RGB")
    path = PICTURES / f"{name}.png"
    for colours in COLOURS:
        seen.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size < LARGEST:
            print(f"{path}: {path.stat().st_size:,} bytes")
            return
    raise SystemExit(f"{path} stays larger than {LARGEST:,} bytes.")


if __name__ == "__main__":
    main()
