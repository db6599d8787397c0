"""What the rooms above people have in a place, for its page: drawn together here, in `web`."""

from django.http import HttpRequest
from django.urls import reverse

from coproduce.conversations.models import Conversation, Phase
from coproduce.gatherings.models import Gathering, Insight, State
from coproduce.people.models import Place
from coproduce.people.place_pages import Entry, Section
from coproduce.people.rights import Deed, may, person_of
from coproduce.reports import evidence
from coproduce.reports.models import Report
from coproduce.trust.models import Figure

SHOWN_AT_ONCE = 10


def conversations_of(request: HttpRequest, place: Place) -> Section:
    """The open and the published conversations of a place, the newest first."""
    of_place = Conversation.objects.filter(place=place, phase__in=[Phase.OPEN, Phase.PUBLISHED])
    return Section("Conversations", tuple(map(_entry, of_place[:SHOWN_AT_ONCE])))


def gatherings_of(request: HttpRequest, place: Place) -> Section:
    """The gatherings of a place: what is next, then what was."""
    announced = Gathering.objects.on_show().filter(place=place)
    found = [*announced.coming()[:SHOWN_AT_ONCE], *announced.past()[:SHOWN_AT_ONCE]]
    return Section("Gatherings", tuple(map(_gathering, found[:SHOWN_AT_ONCE])))


def reports_of(request: HttpRequest, place: Place) -> Section:
    """What was told of the gatherings of a place, the newest first."""
    out = Report.objects.out().filter(gathering__place=place).select_related("gathering")
    return Section("Reports", tuple(map(_report, out[:SHOWN_AT_ONCE])))


def answers_of(request: HttpRequest, place: Place) -> Section:
    """How much of what was said there was answered in time; what is owed, for who may see to it."""
    figure = evidence.told(place)
    told = [Entry(figure.sentence, _figure(figure), "How do we know this?")] if figure else []
    if may(person_of(request.user), Deed.EVALUATE, place):
        page = reverse("reports:answered", args=[place.slug])
        told.append(Entry("See which answers are owed", page))
    return Section("What came of what was said", tuple(told))


def _figure(figure: Figure) -> str:
    return reverse("trust:figure", args=[figure.pk])


def _report(report: Report) -> Entry:
    address = reverse("reports:report", args=[report.slug])
    note = f"by {report.author}" if report.is_guests else "report of the day"
    return Entry(report.title, address, note)


def insights_of(request: HttpRequest, place: Place) -> Section:
    """What was drawn from voices here and may be read by everybody, the newest first."""
    shown = Insight.objects.on_show().filter(place=place).exclude(gathering__state=State.DRAFT)
    found = shown.exclude(gathering=None).select_related("gathering", "theme")
    newest = found.order_by("-gathering__starts_at", "made_at")[:SHOWN_AT_ONCE]
    return Section("Insights", tuple(map(_insight, newest)))


def _insight(insight: Insight) -> Entry:
    assert insight.gathering is not None  # those of no gathering have no page yet
    page = reverse("gatherings:gathering", args=[insight.gathering.slug])
    told = (insight.theme.name if insight.theme else "", insight.gathering.title)
    return Entry(insight.words, f"{page}#insight-{insight.pk}", " · ".join(filter(None, told)))


def _gathering(gathering: Gathering) -> Entry:
    address = reverse("gatherings:gathering", args=[gathering.slug])
    return Entry(gathering.title, address, gathering.when)


def _entry(conversation: Conversation) -> Entry:
    if conversation.is_open:
        address = reverse("conversations:talk", args=[conversation.slug])
        return Entry(conversation.question, address, "open now")
    address = reverse("conversations:common_ground", args=[conversation.slug])
    return Entry(conversation.question, address, "what we found")
