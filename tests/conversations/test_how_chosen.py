"""Whether the choice of statements swayed anything: told at the end, in tenths, to whoever may."""

import json
from collections.abc import Callable

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from coproduce.conversations import ballot_box, evidence, next_statement, tasks
from coproduce.conversations.ballot_box import Ballot
from coproduce.conversations.models import Conversation, Phase, Showing, Vote
from coproduce.trust.models import Figure
from tests import cast, crowds

pytestmark = pytest.mark.django_db

WORDS = [f"Statement number {number} of this talk." for number in range(1, 9)]
PAGE = "/talk/the-one/common-ground/how-statements-were-chosen/"

# (person, number) -> the probability with which it was drawn for them, None if it was not shown
Draws = Callable[[int, int], float | None]


def evenly(person: int, number: int) -> float:
    return 1 / 8


def three_mostly_to_friends(person: int, number: int) -> float | None:
    """Statement 3 was likely for the first forty, who agree, and hardly ever came for the rest."""
    if number != 3:
        return 1 / 8
    if person < 40:
        return 0.9
    return 0.1 if person < 54 else None


def friends_of_three(person: int, number: int) -> int:
    """One statement parts people; they agree with 1 and 2 and are of many minds on the rest."""
    if number == 3:
        return 1 if person < 40 else -1
    return 1 if number < 3 else (1, 0, -1)[(person * number) % 3]


def who(person: int, first: int = 1000) -> int:
    """The pseudonym of a person; between two of them there is room for a stranger."""
    return first + 2 * person


def a_talk(
    people: int = 80, draws: Draws = evenly, slug: str = "the-one", first: int = 1000, **fields
) -> Conversation:
    """Everybody answers what was drawn for them."""
    talk = cast.an_open_conversation(WORDS, slug=slug, **fields)
    numbers = {each.number: each for each in talk.statements.all()}
    drawn = [
        (person, numbers[number], probability)
        for person in range(people)
        for number in numbers
        if (probability := draws(person, number)) is not None
    ]
    Showing.objects.bulk_create(
        Showing(pseudonym=who(person, first), statement=statement, probability=probability)
        for person, statement, probability in drawn
    )
    Vote.objects.bulk_create(
        Vote(
            pseudonym=who(person, first),
            statement=statement,
            choice=friends_of_three(person, statement.number),
        )
        for person, statement, _ in drawn
    )
    return talk


def finish(talk: Conversation, phase: Phase = Phase.PUBLISHED) -> Figure | None:
    crowds.close_at_once(talk)
    tasks.finish.call(str(talk.id))
    Conversation.objects.filter(pk=talk.pk).update(phase=phase)
    return Figure.objects.filter(release__thing=talk.thing, kind="how_chosen").first()


def finished(**how) -> Figure:
    figure = finish(a_talk(**how))
    assert figure is not None
    return figure


def row_of(figure: Figure, number: int) -> dict[str, object]:
    """What is told of everybody's answers to a statement."""
    found = next(row for row in figure.value["rows"] if row[0] == number)
    return dict(zip(figure.value["columns"], found, strict=True))


def test_where_every_statement_was_as_likely_nothing_would_read_differently():
    figure = finished()
    assert "nothing would read differently" in figure.sentence
    assert [row[-1] for row in figure.value["rows"]] == [""] * 8
    assert row_of(figure, 1) == {
        "No.": 1,
        "Statement": WORDS[0],
        "Shown to": "about 80 people",
        "Agree, as counted": "nearly everyone",
        "Each turn alike": "nearly everyone",
        "Each person alike": "nearly everyone",
        "Moves by": "",
    }


def test_a_share_that_the_draw_swayed_is_named_with_what_it_would_be():
    # By hand: 40 of 54 agree as counted; weighted, 40/.9 = 44 stand against 14/.1 = 140.
    figure = finished(draws=three_mostly_to_friends)
    told = row_of(figure, 3)
    assert told["Agree, as counted"] == "about 7 in 10"
    assert told["Each turn alike"] == "about 2 in 10"
    assert told["Moves by"] == "a tenth or more, surely"
    assert figure.sentence.startswith("Statement 3 would read differently")


def test_it_says_in_which_list_a_swayed_statement_stands():
    def one_mostly_to_friends(person: int, number: int) -> float | None:
        return three_mostly_to_friends(person, {1: 3, 3: 1}.get(number, number))

    talk = a_talk(draws=one_mostly_to_friends)
    Vote.objects.filter(statement__number=1, pseudonym__gte=who(40)).update(choice=-1)
    figure = finish(talk)
    assert figure is not None
    assert "1 under “What divides us”" in figure.sentence


def test_nothing_of_fewer_than_ten_is_told():
    def hardly_ever(person: int, number: int) -> float | None:
        return 1 / 8 if number != 3 or person < 9 else None

    told = row_of(finished(draws=hardly_ever), 3)
    assert told["Shown to"] == "fewer than 10 people"
    assert {told["Agree, as counted"], told["Each turn alike"], told["Each person alike"]} == {
        "too few to tell"
    }


def test_who_saw_a_statement_and_never_answered_anything_is_not_counted():
    talk = a_talk(draws=lambda person, number: 1 / 8 if number != 3 or person < 20 else None)
    three = talk.statements.get(number=3)
    Showing.objects.bulk_create(
        Showing(pseudonym=who(person) - 1, statement=three, probability=1 / 8)
        for person in range(20, 80)
    )
    figure = finish(talk)
    assert figure is not None
    assert row_of(figure, 3)["Shown to"] == "about 20 people"


def test_a_few_heavy_answers_are_too_few_to_tell_as_well():
    def nearly_never_for_the_rest(person: int, number: int) -> float | None:
        if number != 3 or person < 40:
            return 0.9
        return 0.001 if person < 43 else None

    told = row_of(finished(draws=nearly_never_for_the_rest), 3)
    assert told["Agree, as counted"] == "about 9 in 10"
    assert told["Each turn alike"] == told["Each person alike"] == "too few to tell"


def test_answers_that_were_asked_for_are_counted_and_weigh_nothing():
    talk = a_talk(draws=lambda person, number: None if person >= 40 and number == 3 else 1 / 8)
    three = talk.statements.get(number=3)
    Vote.objects.bulk_create(
        Vote(pseudonym=who(person), statement=three, choice=-1) for person in range(40, 80)
    )
    figure = finish(talk)
    assert figure is not None
    told = row_of(figure, 3)
    assert told["Agree, as counted"] == "about 5 in 10"
    assert told["Each turn alike"] == told["Each person alike"] == "nearly everyone"
    assert figure.value["limits"][0].startswith("About 40 answers were not drawn")


def test_a_sheet_of_paper_has_everything_on_it_and_counts_as_one():
    talk = a_talk(people=40)
    Vote.objects.bulk_create(
        Vote(pseudonym=5000 + person, statement=statement, choice=-1, is_assisted=True)
        for person in range(40)
        for statement in talk.statements.all()
    )
    figure = finish(talk)
    assert figure is not None
    told = row_of(figure, 1)
    assert told["Shown to"] == "about 80 people"
    # Drawn answers weigh (8 + 3.5)/8 for each person, sheets 1: 57.5 of 97.5.
    assert told["Agree, as counted"] == "about 5 in 10"
    assert told["Each person alike"] == "about 6 in 10"
    assert not any("not drawn" in limit for limit in figure.value["limits"])


def test_a_group_has_a_row_where_its_share_moves():
    def two_minds(person: int, number: int) -> float | None:
        """In each camp, those who agree with 5 were likely to see it, and the others were not."""
        if number != 5:
            return 1 / 12
        return 0.9 if person % 4 < 2 else 0.1 if person % 8 < 4 else None

    talk = a_talk(people=160, draws=two_minds)
    camps = {who(person): 1 if person % 2 else -1 for person in range(160)}
    for camp in (1, -1):
        theirs = [each for each, side in camps.items() if side == camp]
        Vote.objects.filter(pseudonym__in=theirs).update(choice=camp)
    likely = [who(person) for person in range(160) if person % 4 < 2]
    five = Vote.objects.filter(statement__number=5)
    five.filter(pseudonym__in=likely).update(choice=1)
    five.exclude(pseudonym__in=likely).update(choice=-1)
    figure = finish(talk)
    assert figure is not None
    moving = [row[1] for row in figure.value["rows"] if row[0] == 5 and row[-1]]
    assert moving == [WORDS[4], "in group A", "in group B"]


def test_it_is_told_once_at_the_end():
    talk = a_talk(room_shows_results=True)
    tasks.refresh_room.call(str(talk.id))
    assert Figure.objects.exists()
    assert not Figure.objects.filter(kind="how_chosen").exists()
    assert finish(talk) is not None


def test_where_no_draw_was_kept_there_is_no_such_figure():
    talk = a_talk()
    Showing.objects.all().delete()
    assert finish(talk) is None
    assert evidence.latest(talk).how_chosen is None


def test_no_pseudonym_and_no_exact_count_is_in_it():
    figure = finished(people=47, draws=three_mostly_to_friends)
    told = json.dumps([figure.value["rows"], figure.value["limits"], figure.sentence])
    assert not any(str(who(person)) in told for person in range(47))
    assert "47" not in told
    assert "0." not in told


def test_the_fingerprint_follows_the_draws_and_not_the_people():
    one = finished(draws=three_mostly_to_friends)
    others = finished(draws=three_mostly_to_friends, slug="others", first=9000)
    drawn_otherwise = finished(slug="drawn-otherwise")
    assert one.input_digest == others.input_digest != drawn_otherwise.input_digest


def test_an_evening_on_the_platform_ends_with_it():
    talk = cast.an_open_conversation(WORDS, slug="the-one")
    for person in range(24):
        for answered in range(5):
            shown = next_statement.turn(talk, person).statement
            assert shown is not None
            choice = friends_of_three(3 * person, shown.number)
            ballot_box.cast([Ballot(person, shown.id, choice)])
            assert Showing.objects.filter(pseudonym=person).count() == answered + 1
    figure = finish(talk)
    assert figure is not None
    assert figure.people == 24
    assert not any("not drawn" in limit for limit in figure.value["limits"])


def test_the_rule_is_everybodys_to_read_while_people_answer(client):
    a_talk()
    page = client.get(PAGE)
    assertContains(page, "6 draws in 10 go to statements that too few people have answered")
    assertContains(page, "3 draws in 10")
    assertContains(page, "1 draw in 10 is left to chance")
    assertContains(page, "That is told once, together with the last picture")


def test_what_came_of_it_is_seen_by_whoever_sees_the_result(client):
    finish(a_talk(draws=three_mostly_to_friends), Phase.CLOSED)
    told = "Statement 3 would read differently"
    assertNotContains(client.get(PAGE), told)
    assertNotContains(cast.log_in(client, cast.wrong_place_facilitator()).get(PAGE), told)
    assertContains(cast.log_in(client, cast.facilitator()).get(PAGE), told)
    client.logout()
    Conversation.objects.update(phase=Phase.PUBLISHED)
    assertContains(client.get(PAGE), told)


def test_the_common_ground_leads_there_and_back(client):
    figure = finished()
    assertContains(client.get("/talk/the-one/common-ground/"), PAGE)
    page = client.get(PAGE)
    assertContains(page, 'href="/talk/the-one/common-ground/"')
    assertContains(page, f"/figures/{figure.id}/")
    assertContains(page, "What this cannot show")


def test_without_draws_the_page_says_why_it_cannot_tell(client):
    talk = a_talk()
    Showing.objects.all().delete()
    finish(talk)
    assertContains(client.get(PAGE), "no draw was kept")


def test_a_draft_has_no_such_page(client):
    cast.a_draft(slug="the-one")
    assert client.get(PAGE).status_code == 404


def test_the_page_asks_few_questions_of_the_database(client, django_assert_max_num_queries):
    finished()
    with django_assert_max_num_queries(8):
        client.get(PAGE)
