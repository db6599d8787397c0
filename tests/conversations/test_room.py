"""The big screen: how many, never what; the common ground only at the word and only from 20 on."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django_tasks_db.models import DBTaskResult

from coproduce.conversations import at_a_glance, tasks
from coproduce.conversations.models import Choice, Conversation, Phase, RoomStep, Vote
from coproduce.conversations.views import room
from tests import cast, crowds
from tests import maps_drawn as pictures

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _everything_is_counted_afresh() -> None:
    room.forget()
    cache.clear()


def screen(client: Client, talk: Conversation) -> str:
    room.forget()
    return client.get(f"/room/{talk.code}/").content.decode()


def words(html: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", html).split())


def seen_by(html: str) -> str:
    return re.search(r"\?seen=([^\"]+)", html)[1]  # type: ignore[index]


def pictures_asked_for() -> int:
    return DBTaskResult.objects.filter(task_path__endswith="tasks.refresh_room").count()


def test_it_shows_the_question_the_way_in_and_the_head_count_to_anybody(client):
    talk = cast.an_open_conversation()
    crowds.crowd(talk, 3, crowds.one_mind)

    page = screen(client, talk)

    assert cast.QUESTION in words(page)
    assert f"127.0.0.1:8000/join/ {talk.code}" in words(page)
    assert 'src="data:image/svg+xml' in page
    assert "3 people have answered so far" in words(page)


@pytest.mark.parametrize(
    ("people", "said"),
    [(0, "Nobody has answered yet. Will you be the first?"), (1, "1 person has answered so far")],
)
def test_it_counts_in_a_sentence(client, people, said):
    talk = cast.an_open_conversation()
    crowds.crowd(talk, people, crowds.one_mind)

    assert said in words(screen(client, talk))


def test_it_says_the_same_whatever_people_answered(client):
    talk = cast.an_open_conversation(room_shows_results=True)
    crowds.crowd(talk, 9, lambda person, number: 1)
    agreeing = client.get(f"/room/{talk.code}/").content

    Vote.objects.update(choice=Choice.DISAGREE)
    room.forget()

    assert client.get(f"/room/{talk.code}/").content == agreeing


def test_it_shows_nothing_found_before_the_facilitator_says_so(client):
    talk = cast.an_open_conversation(room_shows_results=True)
    crowds.crowd(talk, 40, crowds.one_mind)
    tasks.refresh_room.call(str(talk.id))
    assert "30 people on one map" in screen(client, talk)

    Conversation.objects.update(room_shows_results=False)

    assert "people on one map" not in screen(client, talk)


def test_it_waits_kindly_until_there_are_twenty(client):
    talk = cast.an_open_conversation(room_shows_results=True)
    crowds.crowd(talk, 19, crowds.one_mind)
    tasks.refresh_room.call(str(talk.id))

    page = words(screen(client, talk))

    assert "appears here once 20 people have answered. Fewer would give people away." in page
    assert "people on one map" not in page


def test_it_moves_on_only_in_steps_of_a_release(client):
    talk = cast.an_open_conversation(room_shows_results=True)
    crowds.crowd(talk, 30, crowds.one_mind)
    tasks.refresh_room.call(str(talk.id))
    first = found(screen(client, talk))

    crowds.crowd(talk, 9, lambda person, number: -1, first=30)
    tasks.refresh_room.call(str(talk.id))
    page = screen(client, talk)

    assert "39 people have answered so far" in words(page)
    assert found(page) == first


def found(html: str) -> str:
    return html.partition('id="found"')[2].partition('id="said"')[0]


TWELVE = [f"Statement number {number} of this talk." for number in range(1, 13)]


def shown(client: Client, step: RoomStep, **fields) -> str:
    """The screen of a conversation with two groups, at this step."""
    fields = {"room_shows_results": True, "room_step": step, **fields}
    talk = cast.an_open_conversation(TWELVE, **fields)
    pictures.a_picture(talk)
    return screen(client, talk)


def test_the_first_step_shows_everybody_in_one_tone(client):
    page = shown(client, RoomStep.EVERYBODY)

    assert "60 people on one map" in words(page)
    assert ">A</text>" not in page
    assert "--group-a" not in page


def test_the_second_step_tells_groups_apart_and_says_who_stands_between(client):
    page = shown(client, RoomStep.GROUPS)

    assert ">A</text>" in page
    assert "--group-b" in page
    assert "about 10 people stand between groups" in words(page)
    assert "Statement number 3 of this talk. about 9 in 10 agree elsewhere about 2 in 10" in words(
        page
    )


def test_the_third_step_tells_what_all_agree_on_and_turn_down(client):
    page = words(shown(client, RoomStep.COMMON_GROUND))

    assert "What all of us agree on Statement number 1 of this talk. at least 8 in 10" in page
    assert "1 statement all of us turn down" in page
    assert "What divides us" not in page


def test_the_fourth_step_tells_what_divides_and_marks_it_on_the_map(client):
    page = shown(client, RoomStep.DIVIDES)

    assert "Statement number 3 of this talk. A about 9 in 10 B about 2 in 10" in words(page)
    assert ">3</text>" in page
    assert ">7</text>" not in page  # the screen lists four
    assert "And 6 more." in words(page)


def test_long_statements_are_shown_whole_and_so_fewer_at_once(client):
    talk = cast.an_open_conversation(
        ["As long as it may be. " * 12] * 12, room_shows_results=True, room_step=4
    )
    pictures.a_picture(talk)
    page = screen(client, talk)

    assert found(page).count("As long as it may be. " * 12) == 2
    assert "And 8 more." in words(page)


def test_before_the_first_step_people_arrive_and_nothing_found_is_shown(client):
    page = shown(client, RoomStep.ARRIVING)

    assert "people on one map" not in page
    assert "Group" not in words(page)


def test_a_step_that_may_not_be_seen_is_not_shown(client):
    page = shown(client, RoomStep.DIVIDES, room_shows_results=False)

    assert "What divides us" not in page
    assert "Nothing of what they say is shown now" in words(page)


def test_where_no_groups_stand_apart_the_steps_say_so(client):
    talk = cast.an_open_conversation(TWELVE, room_shows_results=True, room_step=RoomStep.GROUPS)
    pictures.a_picture(talk, letters=(), facts={**pictures.MODEL, "middles": {}})

    assert "60 people, told as one." in words(screen(client, talk))
    Conversation.objects.update(room_step=RoomStep.DIVIDES)
    assert "nothing divides us into camps" in words(screen(client, talk))


def test_each_arrival_is_a_mark_on_the_screen(client):
    talk = cast.an_open_conversation()
    crowds.crowd(talk, 7, crowds.one_mind)

    arrivals = screen(client, talk).partition('class="arrivals"')[2].partition("</svg>")[0]
    assert arrivals.count("M") == 7


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (RoomStep.ARRIVING, "People are answering. Nothing of what they say is shown now."),
        (RoomStep.EVERYBODY, "Everybody: 60 people on one map."),
        (RoomStep.GROUPS, "Groups. Two groups of people who answer alike."),
        (RoomStep.COMMON_GROUND, "What all of us agree on: 1 statement."),
        (RoomStep.DIVIDES, "What divides us: 10 statements."),
    ],
)
def test_each_step_is_said_in_a_sentence_for_those_who_listen(client, step, said):
    status = shown(client, step).partition('role="status"')[2].partition("</p>")[0]

    assert said in words(status.partition(">")[2])


def live(client: Client, talk: Conversation, page: str, query: str = "") -> str:
    """What comes when a screen that shows this page asks again."""
    room.forget()
    return client.get(
        f"/room/{talk.code}/live/?seen={seen_by(page).replace('&amp;', '&')}{query}"
    ).content.decode()


def test_the_next_step_comes_with_a_sentence_and_a_calm_transition(client):
    talk = cast.an_open_conversation(TWELVE, room_shows_results=True)
    pictures.a_picture(talk)
    page = screen(client, talk)
    Conversation.objects.update(room_step=RoomStep.GROUPS)

    moved = live(client, talk, page)
    assert "Two groups of people who answer alike" in moved
    assert '<p id="said" data-hx-swap-oob="innerHTML">' in moved
    assert '<div class="moves">' in moved


def test_a_new_picture_at_the_same_step_comes_without_any_motion(client):
    talk = cast.an_open_conversation(TWELVE, room_shows_results=True)
    pictures.a_picture(talk)
    page = screen(client, talk)
    pictures.a_picture(talk, people=80)

    moved = live(client, talk, page)
    assert "80 people on one map" in moved
    assert "moves" not in moved


def test_from_arriving_to_the_first_step_the_screen_is_laid_out_anew(client):
    talk = cast.an_open_conversation(TWELVE, room_shows_results=True, room_step=0)
    pictures.a_picture(talk)
    page = screen(client, talk)
    Conversation.objects.update(room_step=RoomStep.EVERYBODY)
    room.forget()

    answer = client.get(f"/room/{talk.code}/live/?seen={seen_by(page)}")
    assert answer["HX-Retarget"] == "#stage"
    assert 'class="stage shows moves"' in answer.content.decode()


def text_of(client: Client, talk: Conversation) -> str:
    room.forget()
    return client.get(f"/room/{talk.code}/?as=text").content.decode()


def test_as_text_it_says_the_step_and_every_line_of_it_without_a_picture(client):
    talk = cast.an_open_conversation(TWELVE, room_shows_results=True, room_step=RoomStep.DIVIDES)
    pictures.a_picture(talk)
    page = text_of(client, talk)

    assert "<svg" not in page.partition("<main")[2]
    assert words(page).count("About 9 in 10 agree in group A, about 2 in 10 in B") == 11
    assert 'id="said" role="status" aria-live="polite"' in page


def test_as_text_it_goes_on_as_text(client):
    talk = cast.an_open_conversation(TWELVE, room_shows_results=True, room_step=0)
    pictures.a_picture(talk)
    page = text_of(client, talk)
    Conversation.objects.update(room_step=RoomStep.GROUPS)
    assert "as=text" in seen_by(page)

    moved = live(client, talk, page)
    assert "Group A, about 30 people" in moved
    assert "<svg" not in moved


def test_it_asks_for_the_next_picture_only_when_enough_have_come(client):
    talk = cast.an_open_conversation(room_shows_results=True)
    crowds.crowd(talk, 19, crowds.one_mind)
    screen(client, talk)
    assert pictures_asked_for() == 0

    crowds.crowd(talk, 5, crowds.one_mind, first=19)
    cache.clear()
    screen(client, talk)
    screen(client, talk)

    assert pictures_asked_for() == 1


def test_it_costs_five_hundred_screens_one_look_a_second(
    client, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(at_a_glance, "FRESH_SECONDS", 3_600.0)  # a second that outlasts the test
    talk = cast.an_open_conversation()
    crowds.crowd(talk, 3, crowds.one_mind)
    page = client.get(f"/room/{talk.code}/").content.decode()
    address = f"/room/{talk.code}/live/?seen={seen_by(page)}"

    with django_assert_num_queries(0):
        answers = {client.get(address).status_code for _ in range(500)}

    assert answers == {204}


def test_it_looks_again_when_the_second_is_over(client, monkeypatch):
    monkeypatch.setattr(at_a_glance, "FRESH_SECONDS", 0.0)
    monkeypatch.setattr(at_a_glance, "SHARE_OF_TIME", float("inf"))
    talk = cast.an_open_conversation()
    client.get(f"/room/{talk.code}/")
    crowds.crowd(talk, 3, crowds.one_mind)

    assert "3 people have answered" in words(client.get(f"/room/{talk.code}/").content.decode())


def test_it_sends_the_count_alone_when_nothing_else_has_moved(client):
    talk = cast.an_open_conversation()
    page = screen(client, talk)
    crowds.crowd(talk, 2, crowds.one_mind)
    room.forget()

    live = client.get(f"/room/{talk.code}/live/?seen={seen_by(page)}").content.decode()

    assert "2 people have answered so far" in words(live)
    assert 'id="found"' not in live


def test_it_sends_the_common_ground_with_the_count_once_it_has_moved(client):
    talk = cast.an_open_conversation(room_shows_results=True)
    page = screen(client, talk)
    crowds.crowd(talk, 30, crowds.one_mind)
    tasks.refresh_room.call(str(talk.id))
    room.forget()

    live = client.get(f"/room/{talk.code}/live/?seen={seen_by(page)}").content.decode()

    assert 'id="stage"' in live
    assert "30 people on one map" not in live  # ten stay back
    assert "people on one map" in live


def test_it_loads_the_whole_page_anew_when_the_scene_changes(client):
    talk = cast.an_open_conversation()
    page = screen(client, talk)
    Conversation.objects.update(phase=Phase.CLOSED)
    room.forget()

    answer = client.get(f"/room/{talk.code}/live/?seen={seen_by(page)}")

    assert answer["HX-Refresh"] == "true"


def test_it_thanks_the_room_after_the_close_and_shows_no_way_in(client):
    talk = cast.an_open_conversation()
    crowds.crowd(talk, 12, crowds.one_mind)
    crowds.close_at_once(talk)

    page = screen(client, talk)

    assert "12 people have taken part" in words(page)
    assert "This conversation is closed. Thank you!" in words(page)
    assert f"/join/{talk.code}" not in page


def test_it_shows_what_was_published_without_any_word(client):
    talk = cast.an_open_conversation()
    crowds.crowd(talk, 30, crowds.one_mind)
    crowds.close_at_once(talk)
    tasks.finish.call(str(talk.id))
    Conversation.objects.update(phase=Phase.PUBLISHED)

    assert "30 people on one map" in screen(client, talk)


def test_it_thanks_the_few_when_too_few_took_part(client):
    talk = cast.an_open_conversation()
    crowds.crowd(talk, 5, crowds.one_mind)
    crowds.close_at_once(talk)
    tasks.finish.call(str(talk.id))
    Conversation.objects.update(phase=Phase.PUBLISHED)

    assert "Too few people took part to show what they said" in words(screen(client, talk))


@pytest.mark.parametrize("address", ["/room/{}/", "/room/{}/live/"])
def test_it_knows_no_draft_and_no_wrong_code(client, address):
    draft = cast.a_draft()

    assert client.get(address.format(draft.code)).status_code == 404
    assert client.get(address.format("ZZZZZ")).status_code == 404


def test_it_takes_a_code_in_small_letters(client):
    talk = cast.an_open_conversation()

    assert client.get(f"/room/{talk.code.lower()}/").status_code == 200


@pytest.mark.parametrize("query", ["", "?as=text"])
def test_it_works_without_scripts_by_a_plain_link(client, query):
    talk = cast.an_open_conversation()
    plain = client.get(f"/room/{talk.code}/{query}").content.decode().partition("<noscript>")[2]

    assert '<a class="button" href="">Look again</a>' in plain.partition("</noscript>")[0]
