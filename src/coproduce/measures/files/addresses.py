"""Addresses as they stand in a file: whole, since a file leaves the website behind."""

from django.conf import settings
from django.urls import reverse


def whole(name: str, *args: object) -> str:
    return settings.BASE_URL + reverse(name, args=args)


def plain(address: str) -> str:
    """As it is printed on paper: without its "https://"."""
    return address.partition("://")[2]
