"""The ledger: no two pictures, laid side by side, single out a few people."""

import numpy as np
import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from coproduce.trust import releases
from coproduce.trust.models import Release
from coproduce.trust.releases import Blocked, Snapshot, SomebodyWasFaster

pytestmark = pytest.mark.django_db

THING = "conversation:the-one"


def out(people, *, is_last: bool = False, number: int | None = None) -> Release:
    earlier = Release.objects.filter(thing=THING).count()
    ids = np.array(sorted(people), dtype=np.int64)
    return releases.put_out(Snapshot(THING, number or earlier + 1, ids, is_last))


def test_the_first_picture_waits_for_twenty_and_holds_ten_back():
    assert releases.next_interim(THING, range(19)) == Blocked(
        "19 people so far; a picture is drawn from 20 on."
    )
    assert releases.next_interim(THING, range(20)).people.size == 10


def test_the_next_picture_keeps_everybody_and_takes_in_ten_more():
    first = releases.next_interim(THING, range(30))
    releases.put_out(first)

    assert isinstance(releases.next_interim(THING, range(39)), Blocked)
    second = releases.next_interim(THING, range(40))
    assert second.number == 2
    assert set(first.people) <= set(second.people)
    assert second.people.size == 30


def test_who_is_held_back_is_a_matter_of_chance():
    drawn = {tuple(releases.next_interim(THING, range(60)).people.tolist()) for _ in range(5)}

    assert len(drawn) > 1


def test_the_closing_picture_always_differs_by_ten_or_more_from_every_earlier_one():
    for people in (30, 45, 71):
        releases.put_out(releases.next_interim(THING, range(people)))
    last = releases.closing(THING, range(71))

    assert last.people.size == 71
    for earlier in releases.releases_of(THING):
        assert np.setxor1d(releases.people_of(earlier), last.people).size >= 10


@given(st.integers(1, 9))
def test_a_closing_picture_that_would_single_out_a_few_is_blocked(few):
    with transaction.atomic():
        out(range(30))
        blocked = releases.closing(THING, range(30 + few))
        transaction.set_rollback(True)

    assert f"would single out {few} people" in blocked.why


def test_people_who_took_their_answers_back_are_not_singled_out_either():
    out(range(30))

    assert isinstance(releases.closing(THING, range(4, 30)), Blocked)


def test_a_second_picture_of_the_same_people_would_show_who_changed_their_mind():
    out(range(30))

    assert "changed their mind" in releases.closing(THING, range(30)).why


def test_nine_people_are_no_picture():
    assert releases.closing(THING, range(9)).why.startswith("9 people took part")
    assert releases.closing(THING, []).why.startswith("Nobody took part")


def test_nothing_follows_the_last_picture():
    out(range(30), is_last=True)

    assert isinstance(releases.next_interim(THING, range(90)), Blocked)
    with pytest.raises(SomebodyWasFaster):
        out(range(90))


def test_the_memory_of_people_is_emptied_with_the_last_picture():
    first = out(range(30))
    out(range(60), is_last=True)
    first.refresh_from_db()

    assert bytes(first.pseudonyms) == b""
    assert releases.people_of(first).size == 0


def test_a_number_is_given_out_once():
    out(range(30), number=1)

    with pytest.raises(SomebodyWasFaster):
        out(range(60), number=1)


def test_where_nothing_may_follow_the_newest_stands_as_the_last():
    out(range(30))
    newest = out(range(45))

    assert releases.let_newest_stand(THING).pk == newest.pk
    assert releases.newest(THING).is_last
    assert not any(bytes(each.pseudonyms) for each in releases.releases_of(THING))


def test_where_nothing_is_out_nothing_stands():
    assert releases.let_newest_stand(THING) is None


def test_the_database_knows_only_one_last_picture_and_it_remembers_nobody():
    Release.objects.create(thing=THING, number=1, people=30, is_last=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.create(thing=THING, number=2, people=40, is_last=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.create(
            thing="another", number=1, people=30, is_last=True, pseudonyms=b"12345678"
        )


def test_other_things_have_their_own_ledger():
    out(range(30), is_last=True)

    assert isinstance(releases.next_interim("conversation:another", range(30)), Snapshot)


@given(st.sets(st.integers(-(2**63), 2**63 - 1), min_size=10, max_size=40))
def test_pseudonyms_come_back_as_they_went_in(people):
    with transaction.atomic():
        kept = releases.people_of(Release.objects.get(pk=out(people).pk)).tolist()
        transaction.set_rollback(True)

    assert kept == sorted(people)
