"""Headlines in which a word such as "co-production" is not torn in two at the end of a line."""

import re

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

HYPHENATED = re.compile(r"(\w+(?:-\w+)+)")


@register.filter
def unbroken(words: str) -> SafeString:
    """Each word with a hyphen as a piece that breaks only where it is wider than the line."""
    pieces = HYPHENATED.split(words)  # every second one has a hyphen in it
    whole = [format_html('<span class="piece">{}</span>', piece) for piece in pieces[1::2]]
    return format_html_join("", "{}{}", zip(pieces[::2], [*whole, ""], strict=True))
