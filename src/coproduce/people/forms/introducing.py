"""What somebody writes who would like to be introduced."""

from django import forms

FITS = {"max_length": "That is %(show_value)s characters; 280 fit."}


class Asking(forms.Form):
    reason = forms.CharField(
        max_length=280,
        label="Why would you like to know them?",
        help_text="What you read of them, and what you are at yourself.",
        error_messages={"required": "Say in a sentence why you would like to know them.", **FITS},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    question = forms.CharField(
        max_length=280,
        label="Your first question to them",
        help_text="One that is good to answer. It begins your conversation.",
        error_messages={"required": "Ask them something to begin with.", **FITS},
        widget=forms.Textarea(attrs={"rows": 2}),
    )
