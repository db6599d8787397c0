"""What a conversation found, as each of them sees it: the stranger, the facilitator, the place."""

import io
import json
import zipfile

import pytest
from django.test import Client
from pypdf import PdfReader

from coproduce.conversations import evidence, report, tasks
from coproduce.conversations.models import Conversation, Phase, ShowOfHands, Vote
from coproduce.trust import releases
from coproduce.trust.models import Figure
from tests import cast, crowds

pytestmark = pytest.mark.django_db

WORDS = [f"Statement number {number} of this talk." for number in range(1, 13)]


@pytest.fixture(autouse=True)
def _reports_in_a_folder_of_their_own(settings, tmp_path):
    settings.HOME = tmp_path


def finished(people: int = 60, phase: Phase = Phase.PUBLISHED, **fields) -> Conversation:
    talk = cast.an_open_conversation(WORDS, slug="the-one", **fields)
    crowds.crowd(talk, people, crowds.two_camps)
    crowds.declare(talk, lived=20, carer=12, practitioner=8)
    hands = {"agree": 40, "disagree": 12, "neither": 0}
    ShowOfHands.objects.create(statement=talk.statements.get(number=1), **hands)
    tasks.finish.call(str(crowds.close_at_once(talk).id))
    talk.phase = phase
    talk.save()
    return talk


def seen(client: Client, query: str = "") -> str:
    return client.get(f"/talk/the-one/common-ground/{query}").content.decode()


DOWNLOADS = ("report.pdf", "figures.csv", "figures.json", "open-files.zip")


def test_a_stranger_sees_it_once_it_is_published(client):
    finished()
    page = seen(client)

    for words in (
        "60 people",
        "720 answers",
        "What all of us agree on",
        "at least 8 in 10 in both groups",
        "What all of us turn down",
        "What divides us",
        "about 40 people",
        "Hands raised in the room",
        "I draw on lived experience",
        "did not say",
        "Nobody said",
        "one answer each per device or code",
        "How this was done",
        "What you can do next",
    ):
        assert words in page
    assert "<svg" in page


def test_each_number_leads_to_what_stands_behind_it(client):
    talk = finished()
    page = seen(client, "?show=all")

    for figure in Figure.objects.filter(release__thing=talk.thing):
        assert f"/figures/{figure.id}/" in page, figure.kind


def test_every_figure_has_its_page_and_leads_back(client):
    talk = finished()

    for figure in Figure.objects.filter(release__thing=talk.thing):
        page = client.get(f"/figures/{figure.id}/")
        assert page.status_code == 200
        assert "/talk/the-one/common-ground/" in page.content.decode()


def test_before_it_is_published_a_stranger_is_told_so(client):
    finished(phase=Phase.CLOSED)
    page = seen(client)

    assert "being looked at" in page
    assert "about 40 people" not in page
    for name in DOWNLOADS:
        assert client.get(f"/talk/the-one/common-ground/{name}").status_code == 404
    figure = Figure.objects.first()
    assert client.get(f"/figures/{figure.id}/").status_code == 404


def test_before_it_is_published_its_facilitators_look_at_it(client):
    finished(phase=Phase.CLOSED)
    page = seen(cast.log_in(client, cast.facilitator()))

    assert "Not published yet" in page
    assert "about 40 people" in page
    assert client.get(f"/figures/{Figure.objects.first().id}/").status_code == 200


@pytest.mark.parametrize("who", [cast.member, cast.wrong_place_facilitator, cast.admin])
def test_before_it_is_published_nobody_else_does(client, who):
    finished(phase=Phase.CLOSED)
    cast.log_in(client, who())

    assert "about 40 people" not in seen(client)
    assert client.get("/talk/the-one/common-ground/figures.json").status_code == 404
    assert client.get(f"/figures/{Figure.objects.first().id}/").status_code == 404


def test_a_draft_is_not_there(client):
    cast.a_draft(slug="the-one")

    assert client.get("/talk/the-one/common-ground/").status_code == 404


def test_while_it_is_open_nobody_is_swayed(client):
    talk = cast.an_open_conversation(WORDS, slug="the-one")
    crowds.crowd(talk, 40, crowds.two_camps)

    assert "People are still answering" in seen(client)


def test_what_the_room_was_shown_is_labelled_as_on_the_way(client):
    talk = cast.an_open_conversation(WORDS, slug="the-one", room_shows_results=True)
    crowds.crowd(talk, 40, crowds.two_camps)
    tasks.refresh_room.call(str(talk.id))
    page = seen(client)

    assert "picture taken on the way" in page
    assert "30 people" in page
    assert "told once, at the end" in page


def test_fewer_than_ten_people_are_told_why_nothing_is_shown(client):
    finished(people=9)
    page = seen(client)

    assert "Fewer than ten people answered" in page
    assert "9 people" not in page
    assert "<svg" not in page


def test_twelve_people_are_told_as_one_and_not_drawn(client):
    finished(people=12)
    page = seen(client)

    assert "at least 7 in 10 of everybody" in page
    assert "told as one" in page
    assert "<svg xmlns" not in page


def test_where_the_picture_from_the_room_stands_the_page_says_why(client):
    talk = cast.an_open_conversation(WORDS, slug="the-one", room_shows_results=True)
    people = crowds.crowd(talk, 30, crowds.two_camps)
    tasks.refresh_room.call(str(talk.id))
    shown = set(releases.people_of(releases.newest(talk.thing)).tolist())
    stayed_back = [who for who in people if who not in shown]
    Vote.objects.filter(pseudonym__in=stayed_back[:7]).delete()  # they took theirs back
    tasks.finish.call(str(crowds.close_at_once(talk).id))

    assert "The picture that the room saw stands" in seen(client)


def test_what_was_brought_in_says_where_from_at_the_top(client):
    finished(provenance="Invented for this test, all of it.")
    page = seen(client)

    assert page.index("Invented for this test") < page.index("What all of us agree on")
    assert "one answer each" not in page


def test_a_statement_can_be_shown_on_the_map(client):
    finished()

    assert ">5</text>" not in seen(client)
    assert ">5</text>" in seen(client, "?statement=5")
    assert client.get("/talk/the-one/common-ground/?statement=5%27x").status_code == 200


def test_a_long_list_is_folded_and_can_be_opened(client):
    finished()

    assert "Show 2 more" in seen(client)
    assert "Show 2 more" not in seen(client, "?show=all")


def test_words_of_people_are_words_and_never_markup(client):
    talk = cast.an_open_conversation(["<b>Bold</b> & “quoted”"] * 3, slug="the-one")
    crowds.crowd(talk, 30, crowds.one_mind)
    tasks.finish.call(str(crowds.close_at_once(talk).id))
    Conversation.objects.update(phase=Phase.PUBLISHED)
    page = seen(client, "?statement=1")

    assert "&lt;b&gt;Bold&lt;/b&gt; &amp;" in page
    assert "<b>Bold</b>" not in page


def test_the_page_asks_few_questions_of_the_database(client, django_assert_max_num_queries):
    finished()

    with django_assert_max_num_queries(8):
        seen(client)


def test_the_report_is_tagged_titled_bookmarked_and_in_english(client):
    finished()
    answer = client.get("/talk/the-one/common-ground/report.pdf")
    pdf = PdfReader(io.BytesIO(answer.content))
    root = pdf.trailer["/Root"]

    assert answer["Content-Type"].startswith("application/pdf")
    assert pdf.metadata.title.startswith(cast.QUESTION)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("en")
    assert root["/StructTreeRoot"]
    bookmarks = str(pdf.outline)
    for heading in ("What all of us agree on", "Who thinks alike", "How this was done"):
        assert heading in bookmarks
    text = " ".join(page.extract_text() for page in pdf.pages)
    assert "at least 8 in 10 in both groups" in text
    assert "Not published yet" not in text


def test_the_report_is_drawn_once(client, monkeypatch):
    talk = finished()
    first = client.get("/talk/the-one/common-ground/report.pdf").content
    monkeypatch.setattr(report, "draw", None)

    assert report.pdf_of(talk, evidence.latest(talk)) == first


def test_a_report_before_publishing_says_so_and_is_not_kept(client):
    finished(phase=Phase.CLOSED)
    cast.log_in(client, cast.facilitator())
    early = client.get("/talk/the-one/common-ground/report.pdf").content

    assert "Not published yet" in PdfReader(io.BytesIO(early)).pages[0].extract_text()
    Conversation.objects.update(phase=Phase.PUBLISHED)
    late = client.get("/talk/the-one/common-ground/report.pdf").content
    assert "Not published yet" not in PdfReader(io.BytesIO(late)).pages[0].extract_text()


def test_figures_go_home_as_a_table_and_whole(client):
    talk = finished()
    figures = Figure.objects.filter(release__thing=talk.thing)
    table = client.get("/talk/the-one/common-ground/figures.csv").content.decode()
    whole = json.loads(client.get("/talk/the-one/common-ground/figures.json").content)

    assert len(table.splitlines()) == figures.count() + 1
    assert [each["figure"] for each in whole["figures"]] == [str(each.id) for each in figures]
    assert whole["question"] == cast.QUESTION


def test_the_files_for_everyone_hold_no_row_no_time_and_no_exact_count(client):
    finished()
    packed = client.get("/talk/the-one/common-ground/open-files.zip").content
    files = zipfile.ZipFile(io.BytesIO(packed))

    assert sorted(files.namelist()) == [
        "README.txt",
        "comments.csv",
        "figures.json",
        "summary.csv",
        "tallies.csv",
    ]
    comments = files.read("comments.csv").decode().splitlines()
    assert comments[0].startswith("timestamp,datetime,comment-id,author-id,agrees,disagrees")
    assert comments[1] == ",,1,,,,1,Statement number 1 of this talk."
    assert "about 60 people,nearly everyone,hardly anyone" in files.read("tallies.csv").decode()
    assert all(each.date_time == (1980, 1, 1, 0, 0, 0) for each in files.infolist())
