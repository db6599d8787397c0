"""Bringing people in: hand in a list, say which column is what, look, then all or nothing."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from coproduce.people.actions import bringing_in
from coproduce.people.actions.deeds import NotPossible
from coproduce.people.forms.contacts import HandIn, WhatIsWhat
from coproduce.people.models import Basis, ContactList, Person, Place
from coproduce.people.rights import Deed
from coproduce.people.views.doors import behind

ROWS_TO_SEE = 3
PROBLEMS_TO_SEE = 50


@never_cache
@behind(Deed.KEEP_CONTACTS)
def contacts(request: HttpRequest, place: Place, person: Person) -> HttpResponse:
    form = HandIn(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = bringing_in.hand_in(place, file.name, file.read(), by=person)
        except NotPossible as reason:
            form.add_error("file", str(reason))
        else:
            return redirect("people:contact_list", place.slug, kept.pk)
    context = {
        "place": place,
        "form": form,
        "waiting": ContactList.objects.filter(place=place, by=person).defer("table"),
        "count": place.contacts.count(),
        "hearing": place.hearings.current().count(),
    }
    return render(request, "people/contacts/hand_in.html", context)


@never_cache
@behind(Deed.KEEP_CONTACTS)
def contact_list(
    request: HttpRequest, place: Place, person: Person, contacts: UUID
) -> HttpResponse:
    """Which column is what; then what would happen; then it happens."""
    handed_in = get_object_or_404(ContactList, pk=contacts, place=place, by=person)
    table = bringing_in.table_of(handed_in)
    form = WhatIsWhat(request.POST or None, header=table.header)
    context = {"place": place, "list": handed_in, "form": form, "rows": len(table.rows)}
    if request.method == "POST" and form.is_valid():
        checked, brought = bringing_in.try_out(handed_in, form.kinds)
        if "bring_in" in request.POST and not checked.problems:
            return _bring_in(request, handed_in, form, person)
        context |= {"checked": checked, "brought": brought}
        context["problems"] = checked.problems[:PROBLEMS_TO_SEE]
    seen = [[row[at] for row in table.rows[:ROWS_TO_SEE]] for at in range(len(table.header))]
    context["columns"] = list(zip(form.column_fields(), seen, strict=True))
    return render(request, "people/contacts/check.html", context)


@behind(Deed.KEEP_CONTACTS)
@require_POST
def contact_list_gone(
    request: HttpRequest, place: Place, person: Person, contacts: UUID
) -> HttpResponse:
    handed_in = get_object_or_404(ContactList, pk=contacts, place=place, by=person)
    bringing_in.throw_away(handed_in, by=person)
    messages.success(request, "The list is thrown away. Nobody was brought in.")
    return redirect("people:contacts", place.slug)


def _bring_in(
    request: HttpRequest, handed_in: ContactList, form: WhatIsWhat, person: Person
) -> HttpResponse:
    place = handed_in.place
    try:
        brought = bringing_in.bring_in(
            handed_in,
            form.kinds,
            basis=Basis(form.cleaned_data["basis"]),
            source=form.cleaned_data["source"],
            by=person,
        )
    except NotPossible as reason:
        messages.warning(request, str(reason))
        return redirect("people:contact_list", place.slug, handed_in.pk)
    done = f"Brought in: {brought.new} new, {brought.known} known already."
    messages.success(request, f"{done} Nobody can find them until they say so themselves.")
    return redirect("people:contacts", place.slug)
