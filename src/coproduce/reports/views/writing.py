"""Where hosts write a report: a first draft, then block by block, a preview, and out it goes."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coproduce.gatherings.models import Gathering
from coproduce.gatherings.views.doors import behind, telling
from coproduce.people.models import Person
from coproduce.people.rights import Deed
from coproduce.reports import shown
from coproduce.reports.actions import publishing, writing
from coproduce.reports.actions.deeds import NotPossible
from coproduce.reports.actions.writing import ChangedMeanwhile, fingerprint
from coproduce.reports.body import Block, Kind
from coproduce.reports.forms.blocks import FORMS, BlockForm, Title, WhatChanged
from coproduce.reports.forms.guests import AboutGuest, TakeIn
from coproduce.reports.missing import Lack, missing
from coproduce.reports.models import Report
from coproduce.reports.pieces import Piece
from coproduce.reports.views.doors import at_the_desk


@dataclass(frozen=True)
class Row:
    """A block as its editor sees it: what readers will see, and what keeps it from them."""

    block: Block
    piece: Piece | None
    lacks: tuple[Lack, ...]
    was: str


@never_cache
@behind(Deed.HOST)
def desk(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    """Our own report of a gathering: the draft made at once, then the way to work on it."""
    ours = gathering.reports.filter(kind=Report.Kind.OURS).first()
    if request.method == "POST" and ours is None:
        with telling(request, "Here is a first draft, from all that is known of the day."):
            writing.begin(gathering, person)
        return redirect("reports:desk", gathering.slug)
    if ours is not None:
        ours.gathering = gathering
        return _editor(request, ours)
    guests = gathering.reports.filter(kind=Report.Kind.GUEST)
    context = {"gathering": gathering, "guests": guests}
    return render(request, "reports/host/begin.html", context)


@never_cache
@behind(Deed.HOST)
def take_in(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    """A guest's report, from its text."""
    form = TakeIn(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        report = writing.take_in(gathering, typed["title"], typed["text"], form.guest(), person)
        messages.success(request, "It is taken in. Nobody else reads it before it is published.")
        return redirect("reports:edit", gathering.slug, report.pk)
    return render(request, "reports/host/guest.html", {"gathering": gathering, "form": form})


@never_cache
@at_the_desk
@require_safe
def edit(request: HttpRequest, report: Report, person: Person) -> HttpResponse:
    return _editor(request, report)


@never_cache
@at_the_desk
def about(request: HttpRequest, report: Report, person: Person) -> HttpResponse:
    """Its title; of a guest's report, whose it is and who permitted it."""
    kept = {name: getattr(report, name) for name in ("title", *writing.Guest.__dataclass_fields__)}
    form = (AboutGuest if report.is_guests else Title)(request.POST or None, initial=kept)
    if request.method == "POST" and form.is_valid():
        guest = form.guest() if isinstance(form, AboutGuest) else None
        with telling(request, "It is kept."):
            writing.describe(report, form.cleaned_data["title"], guest, person)
        return _back(report)
    return render(request, "reports/host/about.html", _context(report, form=form))


@never_cache
@at_the_desk
@require_safe
def choose(request: HttpRequest, report: Report, person: Person) -> HttpResponse:
    """Which kind of block is to come in, and after which one."""
    return render(
        request,
        "reports/host/choose.html",
        _context(report, kinds=Kind, after=request.GET.get("after", "")),
    )


@never_cache
@at_the_desk
def add(request: HttpRequest, report: Report, person: Person, kind: str) -> HttpResponse:
    """A new block of one kind, by its small form."""
    wanted, after = _kind(kind), request.GET.get("after", "")
    form = _form(wanted, request, report, None)
    if request.method == "POST" and form.is_valid():
        block = Block(wanted, form.value())
        with telling(request, f"{wanted.label}: it is in the report."):
            writing.add(report, block, person, after=after)
        return _back(report, block.id)
    return render(
        request,
        "reports/host/block.html",
        _context(report, form=form, kind=wanted, after=after, is_new=True),
    )


@never_cache
@at_the_desk
def change(request: HttpRequest, report: Report, person: Person, block: str) -> HttpResponse:
    """One block. If somebody else has changed it meanwhile, both versions stand on the page."""
    found = next((each for each in report.blocks if each.id == block), None)
    if found is None:
        return _taken_out_meanwhile(request, report)
    form = _form(found.kind, request, report, found)
    theirs, status = None, 200
    if request.method == "POST" and form.is_valid():
        try:
            was = form.cleaned_data["was"]
            writing.change(report, block, form.value(), person, was=was)
        except ChangedMeanwhile as meanwhile:
            theirs, status = meanwhile.now, 409
        else:
            messages.success(request, "It is changed.")
            return _back(report, block)
    return render(
        request,
        "reports/host/block.html",
        _context(
            report,
            form=form,
            kind=found.kind,
            block=found,
            was=fingerprint(theirs or found)
            if theirs or not form.is_bound
            else form["was"].value(),
            theirs=_row_of(report, theirs) if theirs else None,
        ),
        status=status,
    )


@at_the_desk
@require_POST
def move(request: HttpRequest, report: Report, person: Person, block: str) -> HttpResponse:
    steps = -1 if request.POST.get("way") == "up" else 1
    with telling(request, f"It stands one place {'higher' if steps < 0 else 'lower'}."):
        writing.move(report, block, person, steps=steps)
    return _back(report, block)


@at_the_desk
@require_POST
def take_out(request: HttpRequest, report: Report, person: Person, block: str) -> HttpResponse:
    with telling(request, "It is out of the report. Versions that went out keep it."):
        writing.take_out(report, block, person, was=request.POST.get("was", ""))
    return _back(report)


@never_cache
@at_the_desk
@require_safe
def preview(request: HttpRequest, report: Report, person: Person) -> HttpResponse:
    """The report as everybody would read it now."""
    return render(
        request,
        "reports/host/preview.html",
        _context(report, pieces=shown.of_draft(report), lacks=missing(report)),
    )


@never_cache
@at_the_desk
def publish(request: HttpRequest, report: Report, person: Person) -> HttpResponse:
    """What is missing, what changed; then out it goes."""
    form = WhatChanged(request.POST if request.method == "POST" else None)
    form.fields["note"].required = report.newest is not None
    if request.method == "POST" and form.is_valid():
        try:
            version = publishing.publish(report, person, note=form.cleaned_data["note"])
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, f"Version {version.number} is out. Everybody can read it.")
            return redirect("reports:report", report.slug)
    lacks = missing(report)
    return render(
        request,
        "reports/host/publish.html",
        _context(
            report,
            form=form,
            lacks=lacks,
            bars=[each for each in lacks if each.is_bar],
            newest=publishing.current(report),
        ),
    )


def _editor(request: HttpRequest, report: Report) -> HttpResponse:
    lacks = missing(report)
    others = report.gathering.reports.exclude(pk=report.pk)
    return render(
        request,
        "reports/host/edit.html",
        _context(
            report,
            rows=_rows(report, lacks),
            lacks=[each for each in lacks if not each.block],
            stay_out=len({each.block for each in lacks if each.block}),
            newest=report.newest,
            others=others,
        ),
    )


def _rows(report: Report, lacks: list[Lack]) -> list[Row]:
    pieces = {piece.block: piece for piece in shown.of_draft(report)}
    return [
        Row(
            block,
            pieces.get(block.id),
            tuple(each for each in lacks if each.block == block.id),
            fingerprint(block),
        )
        for block in report.blocks
    ]


def _row_of(report: Report, block: Block) -> Row:
    return next(row for row in _rows(report, []) if row.block.id == block.id)


def _form(kind: Kind, request: HttpRequest, report: Report, block: Block | None) -> BlockForm:
    form = FORMS[kind]
    initial = form.filled(block.value) if block else {}
    return form(
        request.POST if request.method == "POST" else None,
        initial=initial,
        gathering=report.gathering,
        block=block,
        is_guests=report.is_guests,
    )


def _taken_out_meanwhile(request: HttpRequest, report: Report) -> HttpResponse:
    """Somebody took the block out while another changed it: what was typed can come back in."""
    typed = str(request.POST.get("words", "")) if request.method == "POST" else ""
    context = _context(report, typed=typed)
    return render(request, "reports/host/taken_out.html", context, status=404 if not typed else 409)


def _kind(name: str) -> Kind:
    try:
        return Kind(name)
    except ValueError as unknown:
        raise Http404("A report has no such block.") from unknown


def _back(report: Report, block: str = "") -> HttpResponse:
    """To the editor, and there to the block that was in hand."""
    page = reverse("reports:edit", args=[report.gathering.slug, report.pk])
    return redirect(f"{page}#block-{block}" if block else page)


def _context(report: Report, **more: Any) -> dict[str, Any]:
    return {"report": report, "gathering": report.gathering, **more}
