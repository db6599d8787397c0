"""Which rows of answers may stand beside each other without telling who somebody is (rule R8)?

k-anonymity: Sweeney (2002), Int. J. Uncertain. Fuzz. 10(5): every combination of what may be known
of people is held by at least k of them. l-diversity in its distinct form: Machanavajjhala et al.
(2007), ACM TKDD 1(1): whoever is known to be among those still stays open in what is sensitive.
"""

import numpy as np

from coproduce.analysis.disclosure import DEFAULT_POLICY
from coproduce.measures.evidence.reading import Flags, Ints

FEWEST_ALIKE = DEFAULT_POLICY.smallest_count  # k
FEWEST_ANSWERS = 2  # l


def may_stand(known: Ints, sensitive: Ints) -> Flags:
    """One flag a row. `known`, `sensitive`: (rows, items), codes; no answer is an answer too.

    A sensitive answer counts as known as well when rows are called alike; it has to differ among
    those who are alike in everything else. Rows are left out whole, until nothing more has to go:
    the answer does not hang on their order.
    """
    kept = np.ones(len(known), dtype=np.bool_)
    every = np.column_stack([known, sensitive])
    while kept.any():
        go = kept & ((_alike(every, kept) < FEWEST_ALIKE) | _tells(known, sensitive, kept))
        if not go.any():
            break
        kept &= ~go
    return kept


def _alike(columns: Ints, kept: Flags) -> Ints:
    """How many of the rows that are kept are like each row; 0 for one that is not."""
    counted = np.zeros(len(columns), dtype=np.int64)
    groups = _groups(columns[kept])
    counted[kept] = np.bincount(groups)[groups]
    return counted


def _tells(known: Ints, sensitive: Ints, kept: Flags) -> Flags:
    """Rows among whose like all gave the same answer to something sensitive."""
    telling = np.zeros(len(known), dtype=np.bool_)
    groups = _groups(known[kept])
    for answers in sensitive[kept].T:
        pairs = np.unique(np.column_stack([groups, answers]), axis=0)
        telling[kept] |= np.bincount(pairs[:, 0])[groups] < FEWEST_ANSWERS
    return telling


def _groups(columns: Ints) -> Ints:
    """For each row the number of the combination that it holds; one for all where none is known."""
    if columns.shape[1] == 0:
        return np.zeros(len(columns), dtype=np.int64)
    _, groups = np.unique(columns, axis=0, return_inverse=True)
    return groups.reshape(-1).astype(np.int64)
