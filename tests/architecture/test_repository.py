"""Does the repository speak of the project alone, and could anybody anywhere build it?"""

import re
import subprocess
from pathlib import Path

import pytest

from workshop.places import ROOT

# Where one machine keeps things, or where its packages come from: of no use to anybody else.
OF_ONE_MACHINE = re.compile(
    r"(?<![\w.~])/(?:root|farm|work)/"
    r"|/home/[a-z]"
    r"|/Users/[a-z]"
    r"|registry\.npmjs\.org"
    r"|files\.pythonhosted\.org"
    r"|(?:--|^)(?:extra-)?index-url\b"
)
THIS_FILE = Path(__file__).relative_to(ROOT).as_posix()
MAY_NAME_THE_OPTION = {"workshop/lock.py", THIS_FILE}
LOCKS = sorted(path.name for path in (ROOT / "requirements").glob("*.txt"))


def kept_files() -> list[Path]:
    """Every file that git keeps; outside a checkout there is nothing to look at."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("this is not a git checkout")
    names = set(filter(None, listed.stdout.split("\0")))
    return [ROOT / name for name in sorted(names - MAY_NAME_THE_OPTION) if (ROOT / name).is_file()]


def test_it_carries_no_path_and_no_registry_of_one_machine() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in kept_files()
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), start=1)
        if OF_ONE_MACHINE.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("lock", LOCKS)
def test_it_locks_every_package_with_its_hashes(lock: str) -> None:
    text = (ROOT / "requirements" / lock).read_text()
    packages = [block for block in re.split(r"\n(?=\S)", text) if "==" in block]
    assert packages
    assert [block.split()[0] for block in packages if "--hash=sha256:" not in block] == []


def test_the_build_machine_runs_what_a_reader_runs() -> None:
    assert "make test" in (ROOT / ".ci" / "run").read_text().splitlines()
    assert "make test" in (ROOT / "README.md").read_text()
