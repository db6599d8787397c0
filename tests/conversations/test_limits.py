"""Ten in an hour and then a rest; a whole hall behind one address is not one person."""

from types import SimpleNamespace

import pytest
from django.test import RequestFactory

from coproduce.conversations import limits as conversations
from coproduce.people import limits
from coproduce.people.limits import Limit, address_of


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    moment = [1_000_000.0]
    monkeypatch.setattr(limits, "time", SimpleNamespace(time=lambda: moment[0]))
    return moment


pytestmark = pytest.mark.django_db  # on PostgreSQL the counts live in a table


def test_the_eleventh_in_an_hour_is_one_too_many(now):
    limit = Limit("ten", most=10, seconds=3600)
    assert [limit.take("me") for _ in range(11)] == [True] * 10 + [False]
    assert limit.take("somebody else")


def test_it_looks_back_from_now_and_not_from_the_full_hour(now):
    limit = Limit("sliding", most=2, seconds=3600)
    assert limit.take("me")
    now[0] += 3000
    assert limit.take("me")
    now[0] += 601
    assert limit.take("me"), "the first was more than an hour ago"
    assert not limit.take("me")


def test_refused_attempts_do_not_lengthen_the_rest(now):
    limit = Limit("refused", most=1, seconds=60)
    assert limit.take("me")
    now[0] += 59
    assert not limit.take("me")
    now[0] += 2
    assert not limit.is_reached("me")


def test_neither_tokens_nor_addresses_are_written_down():
    key = Limit("private", most=1, seconds=60)._key("device:secret")
    assert "secret" not in key


def test_limits_by_address_are_far_above_the_size_of_a_hall():
    hall = 500
    assert conversations.STATEMENTS_BY_ADDRESS.most >= 4 * hall
    assert conversations.WRONG_CODES_BY_ADDRESS.most >= 2 * hall


@pytest.mark.parametrize(
    ("direct", "forwarded", "address"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.7", "198.51.100.7"),
        ("203.0.113.9", "6.6.6.6", "203.0.113.9"),
    ],
    ids=["direct", "through our proxy", "what they claim before it", "a claim without our proxy"],
)
def test_an_address_is_what_our_own_proxy_saw(direct, forwarded, address):
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    request = RequestFactory().get("/", REMOTE_ADDR=direct, headers=headers)
    assert address_of(request) == address
