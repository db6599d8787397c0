"""Whatever is typed into the forms of people and places, the answer is a page or a sentence."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coproduce.people.models import Person
from tests import cast
from tests.architecture.scene import announced, handed_in

pytestmark = pytest.mark.django_db

WORDS = st.text(max_size=40) | st.sampled_from(
    ["", "\0", "<script>", "2099-13-99", "99999999999999999999", "email", "sms", "post", "on", "1"]
)
JOINING = (
    "agree name parts place channel address wants_to_hear promise by_when may_be_told equal_say "
    "trust change"
)
FORMS: dict[str, tuple[str, Callable[[], Person]]] = {
    "/join-the-network/": (JOINING, cast.member),
    "/principles/words/": ("words", cast.convenor),
    "/places/manchester/words/": (
        "about offers needs area_code population latitude longitude",
        cast.coordinator,
    ),
    "/places/manchester/champions/": ("person", cast.coordinator),
    "/places/manchester/announcements/": ("addresses", cast.coordinator),
    "/places/manchester/announcements/new/": ("subject words", cast.coordinator),
    "/me/words/": ("name parts", cast.member),
    "/me/promises/": ("promise by_when place may_be_told", cast.member),
    "/me/organisations/": ("name ror_id since", cast.member),
    "/me/directory/": ("offer gone", cast.member),
    "/me/needs/": ("words may_be_shared", cast.member),
}


def odd(test: Callable[..., None]) -> Callable[..., None]:
    """The same test with many odd inputs, in one browser and one database."""
    health = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    many = max(200, settings.default.max_examples)  # 200 each, and more in `make fuzz`
    return settings(max_examples=many, suppress_health_check=health)(given(st.data())(test))


@pytest.mark.parametrize("address", FORMS)
@odd
def test_every_form_answers(client: Client, address: str, data: st.DataObject) -> None:
    cast.manchester()
    fields, who = FORMS[address]
    cast.log_in(client, who())
    typed = {field: data.draw(WORDS, label=field) for field in fields.split()}
    assert client.post(address, typed).status_code in {200, 302}


@odd
def test_the_directory_answers(client: Client, data: st.DataObject) -> None:
    cast.log_in(client, cast.member())
    asked = {field: data.draw(WORDS) for field in ("place", "part", "offer", "page")}
    assert client.get("/people/", asked).status_code == 200


@odd
def test_a_list_of_anything_answers(client: Client, data: st.DataObject) -> None:
    cast.log_in(client, cast.coordinator())
    raw = b"Name,E-mail\n" + data.draw(st.binary(max_size=200))
    file = SimpleUploadedFile("list.csv", raw)
    answer = client.post("/places/manchester/contacts/", {"file": file})
    assert answer.status_code in {200, 302}


@odd
def test_a_mapping_of_anything_answers(client: Client, data: st.DataObject) -> None:
    place = cast.manchester()
    cast.log_in(client, cast.coordinator())
    kinds = st.sampled_from(["", "NAME", "EMAIL", "PHONE", "POST", "PARTS", "AGE"])
    typed = {
        "column_0": data.draw(kinds),
        "column_1": data.draw(kinds),
        "basis": data.draw(st.sampled_from(["consent", "interest", "task", ""]) | WORDS),
        "source": data.draw(WORDS),
        "bring_in": "yes",
    }
    address = f"/places/manchester/contacts/{handed_in(place).pk}/"
    assert client.post(address, typed).status_code in {200, 302}


@odd
def test_links_of_anything_answer(client: Client, data: st.DataObject) -> None:
    announced(cast.manchester())
    letters = st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="/?#%\\")
    token = data.draw(st.text(letters, min_size=1, max_size=60))
    assert client.post(f"/news/stop/{token}/").status_code == 404
