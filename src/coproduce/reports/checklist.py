"""What is left to do after a gathering? Each line says how it stands, and who said so."""

from dataclasses import dataclass
from enum import Enum

from django.urls import reverse
from django.utils.dateformat import format as in_format

from coproduce.gatherings import evidence
from coproduce.gatherings.actions import afterwards
from coproduce.gatherings.models import Gathering, Voice
from coproduce.people.models import Person
from coproduce.people.rights import Deed, may
from coproduce.pictures import shown as pictures
from coproduce.pictures.models import Picture
from coproduce.reports import owed
from coproduce.reports.models import Line, Report, ThankYou, Tick

ON_PAPER = (Voice.Source.PAPER, Voice.Source.POST_IT, Voice.Source.FLIPCHART)


class State(Enum):
    DONE = "Done"
    OPEN = "Open"
    NOT_NEEDED = "Not needed"


@dataclass(frozen=True)
class Found:
    """How a line stands by what we know ourselves."""

    state: State
    says: str
    address: str
    deed: str  # the words of the link
    is_theirs: bool = True  # whether whoever looks may do it


@dataclass(frozen=True)
class Item:
    """One line of the list."""

    line: Line
    found: Found
    tick: Tick | None

    @property
    def state(self) -> State:
        """Done where we know so ourselves; else as somebody ticked it."""
        if self.found.state is not State.OPEN or self.tick is None:
            return self.found.state
        return State.DONE if self.tick.state == Tick.State.DONE else State.NOT_NEEDED

    @property
    def is_open(self) -> bool:
        return self.state is State.OPEN

    @property
    def is_ticked(self) -> bool:
        """Whether it is somebody's word, which can be taken back."""
        return self.found.state is State.OPEN and self.tick is not None


def items_of(gathering: Gathering, person: Person) -> list[Item]:
    """Every line, for a host who looks at it."""
    ticks = {tick.line: tick for tick in gathering.ticks.select_related("by")}
    looks = {
        Line.WALK_INS: _walk_ins(gathering),
        Line.PAPER: _paper(gathering),
        Line.NEEDS: _needs(gathering, person),
        Line.PICTURES: _pictures(gathering),
        Line.DECISIONS: _decisions(gathering),
        Line.REPORT: _report(gathering),
        Line.ANSWERS: _answers(gathering),
        Line.THANKS: _thanks(gathering, person),
    }
    return [Item(line, looks[line], ticks.get(line)) for line in Line]


def _walk_ins(gathering: Gathering) -> Found:
    came = gathering.attendances.count()
    walk_ins = gathering.attendances.filter(is_walk_in=True).count()
    is_told = evidence.is_told(gathering)
    told = " The numbers are told, so the list stays as it is." if is_told else ""
    return Found(
        State.DONE if is_told else State.OPEN,
        f"{came} were there, {walk_ins} of them without having registered.{told}",
        _page("gatherings:host_list_entry", gathering),
        "Enter the paper list",
        is_theirs=not is_told,
    )


def _paper(gathering: Gathering) -> Found:
    typed = gathering.voices.filter(source__in=ON_PAPER).count()
    says = f"{typed} voices from paper, sticky notes and flipcharts are typed in."
    return Found(State.OPEN, says, _page("gatherings:notes", gathering), "Type in more")


def _needs(gathering: Gathering, person: Person) -> Found:
    heard = afterwards.heard(gathering)
    answered = sum(number for _, number in heard.counts)
    sees = may(person, Deed.SEE_ACCESS_NEEDS, gathering.place)
    says = f"{answered} of {heard.asked} who told a need have answered."
    if not heard.asked:
        says = "Nobody who was coming had told a need."
    elif not sees:
        says = "The coordinators of the place see the answers."
    state = State.OPEN if heard.asked else State.NOT_NEEDED
    if heard.asked and answered >= heard.asked:
        state = State.DONE
    return Found(
        state,
        says,
        _page("gatherings:host_after", gathering),
        "See what they answered",
        is_theirs=sees and bool(heard.asked),
    )


def _pictures(gathering: Gathering) -> Found:
    """Whether each of them says on what it rests, or is away."""
    kept = list(Picture.objects.about(gathering.thing).with_files())
    waiting = len(pictures.not_yet(kept))
    says = f"{len(kept) - waiting} of {len(kept)} may be shown, and say why."
    if not kept:
        says = "None is brought in."
    elif waiting:
        says += f" {waiting} {'wait' if waiting > 1 else 'waits'} for an answer, or for a host."
    state = State.DONE if kept and not waiting else State.OPEN
    return Found(state, says, _page("gatherings:pictures", gathering), "See the pictures")


def _decisions(gathering: Gathering) -> Found:
    count = gathering.decisions.count()
    says = f"{count} in the public log." if count else "None is in the public log."
    state = State.DONE if count else State.OPEN
    return Found(state, says, _page("gatherings:decisions", gathering), "Write one down")


def _report(gathering: Gathering) -> Found:
    report = gathering.reports.filter(kind=Report.Kind.OURS).first()
    newest = report.newest if report else None
    says = "There is no draft yet." if report is None else "A draft stands; it is not out."
    if newest is not None:
        says = f"Version {newest.number} is out since {in_format(newest.published_at, 'j F Y')}."
    state = State.DONE if newest else State.OPEN
    return Found(state, says, _page("reports:desk", gathering), "Work on the report")


def _answers(gathering: Gathering) -> Found:
    points = owed.at(gathering)
    still = owed.open_ones(points)
    says = f"{len(points) - len(still)} of {len(points)} points are answered."
    if not points:
        says = "No point is drawn from what was said."
    elif still:
        says += f" The next answer is due by {in_format(still[0].due, 'j F Y')}."
    state = State.OPEN if still or not points else State.DONE
    return Found(state, says, _page("gatherings:insights", gathering), "Answer what was said")


def _thanks(gathering: Gathering, person: Person) -> Found:
    sent = ThankYou.objects.filter(gathering=gathering).select_related("announcement").first()
    at = sent.announcement.sent_at if sent else None
    says = f"Sent on {in_format(at, 'j F Y')}." if at else "Not sent yet."
    may_send = may(person, Deed.KEEP_CONTACTS, gathering.place)
    if not may_send and not at:
        says = "Not sent yet. A coordinator of the place sends it."
    return Found(
        State.DONE if at else State.OPEN,
        says,
        _page("reports:thank", gathering),
        "See what became of it" if at else "Write it",
        is_theirs=may_send,
    )


def _page(name: str, gathering: Gathering) -> str:
    return reverse(name, args=[gathering.slug])
