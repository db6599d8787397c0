"""Who was asked, who answered, who stayed, and did those who left stand elsewhere before?"""

from collections.abc import Iterator

from coproduce.analysis.disclosure import DEFAULT_POLICY, HIDDEN, has_base
from coproduce.analysis.leavers import Leavers
from coproduce.formats.charts.facts import facts_of
from coproduce.formats.charts.flow import Flow
from coproduce.formats.charts.words import Count, people, plain
from coproduce.formats.instruments.record import in_language
from coproduce.measures.evidence.comparing import Both, Scored
from coproduce.measures.evidence.wording import CHART, Told
from coproduce.trust.figures import Content

FLOW, LEAVERS = "flow", "leavers"
SMALL = DEFAULT_POLICY.smallest_count
FEW_STAYED = 0.7  # methods-measure, Missing: warn where fewer stayed


def flow(both: Both) -> Told:
    """Asked, answered before, answered after, both times, left: what stands beside every result."""
    shown = _shown(both)
    content = Content(
        title="Who answered",
        sentence=_sentence(both, shown),
        about="Only those who answered both times are compared.",
        columns=("Who", "People"),
        rows=tuple((step, str(count)) for step, count in shown.steps),
        facts={"stands": True, CHART: facts_of(shown)},
        limits=tuple(_limits(both)),
    )
    return Told(FLOW, "", content)


def _shown(both: Both) -> Flow:
    """Each count as it may be printed.

    A count beside the next one of the chain tells how many fell away between them. Where that is
    one to four people, it is hidden, and with it the larger count.
    """
    before, after = int(both.before.people.size), int(both.after.people.size)
    linked, invited = int(both.linked.size), both.pair.before.invited
    few_left = 0 < before - linked < SMALL
    few_new = 0 < after - linked < SMALL
    few_silent = invited is not None and any(
        0 < invited - came < SMALL for came in (before, linked)
    )
    return Flow(
        title="Who answered",
        invited=HIDDEN if few_silent else invited,
        before=HIDDEN if few_left else before,
        after=HIDDEN if few_new else after,
        linked=linked,
        left=HIDDEN if few_left else before - linked,
    )


def _sentence(both: Both, shown: Flow) -> str:
    linked = int(both.linked.size)
    asked: Count | None = shown.invited
    of_asked = f" {asked} had been asked." if isinstance(asked, int) else ""
    if shown.before == HIDDEN:
        return f"{people(linked)} answered both times: nearly all who answered before.{of_asked}"
    if shown.before == linked:
        return f"{people(linked)} answered both times: all who answered before.{of_asked}"
    return f"Of {people(shown.before)} who answered before, {linked} answered again.{of_asked}"


def _limits(both: Both) -> Iterator[str]:
    if both.linked.size < FEW_STAYED * both.before.people.size:
        yield (
            "Fewer than 7 in 10 of those who answered before answered again. Those who are missing "
            "may have moved otherwise."
        )
    for each in both.reworded():
        yield (
            f"“{in_language(each.title, 'en')}” was asked in another version the second time. "
            "Answers to other wordings are not compared, so nothing is said about it."
        )


def leavers(scored: Scored, found: Leavers | None) -> Iterator[Told]:
    """Whether those who left stood elsewhere before: told where both are ten people or more."""
    if found is None or found.ci95 is None or not (has_base(found.left) and has_base(found.stayed)):
        return
    name = in_language(scored.score.title, "en")
    low, high = (plain(end, 2) for end in found.ci95)
    content = Content(
        title=f"Those who left: {name}",
        sentence=f"{name}: {_differed(found)}",
        about=f"{people(found.left)} left and {people(found.stayed)} stayed.",
        columns=("Before", "Average"),
        rows=(
            ("Those who stayed", plain(found.mean_stayed or 0.0, 2)),
            ("Those who left", plain(found.mean_left or 0.0, 2)),
            ("95 % interval of the difference", f"{low} to {high}"),
        ),
        facts={"stands": True},
        limits=("How people began does not tell how those who left would have moved.",),
    )
    yield Told(LEAVERS, scored.key, content)


def _differed(found: Leavers) -> str:
    assert found.mean_stayed is not None
    assert found.mean_left is not None
    if not found.began_elsewhere:
        return "those who left began much like those who stayed."
    where = "lower" if found.mean_left < found.mean_stayed else "higher"
    by = plain(abs(found.mean_left - found.mean_stayed))
    return (
        f"those who left had begun {where} than those who stayed, by {by} points on average. What "
        "is told here speaks for those who stayed."
    )
