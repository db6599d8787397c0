"""Who may look at the figures of a thing? The room that the thing belongs to says so.

Trust knows things by name only ("conversation:<id>"). Each room leaves its rule here when the
site starts; where no rule was left, nobody may look.
"""

from collections.abc import Callable

from django.http import Http404, HttpRequest

from coproduce.trust.models import Figure

# (request, thing) -> the address of the page that the figure belongs to, or None: keep out.
Rule = Callable[[HttpRequest, str], str | None]

_rules: dict[str, Rule] = {}


def leave_rule(kind: str, rule: Rule) -> None:
    """Say who may look at figures of things of this kind."""
    _rules[kind] = rule


def page_of(request: HttpRequest, figure: Figure) -> str:
    """The page this figure belongs to, for whoever may look at it; else 404."""
    thing = figure.release.thing
    rule = _rules.get(thing.partition(":")[0])
    address = rule(request, thing) if rule else None
    if address is None:
        raise Http404("There is no such figure, or it has not been published.")
    return address
