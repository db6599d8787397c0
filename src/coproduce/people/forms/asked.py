"""Somebody rings, writes or comes by: who they are, and what they ask for."""

from django import forms

from coproduce.people import everything
from coproduce.people.models import Channel, Person, Reach


class WhoAsks(forms.Form):
    """A code, or the whole of an address: nobody is found by a guess at half of it."""

    who = forms.CharField(
        max_length=254,
        label="Their code, e-mail address or phone number",
        help_text="Whole, as they tell you. The code stands on their card or confirmation.",
        error_messages={
            "required": "Type in the code, the address or the number they gave you.",
            "max_length": "That is longer than any address. Type in the code instead.",
        },
    )

    def people(self) -> list[Person]:
        """Whoever this may be; several where a household shares an address."""
        typed = self.cleaned_data["who"].strip()
        by_code = everything.whose(typed)
        if by_code is not None:
            return [by_code]
        own = Reach.objects.exclude(channel=Channel.HELPER)
        reached = own.filter(address__iexact=typed).values("person")
        number = own.filter(address__iexact=typed.replace(" ", "")).values("person")
        found = Person.objects.filter(pk__in=reached) | Person.objects.filter(pk__in=number)
        return list((found | Person.objects.filter(user__email__iexact=typed)).distinct())


class WhyErase(forms.Form):
    """How we know that it is their wish."""

    why = forms.CharField(
        max_length=200,
        label="How did they ask, and how do you know that it is them?",
        help_text="A second coordinator reads this before they agree. Do not write their name.",
        error_messages={
            "required": "Say how they asked: the second coordinator decides by it.",
            "max_length": "That is %(show_value)s characters; 200 fit.",
        },
    )
