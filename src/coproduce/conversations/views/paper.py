"""Paper for the hall and back again: sheets, slips, the helper's entry page, a show of hands."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from coproduce.conversations.actions import facilitating, on_paper
from coproduce.conversations.actions.facilitating import NotPossible
from coproduce.conversations.forms.facilitating import HowManySlips, OwnWords
from coproduce.conversations.forms.paper import HandsList, HandsTable, SheetEntry
from coproduce.conversations.models import Conversation, PaperEdition, Phase, ShowOfHands
from coproduce.conversations.paper import (
    LARGE_SLIPS_ON_A_PAGE,
    SLIPS_IN_A_FILE,
    SLIPS_ON_A_PAGE,
    sheet_pdf,
    slip_files,
    slips_pdf,
)
from coproduce.conversations.pseudonyms import read_code
from coproduce.conversations.views.doors import behind, telling
from coproduce.people.models import Person
from coproduce.people.rights import Deed
from coproduce.trust.keys import KeyIsGone

REMEMBERED_SHEETS = 10


@behind(Deed.ENTER_PAPER)
@require_safe
def paper(request: HttpRequest, conversation: Conversation, person: Person) -> HttpResponse:
    return _paper_page(request, conversation, HowManySlips(initial={"count": 40}))


@behind(Deed.ENTER_PAPER)
@require_POST
def paper_sheets(request: HttpRequest, conversation: Conversation, person: Person) -> HttpResponse:
    with telling(request, "The sheet is ready to print."):
        on_paper.print_sheets(conversation, by=person)
    return redirect("conversations:paper", conversation.slug)


@behind(Deed.ENTER_PAPER)
@require_safe
def paper_sheet_pdf(
    request: HttpRequest, conversation: Conversation, person: Person, letters: str
) -> HttpResponse:
    edition = get_object_or_404(conversation.paper_editions, letters=letters)
    is_large = "large" in request.GET
    name = f"sheet-{letters}{'-large' if is_large else ''}.pdf"
    return _pdf(sheet_pdf(edition, large=is_large), name)


@behind(Deed.ENTER_PAPER)
@require_POST
def paper_slips(request: HttpRequest, conversation: Conversation, person: Person) -> HttpResponse:
    form = HowManySlips(request.POST)
    if not form.is_valid():
        return _paper_page(request, conversation, form)
    first_new = conversation.slips + 1
    with telling(request, "The slips are ready to print."):
        facilitating.give_out_slips(conversation, form.cleaned_data["count"], by=person)
    address = reverse("conversations:paper", args=[conversation.slug])
    return redirect(f"{address}?new={first_new}#slips")


@behind(Deed.ENTER_PAPER)
@require_safe
def paper_slips_pdf(
    request: HttpRequest, conversation: Conversation, person: Person, first: int, last: int
) -> HttpResponse:
    if not 1 <= first <= last <= min(conversation.slips, first + SLIPS_IN_A_FILE - 1):
        raise Http404("These slips have not been given out.")
    is_large = "large" in request.GET
    try:
        pdf = slips_pdf(conversation, first=first, last=last, large=is_large)
    except KeyIsGone as gone:
        raise Http404("The conversation is closed: its slips mean nothing any more.") from gone
    return _pdf(pdf, f"slips-{first}-{last}{'-large' if is_large else ''}.pdf")


@behind(Deed.ENTER_PAPER)
def entry(request: HttpRequest, conversation: Conversation, person: Person) -> HttpResponse:
    """Type in sheets: a code and a row of letters each; all lines are taken, or none."""
    if not conversation.is_open:
        return render(
            request, "conversations/paper/entry_shut.html", {"conversation": conversation}
        )
    last_edition = request.session.get(_edition_key(conversation), "")
    form = SheetEntry(
        request.POST or None, conversation=conversation, initial={"edition": last_edition}
    )
    if request.method == "POST" and form.is_valid() and _enter(request, form, person):
        return redirect("conversations:entry", conversation.slug)
    return _entry_page(request, conversation, form, OwnWords())


@behind(Deed.ENTER_PAPER)
@require_POST
def entry_check(request: HttpRequest, conversation: Conversation, person: Person) -> HttpResponse:
    """What the lines would come to, while the helper types."""
    form = SheetEntry(request.POST, conversation=conversation)
    form.is_valid()
    return render(request, "conversations/paper/_checked.html", {"form": form})


@behind(Deed.ENTER_PAPER)
@require_POST
def entry_take_back(
    request: HttpRequest, conversation: Conversation, person: Person
) -> HttpResponse:
    code = read_code(request.POST.get("code", ""))
    if code is None:
        messages.warning(request, "That is not a code of a slip.")
        return redirect("conversations:entry", conversation.slug)
    with telling(request, f"The sheet {code} is taken back: its answers do not count."):
        on_paper.take_back_sheet(conversation, code, by=person)
    _remember(request, conversation, [one for one in _recent(request, conversation) if one != code])
    return redirect("conversations:entry", conversation.slug)


@behind(Deed.ENTER_PAPER)
@require_POST
def entry_words(request: HttpRequest, conversation: Conversation, person: Person) -> HttpResponse:
    form = OwnWords(request.POST)
    if not form.is_valid():
        last_edition = request.session.get(_edition_key(conversation), "")
        empty = SheetEntry(conversation=conversation, initial={"edition": last_edition})
        return _entry_page(request, conversation, empty, form)
    with telling(request, "Their words are kept."):
        facilitating.write_down(conversation, form.cleaned_data["words"], by=person)
    return redirect("conversations:entry", conversation.slug)


@behind(Deed.ENTER_PAPER)
def hands(request: HttpRequest, conversation: Conversation, person: Person) -> HttpResponse:
    """Hands counted in the room, typed in row by row or pasted from a spreadsheet."""
    statements = list(conversation.statements.shown())
    is_list = request.POST.get("form") == "list"
    posted = request.POST if request.method == "POST" else None
    table = HandsTable(
        None if is_list else posted, statements=statements, initial=_counted(conversation)
    )
    rows = HandsList(posted if is_list else None, request.FILES if is_list else None)
    form = rows if is_list else table
    if posted is not None and form.is_valid():
        try:
            count = facilitating.record_hands(conversation, form.hands, by=person)
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            many = f"{count} statements" if count > 1 else "one statement"
            messages.success(request, f"The hands for {many} are written down.")
            return redirect("conversations:hands", conversation.slug)
    return render(
        request,
        "conversations/paper/hands.html",
        {"conversation": conversation, "table": table, "rows": rows},
    )


def _paper_page(
    request: HttpRequest, conversation: Conversation, form: HowManySlips
) -> HttpResponse:
    shown = list(conversation.statements.shown().values_list("number", flat=True))
    editions = list(conversation.paper_editions.all())
    return render(
        request,
        "conversations/paper/paper.html",
        {
            "conversation": conversation,
            "editions": editions,
            "is_up_to_date": any(edition.numbers == shown for edition in editions[:1]),
            "files": slip_files(conversation),
            "new_files": slip_files(conversation, first=_first_new(request, conversation)),
            "form": form,
            "can_print": conversation.phase in (Phase.DRAFT, Phase.OPEN),
            "on_a_page": SLIPS_ON_A_PAGE,
            "large_on_a_page": LARGE_SLIPS_ON_A_PAGE,
        },
    )


def _first_new(request: HttpRequest, conversation: Conversation) -> int:
    """The first of the slips that were just given out; beyond the last one if none were."""
    typed = request.GET.get("new", "")
    return int(typed[:6]) if typed.isascii() and typed.isdigit() else conversation.slips + 1


def _entry_page(
    request: HttpRequest, conversation: Conversation, form: SheetEntry, words: OwnWords
) -> HttpResponse:
    return render(
        request,
        "conversations/paper/entry.html",
        {
            "conversation": conversation,
            "form": form,
            "words": words,
            "recent": _recent(request, conversation),
            "editions": conversation.paper_editions.all(),
        },
    )


def _enter(request: HttpRequest, form: SheetEntry, person: Person) -> bool:
    edition: PaperEdition = form.cleaned_data["edition"]
    try:
        entered = on_paper.enter_sheets(edition, form.sheets.latest, by=person)
    except NotPossible as reason:
        form.add_error(None, str(reason))
        return False
    _tell(request, entered, form.sheets.twice)
    request.session[_edition_key(edition.conversation)] = edition.letters
    before = [code for code in _recent(request, edition.conversation) if code not in entered.codes]
    _remember(request, edition.conversation, [*reversed(entered.codes), *before])
    return True


def _tell(request: HttpRequest, entered: on_paper.Entered, twice: list[str]) -> None:
    count = len(entered.codes)
    messages.success(request, f"{count} sheets are entered." if count > 1 else "Entered.")
    for code in twice:
        messages.info(request, f"{code} came twice; the later line counts.")
    for code in entered.corrected:
        messages.info(request, f"{code} had been entered before; this sheet takes its place.")
    for number in entered.left_out:
        messages.info(
            request,
            f"Statement {number} has been left out since the sheet was printed; "
            "its answers are not kept.",
        )


def _counted(conversation: Conversation) -> dict[str, int]:
    counted = ShowOfHands.objects.filter(statement__conversation=conversation)
    return {
        f"{name}-{hand.statement.number}": getattr(hand, name)
        for hand in counted.select_related("statement")
        for name in ("agree", "disagree", "neither")
    }


def _recent(request: HttpRequest, conversation: Conversation) -> list[str]:
    """The codes this helper entered last: codes only, and only in their own session."""
    recent: list[str] = request.session.get(_recent_key(conversation), [])
    return recent


def _remember(request: HttpRequest, conversation: Conversation, codes: list[str]) -> None:
    request.session[_recent_key(conversation)] = codes[:REMEMBERED_SHEETS]


def _recent_key(conversation: Conversation) -> str:
    return f"sheets-{conversation.id.hex}"


def _edition_key(conversation: Conversation) -> str:
    return f"edition-{conversation.id.hex}"


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
