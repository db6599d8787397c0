"""The one tick before everything about somebody is erased."""

from django import forms


class SureToErase(forms.Form):
    sure = forms.BooleanField(
        label="Yes, erase everything about me",
        error_messages={"required": "Nothing was erased. Tick that you are sure, if you are."},
    )
