"""Which exact files do we install? The four lists of requirements, with a hash for each file."""

import subprocess
from pathlib import Path

from workshop.places import BIN, ROOT

COMPILE = [
    str(BIN / "uv"),
    "pip",
    "compile",
    "--quiet",
    "--upgrade",
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--custom-compile-command=make lock",
]
# The widest list comes first: the narrower ones take their versions from it.
LISTS = {
    "tools": ["requirements/tools.in"],
    "dev": ["pyproject.toml", "--extra=web", "--extra=fast", "--group=dev"],
    "web": ["pyproject.toml", "--extra=web", "--constraint=requirements/dev.txt"],
    "core": ["pyproject.toml", "--constraint=requirements/dev.txt"],
}


def write() -> int:
    for name, source in LISTS.items():
        listed = Path("requirements") / f"{name}.txt"
        subprocess.run([*COMPILE, *source, f"--output-file={listed}"], cwd=ROOT, check=True)
        print(f"{listed}: {(ROOT / listed).read_text().count('==')} packages")
    return 0
