"""What does everybody of the network agree to? A site begins with words; convenors change them."""

from django.db import transaction

from coproduce.people.models import Principles
from coproduce.people.to_be_found import principles_changed

FIRST_WORDS = """\
We are equals: what somebody has lived through counts as much as what somebody has studied.
We decide together, from the beginning to the end, and say openly what cannot be changed.
Everybody can take part: we ask what a person needs, and see to it.
We listen to the end, and we can disagree without hurting each other.
What people tell us stays theirs: we use it only as they allow.
We tell everybody what came of what they said, also when nothing did."""


def current() -> Principles:
    """The newest version; the first one is written down the first time that somebody asks."""
    newest = Principles.objects.newest()
    if newest is not None:
        return newest
    first: Principles
    with transaction.atomic():
        first, is_new = Principles.objects.get_or_create(number=1, defaults={"words": FIRST_WORDS})
        if is_new:
            principles_changed(first)
    return first
