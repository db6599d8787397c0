"""How people sign in: by a code sent to their address, never with a password."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render

from coproduce.conversations.actions.taking_part import merge_identity
from coproduce.people.models import User
from coproduce.people.rights import person_of

logger = logging.getLogger(__name__)


class PasswordlessAccounts(DefaultAccountAdapter):
    """allauth with no password kept for anybody, and our own words."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": "That is not the code we sent. Look at the newest message from us.",
        "too_many_login_attempts": "That was too many tries. Wait five minutes, then ask for a "
        "new code.",
        "rate_limited": "That was too many tries. Wait five minutes, then try again.",
        "email_taken": "This address cannot be used here. Try another one.",
        "account_inactive": "This account has been closed. Write to us if that is a mistake.",
    }

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in, be somebody of the network from now on, and keep what was answered before."""
        super().login(request, user)
        if person := person_of(user):
            merge_identity(request, person)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        site = {"site_name": settings.WAGTAIL_SITE_NAME, "base_url": settings.BASE_URL}
        try:
            super().send_mail(template_prefix, email, context | site)
        except OSError as unsent:  # all that goes wrong between us and a mail server is one
            logger.error("A mail could not be sent: %s", type(unsent).__name__)
            page = render(self.request, "account/mail_not_sent.html", status=503)
            raise ImmediateHttpResponse(page) from unsent

    def set_password(self, user: User, password: str) -> None:
        raise TypeError("Nobody keeps a password here.")


def remember_second_step(
    sender: object, request: HttpRequest, authenticator: Authenticator, **_: object
) -> None:
    """Who has just paired an app has shown it: they are not asked for it again at once."""
    if authenticator.type == Authenticator.Type.TOTP:
        post_authentication(request, authenticator, reauthenticated=True)
