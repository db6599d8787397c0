"""The words of a thank-you."""

from django import forms

from coproduce.gatherings.forms.hosting import Paragraphs


class Thanks(forms.Form):
    words = Paragraphs(
        max_length=4_000,
        rows=8,
        label="Your words",
        help_text="Each message ends with how to stop hearing from you.",
        error_messages={"required": "Write the thank-you."},
    )
