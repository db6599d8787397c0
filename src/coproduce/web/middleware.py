"""The door of the third-party admin: a second factor, and a content policy of its own."""

from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from coproduce.people.models import User
from coproduce.web import csp


class AdminDoor:
    """Lets nobody into the admin who has not shown a second factor in this session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
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
            return HttpResponseRedirect(f"{reverse('account_login')}?next={request.path}")
        if not is_mfa_enabled(user):
            return HttpResponseRedirect(reverse("mfa_index"))
        if not any(record.get("method") == "mfa" for record in get_authentication_records(request)):
            return HttpResponseRedirect(reverse("mfa_reauthenticate") + f"?next={request.path}")
        return None
