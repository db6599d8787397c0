"""Paper on the pages: sheets and slips to print, the helper's entry page, a show of hands."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from coproduce.conversations.actions.facilitating import give_out_slips
from coproduce.conversations.actions.on_paper import print_sheets
from coproduce.conversations.models import Conversation, PaperEdition, ShowOfHands, Vote
from coproduce.conversations.pseudonyms import slip_codes
from coproduce.trust.keys import destroy_key
from tests import cast, crowds

pytestmark = pytest.mark.django_db


@pytest.fixture
def femi(client: Client) -> Client:
    return cast.log_in(client, cast.facilitator())


@pytest.fixture
def talk() -> Conversation:
    talk = cast.an_open_conversation()
    give_out_slips(talk, 12, None)
    return talk


@pytest.fixture
def edition(talk) -> PaperEdition:
    return print_sheets(talk, None)


def page_of(talk: Conversation, part: str) -> str:
    return f"/facilitate/{talk.slug}/{part}"


def enter(client: Client, talk: Conversation, letters: str, lines: str):
    return client.post(page_of(talk, "entry/"), {"edition": letters, "lines": lines}, follow=True)


def test_it_makes_a_sheet_and_offers_it_in_two_sizes(femi, talk):
    page = femi.post(page_of(talk, "paper/sheets/"), follow=True)

    letters = talk.paper_editions.get().letters
    assertContains(page, f"/paper/sheet-{letters}.pdf?large")
    pdf = femi.get(page_of(talk, f"paper/sheet-{letters}.pdf"))
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf["Cache-Control"] == "no-store"
    assert pdf.content.startswith(b"%PDF-")


def test_it_says_when_the_statements_have_changed_since(femi, talk, edition):
    assertNotContains(femi.get(page_of(talk, "paper/")), "have changed since the last sheet")

    talk.statements.filter(number=1).update(state="hidden")

    assertContains(femi.get(page_of(talk, "paper/")), "have changed since the last sheet")


def test_it_prints_only_the_new_slips_after_giving_out_more(femi, talk):
    page = femi.post(page_of(talk, "paper/slips/"), {"count": "8"}, follow=True)

    assertContains(page, "/paper/slips-13-20.pdf")
    assert femi.get(page_of(talk, "paper/slips-13-20.pdf")).content.startswith(b"%PDF-")


@pytest.mark.parametrize("count", ["", "0", "501", "many"])
def test_it_asks_again_for_a_number_of_slips(femi, talk, count):
    page = femi.post(page_of(talk, "paper/slips/"), {"count": count})

    assertContains(page, "data-takes-focus")
    talk.refresh_from_db()
    assert talk.slips == 12


@pytest.mark.parametrize(
    "part", ["slips-1-13.pdf", "slips-0-3.pdf", "slips-9-2.pdf", "sheet-X.pdf"]
)
def test_it_knows_no_slips_or_sheets_that_were_not_made(femi, talk, part):
    assert femi.get(page_of(talk, f"paper/{part}")).status_code == 404


def test_it_prints_no_slips_once_the_key_is_gone(femi, talk):
    crowds.close_at_once(talk)

    assert femi.get(page_of(talk, "paper/slips-1-12.pdf")).status_code == 404
    assertContains(femi.get(page_of(talk, "paper/")), "mean nothing any more")


def test_it_enters_several_sheets_at_once_and_lists_their_codes_alone(femi, talk, edition):
    one, two, three = slip_codes(talk)[:3]

    page = enter(
        femi, talk, edition.letters.lower(), f"{one} a d p a .\n{two} ppdd.\n{three} ddddd"
    )

    assertContains(page, "3 sheets are entered.")
    assert Vote.objects.filter(is_assisted=True).count() == 13
    shown = page.content.decode().partition("The last sheets you entered")[2]
    assert [shown.index(code) for code in (three, two, one)] == sorted(
        shown.index(code) for code in (one, two, three)
    )
    assertNotContains(page, "ppdd")
    assertNotContains(page, "ddddd")
    assertContains(page, f'value="{edition.letters}"')


def test_it_says_when_a_sheet_takes_the_place_of_another(femi, talk, edition):
    code = slip_codes(talk)[0]
    enter(femi, talk, edition.letters, f"{code} aaaaa")

    page = enter(femi, talk, edition.letters, f"{code} ddddd\n{code} ppppp")

    assertContains(page, f"{code} came twice; the later line counts.")
    assertContains(page, f"{code} had been entered before; this sheet takes its place.")
    assert set(Vote.objects.values_list("choice", flat=True)) == {0}


def test_it_enters_nothing_when_one_line_is_wrong_and_keeps_what_was_typed(femi, talk, edition):
    one, two = slip_codes(talk)[:2]

    page = enter(femi, talk, edition.letters, f"{one} aaaaa\n{two} aaaa")

    assertContains(page, f"Line 2, {two}: 4 answers for 5 statements.")
    assertContains(page, f"{one} aaaaa")
    assertContains(page, "Nothing is entered yet")
    assert not Vote.objects.exists()


@pytest.mark.parametrize(
    ("letters", "said"),
    [("", "Type the four letters at the foot"), ("ZZZZ", "No sheet with the letters ZZZZ was")],
)
def test_it_takes_no_sheet_without_knowing_what_was_printed(femi, talk, edition, letters, said):
    page = enter(femi, talk, letters, f"{slip_codes(talk)[0]} aaaaa")

    assertContains(page, said)
    assert not Vote.objects.exists()


def test_it_knows_no_code_of_another_conversation(femi, talk, edition):
    other = cast.an_open_conversation()
    give_out_slips(other, 1, None)

    page = enter(femi, talk, edition.letters, f"{slip_codes(other)[0]} aaaaa")

    assertContains(page, "is not a code of this conversation")


def test_it_checks_while_the_helper_types_and_never_tells_the_answers(femi, talk, edition):
    one, two = slip_codes(talk)[:2]

    checked = femi.post(
        page_of(talk, "entry/check/"),
        {"edition": edition.letters, "lines": f"{one} ddd..\n{two} d"},
    )

    assertContains(checked, f"{one} (3 answers)")
    assertContains(checked, f"Line 2, {two}: 1 answers for 5 statements.")
    assertNotContains(checked, "ddd")
    assert not Vote.objects.exists()


def test_it_takes_back_a_sheet_that_was_entered_by_mistake(femi, talk, edition):
    one, two = slip_codes(talk)[:2]
    enter(femi, talk, edition.letters, f"{one} aaaaa\n{two} aaaaa")

    page = femi.post(page_of(talk, "entry/take-back/"), {"code": one}, follow=True)

    assertContains(page, f"The sheet {one} is taken back: its answers do not count.")
    assertNotContains(page, f'name="code" value="{one}"')
    assertContains(page, f'name="code" value="{two}"')
    assert Vote.objects.count() == 5


def test_it_remembers_ten_sheets_in_the_session_of_one_helper(femi, talk, edition):
    codes = slip_codes(talk)
    enter(femi, talk, edition.letters, "\n".join(f"{code} aaaaa" for code in codes))

    page = femi.get(page_of(talk, "entry/"))
    assertContains(page, 'name="code"', count=10)
    colleague = cast.log_in(Client(), cast.coordinator())
    assertNotContains(colleague.get(page_of(talk, "entry/")), 'name="code"')


def test_it_writes_down_what_somebody_said_on_paper(femi, talk):
    page = femi.post(page_of(talk, "entry/words/"), {"words": "Bring the children."}, follow=True)

    assertContains(page, "Their words are kept.")
    assert talk.statements.waiting().get().words == "Bring the children."
    again = femi.post(page_of(talk, "entry/words/"), {"words": "x" * 281})
    assertContains(again, "281 characters; 280 is the most")


def test_it_checks_no_code_once_the_key_is_gone(femi, talk, edition):
    code = slip_codes(talk)[0]
    destroy_key(talk.id)

    for answer in (
        enter(femi, talk, edition.letters, f"{code} aaaaa"),
        femi.post(
            page_of(talk, "entry/check/"), {"edition": edition.letters, "lines": f"{code} aaaaa"}
        ),
    ):
        assertContains(answer, "The key of this conversation is destroyed")
    assert not Vote.objects.exists()


def test_it_says_why_nothing_can_be_entered_after_the_close(femi, talk):
    crowds.close_at_once(talk)

    page = femi.post(page_of(talk, "entry/"), {"edition": "ABCD", "lines": "x"})

    assertContains(page, "The conversation is closed")


def test_it_writes_down_hands_row_by_row_and_shows_them_again(femi, talk):
    typed = {"form": "table", "agree-1": "20", "disagree-1": "3", "agree-3": "4", "disagree-3": "0"}

    page = femi.post(page_of(talk, "hands/"), typed | {"neither-3": "2"}, follow=True)

    assertContains(page, "The hands for 2 statements are written down.")
    kept = ShowOfHands.objects.order_by("statement__number")
    assert [(h.statement.number, h.agree, h.disagree, h.neither) for h in kept] == [
        (1, 20, 3, 0),
        (3, 4, 0, 2),
    ]
    assertContains(page, 'name="agree-1" value="20"')
    assert not Vote.objects.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"agree-1": "20"}, "Statement 1: how many disagree? Type 0 if nobody did."),
        ({"agree-1": "-2", "disagree-1": "1"}, "Statement 1, agree: type a number from 0"),
        ({"agree-1": "lots", "disagree-1": "1"}, "Statement 1, agree: type a number from 0"),
        ({}, "Type the counts of at least one statement."),
    ],
)
def test_it_says_which_count_is_wrong(femi, talk, typed, said):
    whole = {"form": "table", "agree-2": "5", "disagree-2": "5"} if typed else {"form": "table"}

    page = femi.post(page_of(talk, "hands/"), whole | typed)

    assertContains(page, said)
    assert not ShowOfHands.objects.exists()


def test_it_takes_over_hands_from_a_file_or_from_what_was_pasted(femi, talk):
    csv = SimpleUploadedFile("hands.csv", b"statement,agree,disagree,neither\n1,20,3,1\n2,4,4,0")

    page = femi.post(page_of(talk, "hands/"), {"form": "list", "file": csv}, follow=True)
    assertContains(page, "The hands for 2 statements are written down.")
    femi.post(page_of(talk, "hands/"), {"form": "list", "pasted": "1\t21\t3\t1"})

    assert ShowOfHands.objects.get(statement__number=1).agree == 21


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"1,20,3\n2,x,3", "Row 2, agree: “x” is not a number"),
        (b"1,20,3\n77,1,3", "There is no statement 77 on show here, so nothing was written down."),
        (b"", "The submitted file is empty."),
        (b"\xff\xfe\x00bad", "This is not a CSV text file."),
        (b"statement,agree,disagree\n", "There is no row with numbers in it."),
    ],
)
def test_it_takes_over_all_rows_or_none_and_names_the_wrong_one(femi, talk, content, said):
    csv = SimpleUploadedFile("hands.csv", content)

    page = femi.post(page_of(talk, "hands/"), {"form": "list", "file": csv})

    assertContains(page, said)
    assert not ShowOfHands.objects.exists()


def test_it_writes_down_no_hands_after_the_close(femi, talk):
    crowds.close_at_once(talk)

    typed = {"form": "list", "pasted": "1,2,3"}
    assertContains(femi.post(page_of(talk, "hands/"), typed), "The conversation is closed")
    assert not ShowOfHands.objects.exists()
