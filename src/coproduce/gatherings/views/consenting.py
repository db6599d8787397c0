"""Asking what may be shown, and taking it back by one's own code."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coproduce.gatherings import consent_cards, limits, tasks, to_see
from coproduce.gatherings.actions import consenting, noting
from coproduce.gatherings.actions.deeds import NotPossible
from coproduce.gatherings.codes import read_code
from coproduce.gatherings.forms.consenting import HowManyCards, OneCard, RoomWasTold, SpokenYes
from coproduce.gatherings.forms.registering import TheCode
from coproduce.gatherings.models import Gathering, Voice
from coproduce.gatherings.views.doors import behind, telling
from coproduce.gatherings.views.mine import way_of
from coproduce.gatherings.views.wait import take_a_rest
from coproduce.people import everything
from coproduce.people.actions import taking_back
from coproduce.people.models import Person
from coproduce.people.rights import Deed
from coproduce.trust.consent import entries_of

NO_SUCH_CARD = (
    "No card or registration goes by this code. Please compare it letter by letter: there are no "
    "vowels, and no 0 or 1."
)


# Behind it


@behind(Deed.HOST)
@require_safe
def consents(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    """Cards to print and to enter, and what the room was told."""
    cards = gathering.consent_cards.all()
    return render(
        request,
        "gatherings/consent/consents.html",
        {
            "gathering": gathering,
            "printing": HowManyCards(initial={"count": 40}),
            "telling": RoomWasTold(),
            "coding": TheCode(),
            "printed": len(cards),
            "entered": sum(card.entered_at is not None for card in cards),
            "waiting": to_see.waiting_at(gathering),
            "told": consenting.what_the_room_was_told(gathering),
            "told_of_pictures": consenting.what_the_room_was_told(gathering, of_pictures=True),
        },
    )


@behind(Deed.HOST)
@require_POST
def print_cards(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    form = HowManyCards(request.POST)
    if form.is_valid():
        count = form.cleaned_data["count"]
        with telling(request, f"{count} cards are ready to print."):
            consenting.print_cards(gathering, count, by=person)
    else:
        messages.warning(request, "Say how many cards to print, 500 at most.")
    return redirect("gatherings:consents", gathering.slug)


@behind(Deed.HOST)
@require_safe
def cards_pdf(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    """The cards that have not been entered yet, four on a page."""
    cards = list(gathering.consent_cards.filter(entered_at=None))
    if not cards:
        raise Http404("There are no cards to print. Say first how many you want.")
    name = f'attachment; filename="consent-cards-{gathering.slug}.pdf"'
    return HttpResponse(
        consent_cards.pdf_of(gathering, cards),
        content_type="application/pdf",
        headers={"Content-Disposition": name},
    )


@behind(Deed.HOST)
@require_POST
def room_was_told(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    form = RoomWasTold(request.POST)
    if form.is_valid():
        with telling(request, "It is written down what the room was told."):
            consenting.tell_the_room(
                gathering, person, form.told("channels"), pictures=form.told("pictures")
            )
    else:
        messages.warning(request, "Tick what you told the room.")
    return redirect("gatherings:consents", gathering.slug)


@behind(Deed.HOST)
@require_POST
def find_card(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    code = read_code(request.POST.get("code", ""))
    if gathering.consent_cards.filter(code=code).exists():
        return redirect("gatherings:card", gathering.slug, code)
    messages.warning(request, "No card of this gathering has that code. Compare each letter.")
    return redirect("gatherings:consents", gathering.slug)


@behind(Deed.HOST)
def card(request: HttpRequest, gathering: Gathering, person: Person, code: str) -> HttpResponse:
    """Enter what stands on one card; entered again, the later answer holds."""
    found = gathering.consent_cards.filter(code=read_code(code)).first()
    if found is None:
        raise Http404("This gathering has no such card.")
    form = OneCard(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            consenting.enter(found, form.answer, by=person)
        except (NotPossible, ValueError) as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, "The card is entered.")
            return redirect("gatherings:consents", gathering.slug)
    return render(
        request,
        "gatherings/consent/card.html",
        {"gathering": gathering, "card": found, "form": form},
    )


@behind(Deed.HOST)
def spoken(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    """What somebody said aloud; they are given a code by which they can take it back."""
    form = SpokenYes(request.POST or None, gathering=gathering)
    if request.method == "POST" and form.is_valid():
        try:
            card = consenting.note_spoken(
                gathering, form.cleaned_data["who"], form.answer, by=person
            )
        except (NotPossible, ValueError) as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(
                request,
                f"It is written down, with you as the witness. Give them this code: {card.code}. "
                "With it they see and take back what they allowed.",
            )
            return redirect("gatherings:consents", gathering.slug)
    return render(request, "gatherings/consent/spoken.html", {"gathering": gathering, "form": form})


@behind(Deed.HOST)
@require_POST
def shown_to_them(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    """A host showed somebody what they wanted to see first, and notes what they said."""
    yes = request.POST.get("show") == "yes"
    thing = request.POST.get("thing", "")
    waiting = {(str(them.pk), each.thing): them for them, each in to_see.waiting_at(gathering)}
    them = waiting.get((request.POST.get("person", ""), thing))
    if them is None:
        messages.warning(request, "That does not wait to be seen any more.")
        return redirect("gatherings:consents", gathering.slug)
    with telling(request, "It may be shown now." if yes else "Nobody else will see it."):
        taking_back.say_once_seen(them, thing, yes, by=person)
    return redirect("gatherings:consents", gathering.slug)


@behind(Deed.HOST)
@require_POST
def ask_to_look(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    """Write to everybody who wants to see something first, by their own way."""
    people = {them.pk for them, _ in to_see.waiting_at(gathering)}
    for them in sorted(people):
        tasks.ask_to_look.enqueue(str(gathering.pk), str(them))
    messages.success(
        request,
        "A message is on its way to whoever left us an address. Show it to the others yourself.",
    )
    return redirect("gatherings:consents", gathering.slug)


@behind(Deed.HOST)
@require_POST
def show_insights(request: HttpRequest, gathering: Gathering, person: Person) -> HttpResponse:
    """Let everybody read the insights; of their voices, those whose consent covers it."""
    with telling(request, "Everybody can read the insights on the page of the gathering."):
        consenting.show_insights(gathering, by=person)
    return redirect("gatherings:insights", gathering.slug)


# By one's own code


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_words_form(request: HttpRequest) -> HttpResponse:
    """Type the code of a card or a registration to see what one said and allowed."""
    form = TheCode(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if limits.has_guessed_too_often(request):
            return take_a_rest(request)
        code = read_code(form.cleaned_data["code"])
        if consenting.whose(code):
            return redirect("gatherings:my_words", code)
        limits.note_wrong_code(request)
        form.add_error("code", NO_SUCH_CARD)
    return render(request, "gatherings/consent/my_words_form.html", {"form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_words(request: HttpRequest, code: str) -> HttpResponse:
    """What somebody said and allowed; what would change; take back all of it in one step."""
    if limits.has_guessed_too_often(request):
        return take_a_rest(request)
    person = consenting.whose(code)
    if person is None:
        limits.note_wrong_code(request)
        form = TheCode(initial={"code": code})
        return render(request, "gatherings/consent/my_words_form.html", {"form": form}, status=404)
    voices = Voice.objects.filter(said_by=person, taken_back_at=None).select_related("gathering")
    voices = voices.prefetch_related("insights__report_backs", "report_backs")
    if request.method == "POST":
        return _take_back(request, code, person, list(voices))
    return render(
        request,
        "gatherings/consent/my_words.html",
        {
            "way": way_of(code),
            "waiting": everything.waiting_for(person),
            "voices": voices,
            "allowed": [consenting.in_words(entry) for entry in entries_of(person.id)],
            "gives": any(entry.is_given for entry in entries_of(person.id)),
        },
    )


def _take_back(
    request: HttpRequest, code: str, person: Person, voices: list[Voice]
) -> HttpResponse:
    taking_back.take_back(person)
    if "words" in request.POST:
        for voice in voices:
            noting.take_back(voice, by=None)
        messages.success(request, "Your words are gone, and nothing of yours is shown any more.")
    else:
        messages.success(request, "Nothing of yours is shown any more.")
    return redirect("gatherings:my_words", code)
