"""Wording one's own questions: begun, copied, counted, translated; once ready they stand still."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coproduce.formats.instruments import native
from coproduce.formats.instruments.record import Kind, Licence
from coproduce.measures import bank, missing, whose
from coproduce.measures.actions import composing, surveying
from coproduce.measures.actions.deeds import NotPossible
from coproduce.measures.models import Instrument, Moment
from tests import cast, measured

pytestmark = pytest.mark.django_db

ABOUT = {
    "title": "Heard in Salford",
    "purpose": "To see whether people are heard.",
    "outcomes": "Equal voice, Trust",
    "minutes": "3",
    "languages": ["en"],
    "licence_kind": "CC-BY-4.0",
    "notice": "© Salford carers, 2026",
    "source": "Written by Salford carers, 2026",
}


@pytest.fixture
def desk(client: Client) -> Client:
    return cast.log_in(client, cast.evaluator())


def post(client: Client, name: str, *args: object, **typed: Any) -> str:
    """Where one lands; a form that is shown again fails the test with what it says."""
    answer = client.post(reverse(f"measures:{name}", args=args), typed)
    assert answer.status_code == 302, answer.context["form"].errors
    return str(answer["Location"])


def the_draft() -> Instrument:
    return Instrument.objects.get(is_draft=True)


def begin(client: Client, **typed: Any) -> Instrument:
    post(client, "desk_new", **ABOUT | typed)
    return the_draft()


def shipped(name: str) -> Instrument:
    bank.keep_shipped()
    code, _, version = name.partition("@")
    return Instrument.objects.get(code=code, version=version)


def read(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(f"measures:{name}", args=args))
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_set_is_begun_worded_counted_and_made_ready(desk: Client) -> None:
    draft = begin(desk)
    assert draft.code == "heard-in-salford"
    landed = post(
        desk, "desk_item_new", draft.pk, wording="I was listened to.", answered="new", image=""
    )
    assert landed == reverse("measures:desk_scale_new", args=[draft.pk]) + "?question=q1"
    desk.post(landed, {"answers": "Never\nNow and then\nAlways"})
    post(desk, "desk_score_each", draft.pk)
    assert missing.lacks(the_draft()) == []
    post(desk, "desk_ready", draft.pk)
    made = Instrument.objects.get(pk=draft.pk)
    assert not made.is_draft
    record = made.read()
    assert [point.value for point in record.scales[0].points] == [1, 2, 3]
    assert (record.scores[0].low, record.scores[0].high) == (1, 3)
    assert record.outcomes == ("Equal voice", "Trust")
    assert "Heard in Salford" in read(Client(), "instrument_list")


def test_a_draft_is_kept_half_done_and_says_what_is_missing(desk: Client) -> None:
    draft = begin(desk)
    post(desk, "desk_item_new", draft.pk, wording="I was listened to.", answered="new", image="")
    told = read(desk, "desk_ready", draft.pk)
    assert "Question 1, answers" in told
    assert "It has no answers to choose from." in told
    assert "Make it ready</button>" not in told
    with pytest.raises(NotPossible, match="Something is still missing"):
        composing.make_ready(draft, None)


def test_what_is_ready_stands_as_it_is(desk: Client) -> None:
    draft = measured.a_draft()
    composing.make_ready(draft, None)
    landed = post(desk, "desk_item", draft.pk, "q1", wording="Something else?")
    assert landed == reverse("measures:desk", args=[draft.pk])
    assert Instrument.objects.get(pk=draft.pk).read().item("q1").wording == {
        "en": "My voice counts here, way 1."
    }
    with pytest.raises(NotPossible, match="stands as it is"):
        composing.move_item(draft, "q1", 1, None)


def test_questions_move_up_and_down_and_out_of_their_scores(desk: Client) -> None:
    draft = measured.a_draft()
    post(desk, "desk_item_move", draft.pk, "q2", way="up")
    assert [item.code for item in the_draft().read().items] == ["q2", "q1", "why"]
    post(desk, "desk_item_move", draft.pk, "q2", way="up")  # it is the first already
    assert [item.code for item in the_draft().read().items] == ["q2", "q1", "why"]
    post(desk, "desk_item_out", draft.pk, "q1")
    record = the_draft().read()
    assert [item.code for item in record.items] == ["q2", "why"]
    assert record.scores[0].items == ("q2",)


def test_a_question_keeps_what_was_typed_of_it(desk: Client) -> None:
    draft = measured.a_draft()
    post(
        desk,
        "desk_item",
        draft.pk,
        "q1",
        wording="Nobody listened.",
        answered="scale:agree",
        reverse="on",
        sensitive="on",
        easy_read="They did not listen.",
        image="trust.svg",
    )
    item = the_draft().read().item("q1")
    assert item.wording == {"en": "Nobody listened."}
    assert (item.reverse, item.sensitive, item.scale) == (True, True, "agree")
    assert item.image_alt == {"en": "Two hands that hold each other."}


def test_a_number_and_own_words_need_no_answers_to_choose_from(desk: Client) -> None:
    draft = begin(desk)
    asked = {"wording": "How many meetings?", "answered": "number", "low": "0", "high": "20"}
    post(desk, "desk_item_new", draft.pk, **asked)
    post(desk, "desk_item_new", draft.pk, wording="Why?", answered="words")
    first, second = the_draft().read().items
    assert (first.kind, first.low, first.high) == (Kind.NUMBER, 0, 20)
    assert second.kind == Kind.WORDS


def test_two_who_change_the_same_question_do_not_undo_each_other(desk: Client) -> None:
    draft = measured.a_draft()
    opened = desk.get(reverse("measures:desk_item", args=[draft.pk, "q1"]))
    was = opened.context["form"]["was"].value()
    post(desk, "desk_item", draft.pk, "q1", wording="Theirs.", answered="scale:agree", was=was)
    address = reverse("measures:desk_item", args=[draft.pk, "q1"])
    answer = desk.post(address, {"wording": "Mine.", "answered": "scale:agree", "was": was})
    assert "Somebody else has changed this question" in answer.content.decode()
    assert "Mine." in answer.content.decode()
    assert the_draft().read().item("q1").wording["en"] == "Theirs."


def test_answers_may_count_as_other_numbers_and_some_as_none(desk: Client) -> None:
    draft = measured.a_draft()
    typed = {
        "answers": "0 = Never\nSometimes\nAlways",
        "easy": "No\nA bit\nYes",
        "missing": "It does not apply",
        "pictures": "on",
    }
    post(desk, "desk_scale", draft.pk, "agree", **typed)
    [scale] = the_draft().read().scales
    assert [point.value for point in scale.points] == [0, 1, 2]
    assert [point.image for point in scale.points] == [
        "answer-none.svg",
        "answer-half.svg",
        "answer-all.svg",
    ]
    assert scale.missing[0].label == {"en": "It does not apply"}
    [score] = the_draft().read().scores
    assert (score.low, score.high) == (0, 2)  # its range went along


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"answers": "Only one"}, "1 will not do: write from 2 to 20 answers"),
        ({"answers": "1 = No\n1 = Yes"}, "Two answers count as the same."),
        ({"answers": "No\nYes", "easy": "No"}, "2 answers and 1 lines in Easy Read"),
    ],
)
def test_answers_that_cannot_be_used_are_told_in_words(
    desk: Client, typed: dict[str, str], told: str
) -> None:
    draft = measured.a_draft()
    answer = desk.post(reverse("measures:desk_scale", args=[draft.pk, "agree"]), typed)
    assert told in answer.content.decode()


def test_a_long_sentence_of_easy_read_is_pointed_out_and_kept(desk: Client) -> None:
    draft = measured.a_draft()
    long = "This is a sentence " + "that goes on and on " * 3 + "for ever."
    landed = post(
        desk, "desk_item", draft.pk, "q1", wording="Q?", answered="scale:agree", easy_read=long
    )
    told = desk.get(landed).content.decode()
    assert "Easy Read has up to fifteen a" in told
    assert the_draft().read().item("q1").easy_read == {"en": long}
    composing.make_ready(draft, None)  # it does not stand in the way


def test_easy_read_is_unchecked_until_a_group_looked_at_it_and_after_it_is_reworded(
    desk: Client,
) -> None:
    draft = measured.a_draft()
    words = {"wording": "Q?", "answered": "scale:agree", "easy_read": "Short."}
    post(desk, "desk_item", draft.pk, "q1", **words)
    assert "Unchecked" in read(desk, "desk_as", draft.pk, "easy")
    post(desk, "desk_easy_read", draft.pk, who="Salford People First", on="2026-11-20")
    assert "Checked by Salford People First" in read(desk, "desk_as", draft.pk, "easy")
    post(desk, "desk_item", draft.pk, "q1", **words | {"easy_read": "Shorter."})
    assert "Unchecked" in read(desk, "desk_as", draft.pk, "easy")


def test_some_questions_are_copied_with_their_answers_and_whose_they_are(desk: Client) -> None:
    draft = begin(desk)
    ons, starter = shipped("ons4@2024"), shipped("coproduce-starter@1")
    post(desk, "desk_copy_in", draft.pk, ons.pk, items=["satisfied"])
    post(desk, "desk_copy_in", draft.pk, starter.pk, items=["trust", "changed"])
    record = Instrument.objects.get(pk=draft.pk).read()
    assert [item.code for item in record.items] == ["satisfied", "trust", "changed"]
    assert len(record.scores) == 3
    assert record.licence.licence == "CC-BY-4.0 AND MIT AND OGL-UK-3.0"
    for holder in ("Salford carers", "Office for National Statistics", "coproduce contributors"):
        assert holder in record.licence.notice
    composing.make_ready(Instrument.objects.get(pk=draft.pk), None)


def test_the_notice_of_what_was_copied_stays_whatever_is_said_of_the_rest(desk: Client) -> None:
    draft = begin(desk)
    post(desk, "desk_copy_in", draft.pk, shipped("ons4@2024").pk, items=["satisfied"])
    shown = desk.get(reverse("measures:desk_about", args=[draft.pk])).context["form"]
    assert shown["notice"].value() == "© Salford carers, 2026"
    post(desk, "desk_about", draft.pk, **ABOUT | {"notice": "© Somebody else"})
    notice = Instrument.objects.get(pk=draft.pk).read().licence.notice
    assert notice.startswith("© Somebody else\n")
    assert "Office for National Statistics" in notice


def test_answers_taken_from_another_set_bring_its_notice(desk: Client) -> None:
    draft = begin(desk)
    shipped("influence-local@2023")
    answered = "bank:influence-local@2023:agree"
    post(desk, "desk_item_new", draft.pk, wording="I can decide here.", answered=answered)
    record = Instrument.objects.get(pk=draft.pk).read()
    assert record.scale_of(record.items[0]).points[0].label == {"en": "Definitely agree"}
    assert "Community Life Survey" in record.licence.notice


def test_words_that_may_not_be_changed_are_not_copied(desk: Client) -> None:
    record = measured.a_record("whole")
    record = replace(record, licence=replace(record.licence, may_reword=False))
    whole = Instrument.objects.create(
        code="whole", version="1", record=native.write_instrument(record)
    )
    draft = begin(desk)
    told = read(desk, "desk_copy", draft.pk)
    assert "May not be reworded" in told
    answer = desk.post(
        reverse("measures:desk_copy_in", args=[draft.pk, whole.pk]), {"items": ["q1"]}
    )
    assert "does not let its words be changed" in answer.content.decode()
    assert Instrument.objects.get(pk=draft.pk).read().items == ()
    survey = measured.a_survey()
    surveying.add_wave(survey, Moment.BEFORE, [whole], None)  # whole it can be asked


def test_whose_words_they_are_is_put_together_and_taken_apart_again() -> None:
    own = Licence("CC0-1.0", "Ours.\nTwo lines.", "Here.", True, True)
    other = Licence("MIT", "Theirs.", "There.", True, True)
    for taken in ([], [other], [other, other], [other, own]):
        assert whose.own_part(whose.together(own, taken), taken) == own


def test_it_is_put_into_another_language_bit_by_bit(desk: Client) -> None:
    draft = measured.a_draft()
    form = desk.get(reverse("measures:desk_translate", args=[draft.pk, "cy"])).context["form"]
    numbers = {each.key: f"t{n}" for n, each in enumerate(form.said)}
    post(
        desk,
        "desk_translate",
        draft.pk,
        "cy",
        **{numbers["title"]: "Mae fy llais yn cyfrif", numbers["scale.agree.1.label"]: "Dim"},
    )
    record = the_draft().read()
    assert record.title == {"en": "My voice counts", "cy": "Mae fy llais yn cyfrif"}
    assert record.scales[0].points[0].label == {"en": "Not at all", "cy": "Dim"}
    assert "3 of 3 questions are not translated." in read(desk, "desk_ready", draft.pk)


def test_a_language_that_is_dropped_takes_its_words_along(desk: Client) -> None:
    draft = measured.a_draft()
    composing.translate(draft, "cy", {"title": "Llais"}, None)
    post(desk, "desk_about", draft.pk, **ABOUT)
    assert the_draft().read().title == {"en": "Heard in Salford"}


def test_a_new_version_is_a_copy_that_says_what_differs(desk: Client) -> None:
    first = measured.a_draft()
    composing.make_ready(first, None)
    post(desk, "desk_next_version", first.pk)
    second = Instrument.objects.get(version="2")
    assert second.is_draft
    post(desk, "desk_item", second.pk, "q1", wording="My voice counts.", answered="scale:agree")
    told = read(desk, "desk_ready", second.pk)
    assert "“My voice counts here, way 1.” is now “My voice counts.”" in told
    assert "Only what was asked in the same version is compared" in told
    with pytest.raises(NotPossible, match="at work on the next version"):
        composing.new_version(first, None)
    composing.make_ready(second, None)
    assert "“My voice counts.”" in read(Client(), "instrument", "draft", "2")


def test_a_version_that_is_a_year_goes_on_with_a_number_behind_it() -> None:
    assert composing.next_version("1", ["1"]) == "2"
    assert composing.next_version("1", ["1", "2"]) == "3"
    assert composing.next_version("2024", ["2024"]) == "2024-2"


def test_a_draft_is_thrown_away_and_what_is_ready_is_not(desk: Client) -> None:
    draft = measured.a_draft()
    post(desk, "desk_throw_away", draft.pk)
    assert not Instrument.objects.exists()
    ready = measured.a_draft()
    composing.make_ready(ready, None)
    with pytest.raises(NotPossible):
        composing.throw_away(ready, None)


def test_a_draft_cannot_be_asked() -> None:
    wave = surveying.add_wave(measured.a_survey(), Moment.BEFORE, [measured.a_draft()], None)
    with pytest.raises(NotPossible, match="Make it ready first"):
        surveying.open_wave(wave, None)


def test_another_place_neither_sees_nor_words_it(client: Client) -> None:
    draft = measured.a_draft()
    cast.log_in(client, cast.wrong_place_facilitator())
    assert client.get(reverse("measures:desk", args=[draft.pk])).status_code == 404
    assert client.get(reverse("measures:desk_as", args=[draft.pk, "phone"])).status_code == 404
