"""Whatever is typed into a form of a gathering, it answers with a page and not with an error."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import cast

pytestmark = pytest.mark.django_db

ODD = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["", "\x00", "-1", "1e999", "²", "0001-01-01", "9999-12-31", "2027-03-28", "01:30", "24:00"]
    ),
    st.sampled_from(
        ["hall", "line", "both", "online", "email", "sms", "post", "carer", "on", "yes"]
    ),
    st.sampled_from(
        ["a, carer\nb, king", "=1+1", "<script>", "'; DROP TABLE", "\u202e", "💥" * 70]
    ),
)
FORMS = {
    "register": ("/gatherings/{slug}/register/", None),
    "coming": ("/coming/", None),
    "here": ("/here/{code}/", None),
    "new": ("/host/new/", "host"),
    "edit": ("/host/{slug}/edit/", "host"),
    "programme": ("/host/{slug}/programme/", "host"),
    "cancel": ("/host/{slug}/cancel/", "host"),
    "again": ("/host/{slug}/again/", "host"),
    "walk-in": ("/host/{slug}/day/walk-in/", "host"),
    "list": ("/host/{slug}/day/list/", "host"),
    "met": ("/coming/{mine}/met/", None),
}
FIELDS = {
    "register": "name presence channel address need need_may_be_shared diet parts key send change",
    "coming": "code",
    "here": "code name presence parts key",
    "new": "title purpose day starts ends last_day setting venue join_link provided hashtag "
    "hall_capacity line_capacity place",
    "edit": "title day starts ends last_day setting venue join_link provided hall_capacity",
    "programme": "title day starts minutes about speakers",
    "cancel": "because",
    "again": "day",
    "walk-in": "name parts",
    "list": "came walk_ins",
    "met": "answer words",
}


@pytest.mark.parametrize("form", FORMS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(drawn=st.data())
def test_no_input_breaks_a_form(form: str, drawn: st.DataObject) -> None:
    names = st.sampled_from(FIELDS[form].split())
    typed = drawn.draw(st.dictionaries(names, st.one_of(ODD, st.lists(ODD, max_size=3))))
    cache.clear()
    with transaction.atomic():
        begun = timezone.now() - timedelta(hours=1 if form in ("here", "walk-in", "list") else 90)
        is_past = form in ("here", "walk-in", "list", "met")
        starts_at = begun if is_past else timezone.now() + timedelta(days=9)
        gathering = cast.a_gathering(setting="both", starts_at=starts_at)
        mine = cast.a_registration(gathering, need="Quiet")
        address, who = FORMS[form]
        client = cast.log_in(Client(), cast.facilitator()) if who else Client()

        answer = client.post(
            address.format(slug=gathering.slug, code=gathering.code, mine=mine.code), typed
        )

        assert answer.status_code < 500
        transaction.set_rollback(True)


@given(sought=ODD, place=ODD)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_question_breaks_a_list(sought: str, place: str) -> None:
    with transaction.atomic():
        gathering = cast.a_gathering()
        femi = cast.log_in(Client(), cast.facilitator())

        found = femi.get(f"/host/{gathering.slug}/day/", {"q": sought})
        listed = femi.get("/gatherings/", {"place": place})
        made = femi.get("/facilitate/new/", {"gathering": sought})

        assert [found.status_code, listed.status_code, made.status_code] == [200, 200, 200]
        transaction.set_rollback(True)
