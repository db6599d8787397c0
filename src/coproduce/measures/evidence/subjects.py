"""Which things do projects measure that their answers can be put together? Each once."""

from collections.abc import Iterator, Sequence

from coproduce.measures.evidence import contributions, together
from coproduce.measures.evidence.contributions import Contribution, Measured
from coproduce.measures.evidence.together import Subject
from coproduce.trust.models import Release

KIND = "evidence"


def pool_everything() -> list[Release]:
    """After something was published or counted anew: every pool that says something new."""
    everything = contributions.of_projects()
    written = (together.put_out(together.gather(each, everything)) for each in of(everything))
    return [release for release in written if release]


def of(everything: Sequence[Contribution]) -> Iterator[Subject]:
    """One subject for each score of each version that a project published something of."""
    names: dict[Measured, str] = {each.measured: each.name for each in everything}
    for measured, name in sorted(names.items(), key=lambda each: (each[1], each[0].instrument)):
        yield Subject(thing_of(measured), name, frozenset([measured]))


def thing_of(measured: Measured) -> str:
    return f"{KIND}:{measured.instrument}:{measured.score}"
