"""Looking for members, and letting oneself be found."""

from django import forms

from coproduce.people.models import Part, Place


class LookFor(forms.Form):
    """By place, by part, by what they offer; all of it can be left out."""

    place = forms.ModelChoiceField(
        required=False, queryset=Place.objects.all(), label="Place", empty_label="Everywhere"
    )
    part = forms.ChoiceField(
        required=False, choices=[("", "Everybody"), *Part.choices], label="What they bring"
    )
    offer = forms.CharField(required=False, max_length=80, label="What they offer")


class BeFound(forms.Form):
    """What stands beside one's name in the directory."""

    offer = forms.CharField(
        required=False,
        max_length=280,
        label="What do you offer to others?",
        help_text="One or two things, such as: I can help you hold your first gathering.",
        error_messages={"max_length": "That is %(show_value)s characters; 280 fit."},
        widget=forms.Textarea(attrs={"rows": 2}),
    )
