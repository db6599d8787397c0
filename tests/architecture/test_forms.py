"""Whatever is typed into any form of the site, the answer is a page or a sentence, never an error.

The forms are found on the pages of the permission matrix, as a convenor and as a stranger see
them, so a new form is in here by itself. Half of what is sent is what the page itself would send,
so that odd things get past the first field.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings as site
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.architecture.forms import Form, forms_on
from tests.architecture.permissions import MATRIX
from tests.architecture.scene import CONVERSATIONS, address_of, visitor
from tests.odd import ODD

pytestmark = pytest.mark.django_db

IS_LONG = settings.default.max_examples > 1_000  # `make fuzz`
EXAMPLES = 10_000 if IS_LONG else 200 if site.IS_SQLITE else 20
ROLES = ("convenor", "stranger")
MOST_FIELDS = 40  # more than any form of ours has

FILES = st.one_of(
    st.binary(max_size=200),
    st.sampled_from([b"", b"Name,E-mail\nBea,bea@example.org\n", b"\xff\xd8\xff", b"%PDF-1.7"]),
    st.sampled_from([b"PK\x03\x04", b"GIF89a", b"<svg/>", b'{"notes": [1]}', b"WEBVTT\n\n"]),
)


@dataclass(frozen=True)
class Found:
    """Where a form is: on which page of which scene, as who sees it."""

    page: str
    of: str
    role: str


_found: dict[str, list[Found]] = {}
_names: set[str] = set()  # of every field on any page


def where_forms_are() -> dict[str, list[Found]]:
    """By the name of the route they go to; looked up once."""
    if not _found:
        with transaction.atomic():
            for of, make in CONVERSATIONS.items():
                talk = make()
                for name, rows in MATRIX.items():
                    if any(row.asked == "GET" and row.of == of for row in rows):
                        _look(name, of, address_of(name, talk))
            transaction.set_rollback(True)
    return _found


def _look(name: str, of: str, address: str) -> None:
    for role in ROLES:
        for form in forms_at(visitor(role), address):
            route = route_of(form)
            _names.update(form.fields)
            where = Found(name, of, role)
            known = _found.setdefault(f"{form.method} {route}", [])
            if route and not any(each.page == name and each.role == role for each in known):
                known.append(where)


def forms_at(client: Client, address: str) -> list[Form]:
    cache.clear()
    answer = client.get(address)
    is_page = answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")
    return forms_on(address, text_of(answer)) if is_page else []


def text_of(answer: HttpResponse) -> str:
    parts = answer if answer.streaming else [answer.content]
    return b"".join(parts).decode()


def route_of(form: Form) -> str:
    try:
        return resolve(form.address).view_name
    except Resolver404:
        return ""


@pytest.fixture(autouse=True)
def no_word_about_each_refusal(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    with caplog.at_level(logging.CRITICAL):
        yield


# Answers go through a writer of their own, which a test in one transaction would wait for; they
# are tried in tests/conversations.
IN_A_QUEUE = {"conversations:answer"}
POSTED = sorted(
    name
    for name, rows in MATRIX.items()
    if any(row.asked == "POST" for row in rows) and name not in IN_A_QUEUE
)


@pytest.mark.parametrize("name", POSTED)
def test_no_input_breaks_a_form(name: str) -> None:
    client, form = form_that_goes_to(name)
    send_odd_things(client, form)


def form_that_goes_to(name: str) -> tuple[Client, Form]:
    """As it stands on its page; where no page of the scene has it, one with any field there is."""
    found = where_forms_are().get(f"post {name}")
    if not found:
        of = next(row.of for row in MATRIX[name] if row.asked == "POST")
        fields = {field: ["", "yes"] for field in sorted(_names)}
        return visitor("convenor"), Form("post", address_of(name, CONVERSATIONS[of]()), fields)
    talk, client = CONVERSATIONS[found[0].of](), visitor(found[0].role)
    forms = forms_at(client, address_of(found[0].page, talk))
    return client, next(form for form in forms if route_of(form) == name)


def test_no_question_breaks_a_list() -> None:
    """Forms that ask: filters and searches."""
    asking = {key: found for key, found in where_forms_are().items() if key.startswith("get ")}
    assert asking
    talks = {of: make() for of, make in CONVERSATIONS.items()}
    for key, [found, *_] in asking.items():
        talk = talks[found.of]
        client = visitor(found.role)
        forms = forms_at(client, address_of(found.page, talk))
        form = next(each for each in forms if f"get {route_of(each)}" == key)
        send_odd_things(client, form)


@pytest.mark.parametrize(
    "name", [name for name in POSTED if MATRIX[name][-1].of in ("open", "published")]
)
def test_nothing_sent_without_a_form_breaks_it(name: str) -> None:
    """What no page of ours would send: other names, broken JSON, no body at all."""
    row = next(row for row in MATRIX[name] if row.asked == "POST")
    address = address_of(name, CONVERSATIONS[row.of]())
    client = visitor("convenor")
    for body in (b"", b"{", b"[]", b'{"notes": 1}', b"null", b"\xff\xfe", b"a=%00&b=%ff"):
        for kind in ("application/json", "application/x-www-form-urlencoded", "text/plain"):
            cache.clear()
            with transaction.atomic():
                answer = client.post(address, body, content_type=kind)
                transaction.set_rollback(True)
            assert answer.status_code < 500, f"{address} broke at {body!r} as {kind}"


def send_odd_things(client: Client, form: Form) -> None:
    """Many times: what the page would send, with odd things in the place of some of it."""

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(st.data())
    def send(drawn: st.DataObject) -> None:
        sent = drawn.draw(_fields(form))
        typed = {name: drawn.draw(_values(form.fields[name])) for name in sent}
        for name in form.files:
            ending = drawn.draw(st.sampled_from(["csv", "png", "jpg", "pdf", "xlsx", "vtt", "exe"]))
            typed[name] = SimpleUploadedFile(f"list.{ending}", drawn.draw(FILES))
        cache.clear()
        with transaction.atomic():
            answer = getattr(client, form.method)(form.address, typed)
            text_of(answer)
            transaction.set_rollback(True)
        assert answer.status_code < 500, f"{form.address} broke at {typed}"

    send()


def _fields(form: Form) -> "st.SearchStrategy[list[str]]":
    """All of them, or some; of a page's own form most often all, as a browser sends them."""
    names = sorted(form.fields)
    if not names:
        return st.just([])
    some = st.lists(st.sampled_from(names), unique=True, max_size=MOST_FIELDS)
    return some if len(names) > MOST_FIELDS else st.just(names) | st.just(names) | some


def _values(values: list[str]) -> "st.SearchStrategy[object]":
    """What the page would send, or odd things: one or several."""
    usual = st.sampled_from(values)
    return usual | ODD | usual | st.lists(ODD | usual, max_size=3)
