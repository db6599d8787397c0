"""Which service sends text messages? `COPRODUCE_SMS` names a function of (number, words).

A service of your own is any importable function that sends, raises `AddressUnknown` where nobody
has the number, and `OSError` where it cannot reach its network now.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import Request, urlopen

from django.conf import settings

from coproduce.people.channels import NoService

PATIENCE_SECONDS = 10


def not_set_up(number: str, words: str) -> None:
    raise NoService(
        "No service for text messages is set up here. Name one in COPRODUCE_SMS; "
        "the reference of settings says how."
    )


def into_a_folder(number: str, words: str) -> None:
    """For the demo: nothing leaves this machine."""
    folder = Path(settings.SMS_FOLDER)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f.json")
    (folder / name).write_text(json.dumps({"to": number, "words": words}))


def through_a_gateway(number: str, words: str) -> None:
    """A POST of {"to", "words"} as JSON to `COPRODUCE_SMS_URL`, with the token as bearer."""
    if not settings.SMS_URL.startswith("https://"):
        raise NoService("COPRODUCE_SMS_URL has to be an address that starts with https://.")
    request = Request(  # noqa: S310  https only, said above
        settings.SMS_URL,
        data=json.dumps({"to": number, "words": words}).encode(),
        headers={
            "Content-Type": "application/json",
            "Authorization": f"Bearer {settings.SMS_TOKEN}",
        },
    )
    with urlopen(request, timeout=PATIENCE_SECONDS):  # noqa: S310
        pass
