"""Rows of votes leave by two people, for a reason, and fit no other file."""

import io
import zipfile

import pytest
from django.test import Client

from coproduce.conversations import tasks
from coproduce.conversations.actions import publishing
from coproduce.conversations.actions.facilitating import NotPossible
from coproduce.conversations.models import Conversation, Phase, Statement, Vote
from coproduce.people.models import Person
from coproduce.trust.models import LogEntry, Request
from tests import cast, crowds
from tests.conversations.test_tasks import matrix

pytestmark = pytest.mark.django_db

WHY = "The university looks at how opinions spread."
PAGE = "/facilitate/the-one/rows/"


def finished(people: int = 30) -> Conversation:
    talk = cast.an_open_conversation(slug="the-one")
    crowds.crowd(talk, people, crowds.two_camps)
    tasks.finish.call(str(crowds.close_at_once(talk).id))
    return talk


def as_(somebody: Person) -> Client:
    return cast.log_in(Client(), somebody)


def ask(somebody: Person, why: str = WHY) -> Request | None:
    as_(somebody).post(PAGE, {"why": why, "has_read": "on"})
    return Request.objects.first()


def fetch(somebody: Person, request: Request):
    return as_(somebody).post(f"{PAGE}{request.id}/votes.zip")


def agreed() -> Request:
    request = ask(cast.coordinator())
    as_(cast.other_coordinator()).post(f"{PAGE}{request.id}/agree/")
    request.refresh_from_db()
    return request


def files_in(answer) -> dict[str, str]:
    packed = zipfile.ZipFile(io.BytesIO(answer.content))
    return {name: packed.read(name).decode() for name in packed.namelist()}


def test_the_page_says_what_could_happen():
    finished()

    page = as_(cast.coordinator()).get(PAGE).content.decode()
    assert "Five known answers single out about a fifth of people" in page


def test_one_asks_another_agrees_and_both_can_fetch():
    finished()
    request = agreed()

    for somebody in (cast.coordinator(), cast.other_coordinator()):
        assert fetch(somebody, request)["Content-Type"] == "application/zip"


def test_the_one_who_asked_cannot_agree_nor_fetch_alone():
    finished()
    request = ask(cast.coordinator())
    as_(cast.coordinator()).post(f"{PAGE}{request.id}/agree/")
    request.refresh_from_db()

    assert request.agreed_by is None
    assert fetch(cast.coordinator(), request).status_code == 302


def test_a_third_person_asks_for_their_own():
    finished()

    assert fetch(cast.convenor(), agreed()).status_code == 302


@pytest.mark.parametrize(
    ("who", "status"),
    [(cast.member, 403), (cast.facilitator, 403), (cast.wrong_place_facilitator, 404)],
)
def test_others_neither_ask_nor_agree_nor_fetch(who, status):
    finished()
    request = agreed()

    assert as_(who()).get(PAGE).status_code == status
    assert as_(who()).post(f"{PAGE}{request.id}/agree/").status_code == status
    assert fetch(who(), request).status_code == status


def test_an_agreement_about_one_conversation_opens_no_other():
    finished()
    request = agreed()
    other = cast.an_open_conversation(slug="another")
    crowds.crowd(other, 30, crowds.two_camps)
    tasks.finish.call(str(crowds.close_at_once(other).id))

    answer = as_(cast.coordinator()).post(f"/facilitate/another/rows/{request.id}/votes.zip")
    assert answer.status_code == 302


def test_it_needs_a_reason_and_keeps_what_was_typed():
    finished()
    answer = as_(cast.coordinator()).post(PAGE, {"why": "because"})
    page = answer.content.decode()

    assert answer.status_code == 200
    assert "Say a little more" in page
    assert "say that you have" in page
    assert ">\nbecause</textarea>" in page
    assert not Request.objects.exists()


def test_no_rows_leave_while_they_lead_back_to_people():
    talk = cast.an_open_conversation(slug="the-one")
    crowds.crowd(talk, 30, crowds.two_camps)

    with pytest.raises(NotPossible, match="still lead back"):
        publishing.ask_for_rows(talk, why=WHY, by=cast.coordinator())


def test_no_rows_of_nine_people_leave():
    talk = finished(people=9)

    with pytest.raises(NotPossible, match="Fewer than ten"):
        publishing.ask_for_rows(talk, why=WHY, by=cast.coordinator())


def test_the_rows_are_all_answers_and_nothing_that_fits_another_file():
    talk = finished()
    stored = {str(number) for number in Vote.objects.values_list("pseudonym", flat=True)}
    files = files_in(fetch(cast.coordinator(), agreed()))

    rows = [line.split(",") for line in files["votes.csv"].splitlines()[1:]]
    assert len(rows) == 30 * 5
    assert {row[0] for row in rows} == {row[1] for row in rows} == {""}
    assert stored.isdisjoint(row[3] for row in rows)
    by_person: dict[str, list[tuple[int, int]]] = {}
    for _, _, number, who, choice in rows:
        by_person.setdefault(who, []).append((int(number), int(choice)))
    assert sorted(sorted(answers) for answers in by_person.values()) == matrix(talk)
    assert WHY in files["README.txt"]
    assert "about a fifth of people" in " ".join(files["README.txt"].split())


def test_people_have_other_numbers_each_time():
    finished()
    request = agreed()
    once, again = (files_in(fetch(cast.coordinator(), request)) for _ in range(2))

    assert once["votes.csv"] != again["votes.csv"]


def test_statements_that_were_left_out_do_not_leave():
    talk = finished()
    talk.statements.filter(number=4).update(state=Statement.State.HIDDEN)
    files = files_in(fetch(cast.coordinator(), agreed()))

    assert cast.SEEDS[3] not in files["comments.csv"]
    assert all(line.split(",")[2] != "4" for line in files["votes.csv"].splitlines())


def test_a_statement_is_no_formula_in_a_spreadsheet():
    talk = finished()
    talk.statements.filter(number=1).update(words="=HYPERLINK(1)")

    assert "'=HYPERLINK(1)" in files_in(fetch(cast.coordinator(), agreed()))["comments.csv"]


def test_every_fetching_is_in_the_log():
    finished()
    request = agreed()
    fetch(cast.coordinator(), request)
    fetch(cast.other_coordinator(), request)

    fetched = LogEntry.objects.filter(deed=publishing.RELEASE_ROWS)
    assert [entry.actor for entry in fetched] == [
        cast.coordinator().id,
        cast.other_coordinator().id,
    ]


def test_what_was_published_can_be_asked_for_too():
    talk = finished()
    Conversation.objects.filter(pk=talk.pk).update(phase=Phase.PUBLISHED)

    assert fetch(cast.coordinator(), agreed()).status_code == 200
