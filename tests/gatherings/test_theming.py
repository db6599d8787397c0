"""The themes: worded by a convenor, read where they are chosen, never taken from what is said."""

import pytest
from django.test import Client
from django.urls import reverse

from coproduce.gatherings.actions import insights, noting, theming
from coproduce.gatherings.actions.deeds import NotPossible
from coproduce.gatherings.actions.noting import Note
from coproduce.gatherings.models import Theme
from coproduce.trust.models import LogEntry
from tests import cast

pytestmark = pytest.mark.django_db


def a_theme() -> Theme:
    return Theme.objects.get(name="Leading")


def test_a_new_theme_stands_at_the_end_of_the_list() -> None:
    made = theming.add("  Getting there ", "Buses, lifts, ramps.", cast.convenor())
    usable = list(Theme.objects.usable_in(cast.manchester()))
    assert usable[-1] == made
    assert (made.name, made.definition) == ("Getting there", "Buses, lifts, ramps.")


def test_no_two_themes_have_one_name_however_it_is_written() -> None:
    with pytest.raises(NotPossible, match="Word that one"):
        theming.add("leading.", "Again.", cast.convenor())
    theming.put_away(a_theme(), cast.convenor())
    with pytest.raises(NotPossible, match="It was put away; bring it back"):
        theming.add("LEADING", "Again.", cast.convenor())


def test_a_place_may_have_a_theme_of_its_own_by_a_name_of_the_network() -> None:
    theming.add("Leading", "Here.", cast.convenor(), place=cast.manchester())
    assert Theme.objects.filter(name="Leading").count() == 2


def test_the_list_stays_short() -> None:
    for number in range(theming.MOST - Theme.objects.count()):
        theming.add(f"Theme {number}", "One more.", cast.convenor())
    with pytest.raises(NotPossible, match="Put one away first"):
        theming.add("One too many", "No.", cast.convenor())


def test_reworded_it_goes_on_holding_what_stood_under_it_and_the_log_says_what_it_was() -> None:
    theme, gathering = a_theme(), cast.a_gathering()
    [voice] = noting.take_notes(gathering, [Note("They asked us.", themes=[theme])], None)
    theming.reword(theme, cast.convenor(), name="Inviting", definition="Who opens the door.")
    assert [each.name for each in voice.themes.all()] == ["Inviting"]
    entry = LogEntry.objects.get(thing=theme.thing)
    assert entry.note.startswith("before: Leading: How those in charge")


def test_put_away_it_is_offered_no_more_and_stays_where_it_was_chosen() -> None:
    theme, gathering = a_theme(), cast.a_gathering()
    insight = cast.an_insight(gathering, "They opened the door.")
    drawn = insights.Drawn(insight.words, list(insight.voices.all()), theme)
    insights.edit(insight, drawn, None)
    theming.put_away(theme, cast.convenor())
    assert theme not in Theme.objects.usable_in(gathering.place)
    client = cast.log_in(Client(), cast.facilitator())
    others = client.get(reverse("gatherings:insights", args=[gathering.slug])).content.decode()
    assert "<b>Leading</b>" not in others
    page = client.get(reverse("gatherings:insight", args=[gathering.slug, insight.pk]))
    assert "<b>Leading</b>" in page.content.decode()
    theming.bring_back(theme, cast.convenor())
    assert theme in Theme.objects.usable_in(gathering.place)


def test_a_voice_keeps_a_theme_that_was_put_away_since() -> None:
    theme, gathering = a_theme(), cast.a_gathering()
    [voice] = noting.take_notes(gathering, [Note("They asked us.", themes=[theme])], None)
    theming.put_away(theme, cast.convenor())
    client = cast.log_in(Client(), cast.facilitator())
    address = reverse("gatherings:voice", args=[gathering.slug, voice.pk])
    client.post(address, {"words": "They asked us once.", "themes": [theme.pk]})
    assert list(voice.themes.all()) == [theme]


def test_each_theme_says_what_it_means_where_it_is_chosen() -> None:
    gathering = cast.a_gathering()
    insight = cast.an_insight(gathering, "They opened the door.")
    voice = gathering.voices.get()
    client = cast.log_in(Client(), cast.facilitator())
    for name, key in (("insights", ()), ("insight", (insight.pk,)), ("voice", (voice.pk,))):
        page = client.get(reverse(f"gatherings:{name}", args=[gathering.slug, *key]))
        assert (
            '<b>Leading</b> <span class="quiet-note">How those in charge invite others'
            in page.content.decode()
        )


def test_a_convenor_words_them_on_a_page_and_nobody_else_does() -> None:
    client = cast.log_in(Client(), cast.convenor())
    typed = {"name": "Getting there", "definition": "Buses & ramps."}
    page = client.post(reverse("gatherings:themes"), typed, follow=True).content.decode()
    assert "“Getting there” can be chosen from now on." in page
    made = Theme.objects.get(name="Getting there")
    address = reverse("gatherings:theme", args=[made.pk])
    client.post(address, {"name": "On the way", "definition": "Buses & ramps."})
    assert "before: Getting there: Buses &amp; ramps." in client.get(address).content.decode()
    client.post(reverse("gatherings:theme_away", args=[made.pk]))
    assert "Put away" in client.get(reverse("gatherings:themes")).content.decode()
    host = client.get(reverse("gatherings:host_list")).content.decode()
    assert reverse("gatherings:themes") in host
    other = cast.log_in(Client(), cast.coordinator())
    assert reverse("gatherings:themes") not in other.get("/host/").content.decode()
    assert other.post(reverse("gatherings:themes"), typed).status_code == 403


def test_words_that_do_not_fit_are_asked_for_again() -> None:
    client = cast.log_in(Client(), cast.convenor())
    page = client.post(reverse("gatherings:themes"), {"name": "", "definition": "x" * 300})
    said = page.content.decode()
    assert "Give the theme a name of a word or two." in said
    assert "That is 300 characters; 200 fit." in said
