"""What of gatherings is to be found? What a host announced, and the insights that a host shows.

Nobody's words are: whether a quote may be shown is judged anew each time (decision 0012), and an
index is a copy. Nor are the names in a programme (decision 0014).
"""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse

from coproduce.gatherings.models import Decision, Gathering, Insight, ReportBack
from coproduce.search.index import Entry, put, put_many
from coproduce.search.models import Seen
from coproduce.search.rebuilding import Kind, Room, row_by_row


def gathering_changed(gathering: Gathering) -> None:
    """After each deed that changes what its page says, or who may read it."""
    put(_of_gathering(gathering))


def insight_changed(insight: Insight) -> None:
    put(_of_insight(_insights().get(pk=insight.pk)))  # with the answer that was just written


def insights_changed(gathering: Gathering) -> None:
    """All of a gathering's, as when it is announced or its insights are shown."""
    put_many(map(_of_insight, _insights().filter(gathering=gathering)))


def decision_changed(decision: Decision) -> None:
    put(_of_decision(decision))


def decisions_changed(gathering: Gathering) -> None:
    """All of a gathering's, as when it is announced."""
    put_many(map(_of_decision, gathering.decisions.select_related("gathering__place")))


def everything() -> Iterator[Entry]:
    shown = Gathering.objects.on_show().select_related("place").prefetch_related("programme")
    yield from map(_of_gathering, row_by_row(shown))
    decided = Decision.objects.on_show().select_related("gathering__place")
    yield from map(_of_decision, row_by_row(decided))
    yield from map(_of_insight, row_by_row(_insights().filter(pk__in=Insight.objects.on_show())))


def _of_decision(decision: Decision) -> Entry:
    page = reverse("gatherings:decision_log")
    return Entry(
        thing=decision.thing,
        kind="decision",
        title=decision.words,
        text="\n".join(filter(None, (decision.why, decision.what_next))),
        address=f"{page}#decision-{decision.pk}",
        seen=Seen.NOBODY if decision.gathering.is_draft else Seen.EVERYBODY,
        where=decision.gathering.place.name,
        note="no longer holds" if decision.superseded_by_id else "",
        at=decision.gathering.starts_at,
    )


def _insights() -> QuerySet[Insight]:
    return Insight.objects.select_related("place", "theme", "gathering").prefetch_related(
        "report_backs"
    )


def _of_gathering(gathering: Gathering) -> Entry:
    return Entry(
        thing=gathering.thing,
        kind="gathering",
        title=gathering.title,
        text="\n".join(_said_of(gathering)),
        address=_page(gathering),
        seen=Seen.NOBODY if gathering.is_draft else Seen.EVERYBODY,
        where=gathering.place.name,
        note="cancelled" if gathering.is_cancelled else "",
        at=gathering.starts_at,
    )


def _said_of(gathering: Gathering) -> Iterator[str]:
    yield from filter(None, (gathering.purpose, gathering.venue, gathering.getting_in))
    for item in gathering.programme.all():
        yield from filter(None, (item.title, item.about))
    yield from filter(None, (gathering.hosts, gathering.supporters))
    if gathering.provided_in_words:
        yield ", ".join(gathering.provided_in_words)
    if gathering.hashtag:
        yield f"#{gathering.hashtag}"


def _of_insight(insight: Insight) -> Entry:
    return Entry(
        thing=insight.thing,
        kind="insight",
        title=insight.words,
        text="\n".join(_said_about(insight)),
        address=f"{_page(insight.gathering)}#insight-{insight.pk}" if insight.gathering else "",
        seen=Seen.EVERYBODY if _is_on_show(insight) else Seen.NOBODY,
        where=insight.place.name,
        note=insight.gathering.title[:80] if insight.gathering else "",
        at=insight.gathering.starts_at if insight.gathering else insight.made_at,
    )


def _said_about(insight: Insight) -> Iterator[str]:
    for answer in insight.report_backs.all():
        yield f"{ReportBack.Kind(answer.kind).label}: {answer.words}"
    yield from filter(None, (insight.theme.name if insight.theme else "", insight.sector))


def _is_on_show(insight: Insight) -> bool:
    """As its gathering's page shows it; one of no gathering has no page yet."""
    gathering = insight.gathering
    is_shown = insight.shown_at is not None and insight.merged_into_id is None
    return is_shown and gathering is not None and not gathering.is_draft


def _page(gathering: Gathering) -> str:
    return reverse("gatherings:gathering", args=[gathering.slug])


ROOM = Room(
    (
        Kind("gathering", "Gathering", "Gatherings"),
        Kind("insight", "Insight", "Insights"),
        Kind("decision", "Decision", "Decisions"),
    ),
    everything,
)
