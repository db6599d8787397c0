"""Starting the demo: a home that is its own, told once, kept as people left it."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from coproduce.web import badges

MARK = "this-is-a-demo"  # a folder without it is somebody's, and is never cleared
TOLD = "told to the end"


class NotADemo(Exception):
    """The folder holds something, and it is not a demo of ours."""


@dataclass(frozen=True)
class DemoHome:
    """The folder a demo lives in."""

    path: Path

    @property
    def mark(self) -> Path:
        return self.path / MARK

    def is_told(self) -> bool:
        return self.mark.exists() and self.mark.read_text() == TOLD

    def is_empty(self) -> bool:
        return not self.path.exists() or not any(self.path.iterdir())

    def prepare(self, *, fresh: bool) -> None:
        """An empty folder with our mark, unless a story told to the end is to be kept."""
        if not self.is_empty() and not self.mark.exists():
            raise NotADemo(
                f"{self.path} holds something that is not a demo, so it was left alone. "
                "Choose another folder with --home."
            )
        if badges.is_worn(self.path / "serving.lock"):
            raise NotADemo(f"This demo is being served already, from {self.path}. Stop it first.")
        if fresh or not self.is_told():
            shutil.rmtree(self.path, ignore_errors=True)
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self.mark.exists():
            self.mark.write_text("begun")

    def told(self) -> None:
        self.mark.write_text(TOLD)
