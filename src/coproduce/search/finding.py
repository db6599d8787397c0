"""Who looks, finds: what has all the words, else with a word mended, else what has some of them."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from coproduce.search import reading, spelling
from coproduce.search.asking import Question, Sees
from coproduce.search.marking import best_line, marked
from coproduce.search.models import Findable
from coproduce.search.reading import Term

ON_A_PAGE = 20
MOST_PAGES = 25
TRIED = 4  # spellings of one word


@dataclass(frozen=True)
class Hit:
    """One thing that was found."""

    kind: str
    title: SafeString  # what was looked for stands in <mark>
    line: SafeString
    address: str
    where: str
    note: str
    at: datetime | None


@dataclass(frozen=True)
class Found:
    """What was found on one page of how many, and what was looked for to find it."""

    asked: str
    instead: str = ""  # another spelling, which this is what was found with
    any_of: bool = False  # nothing has all the words; these have some
    kinds: tuple[tuple[str, int], ...] = ()  # the commonest first
    kind: str = ""
    page: int = 1
    hits: tuple[Hit, ...] = ()

    @property
    def total(self) -> int:
        """Of the kind that is shown, or of all."""
        return sum(count for kind, count in self.kinds if self.kind in ("", kind))

    @property
    def pages(self) -> int:
        return min(-(-self.total // ON_A_PAGE), MOST_PAGES)

    @property
    def first(self) -> int:
        """The number of the first one on this page."""
        return (self.page - 1) * ON_A_PAGE + 1

    @property
    def before(self) -> int:
        return self.page - 1

    @property
    def after(self) -> int:
        return self.page + 1


def find(words: str, *, sees: Sees, kind: str = "", page: int = 1) -> Found:
    """What this asker may see and what has the words, ranked and marked, a page of it."""
    terms = reading.read(words)
    asked = reading.in_words(terms)
    if not terms:
        return Found(asked)
    question, instead = _answered(terms, sees)
    counts = question.kinds()
    kinds = tuple(sorted(counts.items(), key=lambda each: (-each[1], each[0])))
    shown = kind if kind in counts else ""
    found = Found(asked, instead, question.any_of, kinds, shown)
    at = min(max(page, 1), max(found.pages, 1))
    hits = _hits(question, shown, at)
    return Found(asked, instead, question.any_of, kinds, shown, at, hits)


def _answered(terms: tuple[Term, ...], sees: Sees) -> tuple[Question, str]:
    """The first question that has an answer, and its words if they are not those typed."""
    asked = Question(terms, sees)
    if asked.is_answered():
        return asked, ""
    if terms[-1].plain:  # perhaps they are still typing
        begun = terms[-1].or_also(spelling.beginning_with(terms[-1].plain))
        still_typing = Question((*terms[:-1], begun), sees)
        if still_typing.is_answered():
            return still_typing, ""
    mended = tuple(_mended(term, sees) for term in terms)
    if mended != terms:
        other = Question(mended, sees)
        if other.is_answered():
            return other, reading.in_words(mended)
    if len(terms) > 1:
        instead = reading.in_words(mended) if mended != terms else ""
        return Question(mended, sees, any_of=True), instead
    return asked, ""


def _mended(term: Term, sees: Sees) -> Term:
    """The nearest word that this asker can find something with, where they find nothing now."""
    if not term.plain or Question((term,), sees).is_answered():
        return term
    others = (term.instead(word) for word in spelling.nearest(term.plain)[:TRIED])
    return next((other for other in others if Question((other,), sees).is_answered()), term)


def _hits(question: Question, kind: str, page: int) -> tuple[Hit, ...]:
    best = question.best(kind=kind, first=(page - 1) * ON_A_PAGE, most=ON_A_PAGE)
    rows = Findable.objects.select_related("words").in_bulk(best)
    keys = {key for term in question.terms for phrase in term.ways for key in phrase}
    return tuple(_hit(rows[key], keys) for key in best if key in rows)


def _hit(row: Findable, keys: set[str]) -> Hit:
    words = row.words
    return Hit(
        kind=row.kind,
        title=marked(words.title, keys),
        line=best_line(words.text, keys),
        address=words.address,
        where=words.where,
        note=words.note,
        at=row.at,
    )
