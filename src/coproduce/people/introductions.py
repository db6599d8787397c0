"""The link by which somebody answers whether they want to be introduced, without an account.

The link is the authority: it was sent to the person's own address, and opens nothing else.
"""

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from coproduce.people.models import Introduction

SALT = "coproduce.people.introduction"


def token(introduction: Introduction) -> str:
    return signing.dumps(introduction.pk.hex, salt=SALT)


def behind(signed: str) -> Introduction | None:
    """The introduction of a link of ours; nothing for any other, or where it is gone."""
    try:
        key = UUID(signing.loads(signed, salt=SALT))
    except signing.BadSignature:
        return None
    return Introduction.objects.select_related("asker", "asked").filter(pk=key).first()


def link(introduction: Introduction) -> str:
    return f"{settings.BASE_URL}{reverse('people:introduction', args=[token(introduction)])}"
