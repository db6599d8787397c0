"""Taking notes, worrying, and drawing insights, on the pages."""

import json
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from coproduce.gatherings.actions import noting
from coproduce.gatherings.models import Gathering, Insight, Theme, Voice, Worry
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def gathering() -> Gathering:
    return cast.a_gathering(slug="the-day")


@pytest.fixture
def host(client: Client) -> Client:
    return cast.log_in(client, cast.facilitator())


def at(name: str, *more: object) -> str:
    return reverse(f"gatherings:{name}", args=["the-day", *more])


def synced(host: Client, *notes: dict[str, object]) -> dict[str, object]:
    answer = host.post(
        at("notes_sync"), json.dumps({"notes": notes}), content_type="application/json"
    )
    found: dict[str, object] = answer.json()
    return found


# Taking notes


def test_a_note_is_kept_under_its_theme_and_stands_on_the_page(
    host: Client, gathering: Gathering
) -> None:
    theme = Theme.objects.all()[0]
    host.post(at("notes"), {"words": "Too few buses #1", "part": "carer"})
    voice = Voice.objects.get()
    assert (voice.words, list(voice.themes.all()), voice.part) == (
        "Too few buses",
        [theme],
        "carer",
    )
    assert "Too few buses" in host.get(at("notes")).content.decode()


def test_what_was_told_of_the_last_note_stays_chosen(host: Client, gathering: Gathering) -> None:
    host.post(at("notes"), {"words": "One", "part": "carer", "source": "flipchart"})
    form = host.get(at("notes")).context["form"]
    assert (form["part"].value(), form["source"].value()) == ("carer", "flipchart")


def test_an_empty_note_says_so_and_keeps_nothing(host: Client, gathering: Gathering) -> None:
    page = host.post(at("notes"), {"words": " "}).content.decode()
    assert "Write down what was said." in page
    assert not Voice.objects.exists()


def test_it_says_who_hears_of_a_danger_before_anybody_tells_something(
    host: Client, gathering: Gathering
) -> None:
    cast.coordinator()
    assert "I tell Cora" in host.get(at("notes")).content.decode()


# From a phone that was off the net


def test_notes_sent_twice_by_a_phone_are_kept_once(host: Client, gathering: Gathering) -> None:
    note = {"key": str(uuid4()), "words": "One", "said_at": "2026-11-01T10:00:00Z"}
    assert synced(host, note) == {"kept": [note["key"]], "refused": {}}
    assert synced(host, note) == {"kept": [note["key"]], "refused": {}}
    assert Voice.objects.get().said_at.isoformat() == "2026-11-01T10:00:00+00:00"


def test_a_note_that_cannot_be_kept_does_not_hold_up_the_others(
    host: Client, gathering: Gathering
) -> None:
    good, bad = ({"key": str(uuid4()), "words": words} for words in ("One", ""))
    told = synced(host, bad, good)
    assert told["kept"] == [good["key"]]
    assert "Write down" in str(told["refused"])


@pytest.mark.parametrize(
    "body", ["", "[]", '{"notes": 3}', '{"notes": [{}]}', '{"notes": [{"key": "x"}]}', "\x00"]
)
def test_what_is_no_note_is_refused(host: Client, gathering: Gathering, body: str) -> None:
    answer = host.post(at("notes_sync"), body, content_type="application/json")
    assert answer.status_code == 400


# From a file


def test_a_file_is_taken_in_whole_once(host: Client, gathering: Gathering) -> None:
    content = "words,source\nOne,paper\nTwo,post-it\n"
    for expected in ("2 voices are brought in", "0 of 2 voices"):
        file = cast.a_file("voices.csv", content)
        page = host.post(at("notes_file"), {"file": file}, follow=True).content.decode()
        assert expected in page
    assert Voice.objects.count() == 2


def test_one_wrong_row_keeps_the_whole_file_out_and_is_named(
    host: Client, gathering: Gathering
) -> None:
    file = cast.a_file("voices.csv", "words,source\nOne,paper\nTwo,pigeon\n")
    page = host.post(at("notes_file"), {"file": file}).content.decode()
    assert "voices.csv, row 3, source" in page
    assert not Voice.objects.exists()


def test_posts_come_with_their_author_and_their_permission(
    host: Client, gathering: Gathering
) -> None:
    posts = [
        {
            "words": "A good day #coproduction",
            "author": "@made_up",
            "address": "https://example.org/1",
            "permission": "given",
        }
    ]
    host.post(at("notes_file"), {"file": cast.a_file("posts.json", json.dumps(posts))})
    voice = Voice.objects.get()
    assert (voice.source, voice.author, voice.permission) == ("social", "@made_up", "given")


# Worries


def test_a_worry_leaves_the_list_and_waits_for_the_coordinator(
    host: Client, gathering: Gathering
) -> None:
    cora = cast.coordinator()
    host.post(at("notes"), {"words": "I am not safe there"})
    voice = Voice.objects.get()
    host.post(at("worry", voice.id), {"note": "She looked frightened"})
    assert Worry.objects.get().for_person == cora
    assert "I am not safe there" not in host.get(at("notes")).content.decode()
    cast.log_in(host, cora)
    assert "She looked frightened" in host.get(at("worries")).content.decode()
    pk = Worry.objects.get().pk
    host.post(at("resolve", pk), {f"{pk}-outcome": "Rang her.", f"{pk}-keeps_out": "on"})
    assert not Voice.objects.listed().exists()


# Insights


def test_an_insight_is_drawn_worded_anew_and_shows_what_it_was(
    host: Client, gathering: Gathering
) -> None:
    host.post(at("notes"), {"words": "Too few buses"})
    voice = Voice.objects.get()
    host.post(at("insights"), {"words": "Transport matters", "voices": [voice.pk]})
    insight = Insight.objects.get()
    host.post(at("insight", insight.id), {"words": "Transport decides", "voices": [voice.pk]})
    page = host.get(at("insight", insight.id)).content.decode()
    assert "Transport decides" in page
    assert "Before: “Transport matters”" in page


def test_two_insights_become_one_and_one_becomes_two(host: Client, gathering: Gathering) -> None:
    first = cast.an_insight(gathering, "Buses", "No buses")
    second = cast.an_insight(gathering, "Trains")
    host.post(at("merge_insight", second.id), {"into": first.pk})
    assert list(Insight.objects.standing()) == [first]
    sides = dict.fromkeys(map(str, first.voices.values_list("pk", flat=True)), "1")
    sides[str(second.voices.get().pk)] = "2"
    host.post(at("split_insight", first.id), {"words-1": "A", "words-2": "B", **sides})
    assert set(Insight.objects.standing().values_list("words", flat=True)) == {"A", "B"}


def test_one_insight_becomes_three_point_by_point(host: Client, gathering: Gathering) -> None:
    insight = cast.an_insight(gathering, "Getting there", "No buses", "No lifts", "No ramps")
    voices = [str(key) for key in insight.voices.values_list("pk", flat=True)]
    typed = {"words-1": "Buses", "words-2": "Lifts", voices[0]: "1", voices[1]: "2"}
    page = host.post(at("split_insight", insight.id), {**typed, "count": "2", "more": "yes"})
    grown = page.content.decode()
    assert "Lifts</textarea>" in grown
    assert "Point 3" in grown
    assert "Please look at this again" not in grown
    rest = {"words-3": "Ramps", voices[2]: "3", voices[3]: "3", "count": "3"}
    host.post(at("split_insight", insight.id), {**typed, **rest})
    standing = Insight.objects.standing()
    assert {each.words: each.voices.count() for each in standing} == {
        "Buses": 1,
        "Lifts": 1,
        "Ramps": 2,
    }


def test_a_split_that_leaves_a_voice_out_keeps_what_was_typed(
    host: Client, gathering: Gathering
) -> None:
    insight = cast.an_insight(gathering, "Getting there", "No buses")
    first, second = (str(key) for key in insight.voices.values_list("pk", flat=True))
    typed = {"words-1": "Buses", "words-2": "Lifts", "count": "2"}
    page = host.post(at("split_insight", insight.id), {**typed, first: "1"}).content.decode()
    assert "Say where this goes:" in page
    page = host.post(at("split_insight", insight.id), {**typed, first: "1", second: "1"})
    assert "An insight is drawn from voices. Choose at least one." in page.content.decode()
    assert "Lifts</textarea>" in page.content.decode()
    assert Insight.objects.standing().count() == 1


def test_wording_an_insight_anew_lets_go_of_no_voice_that_is_out_of_every_list(
    host: Client, gathering: Gathering
) -> None:
    insight = cast.an_insight(gathering, "Getting there", "I am afraid there.")
    worrying = insight.voices.get(words="I am afraid there.")
    noting.worry(worrying, None, for_person=None)
    [listed] = insight.voices.listed()
    host.post(at("insight", insight.id), {"words": "On the way", "voices": [listed.pk]})
    assert set(insight.voices.all()) == {listed, worrying}


def test_a_voice_that_somebody_is_worried_about_stays_where_it_is_and_is_not_shown(
    host: Client, gathering: Gathering
) -> None:
    insight = cast.an_insight(gathering, "Getting there", "No buses", "I am afraid there.")
    worrying = insight.voices.get(words="I am afraid there.")
    noting.worry(worrying, None, for_person=None)
    assert "I am afraid" not in host.get(at("split_insight", insight.id)).content.decode()
    first, second = (str(voice.pk) for voice in insight.voices.listed())
    typed = {"words-1": "Buses", "words-2": "Lifts", first: "1", second: "2"}
    host.post(at("split_insight", insight.id), typed)
    assert worrying in Insight.objects.get(words="Buses").voices.all()
