"""A figure is written with all that stands behind it, and says so on its page."""

import json
from uuid import uuid4

import pytest
from django.http import HttpRequest
from django.urls import reverse

from coproduce.trust import figures, looking, takeaway
from coproduce.trust.figures import Basis, Content, Entry
from coproduce.trust.gate import admit
from coproduce.trust.models import Figure, Release

pytestmark = pytest.mark.django_db

PAGE = "/where-it-belongs/"


@pytest.fixture(autouse=True)
def anybody_may_look_at_open_parcels():
    def rule(request: HttpRequest, thing: str) -> str | None:
        return PAGE if thing == "parcel:open" else None

    looking.leave_rule("parcel", rule)


def basis() -> Basis:
    admitted = admit(
        list(range(12)),
        [1] * 12,
        [1] * 12,
        consent_basis="Everybody said yes.",
    )
    return Basis.of(
        admitted,
        method="counting by hand",
        version="0.1.0",
        seed=7,
        input_digest="a" * 64,
        how=("Somebody counted.",),
    )


def content(sentence: str = "About 7 in 10 agree.") -> Content:
    return Content(
        title="A share",
        sentence=sentence,
        about="The share of those who answered.",
        columns=("Group", "Agree"),
        rows=(("=A1", "about 7 in 10"), ("B", "@home")),
        facts={"tenths": 7},
        limits=("Nothing is said of those who did not answer.",),
    )


def recorded(thing: str = "parcel:open", number: int = 1, key: str = "7") -> Figure:
    release = Release.objects.create(thing=thing, number=number, people=12)
    (figure,) = figures.record(release, [Entry("share", key, content(), basis())])
    return figure


def address(figure: Figure, name: str = "figure") -> str:
    return reverse(f"trust:{name}", args=[figure.id])


def test_it_keeps_what_it_was_given():
    figure = Figure.objects.get(pk=recorded().pk)

    assert figures.content_of(figure) == content()
    assert (figure.method, figure.version, figure.seed) == ("counting by hand", "0.1.0", 7)
    assert (figure.people, figure.consent_basis) == (12, "Everybody said yes.")
    assert figure.manifest["rows"] == 12


def test_the_figures_of_a_release_stay_in_order():
    release = Release.objects.create(thing="parcel:open", number=1, people=12)
    figures.record(
        release, [Entry("share", str(key), content(f"Number {key}."), basis()) for key in range(30)]
    )

    assert [figure.key for figure in release.figures.all()] == [str(key) for key in range(30)]


def test_its_page_answers_how_we_know(client):
    page = client.get(address(recorded())).content.decode()

    for words in (
        "About 7 in 10 agree.",
        "The share of those who answered.",
        "Nothing is said of those who did not answer.",
        "Somebody counted.",
        "counting by hand",
        "seed 7",
        "a" * 64,
        "Everybody said yes.",
        PAGE,
    ):
        assert words in page


def test_an_older_figure_leads_to_the_newest(client):
    old, _, newest = (recorded(number=number) for number in (1, 2, 3))

    assert figures.newer_than(old) == newest
    assert address(newest) in client.get(address(old)).content.decode()
    assert figures.newer_than(newest) is None


def test_another_figure_of_the_same_kind_does_not_replace_it():
    old = recorded(number=1)
    recorded(number=2, key="8")

    assert figures.newer_than(old) is None


@pytest.mark.parametrize("name", ["figure", "figure_csv", "figure_json"])
def test_it_is_not_there_for_those_who_may_not_look(client, name):
    assert client.get(address(recorded("parcel:closed"), name)).status_code == 404


@pytest.mark.parametrize("name", ["figure", "figure_csv", "figure_json"])
def test_it_is_not_there_where_nobody_said_who_may_look(client, name):
    assert client.get(address(recorded("orphan:open"), name)).status_code == 404


def test_a_figure_that_never_was_is_not_there(client):
    assert client.get(reverse("trust:figure", args=[uuid4()])).status_code == 404


def test_the_table_is_no_formula_in_a_spreadsheet(client):
    text = client.get(address(recorded(), "figure_csv")).content.decode()

    assert text.splitlines() == ["Group,Agree", "'=A1,about 7 in 10", "B,'@home"]


def test_the_file_for_programs_holds_everything(client):
    figure = recorded()
    whole = json.loads(client.get(address(figure, "figure_json")).content)

    assert whole == json.loads(takeaway.as_json(takeaway.whole(figure)))
    assert whole["gate"]["people"] == 12
    assert whole["release"] == {"number": 1, "is_last": False}
