"""The search page: what this visitor may find, on a page that works as a plain form."""

from datetime import timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coproduce.conversations.pseudonyms import DEVICE_COOKIE
from coproduce.people.limits import Limit, address_of
from coproduce.people.models import Person
from coproduce.people.rights import person_of
from coproduce.search import rebuilding
from coproduce.search.asking import Sees
from coproduce.search.finding import Found, find
from coproduce.search.reading import LONGEST
from coproduce.search.rebuilding import Kind

A_MINUTE = int(timedelta(minutes=1).total_seconds())
# Nobody types a search a second for a minute; a hall does, behind one address.
SEARCHES = Limit("searches", most=60, seconds=A_MINUTE)
SEARCHES_BY_ADDRESS = Limit("searches by address", most=1_200, seconds=A_MINUTE)


@never_cache
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """A field, and below it what has these words, as far as this visitor may see it."""
    typed = request.GET.get("q", "")[:LONGEST]
    if typed.strip() and not _may_search(request):
        return _a_rest(request)
    sees = sees_of(person_of(request.user))
    found = find(
        typed,
        sees=sees,
        kind=request.GET.get("kind", "")[:20],
        page=_number(request.GET.get("page", "")),
    )
    context = {
        "typed": typed.replace("\x00", " "),
        "found": found,
        "heading": _heading(found),
        "hits": [(_known(hit.kind).one, hit) for hit in found.hits],
        "choices": _choices(found, typed),
        "asked": urlencode({"q": _sent(typed), "kind": found.kind}),
        "sees_directory": sees.directory,
    }
    response = render(request, "search.html", context)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def sees_of(person: Person | None) -> Sees:
    """As the pages themselves: members see the directory, and what is their place's alone."""
    if person is None:
        return Sees()
    held = person.memberships.current().select_related("place")
    places = {part.pk for membership in held for part in membership.place.with_parts()}
    return Sees(directory=bool(places), places=frozenset(places))


def _choices(found: Found, typed: str) -> list[tuple[str, str, int, bool]]:
    """Address, words, how many, and whether it is what is shown: everything, or one kind."""
    rows = [("", "Everything", sum(count for _, count in found.kinds))]
    rows += [(kind, _known(kind).many, count) for kind, count in found.kinds]
    return [
        (f"?{urlencode({'q': _sent(typed), 'kind': kind})}", words, count, kind == found.kind)
        for kind, words, count in rows
    ]


def _heading(found: Found) -> str:
    """How many were found, in words."""
    kind = _known(found.kind)
    what = (kind.one if found.total == 1 else kind.many).lower() if found.kind else ""
    return " ".join(filter(None, (f"{found.total:,}", what, "found")))


def _known(kind: str) -> Kind:
    """A kind in words; one that a room left behind still has its own name."""
    return rebuilding.kinds().get(kind, Kind(kind, kind.capitalize(), kind.capitalize()))


def _sent(typed: str) -> str:
    """As an address can carry it."""
    return typed.encode("utf-8", "replace").decode()


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 5 else 1


def _may_search(request: HttpRequest) -> bool:
    who = str(request.user.pk or "") or request.COOKIES.get(DEVICE_COOKIE, "")
    by_address = SEARCHES_BY_ADDRESS.take(address_of(request))
    return by_address and (not who or SEARCHES.take(who))


def _a_rest(request: HttpRequest) -> HttpResponse:
    reason = "That was more searching in a minute than one person does, so we stopped for a moment."
    response = render(request, "429.html", {"reason": reason, "wait": "a minute"}, status=429)
    response.headers["Retry-After"] = str(A_MINUTE)
    return response
