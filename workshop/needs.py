"""What must the machine itself have, and what can it not do without it?

Python packages come with hashes from requirements/. A few things cannot come that way. As root they
are installed with apt; otherwise the missing ones are named, loudly, with what goes untried.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from workshop.places import BIN, BUILD, IN_CI

VNU_RELEASE = "26.9.27"
VNU_SHA256 = "22f15dd39a33bed929d2a5c0cddf5946849a647eca9272bf4d5d00bc7e7a4d47"
VNU_JAR = BUILD / "vnu" / VNU_RELEASE / "vnu.jar"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Need:
    """One thing the machine should have: how to see it, how to get it, what is lost without it."""

    name: str
    lost: str
    is_there: Callable[[], bool]
    packages: tuple[str, ...]
    fetch: Callable[[], None] | None = None  # for what does not come from the system


def has_browser() -> bool:
    return any(map(shutil.which, BROWSERS)) or _own_browser().exists()


def has_pango() -> bool:
    tried = subprocess.run([sys.executable, "-c", "import weasyprint"], capture_output=True)
    return tried.returncode == 0


def has_java() -> bool:
    return shutil.which("java") is not None


def has_wrk() -> bool:
    return shutil.which("wrk") is not None


def has_vnu() -> bool:
    return VNU_JAR.exists()


def _own_browser() -> Path:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


def _fetch_browser() -> None:
    subprocess.run([str(BIN / "playwright"), "install", "chromium"], check=True)


def _fetch_vnu() -> None:
    """Put the HTML checker beside the other downloads, once its bytes are the ones we know."""
    VNU_JAR.parent.mkdir(parents=True, exist_ok=True)
    packed = VNU_JAR.with_name(f"vnu-jar-{VNU_RELEASE}.tgz")
    npm = ["npm", "pack", f"vnu-jar@{VNU_RELEASE}", "--silent"]
    subprocess.run(npm, cwd=VNU_JAR.parent, check=True)
    with tarfile.open(packed) as package:
        found = package.extractfile("package/build/dist/vnu.jar")
        jar = found.read() if found else b""
    if hashlib.sha256(jar).hexdigest() != VNU_SHA256:
        raise SystemExit(f"vnu-jar {VNU_RELEASE} is not the file we know; nothing was installed.")
    partial = VNU_JAR.with_suffix(".part")
    partial.write_bytes(jar)
    partial.replace(VNU_JAR)
    packed.unlink()


ALL = {
    need.name: need
    for need in (
        Need(
            "pango",
            "PDFs (reports, statement sheets, slips)",
            has_pango,
            ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
        ),
        Need(
            "chromium",
            "the journeys in a real browser, and axe",
            has_browser,
            ("chromium",),
            _fetch_browser,
        ),
        Need("java", "the Nu HTML checker", has_java, ("default-jre-headless",)),
        Need("wrk", "the benchmark of voting", has_wrk, ("wrk",)),
        Need("vnu", "the Nu HTML checker", has_vnu, ("npm",), _fetch_vnu),
    )
}


def provide(names: Iterable[str]) -> int:
    """Install what is missing of these; 1 where the build machine must stop for the rest."""
    for name in names:
        if not ALL[name].is_there():
            _try_to_get(ALL[name])
    missing = [ALL[name] for name in names if not ALL[name].is_there()]
    for need in missing:
        print(_loudly(need), file=sys.stderr, flush=True)
    return 1 if missing and IN_CI else 0


def _try_to_get(need: Need) -> None:
    print(f"{need.name} is missing; getting it now.", flush=True)
    try:
        if _may_use_apt() and not (need.name == "vnu" and shutil.which("npm")):
            _install(need.packages)
        if need.fetch and not need.is_there():
            need.fetch()
    except (subprocess.CalledProcessError, FileNotFoundError) as stopped:
        print(f"That did not work: {stopped}", file=sys.stderr)


def _may_use_apt() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _install(packages: tuple[str, ...]) -> None:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    apt = ["apt-get", "--quiet", "--quiet"]
    subprocess.run([*apt, "update"], env=quiet, check=True)
    get = [*apt, "install", "--yes", "--no-install-recommends", *packages]
    subprocess.run(get, env=quiet, check=True, stdout=subprocess.DEVNULL)


def _loudly(need: Need) -> str:
    asked = f"sudo apt-get install {' '.join(need.packages)}"
    return (
        f"\n{'!' * 78}\n"
        f"!! SKIPPED, because {need.name} is missing: {need.lost}.\n"
        f"!! To have it: {asked}\n"
        f"{'!' * 78}\n"
    )
