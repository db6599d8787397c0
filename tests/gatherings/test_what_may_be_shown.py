"""Nothing that somebody said is shown before they allowed it, nor after they took it back."""

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from coproduce.gatherings.actions import consenting
from coproduce.gatherings.models import ConsentCard, Gathering, Voice, pictures_of, voices_of
from coproduce.people.models import Membership
from coproduce.trust.models import Consent
from tests import cast

pytestmark = pytest.mark.django_db

SAID = "Nobody asked us before the rota was made."


@pytest.fixture
def gathering() -> Gathering:
    return cast.a_gathering(slug="the-day")


@pytest.fixture
def host(client: Client) -> Client:
    return cast.log_in(client, cast.facilitator())


def at(name: str, *more: object) -> str:
    return reverse(f"gatherings:{name}", args=["the-day", *more])


def what_everybody_reads() -> str:
    return Client().get(at("gathering")).content.decode()


def a_card(gathering: Gathering) -> ConsentCard:
    return consenting.print_cards(gathering, 1, None)[0]


def shown_with_a_card(host: Client, gathering: Gathering, **typed: Any) -> ConsentCard:
    """An insight that everybody may read, and whose one voice belongs to a card filled in."""
    card = a_card(gathering)
    host.post(at("card", card.code), {"channels": ["web"], "named": "not"} | typed)
    cast.an_insight(gathering, "People are asked too late.", SAID)
    voice = Voice.objects.get(words=SAID)
    host.post(at("voice", voice.id), {"words": SAID, "card": card.code.lower()})
    host.post(at("show_insights"))
    return card


def test_an_insight_is_read_by_nobody_else_before_its_hosts_say_so(
    host: Client, gathering: Gathering
) -> None:
    cast.an_insight(gathering, "People are asked too late.")
    assert "People are asked too late." not in what_everybody_reads()
    host.post(at("show_insights"))
    assert "People are asked too late." in what_everybody_reads()


def test_a_voice_without_consent_stays_back_and_its_page_says_whose_answer_is_missing(
    host: Client, gathering: Gathering
) -> None:
    cast.an_insight(gathering, "People are asked too late.", SAID)
    host.post(at("show_insights"))
    page = what_everybody_reads()
    assert SAID not in page
    assert "nobody allowed it" in page
    voice = Voice.objects.get(words=SAID)
    page = host.get(at("voice", voice.id)).content.decode()
    assert "The room has not been asked, or has not answered" in page


def test_what_a_card_allows_is_shown_with_its_basis(host: Client, gathering: Gathering) -> None:
    shown_with_a_card(host, gathering)
    page = what_everybody_reads()
    assert SAID in page
    assert "The person allowed this on this website (on a paper card)." in page


@pytest.mark.parametrize(
    ("named", "shown"),
    [
        ("full", "Amina Farouk"),
        ("first", "Amina"),
        ("place", "Somebody from Oxfordshire"),
        ("not", "said aloud"),
    ],
)
def test_everybody_is_named_as_they_wished_and_no_further(
    host: Client, gathering: Gathering, named: str, shown: str
) -> None:
    card = shown_with_a_card(host, gathering, named=named, name="Amina Farouk")
    card.refresh_from_db()
    Membership.objects.create(person=card.person, place=cast.oxfordshire())
    page = what_everybody_reads()
    assert shown in page
    assert ("Farouk" in page) == (named == "full")


def test_whoever_wants_to_be_named_needs_a_name(host: Client, gathering: Gathering) -> None:
    card = a_card(gathering)
    page = host.post(at("card", card.code), {"channels": ["web"], "named": "full"})
    assert "Write the name that is on the card." in page.content.decode()
    assert not Consent.objects.exists()


def test_another_channel_is_no_yes_to_the_website(host: Client, gathering: Gathering) -> None:
    shown_with_a_card(host, gathering, channels=["research"])
    assert SAID not in what_everybody_reads()


def test_a_card_with_nothing_ticked_is_kept_as_a_no(host: Client, gathering: Gathering) -> None:
    shown_with_a_card(host, gathering, channels=[])
    assert SAID not in what_everybody_reads()
    assert not any(entry.is_given for entry in Consent.objects.all())
    assert Consent.objects.count() == 2  # of what they say, and of pictures they are in


def test_a_card_entered_again_holds_as_it_is_now(host: Client, gathering: Gathering) -> None:
    card = shown_with_a_card(host, gathering)
    host.post(at("card", card.code), {"channels": [], "named": "not"})
    assert SAID not in what_everybody_reads()
    assert Consent.objects.filter(thing=voices_of(gathering)).count() == 2


def test_a_card_answers_for_words_and_for_pictures_apart(
    host: Client, gathering: Gathering
) -> None:
    card = a_card(gathering)
    host.post(
        at("card", card.code),
        {"channels": ["web"], "pictures": ["report"], "named": "not", "until": "2099-03-01"},
    )
    of_words = Consent.objects.get(thing=voices_of(gathering))
    of_pictures = Consent.objects.get(thing=pictures_of(gathering))
    assert (of_words.channels, of_pictures.channels) == (["web"], ["report"])
    assert of_pictures.until == of_words.until
    page = Client().get(reverse("gatherings:my_words", args=[card.code])).content.decode()
    assert "you allowed what you say to be shown on this website" in page
    assert "you allowed pictures you are in to be shown in the report of the day" in page


def test_taking_back_takes_back_pictures_as_well(host: Client, gathering: Gathering) -> None:
    card = a_card(gathering)
    host.post(at("card", card.code), {"pictures": ["web"], "named": "not"})
    Client().post(reverse("gatherings:my_words", args=[card.code]))
    assert not Consent.objects.filter(thing=pictures_of(gathering)).last().is_given  # type: ignore[union-attr]


def test_the_room_may_be_told_of_pictures_alone(host: Client, gathering: Gathering) -> None:
    page = host.post(at("room_was_told"), {"pictures": ["web"]}, follow=True).content.decode()
    assert "pictures of the whole room may be shown: on this website" in page
    assert [entry.thing for entry in Consent.objects.all()] == [pictures_of(gathering)]


def test_nothing_is_written_down_where_nothing_was_told(host: Client, gathering: Gathering) -> None:
    page = host.post(at("room_was_told"), follow=True).content.decode()
    assert "Tick what you told the room." in page
    assert not Consent.objects.exists()


def test_voices_without_a_name_are_shown_where_the_room_was_told(
    host: Client, gathering: Gathering
) -> None:
    cast.an_insight(gathering, "People are asked too late.", SAID)
    host.post(at("show_insights"))
    host.post(at("room_was_told"), {"channels": ["web", "report"]})
    page = what_everybody_reads()
    assert SAID in page
    assert "A room that was told beforehand allowed this on this website." in page


def test_a_card_of_another_gathering_is_not_taken(host: Client, gathering: Gathering) -> None:
    elsewhere = a_card(cast.a_gathering(slug="another-day"))
    cast.an_insight(gathering, SAID)
    voice = Voice.objects.get()
    page = host.post(at("voice", voice.id), {"words": SAID, "card": elsewhere.code})
    assert "No card of this gathering has that code." in page.content.decode()
    assert host.get(at("card", elsewhere.code)).status_code == 404


# Taken back


def test_one_step_takes_everything_back_and_the_page_is_without_it(
    host: Client, gathering: Gathering
) -> None:
    card = shown_with_a_card(host, gathering)
    address = reverse("gatherings:my_words", args=[card.code])
    stranger = Client()
    page = stranger.get(address).content.decode()
    assert SAID in page
    assert "you allowed what you say to be shown on this website" in page
    stranger.post(address)
    assert SAID not in what_everybody_reads()
    assert Voice.objects.filter(words=SAID).exists()  # hosts still have it; nobody else


def test_their_words_can_go_with_it(host: Client, gathering: Gathering) -> None:
    card = shown_with_a_card(host, gathering)
    Client().post(reverse("gatherings:my_words", args=[card.code]), {"words": "too"})
    assert not Voice.objects.filter(words=SAID).exists()


def test_the_code_of_a_registration_finds_ones_words_too(gathering: Gathering) -> None:
    registration = cast.a_registration(gathering)
    page = Client().post(reverse("gatherings:my_words_form"), {"code": registration.code})
    assert page.status_code == 302


def test_a_code_that_nobody_has_says_so_and_guessing_ends(gathering: Gathering) -> None:
    client = Client()
    client.get(reverse("gatherings:my_words_form"))
    answers = [
        client.get(reverse("gatherings:my_words", args=[f"BCDFGH{n:02d}"])).status_code
        for n in range(11)
    ]
    assert answers[0] == 404
    assert answers[-1] == 429


def test_a_worry_keeps_a_voice_off_every_page_whatever_was_allowed(
    host: Client, gathering: Gathering
) -> None:
    shown_with_a_card(host, gathering)
    host.post(at("worry", Voice.objects.get(words=SAID).id))
    assert SAID not in what_everybody_reads()


def test_a_post_needs_the_permission_of_whoever_wrote_it(
    host: Client, gathering: Gathering
) -> None:
    cast.an_insight(gathering, SAID)
    Voice.objects.update(source="social", author="@made_up")
    host.post(at("show_insights"))
    host.post(at("room_was_told"), {"channels": ["web"]})
    assert "@made_up" not in what_everybody_reads()
    Voice.objects.update(permission="given")
    assert "@made_up" in what_everybody_reads()


def test_the_page_asks_the_database_no_more_for_many_voices(
    host: Client, gathering: Gathering, django_assert_max_num_queries: Any
) -> None:
    for n in range(8):
        cast.an_insight(gathering, f"Point {n}", *[f"Voice {n} {m}" for m in range(5)])
    host.post(at("show_insights"))
    host.post(at("room_was_told"), {"channels": ["web"]})
    with django_assert_max_num_queries(16):
        what_everybody_reads()


# On paper


def test_the_cards_have_a_code_each_and_say_that_no_is_an_answer(
    host: Client, gathering: Gathering
) -> None:
    host.post(at("print_cards"), {"count": 5})
    pdf = PdfReader(io.BytesIO(host.get(at("cards_pdf")).content))
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert len(pdf.pages) == 2
    assert text.count("May we show you and your words?") == 5
    assert text.count("Pictures I am in") == 5
    assert "You can say no to all of it" in text
