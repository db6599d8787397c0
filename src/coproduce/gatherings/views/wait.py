"""The page that asks somebody to wait: how long, and why."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from coproduce.gatherings import limits


def slow_down(request: HttpRequest, reason: str, wait: str, seconds: int) -> HttpResponse:
    """That was more than one person usually does; what was sent last was not taken."""
    response = render(request, "429.html", {"reason": reason, "wait": wait}, status=429)
    response.headers["Retry-After"] = str(seconds)
    return response


def take_a_rest(request: HttpRequest) -> HttpResponse:
    """After several codes that nobody has."""
    reason = (
        "Several codes in a row were not ours, so this page takes a short rest. A host of the "
        "gathering can look at your code with you."
    )
    return slow_down(request, reason, "ten minutes", limits.WRONG_CODES.seconds)
