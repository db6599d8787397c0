"""What somebody needs to take part, in their own words."""

from django import forms

from coproduce.people.words import plain_paragraphs


class Need(forms.Form):
    """One access need, and who may see it."""

    words = forms.CharField(
        max_length=1_000,
        label="What do you need to take part?",
        help_text="Such as: a seat near the door, large letters, breaks, somebody who signs. No "
        "diagnosis and no reason: what you need is enough.",
        error_messages={
            "required": "Write what you need, in your own words.",
            "max_length": "That is %(show_value)s characters; 1,000 fit.",
        },
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    may_be_shared = forms.BooleanField(
        required=False,
        label="The coordinator of my place and the hosts of gatherings I come to may see it",
    )

    def clean_words(self) -> str:
        words = plain_paragraphs(self.cleaned_data["words"])
        if not words:
            raise forms.ValidationError("Write what you need, in your own words.")
        return words
