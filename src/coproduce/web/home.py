"""Where a deployment keeps what is its own: database, uploads, keys and the secret key."""

import os
import secrets
from pathlib import Path


def find_home() -> Path:
    """The folder of this deployment: `COPRODUCE_HOME`, else `var` in the working folder."""
    home = Path(os.environ.get("COPRODUCE_HOME", "var")).resolve()
    # What is in it is nobody else's business, whoever else has an account on this machine.
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    return home


def keep_secret_key(home: Path) -> str:
    """The secret key of this deployment, made on the first run and kept beside the database."""
    path = home / "secret_key"
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text().strip()
