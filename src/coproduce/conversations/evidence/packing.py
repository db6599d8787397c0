"""How are one person's answers kept in a few bytes, and read back as columns for everybody?"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.int64]
Packed = Mapping[int, bytes]  # pseudonym -> answers

BYTES = 4
_ASSISTED, _NUMBER = 2, 3  # bits: choice + 1 in two, typed in for them in one, then the statement
_CODE = np.dtype("<u4")


@dataclass(frozen=True, eq=False)
class Columns:
    """Answers as columns of one length: whose, to which statement, what, and how it came."""

    person: Ints
    number: Ints
    choice: Ints
    is_assisted: NDArray[np.bool_]


def pack(rows: ArrayLike) -> dict[int, bytes]:
    """Rows of pseudonym, number, choice and assistance, as bytes for each person.

    The same answers are the same bytes, in whatever order they came.
    """
    table = np.asarray(rows, dtype=np.int64).reshape(-1, 4)
    code = (table[:, 1] << _NUMBER) | (table[:, 3] << _ASSISTED) | (table[:, 2] + 1)
    order = np.lexsort((code, table[:, 0]))
    people, first = np.unique(table[order, 0], return_index=True)
    answers = code[order].astype(_CODE).tobytes()
    edges = [*(first * BYTES).tolist(), len(answers)]
    return {
        who: answers[start:end]
        for who, start, end in zip(people.tolist(), edges, edges[1:], strict=False)
    }


def unpack(packed: Packed) -> Columns:
    """Everybody's answers, person by person; raises ValueError where an answer is cut short."""
    lengths, odd = np.divmod(np.fromiter(map(len, packed.values()), np.int64, len(packed)), BYTES)
    if np.any(odd):
        raise ValueError("An answer is cut short.")
    code = np.frombuffer(b"".join(packed.values()), dtype=_CODE).astype(np.int64)
    people = np.fromiter(packed, np.int64, len(packed))
    return Columns(
        person=np.repeat(people, lengths),
        number=code >> _NUMBER,
        choice=(code & 0b11) - 1,
        is_assisted=(code >> _ASSISTED & 1).astype(np.bool_),
    )
