"""The page behind each number: "How do we know this?"."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from coproduce.trust import figures, looking, takeaway
from coproduce.trust.models import Figure

ROWS_ON_A_PAGE = 400  # the rest is in the download


@require_safe
def figure(request: HttpRequest, figure_id: UUID) -> HttpResponse:
    """One figure in words, with its table and everything that stands behind it."""
    found = _figure(figure_id)
    page = looking.page_of(request, found)
    content = figures.content_of(found)
    return render(
        request,
        "trust/figure.html",
        {
            "figure": found,
            "content": content,
            "rows": content.rows[:ROWS_ON_A_PAGE],
            "rows_left": max(len(content.rows) - ROWS_ON_A_PAGE, 0),
            "how": found.value["how"],
            "kept_back": found.manifest.get("kept_back", []),
            "newer": figures.newer_than(found),
            "is_on_the_way": not (found.release.is_last or content.facts.get("stands")),
            "corrections": found.correction.splitlines(),
            "page": page,
        },
    )


@require_safe
def figure_csv(request: HttpRequest, figure_id: UUID) -> HttpResponse:
    """The figure's table for a spreadsheet."""
    found = _figure(figure_id)
    looking.page_of(request, found)
    return download(takeaway.table_of(found), f"figure-{_short(found)}.csv", "text/csv")


@require_safe
def figure_json(request: HttpRequest, figure_id: UUID) -> HttpResponse:
    """The figure whole, for a program."""
    found = _figure(figure_id)
    looking.page_of(request, found)
    text = takeaway.as_json(takeaway.whole(found))
    return download(text, f"figure-{_short(found)}.json", "application/json")


def download(content: str | bytes, name: str, kind: str) -> HttpResponse:
    """A file to keep, under a name that says what it is."""
    return HttpResponse(
        content,
        content_type=kind if kind == "application/zip" else f"{kind}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _figure(figure_id: UUID) -> Figure:
    return get_object_or_404(Figure.objects.select_related("release"), pk=figure_id)


def _short(found: Figure) -> str:
    return f"{found.kind}-{found.key}-{found.id.hex[:8]}".replace("--", "-")
