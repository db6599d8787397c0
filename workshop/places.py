"""Where things are: the checkout, its environment, and what a run leaves behind."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.prefix) / "bin"
BUILD = ROOT / "build"  # reports and downloads; never committed
IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
