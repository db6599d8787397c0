"""Who allowed what, where, and until when."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from coproduce.trust import consent
from coproduce.trust.consent import Basis, Item, Missing, NotCovered
from coproduce.trust.models import Consent, LogEntry, Named, Where

AMINA, BEN = UUID(int=1), UUID(int=2)
PHOTO, PHOTOS = "picture:7", "gathering:1 pictures"
ALONE = Item(PHOTO, (PHOTOS,), frozenset({AMINA}))
TOGETHER = Item(PHOTO, (PHOTOS,), frozenset({AMINA, BEN}))

pytestmark = pytest.mark.django_db


def says_yes(person: UUID | None, thing: str = PHOTO, *where: Where, **fields: Any) -> Consent:
    fields.setdefault("obtained", Consent.Obtained.SCREEN)
    channels = [str(each) for each in where or (Where.WEB,)]
    return consent.note(by=person, person=person, thing=thing, channels=channels, **fields)


def says_no(person: UUID, thing: str = PHOTO) -> Consent:
    return consent.note(by=person, person=person, thing=thing, obtained=Consent.Obtained.SCREEN)


def why_not(item: Item, where: Where = Where.WEB, today: date | None = None) -> list[str]:
    found = consent.basis_for(item, where, today=today)
    assert isinstance(found, NotCovered)
    return [each.why for each in found.missing]


def is_covered(item: Item, where: Where = Where.WEB) -> bool:
    return isinstance(consent.basis_for(item, where), Basis)


def test_silence_is_not_a_yes() -> None:
    assert why_not(ALONE) == ["has not been asked, or has not answered"]


def test_a_yes_covers_its_channels_and_no_others() -> None:
    says_yes(AMINA, PHOTO, Where.REPORT, Where.WEB)
    assert is_covered(ALONE, Where.REPORT)
    assert why_not(ALONE, Where.PRESS) == ["did not allow it in the press"]


def test_everybody_in_the_picture_has_to_agree() -> None:
    says_yes(AMINA)
    found = consent.basis_for(TOGETHER, Where.WEB)
    assert found == NotCovered((Missing(BEN, "has not been asked, or has not answered"),))
    says_yes(BEN)
    assert is_covered(TOGETHER)


def test_the_basis_says_how_each_is_named_and_what_it_rests_on() -> None:
    one = says_yes(AMINA, named=Named.FIRST)
    other = says_yes(BEN, until=timezone.localdate() + timedelta(days=365))
    found = consent.basis_for(TOGETHER, Where.WEB)
    assert isinstance(found, Basis)
    assert found.entries == (one.id, other.id)
    assert found.named == {AMINA: Named.FIRST, BEN: Named.NOT}
    assert found.until == other.until
    assert "All 2 people allowed this on this website" in found.sentence


def test_taking_it_back_holds_from_then_on() -> None:
    says_yes(AMINA)
    taken = consent.take_back(AMINA, [PHOTO], by=AMINA, obtained=Consent.Obtained.SCREEN)
    assert taken == 1
    assert why_not(ALONE) == ["said no, or took it back"]
    assert consent.take_back(AMINA, [PHOTO], by=AMINA, obtained=Consent.Obtained.SCREEN) == 0


def test_a_yes_to_all_pictures_covers_each_but_the_one_refused() -> None:
    says_yes(AMINA, PHOTOS)
    assert is_covered(ALONE)
    says_no(AMINA, PHOTO)
    assert not is_covered(ALONE)
    says_yes(AMINA, PHOTOS, Where.WEB, Where.PRESS)  # a wider yes does not bring that one back
    assert not is_covered(ALONE)


def test_taking_back_all_pictures_takes_back_the_one_allowed_before() -> None:
    says_yes(AMINA, PHOTO)
    says_no(AMINA, PHOTOS)
    assert not is_covered(ALONE)
    says_yes(AMINA, PHOTO)
    assert is_covered(ALONE)


def test_it_ends_with_its_last_day() -> None:
    last = timezone.localdate() + timedelta(days=30)
    says_yes(AMINA, until=last)
    assert isinstance(consent.basis_for(ALONE, Where.WEB, today=last), Basis)
    assert why_not(ALONE, today=last + timedelta(days=1)) == [f"allowed it until {last:%d %B %Y}"]


def test_a_consent_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="end before it begins"):
        says_yes(AMINA, until=timezone.localdate() - timedelta(days=1))


def test_whoever_wants_to_see_it_first_has_to_have_seen_it() -> None:
    says_yes(AMINA, show_me_first=True)
    assert why_not(ALONE) == ["wants to see it first"]
    says_yes(AMINA, show_me_first=True, seen_at=timezone.now())
    assert is_covered(ALONE)


def test_a_crowd_rests_on_the_procedure_that_was_followed() -> None:
    crowd = Item(PHOTO, (PHOTOS,), is_crowd=True)
    assert not is_covered(crowd)
    says_yes(None, PHOTOS, obtained=Consent.Obtained.PROCEDURE)
    assert is_covered(crowd)
    assert not is_covered(ALONE)  # a crowd's procedure is nobody's answer


def test_an_item_that_names_nobody_is_not_covered() -> None:
    assert why_not(Item(PHOTO)) == ["nobody was named whose answer it needs"]


def test_the_ledger_only_grows() -> None:
    entry = says_yes(AMINA)
    with pytest.raises(TypeError, match="append-only"):
        Consent.objects.filter(pk=entry.pk).update(channels=[])
    with pytest.raises(TypeError, match="append-only"):
        Consent.objects.all().delete()


def test_each_answer_is_one_entry_in_the_log() -> None:
    says_yes(AMINA)
    says_no(AMINA)
    assert list(LogEntry.objects.values_list("deed", flat=True)) == [
        "give consent",
        "refuse consent",
    ]


def test_many_items_cost_one_question(django_assert_num_queries: Any) -> None:
    people = [uuid4() for _ in range(20)]
    items = [Item(f"picture:{n}", (PHOTOS,), frozenset({who})) for n, who in enumerate(people)]
    for person in people[:10]:
        says_yes(person, PHOTOS)
    with django_assert_num_queries(1):
        found = consent.bases_for(items, Where.WEB)
    assert [isinstance(each, Basis) for each in found] == [True] * 10 + [False] * 10
