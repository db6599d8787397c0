"""Names, addresses and quotes leave every table, and nothing else does."""

import json

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as some

from coproduce.gatherings.models import Insight, InsightChange, Theme
from coproduce.trust import sweeping
from coproduce.trust.models import LogEntry
from coproduce.trust.sweeping import clean, needles
from tests import cast

pytestmark = pytest.mark.django_db


def test_a_full_name_goes_however_it_is_spaced_and_cased() -> None:
    looked_for = needles(names=["Zoë Achterberg"])
    for written in (
        "ZOË ACHTERBERG",
        "zoë  achterberg",
        "Zoë\nAchterberg",
        "Zoë&nbsp;Achterberg",
        "Zoë <b>Achterberg",
    ):
        assert clean(f"Then {written} spoke.", looked_for) == "Then somebody spoke."


def test_a_part_of_another_word_stays() -> None:
    looked_for = needles(names=["Ann Lee"])
    assert clean("Ann Leeson met Joann Lee.", looked_for) == "Ann Leeson met Joann Lee."


def test_a_name_of_one_word_is_not_looked_for() -> None:
    assert needles(names=["Sam"]) == []


def test_a_short_quote_is_nobodys_alone() -> None:
    assert needles(quotes=["Yes, please."[:11]]) == []


def test_words_are_found_as_a_page_writes_them() -> None:
    looked_for = needles(quotes=["I said \"don't & won't\" twice."])
    page = "<p>I said &quot;don&#x27;t &amp; won&#x27;t&quot; twice.</p>"
    assert clean(page, looked_for) == "<p>[taken back]</p>"


def test_json_stays_json() -> None:
    looked_for = needles(names=["Zoë Achterberg"])
    stored = json.dumps({"title": "Zoë Achterberg: how", "rows": [["Zoë Achterberg", 3]]})
    assert json.loads(clean(stored, looked_for)) == {
        "title": "somebody: how",
        "rows": [["somebody", 3]],
    }


def test_what_takes_a_words_place_always_fits() -> None:
    for needle in needles(names=["Al B"], addresses=["07"], quotes=["x" * 12]):
        assert len(needle.put_in) <= len(needle.words)


@given(some.text(min_size=1, max_size=60), some.text(max_size=40), some.text(max_size=40))
def test_nothing_that_was_looked_for_is_left(words: str, before: str, after: str) -> None:
    looked_for = needles(addresses=[words])
    left = clean(f"{before} {words} {after}", looked_for)
    assert not any(needle.pattern.search(left) for needle in looked_for)


def test_every_table_is_swept_also_logs_and_history() -> None:
    quote = "We were asked far too late, says Zoë."
    insight = Insight.objects.create(place=cast.manchester(), words=f"People said: {quote}")
    InsightChange.objects.create(insight=insight, deed="edit", before={"words": quote})
    LogEntry.objects.create(deed="note", thing="x", note="rang Zoë Achterberg")
    Theme.objects.create(name="Being asked early", definition="What ZOË ACHTERBERG meant")
    rows = sweeping.take_out(needles(names=["Zoë Achterberg"], quotes=[quote]))
    assert rows == 4
    insight.refresh_from_db()
    assert insight.words == "People said: [taken back]"
    assert InsightChange.objects.get().before == {"words": "[taken back]"}
    assert LogEntry.objects.get(deed="note").note == "rang somebody"
    assert Theme.objects.get(name="Being asked early").definition == "What somebody meant"


def test_a_name_in_an_address_goes_also_where_the_new_one_is_taken() -> None:
    cast.a_gathering(slug="tea-with-somebody")
    tea = cast.a_gathering(slug="tea-with-zoe-achterberg")
    sweeping.take_out(needles(names=["Zoë Achterberg"]))
    tea.refresh_from_db()
    assert tea.slug.startswith("tea-with-somebody-")


def test_what_has_none_of_it_is_left_as_it_was() -> None:
    insight = Insight.objects.create(place=cast.manchester(), words="Zoë is a name. So is Ann.")
    assert sweeping.take_out(needles(names=["Zoë Achterberg"])) == 0
    insight.refresh_from_db()
    assert insight.words == "Zoë is a name. So is Ann."


def test_tables_of_libraries_are_among_those_that_are_read() -> None:
    names = {table.name for table in sweeping.tables()}
    assert {"account_emailaddress", "wagtailcore_revision", "people_person"} <= names
    assert connection.vendor == "postgresql" or not names & set(sweeping.full_text_indexes())
