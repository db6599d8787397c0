"""The instruments that come along."""

from coproduce.formats.instruments.record import Instrument


def shipped() -> tuple[Instrument, ...]:
    """Every version of every instrument that this package carries."""
    return ()
