"""What people type to sign in, in our words: allauth's own forms with a label and a hint."""

from typing import Any

from allauth.account import forms as account
from allauth.account.internal.flows.manage_email import sync_user_email_address
from allauth.mfa.base import forms as factor
from allauth.mfa.totp import forms as totp
from django import forms


def ask(form: forms.Form, name: str, label: str, hint: str, **attributes: str) -> None:
    """Put our words on one field, and take the placeholder away: it vanishes when one types."""
    field = form.fields[name]
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attributes)


def ask_address(form: forms.Form, label: str, hint: str) -> None:
    ask(form, "email", label, hint, autocomplete="email", spellcheck="false")
    form.fields["email"].error_messages.update(
        required="Type your email address, so that we can send you a code.",
        invalid="An email address looks like name@example.org. Please check yours.",
    )


def ask_code(form: forms.Form, label: str, hint: str) -> None:
    ask(form, "code", label, hint, autocapitalize="characters", spellcheck="false")
    form.fields["code"].widget.attrs["class"] = "code-input"
    form.fields["code"].error_messages["required"] = "Type the code."


class AskForCode(account.RequestLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_address(self, "Your email address", "We send a code to it. You need no password.")

    def clean_email(self) -> str:
        """The address; who was entered by somebody else has it proved by this very code."""
        email: str = super().clean_email()
        if self._user:
            sync_user_email_address(self._user)
        return email


class Join(account.SignupForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_address(
            self, "Your email address", "We send a code to it, and use it for nothing else."
        )


class NewAddress(account.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_address(self, "Your new address", "We send a code to it before anything changes.")


class TypeCode(account.ConfirmLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_code(self, "The code we sent you", "Big or small letters, with or without the dash.")


class TypeCodeForAddress(account.ConfirmEmailVerificationCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_code(self, "The code we sent you", "Big or small letters, with or without the dash.")


class PairApp(totp.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_code(self, "The six digits your app shows now", "They change every half minute.")


class SecondFactor(factor.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_code(self, "Six digits from your app", "Or one of your recovery codes.")


class SecondFactorAgain(factor.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_code(self, "Six digits from your app", "Or one of your recovery codes.")
