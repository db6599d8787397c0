"""Why somebody wants the rows of a wave, and what is known of people there anyway."""

from typing import Any

from django import forms

from coproduce.formats.instruments.record import in_language
from coproduce.measures.evidence import rows
from coproduce.measures.models import Wave
from coproduce.people.words import plain_paragraphs


class AskForRows(forms.Form):
    """The reason, which stands in the file, what is known anyway, and that the risk was read."""

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
    marked = forms.MultipleChoiceField(
        required=False,
        label="Which answers might somebody know anyway?",
        help_text="Tick what can be seen or heard of a person. Numbers and sensitive questions "
        "count without a tick. The more you tick, the more rows stay here.",
        widget=forms.CheckboxSelectMultiple,
    )
    has_read = forms.BooleanField(
        label="I have read what could happen, and will not try to find out who is who.",
        error_messages={"required": "Please read what could happen, and say that you have."},
    )

    def __init__(self, *args: Any, wave: Wave, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["marked"].choices = [  # type: ignore[attr-defined]
            (each.key, in_language(each.item.wording, "en"))
            for each in rows.counted(wave)
            if not rows.is_known_anyway(each)
        ]

    def clean_why(self) -> str:
        return plain_paragraphs(self.cleaned_data["why"])
