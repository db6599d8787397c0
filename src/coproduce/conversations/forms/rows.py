"""Why somebody wants the rows of votes."""

from django import forms

from coproduce.people.words import plain_paragraphs


class AskForRows(forms.Form):
    """The reason, which stands in the file, and that the risk has been read."""

    why = forms.CharField(
        label="What are the rows needed for?",
        help_text="The second person reads this, and it stands in the file itself.",
        widget=forms.Textarea(attrs={"rows": 4}),
        min_length=20,
        max_length=1000,
        error_messages={
            "required": "Say what the rows are needed for: the second person decides by it.",
            "min_length": "Say a little more: the second person decides by it.",
        },
    )
    has_read = forms.BooleanField(
        label="I have read what could happen, and will not try to find out who is who.",
        error_messages={"required": "Please read what could happen, and say that you have."},
    )

    def clean_why(self) -> str:
        return plain_paragraphs(self.cleaned_data["why"])
