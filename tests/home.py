"""Gives every test process a home of its own, before the settings look for one.

Loaded with `-p tests.home`: the settings are read before any conftest.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# What a developer's shell may carry and a test must not depend on.
SETTINGS_OF_A_DEPLOYMENT = (
    "COPRODUCE_BASE_URL",
    "COPRODUCE_DEBUG",
    "COPRODUCE_DEMO",
    "COPRODUCE_HOSTS",
    "COPRODUCE_KEYS",
    "COPRODUCE_SECRET_KEY",
)

for name in SETTINGS_OF_A_DEPLOYMENT:
    os.environ.pop(name, None)
HOME = os.environ["COPRODUCE_HOME"] = tempfile.mkdtemp(prefix="coproduce-tests-")
Path(HOME, "static").mkdir()  # what `collectstatic` would have made
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
