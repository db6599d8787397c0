"""Each holder counts once, nobody is known, and the codes on paper are hard to get wrong."""

import itertools
from http.cookies import SimpleCookie

import pytest
from django.http import HttpResponse
from django.test import RequestFactory, override_settings
from hypothesis import given
from hypothesis import strategies as st

from coproduce.conversations.models import Conversation
from coproduce.conversations.pseudonyms import (
    DEVICE_COOKIE,
    Identifier,
    by_code,
    by_device,
    by_person,
    identifier_of,
    is_slip_of,
    new_token,
    pseudonym_of,
    read_code,
    remember_code,
    remember_device,
    slip_codes,
)
from coproduce.gatherings.codes import CODE_LETTERS
from coproduce.trust.keys import KeyIsGone, destroy_key
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk() -> Conversation:
    return cast.an_open_conversation(slips=40)


def cookies_of(response: HttpResponse) -> str:
    return "; ".join(f"{name}={morsel.coded_value}" for name, morsel in response.cookies.items())


def test_the_same_holder_has_the_same_pseudonym_and_nobody_else_has_it(talk):
    holders = [by_device("a"), by_device("b"), by_code("a"), by_person(cast.member())]
    names = [pseudonym_of(talk, holder) for holder in holders]
    assert names == [pseudonym_of(talk, holder) for holder in holders]
    assert len(set(names)) == len(holders)
    assert all(-(2**63) <= name < 2**63 for name in names)


def test_nothing_leads_from_one_conversation_or_one_purpose_to_another(talk):
    other = cast.an_open_conversation()
    me = by_device("me")
    assert (
        len(
            {
                pseudonym_of(talk, me),
                pseudonym_of(other, me),
                pseudonym_of(talk, me, purpose="declaration"),
            }
        )
        == 3
    )


def test_with_the_key_the_pseudonyms_and_the_codes_are_gone(talk):
    pseudonym_of(talk, by_device("me"))
    destroy_key(talk.id)
    with pytest.raises(KeyIsGone):
        pseudonym_of(talk, by_device("me"))
    with pytest.raises(KeyIsGone):
        slip_codes(talk)


def test_more_slips_leave_the_first_ones_as_they_were(talk):
    first = slip_codes(talk)
    talk.slips = 90
    assert slip_codes(talk)[:40] == first
    assert len(set(slip_codes(talk))) == 90


def test_a_slip_belongs_to_its_conversation_alone(talk):
    other = cast.an_open_conversation(slips=40)
    for code in slip_codes(talk):
        assert is_slip_of(talk, code)
        assert not is_slip_of(other, code)


def test_a_code_is_read_however_it_is_typed(talk):
    code = slip_codes(talk)[0]
    for typed in (code, code.lower(), code.replace("-", ""), f" {code[:2]} {code[2:]} ."):
        assert read_code(typed) == code


def test_what_cannot_be_a_code_is_not_read():
    for typed in ("", "BCD", "AEI-OUAE", "BCD-FGHJKL", "сдф-кдзз", "<script>"):
        assert read_code(typed) is None


@given(st.integers(0, 39), st.integers(0, 6), st.sampled_from(CODE_LETTERS))
def test_one_wrong_letter_is_always_noticed(number: int, at: int, letter: str):
    code = CODES[number].replace("-", "")
    wrong = code[:at] + letter + code[at + 1 :]
    assert (read_code(wrong) is None) == (wrong != code)


@given(st.integers(0, 39), st.integers(0, 5))
def test_two_swapped_letters_are_always_noticed(number: int, at: int):
    code = CODES[number].replace("-", "")
    swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    assert (read_code(swapped) is None) == (swapped != code)


def test_a_browser_is_recognised_by_its_token_and_only_by_a_safe_cookie(talk):
    response = HttpResponse()
    remember_device(response, token := new_token())
    cookie = response.cookies[DEVICE_COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    request = RequestFactory().get("/", headers={"cookie": cookies_of(response)})
    assert identifier_of(request, talk) == by_device(token)


def test_over_https_the_cookies_never_travel_in_the_open(talk):
    with override_settings(SESSION_COOKIE_SECURE=True):
        response = HttpResponse()
        remember_device(response, new_token())
        remember_code(response, talk, slip_codes(talk)[0])
    assert all(cookie["secure"] for cookie in response.cookies.values())


def test_a_typed_slip_comes_before_the_account_and_the_account_before_the_browser(talk, client):
    cast.log_in(client, cast.member())
    client.cookies[DEVICE_COOKIE] = "phone"
    assert seen_by(client, talk) == by_person(cast.member())
    response = HttpResponse()
    remember_code(response, talk, slip_codes(talk)[3])
    client.cookies.update(SimpleCookie(cookies_of(response)))
    assert seen_by(client, talk) == by_code(slip_codes(talk)[3])


def test_a_slip_typed_in_one_conversation_says_nothing_in_another(talk, client):
    other = cast.an_open_conversation()
    response = HttpResponse()
    remember_code(response, talk, slip_codes(talk)[3])
    client.cookies.update(SimpleCookie(cookies_of(response)))
    assert seen_by(client, other) is None


def test_a_forged_slip_cookie_is_not_believed(talk, client):
    client.cookies[f"slip-{talk.id.hex}"] = f"{slip_codes(talk)[0]}:1:forged"
    assert seen_by(client, talk) is None


def seen_by(client, talk) -> Identifier | None:
    """Who a page takes this client for."""
    return identifier_of(client.get("/talk/").wsgi_request, talk)


# Codes as they come from a key, for laws that need no database.
def _codes() -> list[str]:
    from coproduce.conversations.pseudonyms import _slip

    return [_slip(b"k" * 32, turn) for turn in itertools.islice(itertools.count(), 40)]


CODES = _codes()
