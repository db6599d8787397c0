"""How people sign in: by a code sent to their address, never with a password."""

from allauth.account.adapter import DefaultAccountAdapter


class PasswordlessAccounts(DefaultAccountAdapter):
    """allauth with no password kept for anybody."""
