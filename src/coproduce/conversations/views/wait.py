"""The pages that ask somebody to wait: how long, and why."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from coproduce.conversations.ballot_box import BoxIsFull


def too_busy(request: HttpRequest, full: BoxIsFull) -> HttpResponse:
    """More came at once than could be written down; the answer was not taken."""
    return _after(full.retry_after, render(request, "503.html", status=503))


def slow_down(request: HttpRequest, reason: str, wait: str, seconds: int) -> HttpResponse:
    """That was more than one person usually does; what was sent last was not taken."""
    context = {"reason": reason, "wait": wait}
    return _after(seconds, render(request, "429.html", context, status=429))


def _after(seconds: int, response: HttpResponse) -> HttpResponse:
    response.headers["Retry-After"] = str(seconds)
    return response
