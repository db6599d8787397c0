"""Cells of what is told to somebody about themselves, as one says them."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format

from coproduce.people.everything import Cell

register = template.Library()


@register.filter
def as_told(cell: Cell) -> str:
    """A day in words, yes or no, a dash for nothing; anything else as it is."""
    match cell:
        case None | "":
            return "–"
        case bool():
            return "yes" if cell else "no"
        case datetime():
            return date_format(timezone.localtime(cell), "j F Y, H:i")
        case date():
            return date_format(cell, "j F Y")
    return str(cell)
