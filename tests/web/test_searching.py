"""The search page: what each visitor finds through the deeds of the rooms, and nobody else."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coproduce.conversations.actions import facilitating, taking_part
from coproduce.conversations.models import Conversation
from coproduce.gatherings.actions import (
    consenting,
    deciding,
    hosting,
    insights,
    reporting_back,
)
from coproduce.gatherings.models import Gathering, ReportBack, State
from coproduce.people.actions import being_found, belonging, joining, keeping_places
from coproduce.people.models import Person
from coproduce.reports.actions import publishing, writing
from coproduce.reports.body import Block, Kind
from coproduce.search.models import Findable, Words
from coproduce.search.rebuilding import rebuild
from coproduce.web import searching
from tests import cast
from tests.reports import days

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    cache.clear()


def looked_for(words: str, somebody: Person | None = None, **more: str) -> str:
    """The part of the page with what was found, as plain words."""
    client = Client()
    if somebody:
        cast.log_in(client, somebody)
    page = client.get("/search/", {"q": words, **more})
    assert page.status_code == 200
    return in_words(page.content.decode())


def in_words(page: str) -> str:
    inside = page.partition("</form>")[2].partition("What you can do next")[0]
    return " ".join(re.sub(r"<[^>]+>", "", inside).split())


def titles(words: str, somebody: Person | None = None) -> list[str]:
    client = Client()
    if somebody:
        cast.log_in(client, somebody)
    page = client.get("/search/", {"q": words}).content.decode()
    found = re.findall(r"<h3><a [^>]+>(.*?)</a></h3>", page)
    return [re.sub(r"<[^>]+>", "", title) for title in found]


def a_draft(**fields: object) -> Gathering:
    start = timezone.now() + timedelta(days=9)
    details = {"title": "Buses at night", "starts_at": start, "ends_at": start + timedelta(hours=2)}
    details |= {"venue": "Rhubarb Hall", "purpose": "To hear about trams.", **fields}
    return hosting.make(cast.manchester(), hosting.Details(**details), cast.facilitator())  # type: ignore[arg-type]


def test_a_gathering_is_found_once_it_is_announced() -> None:
    gathering = a_draft()
    assert titles("buses") == []
    hosting.publish(gathering, cast.facilitator())
    assert titles("buses") == titles("rhubarb hall") == titles("tram") == ["Buses at night"]
    assert f"Gathering · Manchester · {gathering.starts_at:%-d %B %Y}" in looked_for("buses")


def test_it_is_found_by_its_programme_and_no_longer_by_what_left_it() -> None:
    gathering = a_draft()
    hosting.publish(gathering, cast.facilitator())
    named = [hosting.Named("Zuleika Example", "trainer")]
    item = hosting.add_item(
        gathering,
        None,
        starts_at=gathering.starts_at,
        minutes=30,
        title="Cucumbers",
        speakers=named,
    )
    assert titles("cucumber") == ["Buses at night"]
    hosting.change_item(item, None, starts_at=item.starts_at, minutes=30, title="Radishes")
    assert titles("cucumber") == []
    hosting.remove_item(item, None)
    assert titles("radish") == []


def test_nobody_is_found_because_a_programme_names_them() -> None:
    gathering = a_draft()
    hosting.publish(gathering, cast.facilitator())
    named = [hosting.Named("Zuleika Example", "trainer")]
    hosting.add_item(
        gathering, None, starts_at=gathering.starts_at, minutes=30, title="One", speakers=named
    )
    assert titles("Zuleika", cast.convenor()) == []


def test_a_cancelled_one_says_so() -> None:
    gathering = a_draft()
    hosting.publish(gathering, cast.facilitator())
    hosting.cancel(gathering, "The hall is flooded.", cast.facilitator())
    assert "· cancelled" in looked_for("buses")


def test_an_insight_is_found_once_it_is_shown_and_never_by_what_people_said() -> None:
    gathering = cast.a_gathering()
    insight = cast.an_insight(gathering, "Nobody asked us first.", "We read of it in the gazette.")
    assert titles("asked first") == []
    consenting.show_insights(gathering, None)
    assert titles("asked first") == ["Nobody asked us first."]
    assert titles("gazette") == []
    reporting_back.report_back(insight, ReportBack.Kind.DID, "We wrote to everybody.", None)
    assert titles("wrote everybody") == ["Nobody asked us first."]


def test_an_insight_that_became_part_of_another_is_found_no_more() -> None:
    gathering = cast.a_gathering()
    one = cast.an_insight(gathering, "Buses stop too early.")
    other = cast.an_insight(gathering, "Nothing runs at night.")
    consenting.show_insights(gathering, None)
    insights.merge(one, other, None)
    assert titles("buses") == []
    assert titles("runs night") == ["Nothing runs at night."]


def test_a_decision_is_found_and_says_where_another_took_its_place() -> None:
    gathering = cast.a_gathering()
    today = timezone.localdate()
    first = deciding.Decided("Buses run at night.", "everybody in the hall", today, why="Shifts.")
    old = deciding.decide(gathering, first, None)
    assert titles("buses") == titles("shift") == ["Buses run at night."]
    assert titles("everybody hall") == []  # whoever decided it may be named there
    deciding.decide(gathering, deciding.Decided("Trams do.", "the board", today), None, old)
    assert "no longer holds" in looked_for("buses")


def test_a_report_is_found_by_what_its_editor_wrote_once_it_is_out_and_never_by_a_quote() -> None:
    version = days.published()
    [title] = titles(version.title)
    assert title == version.title
    assert titles(f"“{days.SAID}”") == []
    report = version.report
    writing.add(report, Block(Kind.HEADING, "Rhubarb for everybody"), None)
    assert titles("rhubarb") == []
    publishing.publish(report, None, note="A heading came.")
    assert titles("rhubarb") == [version.title]
    assert rebuild().taken_out == 0


def test_a_conversation_is_found_by_its_question_and_the_statements_that_are_shown() -> None:
    facilitator = cast.facilitator()
    talk = facilitating.make(
        "What about buses?", ["Trams are fine."], cast.manchester(), facilitator
    )
    assert titles("buses") == []
    facilitating.open_(talk, facilitator)
    assert titles("buses") == titles("trams") == ["What about buses?"]
    said = taking_part.say(talk, "Bring back the rhubarb line.")
    assert titles("rhubarb") == []
    facilitating.show(said, facilitator)
    assert titles("rhubarb") == ["What about buses?"]
    facilitating.hide(said, facilitator)
    assert titles("rhubarb") == []


def test_what_is_shown_at_once_is_found_at_once() -> None:
    talk = facilitating.make(
        "What about buses?",
        ["Trams are fine."],
        cast.manchester(),
        None,
        moderation=Conversation.Moderation.AFTER,
    )
    facilitating.open_(talk, None)
    taking_part.say(talk, "Bring back the rhubarb line.", named=cast.member())
    assert titles("rhubarb") == ["What about buses?"]
    assert titles("Amina", cast.convenor()) == []


def test_only_members_find_members_and_only_those_who_want_to_be_found() -> None:
    amina, other = cast.member(), cast.facilitator()
    assert titles("Amina", other) == []
    being_found.be_found(amina, "I can help you hold a first gathering.")
    assert titles("Amina", other) == titles("help hold", other) == ["Amina"]
    assert titles("Amina") == titles("Amina", cast.admin()) == []
    assert "Amina" not in looked_for("Amna")
    belonging.describe(amina, name="Bashira", parts=[])
    assert titles("Amina", other) == []
    being_found.be_found_no_more(amina)
    assert titles("Bashira", other) == []
    assert not Words.objects.filter(title="Bashira").exists()


def test_a_member_that_was_found_leads_to_where_they_stand_in_the_directory() -> None:
    amina = cast.member()
    being_found.be_found(amina, "Gatherings & more, " + "with much more to say of it " * 6)
    client = cast.log_in(Client(), cast.facilitator())
    page = client.get("/search/", {"q": "Amina"}).content.decode()
    address = re.search(r'<h3><a href="([^"]+)"', page)
    assert address
    directory = client.get(address[1].replace("&amp;", "&")).content.decode()
    assert "1 member" in directory
    assert "Amina" in directory


def test_places_and_principles_are_everybodys() -> None:
    oxfordshire = cast.oxfordshire()
    keeping_places.describe(
        oxfordshire, None, about="Villages and towns.", offers="A hall", needs="Lifts on Sundays"
    )
    assert titles("villages") == titles("lifts on sunday") == ["Oxfordshire"]
    joining.write_principles("We share the rhubarb.", by=cast.convenor())
    joining.write_principles("We share the apples.", by=cast.convenor())
    assert titles("rhubarb") == []
    assert titles("apples") == ["What we all agree to: the principles"]


def test_after_every_deed_the_index_is_as_the_rooms_are() -> None:
    for place in (cast.manchester(), cast.oxfordshire(), cast.greater_manchester()):
        keeping_places.describe(place, None, about="", offers="", needs="")
    keeping_places.describe(cast.england(), None, about="", offers="", needs="")
    gathering = a_draft()
    hosting.publish(gathering, None)
    hosting.edit(gathering, hosting.Details.of(gathering), None)
    cast.an_insight(gathering, "Buses stop too early.")
    consenting.show_insights(gathering, None)
    being_found.be_found(cast.member(), "Tea")
    talk = facilitating.make("What about buses?", ["Trams are fine."], cast.manchester(), None)
    facilitating.open_(talk, None)
    facilitating.close(talk, None)
    assert rebuild().was_fine


def test_a_deed_that_was_not_done_changes_nothing_that_is_found() -> None:
    gathering = a_draft(venue="")
    with pytest.raises(hosting.NotPossible):
        hosting.publish(gathering, None)
    assert not Findable.objects.filter(kind="gathering").exists()


def test_the_page_says_what_it_looked_for_instead() -> None:
    cast.a_gathering(title="Commissioners meet carers", state=State.PUBLISHED)
    rebuild()
    told = looked_for("comissioner carers")
    assert "Nothing has “comissioner carers” in it. Did you mean commissioners carers?" in told
    told = looked_for("commissioners rhubarb")
    assert "Nothing has all of these words. This has some of them" in told


def test_the_page_is_kind_where_nothing_is_found() -> None:
    told = looked_for("xylophones")
    assert "Nothing has “xylophones” in it" in told
    assert "Fewer or other words may find more" in told


def test_one_kind_can_be_chosen_among_those_that_were_found() -> None:
    cast.a_gathering(title="Buses in Manchester")
    rebuild()
    told = looked_for("manchester")
    assert "Everything" in told
    assert "Places" in told
    assert "1 gathering found" in looked_for("manchester", kind="gathering")
    assert "found" in looked_for("manchester", kind="rhubarb")


def test_what_was_typed_stands_in_the_page_as_words() -> None:
    page = Client().get("/search/", {"q": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize(
    "typed", ["%00", "%ED%A0%80", "%FF%FE", "a%00b", quote("x" * 9_000), "%22"]
)
def test_bytes_that_are_no_words_are_no_error(typed: str) -> None:
    assert Client().get(f"/search/?q={typed}&page={typed}&kind={typed}").status_code == 200


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=60), page=st.text(max_size=6), kind=st.text(max_size=20))
def test_whatever_is_asked_is_answered(
    typed: str, page: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "_may_search", lambda request: True)
    asked = {name: value.encode("utf-8", "replace") for name, value in _asked(typed, page, kind)}
    assert Client().get("/search/", asked).status_code == 200


def _asked(typed: str, page: str, kind: str) -> list[tuple[str, str]]:
    return [("q", typed), ("page", page), ("kind", kind)]


def test_no_page_of_what_was_found_goes_into_other_peoples_indexes() -> None:
    answer = Client().get("/search/", {"q": "buses"})
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Disallow: /search/" in Client().get("/robots.txt").content.decode()


def test_a_person_types_on_and_a_machine_is_asked_to_wait() -> None:
    client = cast.log_in(Client(), cast.member())
    for _ in range(searching.SEARCHES.most):
        assert client.get("/search/", {"q": "buses"}).status_code == 200
    answer = client.get("/search/", {"q": "buses"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert client.get("/search/").status_code == 200  # the empty field is always there
    assert Client().get("/search/", {"q": "buses"}).status_code == 200  # others in the same hall


def test_a_full_page_takes_the_same_few_questions_as_an_empty_one(
    django_assert_max_num_queries: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "_may_search", lambda request: True)  # counts in the database
    for number in range(30):
        cast.a_gathering(title=f"Buses {number}")
    rebuild()
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        Client().get("/search/", {"q": "buses"})
