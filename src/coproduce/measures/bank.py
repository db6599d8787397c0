"""The sets of questions that come along: kept as rows, so that waves can point at them."""

from django.db import transaction

from coproduce.formats.instruments import native
from coproduce.formats.instruments.bank import bank
from coproduce.measures.models import Instrument


def keep_shipped() -> int:
    """Take in every shipped version that is not here yet; how many were new."""
    here = set(Instrument.objects.values_list("code", "version"))
    new = [each for each in bank() if (each.code, each.version) not in here]
    with transaction.atomic():
        Instrument.objects.bulk_create(
            (
                Instrument(
                    code=each.code, version=each.version, record=native.write_instrument(each)
                )
                for each in new
            ),
            ignore_conflicts=True,  # another process may take them in at the same moment
        )
    return len(new)
