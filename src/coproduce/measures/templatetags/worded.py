"""Words that stand in several languages, in one of them."""

from django import template

from coproduce.formats.instruments.record import Words, in_language

register = template.Library()


@register.filter
def worded(words: Words, language: str = "en") -> str:
    """In this language, else in the first that there is."""
    return in_language(words, language)
