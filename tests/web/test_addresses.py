"""The address on paper leads to this machine, from wherever it is typed."""

import socket

import pytest

from coproduce.web import addresses


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COPRODUCE_BASE_URL", raising=False)
    monkeypatch.delenv("COPRODUCE_HOSTS", raising=False)


@pytest.fixture
def in_a_hall(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "lan_address", lambda: "192.168.1.20")


def test_on_this_machine_alone_it_is_this_machines() -> None:
    assert addresses.environment("127.0.0.1", 8000, None) == {
        "COPRODUCE_BASE_URL": "http://127.0.0.1:8000",
        "COPRODUCE_HOSTS": "127.0.0.1",
    }


def test_in_a_hall_it_is_the_one_that_phones_reach(in_a_hall: None) -> None:
    found = addresses.environment("0.0.0.0", 8000, None)
    assert found["COPRODUCE_BASE_URL"] == "http://192.168.1.20:8000"
    assert found["COPRODUCE_HOSTS"] == "192.168.1.20"


def test_what_was_said_comes_before_what_was_set_and_found(
    in_a_hall: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COPRODUCE_BASE_URL", "https://set.example")
    asked = addresses.environment("0.0.0.0", 8000, "https://said.example")
    assert asked["COPRODUCE_BASE_URL"] == "https://said.example"
    unasked = addresses.environment("0.0.0.0", 8000, None)
    assert unasked["COPRODUCE_BASE_URL"] == "https://set.example"


def test_names_that_were_set_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPRODUCE_HOSTS", "talk.example,www.talk.example")
    found = addresses.environment("127.0.0.1", 8000, None)["COPRODUCE_HOSTS"]
    assert found.split(",") == ["127.0.0.1", "talk.example", "www.talk.example"]


def test_all_addresses_are_told_the_one_on_paper_first(in_a_hall: None) -> None:
    told = addresses.all_urls("0.0.0.0", 8000, "https://talk.example")
    assert [line.split()[0] for line in told] == [
        "https://talk.example",
        "http://127.0.0.1:8000",
        "http://192.168.1.20:8000",
    ]


def test_an_address_is_free_until_somebody_listens() -> None:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
        door.listen()
        assert not addresses.is_free("127.0.0.1", port)
    assert addresses.is_free("127.0.0.1", port)


def test_an_ipv6_address_is_written_as_browsers_want_it() -> None:
    assert addresses.local_url("::1", 8000) == "http://[::1]:8000"
