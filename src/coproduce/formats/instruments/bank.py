"""Which questions come with the package? Those whose licence says in writing that they may.

They stand as files in `bank/`, one for each version of an instrument, and pass the same gate as
anybody's own. What may not be shipped is not here, not even in part: of SWEMWBS there is only how
it is scored, in `adapters`.
"""

from functools import cache
from importlib.resources import files

from coproduce.formats.errors import BadFile
from coproduce.formats.instruments.native import read_instrument
from coproduce.formats.instruments.record import Instrument


@cache
def bank() -> tuple[Instrument, ...]:
    """All instruments that come with the package, by name."""
    folder = files(__package__) / "bank"
    found = [
        _shippable(read_instrument(file.read_bytes(), file=file.name))
        for file in folder.iterdir()
        if file.name.endswith(".json")
    ]
    return tuple(sorted(found, key=lambda instrument: instrument.name))


def from_bank(name: str) -> Instrument | None:
    """The instrument of that name and version, "ons4@2024", or None where there is none."""
    return next((instrument for instrument in bank() if instrument.name == name), None)


def _shippable(instrument: Instrument) -> Instrument:
    if not instrument.licence.may_ship:
        raise BadFile(
            f"{instrument.code}.json",
            None,
            "licence, may_ship",
            "Its licence does not let it be shipped. Take it out of the bank.",
        )
    return instrument
