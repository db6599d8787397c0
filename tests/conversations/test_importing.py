"""What was asked elsewhere comes in whole, with its source, or not at all."""

import io
import zipfile

import pytest

from coproduce.conversations import evidence, tasks
from coproduce.conversations.actions.importing import import_polis
from coproduce.conversations.models import Conversation, Phase, Statement, Vote
from coproduce.conversations.takeaway import rows_of_votes
from coproduce.formats.errors import BadFile
from coproduce.trust.models import Figure
from tests import cast, crowds
from tests.conversations.test_tasks import matrix
from tests.real_conversations import BIODIVERSITY, BREXIT, exported, published

pytestmark = pytest.mark.django_db

QUESTION, SOURCE = "What matters here?", "Asked elsewhere in 2019, shared under CC BY 4.0."
COMMENTS = "comment-id,moderated,comment-body\n0,1,Listen first.\n3,0,'=Pay people.\n5,-1,Spam.\n"
VOTES = "voter-id,comment-id,vote\n1,0,1\n1,3,-1\n2,0,0\n2,5,1\n1,0,-1\n"


def a_folder(tmp_path, **files: str):
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text)
    return tmp_path


def take_in(path, **more) -> Conversation:
    return import_polis(path, place=cast.manchester(), question=QUESTION, provenance=SOURCE, **more)


def test_it_becomes_a_closed_conversation_that_says_where_it_comes_from(tmp_path):
    talk = take_in(a_folder(tmp_path, comments=COMMENTS, votes=VOTES))

    assert talk.phase == Phase.CLOSED
    assert (talk.question, talk.provenance) == (QUESTION, SOURCE)
    assert matrix(talk) == [[(0, -1), (3, -1)], [(0, 0), (5, 1)]]


def test_what_moderators_took_out_stays_out(tmp_path):
    talk = take_in(a_folder(tmp_path, comments=COMMENTS, votes=VOTES))

    states = dict(talk.statements.values_list("number", "state"))
    assert states == {0: "shown", 3: "shown", 5: "hidden"}


def test_words_are_as_they_were_before_a_spreadsheet_could_run_them(tmp_path):
    talk = take_in(a_folder(tmp_path, comments=COMMENTS, votes=VOTES))

    assert talk.statements.get(number=3).words == "=Pay people."


def test_people_get_fresh_numbers(tmp_path):
    take_in(a_folder(tmp_path, comments=COMMENTS, votes=VOTES))

    assert {1, 2}.isdisjoint(Vote.objects.values_list("pseudonym", flat=True))


def test_a_zip_does_as_well_as_a_folder_and_leads_nowhere_else(tmp_path):
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("an export/votes.csv", VOTES)
        packed.writestr("../../comments.csv", COMMENTS)
    talk = take_in(path)

    assert talk.statements.get(number=0).words == "Listen first."
    assert not (tmp_path.parent.parent / "comments.csv").exists()


def test_a_plain_file_of_votes_does_too(tmp_path):
    path = tmp_path / "ours.csv"
    path.write_text("person,statement,vote\nann,1,1\nbob,1,-1\n")
    talk = take_in(path)

    assert matrix(talk) == [[(1, -1)], [(1, 1)]]
    assert talk.statements.get().words == "Statement 1"


@pytest.mark.parametrize(
    ("files", "complaint"),
    [
        ({"comments": COMMENTS}, "There is no votes.csv"),
        ({"votes": VOTES.replace("2,0,0", "2,0,7")}, "votes.csv, row 4, vote: 7 is outside"),
        ({"votes": VOTES, "comments": COMMENTS.replace("5,-1,Spam.\n", "")}, "Statement 5 has"),
        ({"votes": VOTES, "comments": COMMENTS.replace("Spam.", "x" * 281)}, "281 characters"),
        ({"votes": VOTES, "comments": COMMENTS.replace("Spam.", " ")}, "Statement 5 has no words"),
        ({"votes": "voter-id,comment-id,vote\n"}, "There are no statements in it"),
    ],
)
def test_a_file_that_is_wrong_is_named_and_nothing_is_written(tmp_path, files, complaint):
    with pytest.raises(BadFile, match=complaint):
        take_in(a_folder(tmp_path, **files))

    assert Conversation.objects.count() == Statement.objects.count() == Vote.objects.count() == 0


def test_a_damaged_zip_is_named(tmp_path):
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("votes.csv", VOTES * 50)
    spoilt = bytearray(whole.getvalue())
    spoilt[40:60] = bytes(20)
    (tmp_path / "export.zip").write_bytes(spoilt)

    with pytest.raises(BadFile, match="cut off or damaged"):
        take_in(tmp_path / "export.zip")


def test_nothing_comes_in_without_its_source(tmp_path):
    with pytest.raises(BadFile, match="Say where these answers come from"):
        import_polis(
            a_folder(tmp_path, votes=VOTES),
            place=cast.manchester(),
            question=QUESTION,
            provenance=" ",
        )


def test_what_leaves_comes_back_the_same(tmp_path):
    talk = cast.an_open_conversation()
    crowds.crowd(talk, 25, crowds.two_camps)
    tasks.finish.call(str(crowds.close_at_once(talk).id))
    (tmp_path / "away.zip").write_bytes(rows_of_votes(talk, why="To carry on elsewhere."))

    back = take_in(tmp_path / "away.zip")

    assert matrix(back) == matrix(talk)
    words = talk.statements.values_list("number", "words")
    assert list(back.statements.values_list("number", "words")) == list(words)


def published_matrix(name: str) -> list[list[tuple[int, int]]]:
    """Everybody's answers by Polis' own table, without any code of ours."""
    rows = (
        sorted(
            (int(column), int(cell)) for column, cell in row.items() if column.isdigit() and cell
        )
        for row in published(name)
    )
    return sorted(row for row in rows if row)


@pytest.mark.parametrize("name", [BREXIT, BIODIVERSITY])
def test_a_real_conversation_comes_in_whole_and_its_page_is_drawn(client, name):
    talk = take_in(exported(name, "votes.csv").parent)
    assert matrix(talk) == published_matrix(name)

    tasks.finish.call(str(talk.id))
    Conversation.objects.filter(pk=talk.pk).update(phase=Phase.PUBLISHED)
    page = client.get(f"/talk/{talk.slug}/common-ground/")

    assert page.status_code == 200
    assert SOURCE in page.content.decode()
    assert len(evidence.latest(talk).common_ground) >= 5
    assert len(page.content) < 80_000
    for figure in Figure.objects.filter(kind="common_ground")[:3]:
        assert client.get(f"/figures/{figure.id}/").status_code == 200
