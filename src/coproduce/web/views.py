"""The front page, and the few small answers that belong to the site as a whole."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from coproduce.conversations.ballot_rows import NotTaken
from coproduce.conversations.models import Conversation, Phase
from coproduce.conversations.next_statement import Turn, turn
from coproduce.conversations.visitors import is_answerable, visitor
from coproduce.gatherings.models import Gathering
from coproduce.people.models import Place
from coproduce.trust.keys import KeyIsGone
from coproduce.trust.models import Figure

SHOWN_AT_ONCE = 5  # of each kind, on the front page


@dataclass(frozen=True)
class Finding:
    """A published conversation, and the one sentence that stands for it."""

    conversation: Conversation
    sentence: str


@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The question of the moment with a statement to answer, and what else there is."""
    still_open = list(Conversation.objects.open().select_related("place"))
    question = question_of_the_moment(still_open)
    context = {
        "question": question,
        "turn": whose_turn(request, question),
        "also_open": [one for one in still_open if one != question][:SHOWN_AT_ONCE],
        "found": findings(),
        "gatherings": Gathering.objects.published()
        .coming()
        .select_related("place")[:SHOWN_AT_ONCE],
        "places": places_with_open_questions(),
    }
    return render(request, "home.html", context)


def question_of_the_moment(still_open: list[Conversation]) -> Conversation | None:
    """The newest question that anyone may answer; failing that, the newest there is."""
    anyone = Conversation.Electorate.OPEN
    for_anyone = (one for one in still_open if one.electorate == anyone)
    return next(for_anyone, next(iter(still_open), None))


def whose_turn(request: HttpRequest, question: Conversation | None) -> Turn | None:
    """The statement to put before this visitor; nothing if it is not for them to answer."""
    if question is None or not is_answerable(question):
        return None
    who = visitor(request, question)
    try:
        return turn(question, who.pseudonym) if who.may_answer else None
    except (KeyIsGone, NotTaken):  # it closed, or the statement went, a moment ago
        return None


def next_gatherings() -> QuerySet[Gathering]:
    return Gathering.objects.published().coming().select_related("place")[:SHOWN_AT_ONCE]


def findings() -> list[Finding]:
    """What the newest published conversations found, as their own figures say it."""
    published = list(Conversation.objects.published().select_related("place")[:SHOWN_AT_ONCE])
    sentences = first_sentences([conversation.thing for conversation in published])
    return [Finding(each, sentences.get(each.thing, "")) for each in published]


def first_sentences(things: list[str]) -> dict[str, str]:
    """The sentence of the first common-ground figure in the newest release of each thing."""
    figures = (
        Figure.objects.filter(release__thing__in=things, kind="common_ground")
        .order_by("release__number", "-position")
        .values_list("release__thing", "sentence")
    )
    return dict(figures)  # the last one of each thing stays


def places_with_open_questions() -> QuerySet[Place]:
    is_open = Q(conversations__phase=Phase.OPEN)
    return Place.objects.filter(is_open).annotate(open_now=Count("conversations", filter=is_open))


def sign_in(request: HttpRequest) -> HttpResponse:
    """There is one way in; whoever asks for another is shown to it."""
    query = request.GET.urlencode()
    return redirect(f"/accounts/login/code/{'?' if query else ''}{query}")


def not_here(request: HttpRequest) -> HttpResponse:
    """Nobody keeps a password here, so there is none to set or change."""
    raise Http404


@cache_control(public=True, max_age=86_400)
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /accounts/", "Disallow: /admin/", "Disallow: /join/"]
    lines += ["Disallow: /people/", "Disallow: /search/"]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain")
