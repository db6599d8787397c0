"""How is each database asked? The terms in its own spelling, and who may see what in one place.

The terms are letters from a to z by now (`tokens.key_of`), so nothing that somebody typed is part
of a question.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from coproduce.search.reading import Term

# A word in the title weighs as much as several in the text.
SQLITE = """
FROM search_index JOIN search_findable f ON f.id = search_index.rowid
WHERE search_index MATCH %s"""
SQLITE_RANK = "bm25(search_index, 6.0, 1.0)"
POSTGRESQL = """
FROM search_words w JOIN search_findable f ON f.id = w.findable_id,
     to_tsquery('simple', %s) asked
WHERE w.found_by @@ asked"""
POSTGRESQL_RANK = "-ts_rank('{0, 0, 0.15, 1}', w.found_by, asked)"


@dataclass(frozen=True)
class Sees:
    """What whoever asks may see beside what everybody may."""

    directory: bool = False
    places: frozenset[int] = frozenset()  # keys of the places they are a member of


@dataclass(frozen=True)
class Question:
    """All of these terms, or any of them, among what somebody may see."""

    terms: tuple[Term, ...]
    sees: Sees
    any_of: bool = False

    def kinds(self) -> dict[str, int]:
        """How many things of each kind have them."""
        return dict(self._rows("SELECT f.kind, count(*)", "GROUP BY f.kind"))

    def is_answered(self) -> bool:
        return bool(self._rows("SELECT 1", "LIMIT 1"))

    def best(self, *, kind: str, first: int, most: int) -> list[int]:
        """Their keys, the best first and the newest of equals; of one kind, if one is named."""
        rank = SQLITE_RANK if connection.vendor == "sqlite" else POSTGRESQL_RANK
        of_kind, named = (" AND f.kind = %s", [kind]) if kind else ("", [])
        order = f"{of_kind} ORDER BY {rank}, f.at DESC, f.id DESC LIMIT %s OFFSET %s"
        rows = self._rows("SELECT f.id", order, [*named, most, first])
        return [key for (key,) in rows]

    def _rows(self, what: str, rest: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        is_sqlite = connection.vendor == "sqlite"
        source, terms = (SQLITE, self._for_sqlite()) if is_sqlite else (POSTGRESQL, self._for_pg())
        may_see, whose = _may_see(self.sees)
        with connection.cursor() as cursor:
            cursor.execute(f"{what} {source} AND {may_see} {rest}", [terms, *whose, *values])
            return list(cursor.fetchall())

    def _for_sqlite(self) -> str:
        terms = (
            " OR ".join(f'"{" ".join(phrase)}"' for phrase in term.ways) for term in self.terms
        )
        return (" OR " if self.any_of else " AND ").join(f"({term})" for term in terms)

    def _for_pg(self) -> str:
        terms = (" | ".join(" <-> ".join(phrase) for phrase in term.ways) for term in self.terms)
        return (" | " if self.any_of else " & ").join(f"({term})" for term in terms)


def _may_see(sees: Sees) -> tuple[str, list[Any]]:
    """The rule who finds what: whatever no line here lets through, nobody finds."""
    lines, values = ["f.seen = 'everybody'"], []
    if sees.directory:
        lines.append("f.seen = 'directory'")
    if sees.places:
        marks = ", ".join(["%s"] * len(sees.places))
        lines.append(f"(f.seen = 'members' AND f.place IN ({marks}))")
        values = sorted(sees.places)
    return f"({' OR '.join(lines)})", values
