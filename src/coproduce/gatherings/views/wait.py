"""The page that asks somebody to wait: how long, and why."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def slow_down(request: HttpRequest, reason: str, wait: str, seconds: int) -> HttpResponse:
    """That was more than one person usually does; what was sent last was not taken."""
    response = render(request, "429.html", {"reason": reason, "wait": wait}, status=429)
    response.headers["Retry-After"] = str(seconds)
    return response
