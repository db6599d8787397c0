"""What a conversation found: the page, and what one can take home from it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from coproduce.conversations import evidence, onlookers, report, tasks
from coproduce.conversations.evidence import PublishedMap
from coproduce.conversations.models import Conversation, Phase
from coproduce.conversations.takeaway import everything_for_everyone
from coproduce.gatherings.models import ReportBack
from coproduce.trust import takeaway
from coproduce.trust.models import Figure
from coproduce.trust.views import download


@never_cache
@gzip_page  # a map of some hundred people and statements: a quarter of it travels
@require_safe
def common_ground(request: HttpRequest, slug: str) -> HttpResponse:
    """The map, the same in words, common ground, divides, who took part, how it was done."""
    conversation = _on_show(slug)
    published = evidence.latest(conversation)
    facilitating = onlookers.is_facilitating(request, conversation)
    if published is None or not onlookers.may_see(request, conversation):
        return _nothing_yet(request, conversation, facilitating=facilitating)
    pins = _chosen(request, published)
    picture = published.picture
    return render(
        request,
        "conversations/common_ground.html",
        {
            "conversation": conversation,
            "published": published,
            "growth": evidence.growth_of(conversation),
            "answers": ReportBack.objects.about(conversation.thing),
            "facilitating": facilitating,
            "may_release_rows": published.is_last
            and onlookers.may_ask_for_rows(request, conversation),
            "is_being_finished": conversation.phase == Phase.CLOSED and not published.is_last,
            "page": request.path,
            "show_all": request.GET.get("show") == "all",
            "svg": picture.drawn(pins=pins),
            "pinned": [pin for pin in picture.can_be_pinned if pin.number in pins],
            "note": tasks.why_nothing(conversation) if facilitating else "",
        },
    )


def _nothing_yet(
    request: HttpRequest, conversation: Conversation, *, facilitating: bool
) -> HttpResponse:
    """Kind words for a page that has nothing to show, and why."""
    return render(
        request,
        "conversations/common_ground_not_yet.html",
        {
            "conversation": conversation,
            "is_finished": tasks.is_finished(conversation),
            "facilitating": facilitating,
            "has_picture": evidence.latest(conversation) is not None,
        },
    )


@require_safe
def report_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The same figures as a report for paper."""
    conversation, published = _what_it_found(request, slug)
    return download(
        report.pdf_of(conversation, published), f"{slug}-common-ground.pdf", "application/pdf"
    )


@require_safe
def figures_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Every figure of the newest picture, a sentence each."""
    _, published = _what_it_found(request, slug)
    return download(takeaway.list_of(_figures(published)), f"{slug}-figures.csv", "text/csv")


@require_safe
def figures_json(request: HttpRequest, slug: str) -> HttpResponse:
    """Every figure of the newest picture, whole."""
    conversation, published = _what_it_found(request, slug)
    content = {
        "question": conversation.question,
        "place": conversation.place.name,
        "provenance": conversation.provenance,
        "figures": [takeaway.whole(figure) for figure in _figures(published)],
    }
    return download(takeaway.as_json(content), f"{slug}-figures.json", "application/json")


@require_safe
def open_files(request: HttpRequest, slug: str) -> HttpResponse:
    """Statements and coarse tallies in the layout of a Polis export, without any row of votes."""
    conversation, published = _what_it_found(request, slug)
    packed = everything_for_everyone(conversation, published, _figures(published))
    return download(packed, f"{slug}-open-files.zip", "application/zip")


def _on_show(slug: str) -> Conversation:
    shown = Conversation.objects.on_show().select_related("place", "gathering")
    return get_object_or_404(shown, slug=slug)


def _what_it_found(request: HttpRequest, slug: str) -> tuple[Conversation, PublishedMap]:
    conversation = _on_show(slug)
    published = evidence.latest(conversation)
    if published is None or not onlookers.may_see(request, conversation):
        raise Http404("Nothing of this conversation has been published yet.")
    return conversation, published


def _figures(published: PublishedMap) -> list[Figure]:
    return list(Figure.objects.filter(release=published.release).select_related("release"))


def _chosen(request: HttpRequest, published: PublishedMap) -> tuple[int, ...]:
    """The statement somebody wants to see on the map."""
    wanted = request.GET.get("statement", "")
    return (int(wanted),) if wanted.isdecimal() and len(wanted) < 6 else ()
