"""Was your access need met? Asked of those who told one, answered with one tap."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from coproduce.gatherings import reminding, tasks
from coproduce.gatherings.actions import afterwards
from coproduce.gatherings.actions.deeds import NotPossible
from coproduce.gatherings.models import Gathering, NeedMet, Registration
from coproduce.people.models import AccessNeed, Channel
from tests import cast

pytestmark = pytest.mark.django_db

Answer = NeedMet.Answer


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


def over(**fields: object) -> Gathering:
    fields.setdefault("starts_at", timezone.now() - timedelta(days=2))
    return cast.a_gathering(**fields)


def somebody(
    gathering: Gathering, name: str = "nadia", need: str = "Captions", **fields: object
) -> Registration:
    registration = cast.a_registration(
        gathering, reach=(Channel.EMAIL, f"{name}@example.org"), need=need, **fields
    )
    AccessNeed.objects.update(told_at=gathering.starts_at - timedelta(days=5))
    return registration


def test_those_who_told_a_need_are_asked_the_day_after_and_once(mailoutbox):
    gathering = over()
    wanted = somebody(gathering)
    somebody(gathering, "no-need", need="")
    somebody(gathering, "cancelled", state="cancelled")
    mailoutbox.clear()

    for _ in range(2):
        tasks.send_what_is_due.call()

    assert [mail.to for mail in mailoutbox] == [["nadia@example.org"]]
    assert f"/coming/{wanted.code}/met/" in mailoutbox[0].body
    assert "Captions" not in mailoutbox[0].body


def test_nobody_is_asked_on_the_evening_itself_or_a_month_later():
    just_over = over(starts_at=timezone.now() - timedelta(hours=7))
    somebody(just_over)
    somebody(over(starts_at=timezone.now() - timedelta(days=40)), "long-ago")

    assert not reminding.is_anybody_due(just_over.ends_at + timedelta(minutes=1))


def test_whoever_has_answered_is_not_asked():
    registration = somebody(over())
    afterwards.answer(registration, Answer.YES)

    assert not reminding.is_anybody_due()


def test_one_tap_answers_and_words_may_follow(client):
    registration = somebody(over())
    page = f"/coming/{registration.code}/met/"
    assertContains(client.get(f"/coming/{registration.code}/"), page)
    client.get(page)
    assert not NeedMet.objects.exists()  # the link alone answers nothing

    answer = client.post(page, {"answer": "partly"}, follow=True)
    assertContains(answer, "You answered: <b>In part</b>")
    client.post(page, {"answer": "partly", "words": "The captions came late."})
    client.post(page, {"answer": "no"})

    said = NeedMet.objects.get()
    assert (said.answer, said.words) == ("no", "The captions came late.")


@pytest.mark.parametrize("typed", [{}, {"answer": "perhaps"}])
def test_another_answer_is_none_of_the_three(client, typed):
    registration = somebody(over())

    answer = client.post(f"/coming/{registration.code}/met/", {"words": "x", **typed})

    assertContains(answer, "Choose one of the three answers.")
    assert not NeedMet.objects.exists()


def test_whoever_told_no_need_or_too_early_is_not_asked_on_the_page(client):
    for registration in (
        somebody(over(), need=""),
        somebody(cast.a_gathering(), "early"),
    ):
        answer = client.get(f"/coming/{registration.code}/met/")
        assertRedirects(answer, f"/coming/{registration.code}/")
        with pytest.raises(NotPossible):
            afterwards.answer(registration, Answer.YES)


def test_coordinators_hear_counts_and_words_without_names():
    gathering = over()
    for name, met, words in (
        ("ann", Answer.YES, ""),
        ("bo", Answer.YES, ""),
        ("cy", Answer.NO, "No quiet room."),
    ):
        afterwards.answer(somebody(gathering, name), met, words)
    somebody(gathering, "silent")
    page = f"/host/{gathering.slug}/after/"
    cora = cast.log_in(Client(), cast.coordinator())
    femi = cast.log_in(Client(), cast.facilitator())

    assert afterwards.heard(gathering).counts == [("Yes", 2), ("In part", 0), ("No", 1)]
    answer = cora.get(page)
    assertContains(answer, "4 people told a need")
    assertContains(answer, "No quiet room.")
    assertNotContains(answer, "Nadia")
    assertContains(cora.get(f"/host/{gathering.slug}/"), page)
    assert femi.get(page).status_code == 403
    assertNotContains(femi.get(f"/host/{gathering.slug}/"), page)


def test_what_was_missing_is_sealed_at_rest():
    afterwards.answer(somebody(over()), Answer.NO, "No quiet room.")

    raw = NeedMet.objects.raw("SELECT id, words AS kept FROM gatherings_needmet")[0].kept
    assert b"quiet" not in bytes(raw)
