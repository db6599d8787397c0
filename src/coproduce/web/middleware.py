"""The door of the third-party admin, and the headers every page carries."""

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from coproduce.people.models import User
from coproduce.web import csp

Answer = Callable[[HttpRequest], HttpResponse]

# Nothing here ever asks for a camera, a microphone or a place, so no script may either.
PERMISSIONS = ", ".join(
    f"{power}=()"
    for power in ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")
)


class Permissions:
    """Tells the browser which of its powers no page of ours will ever use."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response


class ContentPolicy(CSPMiddleware):
    """The content policy, put together once: it is the same for every page but the admin's."""

    def __init__(self, get_response: Answer) -> None:
        super().__init__(get_response)
        self.ours = build_policy()

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if hasattr(response, "_csp_replace") or hasattr(request, "_csp_nonce"):
            return super().process_response(request, response)  # the admin's, page by page
        response.headers.setdefault(HEADER, self.ours)
        return response


class AdminDoor:
    """Lets nobody into the admin who has not shown a second factor in this session."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith("/admin/"):
            return self.get_response(request)
        response = self.turned_away(request) or self.get_response(request)
        response._csp_replace = csp.ADMIN  # type: ignore[attr-defined]
        add_never_cache_headers(response)
        return response

    def turned_away(self, request: HttpRequest) -> HttpResponse | None:
        user = request.user
        if not isinstance(user, User):
            return first_to("account_request_login_code", request)
        if not (user.is_staff and user.has_perm("wagtailadmin.access_admin")):
            raise PermissionDenied("The admin is for those who look after the site.")
        if not is_mfa_enabled(user):
            return HttpResponseRedirect(reverse("mfa_index"))
        shown = get_authentication_records(request, user)
        if not any(record.get("method") == "mfa" for record in shown):
            return first_to("mfa_reauthenticate", request)
        return None


def first_to(name: str, request: HttpRequest) -> HttpResponse:
    """Another page first, then back to where they wanted to go."""
    back = urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(f"{reverse(name)}?{back}")
