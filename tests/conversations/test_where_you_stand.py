"""“You, about here”: right for whoever asks, for nobody else, and gone with the key."""

import logging
import re

import pytest
from django.test import Client

from coproduce.analysis import map_opinions
from coproduce.conversations import evidence, tasks
from coproduce.conversations.evidence import Standing, TooFewAnswers
from coproduce.conversations.evidence.standing import NearGroup
from coproduce.conversations.models import Conversation, Phase, Statement, Vote
from coproduce.conversations.pseudonyms import DEVICE_COOKIE, by_device, pseudonym_of
from coproduce.trust import releases
from coproduce.trust.models import LogEntry
from tests import cast, crowds
from tests import maps_drawn as pictures

pytestmark = pytest.mark.django_db

WORDS = [f"Statement number {number} of this talk." for number in range(1, 13)]
ALL_FOR_A = dict.fromkeys(range(3, 13), 1)
ALL_FOR_B = dict.fromkeys(range(3, 13), -1)
TORN = {3: -1, 4: -1, 5: 1}


def an_open_talk(**fields) -> Conversation:
    return cast.an_open_conversation(WORDS, slug="the-one", room_shows_results=True, **fields)


def answered(client: Client, talk: Conversation, votes: dict[int, int]) -> None:
    """This browser has given these answers."""
    client.cookies[DEVICE_COOKIE] = "a-phone"
    pseudonym = pseudonym_of(talk, by_device("a-phone"))
    numbered = {each.number: each for each in talk.statements.all()}
    Vote.objects.bulk_create(
        Vote(pseudonym=pseudonym, statement=numbered[number], choice=choice)
        for number, choice in votes.items()
    )


def seen(client: Client, query: str = "") -> str:
    html = client.get(f"/talk/the-one/common-ground/you/{query}").content.decode()
    return " ".join(re.sub("<[^>]+>", " ", html).split())


def standing(talk: Conversation, votes: dict[int, int]) -> Standing:
    published = evidence.latest(talk)
    assert published is not None
    found = evidence.stand(published.picture, votes)
    assert isinstance(found, Standing)
    return found


def test_it_places_by_the_answers_that_were_given():
    talk = an_open_talk()
    pictures.a_picture(talk)

    assert standing(talk, ALL_FOR_A).nearest == "A"
    assert standing(talk, ALL_FOR_B).nearest == "B"
    assert standing(talk, ALL_FOR_A).you.x < 0 < standing(talk, ALL_FOR_B).you.x


def test_a_place_is_worked_out_as_one_can_by_hand():
    talk = an_open_talk()
    pictures.a_picture(
        talk,
        facts={
            **pictures.MODEL,
            "model": {str(n): [0.8, 0, 0.4] for n in (3, 4, 5)},
            "means": dict.fromkeys("345", 0.0),
        },
    )
    you = standing(talk, {3: 1, 4: 1, 5: 1}).you

    # Three times 0.8/0.4 = 6 pulls; sharpness 1 + 3 x 0.64/0.4 = 5.8; sixteen steps to a unit.
    assert you.x == pytest.approx(6 / 5.8 * 16)
    assert you.y == pytest.approx(0)
    assert (you.ring.xx, you.ring.yy) == pytest.approx((256 / 5.8, 256))


def test_more_answers_give_a_narrower_ring():
    talk = an_open_talk()
    pictures.a_picture(talk)
    few, many = standing(talk, TORN), standing(talk, ALL_FOR_A)

    assert many.you.ring.reach[0] < few.you.ring.reach[0]


def test_it_says_which_groups_the_ring_reaches():
    talk = an_open_talk()
    pictures.a_picture(talk)

    assert standing(talk, TORN).near_groups == [
        NearGroup("A", "reached by your ring"),
        NearGroup("B", "nearest"),
    ]
    assert standing(talk, ALL_FOR_A).near_groups == [
        NearGroup("A", "nearest"),
        NearGroup("B", "beyond your ring"),
    ]


def test_it_says_so_in_one_sentence():
    talk = an_open_talk()
    pictures.a_picture(talk)

    assert standing(talk, TORN).sentence == (
        "Your 3 answers put you nearest to group B, but the ring also reaches A."
    )
    assert standing(talk, ALL_FOR_A).sentence == (
        "Your 10 answers put you nearest to group A, and all of the ring stays nearest to it."
    )


def test_where_no_groups_are_told_it_is_near_to_none():
    talk = an_open_talk()
    pictures.a_picture(talk, letters=(), facts={**pictures.MODEL, "letters": [], "middles": {}})
    found = standing(talk, ALL_FOR_A)

    assert found.near_groups == []
    assert "No groups are told apart" in found.sentence


def test_a_statement_that_the_picture_does_not_know_moves_nobody():
    talk = an_open_talk()
    pictures.a_picture(talk)

    assert standing(talk, {**ALL_FOR_A, 99: -1}).you == standing(talk, ALL_FOR_A).you


@pytest.mark.parametrize("count", [0, 1, 2])
def test_fewer_than_three_answers_would_be_a_guess(count):
    talk = an_open_talk()
    pictures.a_picture(talk)
    votes = dict(list(ALL_FOR_A.items())[:count])

    published = evidence.latest(talk)
    assert published is not None
    assert evidence.stand(published.picture, votes) == TooFewAnswers(count, needed=3)


def test_a_visitor_sees_their_own_place(client):
    talk = an_open_talk()
    pictures.a_picture(talk)
    answered(client, talk, ALL_FOR_B)
    page = seen(client)

    assert "Your 10 answers put you nearest to group B" in page
    assert "you, about here" in page
    assert "Answers this rests on 10" in page
    assert "Nothing of it is kept" in page


def test_another_browser_is_told_that_it_has_not_answered(client):
    talk = an_open_talk()
    pictures.a_picture(talk)
    answered(Client(), talk, ALL_FOR_B)

    assert "We know of no answer of yours" in seen(client)


def test_with_two_answers_it_asks_kindly_for_more(client):
    talk = an_open_talk()
    pictures.a_picture(talk)
    answered(client, talk, {3: 1, 4: 1})

    assert "You have given 2 answers that count on this map." in seen(client)


def test_answers_to_statements_left_out_do_not_count(client):
    talk = an_open_talk()
    pictures.a_picture(talk)
    answered(client, talk, TORN)
    talk.statements.filter(number=5).update(state=Statement.State.HIDDEN)

    assert "You have given 2 answers that count" in seen(client)


def test_nothing_of_it_is_stored_logged_or_kept_on_the_way(
    client, caplog, django_assert_num_queries
):
    talk = an_open_talk()
    pictures.a_picture(talk)
    answered(client, talk, ALL_FOR_B)
    before = LogEntry.objects.count()

    with caplog.at_level(logging.DEBUG), django_assert_num_queries(4) as asked:
        answer = client.get("/talk/the-one/common-ground/you/")

    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]
    assert not answer.cookies
    assert {query["sql"].split()[0] for query in asked.captured_queries} == {"SELECT"}
    assert LogEntry.objects.count() == before
    told = " ".join(
        record.getMessage() for record in caplog.records if record.name != "django.db.backends"
    )
    assert "about here" not in told


def test_it_takes_no_answer_by_post(client):
    pictures.a_picture(an_open_talk())

    assert client.post("/talk/the-one/common-ground/you/").status_code == 405


def test_before_the_room_may_see_nobody_finds_themselves(client):
    talk = an_open_talk()
    pictures.a_picture(talk)
    answered(client, talk, ALL_FOR_B)
    Conversation.objects.update(room_shows_results=False)

    assert "There is no map yet" in seen(client)


def test_before_the_first_picture_there_is_no_map(client):
    answered(client, an_open_talk(), ALL_FOR_B)

    assert "There is no map yet" in seen(client)


def test_a_picture_that_cannot_place_anybody_says_so(client):
    talk = an_open_talk()
    pictures.a_picture(talk)
    pictures.drop_facts("model", "means", "step", "rings", "middles")
    answered(client, talk, ALL_FOR_B)

    assert "No map to find yourself on" in seen(client)


@pytest.mark.parametrize("phase", [Phase.CLOSED, Phase.PUBLISHED])
def test_after_the_close_nobody_can_be_found(client, phase):
    talk = an_open_talk()
    pictures.a_picture(talk, is_last=True)
    answered(client, talk, ALL_FOR_B)
    crowds.close_at_once(talk)
    Conversation.objects.update(phase=phase)

    page = seen(client)
    assert "nobody can be found on the map, not even you" in page
    assert "Your 10 answers" not in page


def test_whoever_was_not_invited_has_no_place(client):
    talk = an_open_talk(electorate=Conversation.Electorate.INVITED)
    pictures.a_picture(talk)
    answered(client, talk, ALL_FOR_B)

    assert "We know of no answer of yours" in seen(client)


@pytest.mark.parametrize("address", ["common-ground/", "thanks/"])
def test_the_way_there_is_shown_while_it_leads_somewhere(client, address):
    talk = an_open_talk()
    pictures.a_picture(talk)
    way = "/talk/the-one/common-ground/you/"
    assert way in client.get(f"/talk/the-one/{address}").content.decode()

    crowds.close_at_once(talk)
    assert way not in client.get(f"/talk/the-one/{address}").content.decode()


def test_a_real_picture_places_people_where_it_drew_them():
    talk = an_open_talk()
    crowds.crowd(talk, 80, crowds.two_camps)  # so many that chance leaves no camp below ten
    tasks.refresh_room.call(str(talk.id))
    drawn_of = releases.people_of(releases.newest(talk.thing)).tolist()
    votes = Vote.objects.filter(pseudonym__in=drawn_of)
    rows = votes.values_list("pseudonym", "statement__number", "choice")
    exact = map_opinions(*zip(*rows, strict=True), groups=1).positions

    picture = evidence.latest(talk).picture
    away, beside_ring = [], []
    for person in drawn_of:
        you = evidence.stand(picture, answers_of(person)).you
        for at, exactly, reach in zip((you.x, you.y), exact[person], you.ring.reach, strict=True):
            away.append(abs(at - exactly / picture.model.unit))
            beside_ring.append(away[-1] / reach)
    # A picture tells rounded numbers only. What that costs is less than a step of 64 on average,
    # and for nobody more than half of how far their ring goes; who is drawn is left to chance.
    assert sum(away) / len(away) < 1
    assert max(beside_ring) < 0.5


def answers_of(person: int) -> dict[int, int]:
    own = Vote.objects.filter(pseudonym=person)
    return dict(own.values_list("statement__number", "choice"))
