"""Does the arithmetic stand alone? A new environment with numpy, scipy and us, and nothing else."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from workshop.places import BIN, ROOT

# Two people who agree and two who do not: enough for `coproduce map` to read and to answer.
VOTES = "person,statement,vote\n" + "".join(
    f"{person},{statement},{1 if person < 2 else -1}\n"
    for person in range(4)
    for statement in (0, 1)
)
IMPORT_THE_CORE = "import coproduce.analysis, coproduce.formats"
FIND_NO_DJANGO = "import importlib.util as i, sys; sys.exit(i.find_spec('django') is not None)"


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="coproduce-bare-") as folder:
        bare = Path(folder)
        python = _environment(bare)
        _run(python, "-c", FIND_NO_DJANGO, here=bare)
        _run(python, "-c", IMPORT_THE_CORE, here=bare)
        (bare / "votes.csv").write_text(VOTES)
        _run(python, "-m", "coproduce", "map", "votes.csv", here=bare)
    print("The core imports and `coproduce map` answers with numpy and scipy alone.")
    return 0


def _environment(bare: Path) -> Path:
    """A Python that has the core's locked requirements and our wheel, built here."""
    uv, python = BIN / "uv", bare / "venv" / "bin" / "python"
    pip = (uv, "pip", "install", "--quiet", "--python", python)
    _run(uv, "build", "--quiet", "--wheel", "--no-build-isolation", "--python", sys.executable,
         "--out-dir", bare, ROOT, here=ROOT)  # fmt: skip
    _run(uv, "venv", "--quiet", "--python", sys.executable, bare / "venv", here=bare)
    _run(*pip, "--require-hashes", "-r", ROOT / "requirements" / "core.txt", here=bare)
    _run(*pip, "--no-deps", *bare.glob("coproduce-*.whl"), here=bare)
    return python


def _run(*command: str | Path, here: Path) -> None:
    """Run a command outside the checkout, so that nothing is found by accident."""
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    subprocess.run(list(map(str, command)), cwd=here, env=clean, check=True)


if __name__ == "__main__":
    sys.exit(main())
