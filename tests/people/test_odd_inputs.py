"""Lists, mappings and links of anything: the answer is a page or a sentence.

What is typed into forms is tried in tests/architecture/test_forms.py.
"""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import cast
from tests.architecture.scene import announced, handed_in

pytestmark = pytest.mark.django_db

WORDS = st.text(max_size=40) | st.sampled_from(
    ["", "\0", "<script>", "2099-13-99", "99999999999999999999", "email", "sms", "post", "on", "1"]
)


def odd(test: Callable[..., None]) -> Callable[..., None]:
    """The same test with many odd inputs, in one browser and one database."""
    health = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    many = max(200, settings.default.max_examples)  # 200 each, and more in `make fuzz`
    return settings(max_examples=many, suppress_health_check=health)(given(st.data())(test))


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
