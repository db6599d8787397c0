"""What a coordinator writes to those who hear from a place."""

from django import forms

from coproduce.people.words import plain_paragraphs, plain_words


class Words(forms.Form):
    """A subject and a few words."""

    subject = forms.CharField(
        max_length=120,
        label="What is it about?",
        help_text="A few words; people see them first.",
        error_messages={
            "required": "Write what it is about.",
            "max_length": "That is %(show_value)s characters; 120 fit.",
        },
    )
    words = forms.CharField(
        max_length=4_000,
        label="Your words",
        help_text="Plain words, with the day, the time and the place. No names of people who did "
        "not agree, and nothing about what anybody needs.",
        error_messages={
            "required": "Write what you want to tell.",
            "max_length": "That is %(show_value)s characters; 4,000 fit.",
        },
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    def clean_subject(self) -> str:
        subject = plain_words(self.cleaned_data["subject"])
        if not subject:
            raise forms.ValidationError("Write what it is about, in words.")
        return subject

    def clean_words(self) -> str:
        words = plain_paragraphs(self.cleaned_data["words"])
        if not words:
            raise forms.ValidationError("Write what you want to tell, in words.")
        return words


class CameBack(forms.Form):
    """Addresses whose messages came back."""

    addresses = forms.CharField(
        max_length=20_000,
        label="Addresses or numbers that came back",
        help_text="One a line. They are not tried again until somebody gives them anew.",
        error_messages={
            "required": "Paste at least one address.",
            "max_length": "Too many at once. Paste them in parts.",
        },
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
    )
