"""What stands in the sheets of a wave? Read in one question to the database, as numbers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coproduce.formats.instruments.record import Instrument
from coproduce.measures import asked_in, packing
from coproduce.measures.models import Sheet, Wave
from coproduce.measures.packing import Asked, Codes

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Rows:
    """The sheets that were sent in one wave: whose they are, and what is packed in them."""

    asked: Asked
    people: Ints  # in ascending order; somebody's own sheet before one filled in for them
    is_proxy: Flags
    codes: Codes  # (sheets, items)

    def of(self, instrument: Instrument) -> Codes:
        return self.codes[:, self.asked.of(instrument)]

    @property
    def own(self) -> "Rows":
        """Without what others answered for somebody: such sheets are never counted with these."""
        kept = ~self.is_proxy
        return Rows(self.asked, self.people[kept], self.is_proxy[kept], self.codes[kept])


def read(wave: Wave) -> Rows:
    """Everything that was sent, and not taken back since."""
    asked = asked_in.asked(wave)
    sent = Sheet.objects.sent().filter(wave=wave).order_by("participant", "is_proxy")
    found = list(sent.values_list("participant", "is_proxy", "answers"))
    packed = b"".join(bytes(answers) for *_, answers in found)
    return Rows(
        asked,
        np.array([person for person, *_ in found], dtype=np.int64),
        np.array([is_proxy for _, is_proxy, _ in found], dtype=np.bool_),
        packing.unpack(packed).reshape(len(found), len(asked)),
    )
