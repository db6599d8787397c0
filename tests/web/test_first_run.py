"""The first people and places of a site come from the command line."""

from pathlib import Path

import pytest
from allauth.account.models import EmailAddress

from coproduce.cli import main
from coproduce.people.models import Membership, Person, Place, Role, User
from coproduce.people.rights import Deed, may
from coproduce.trust.models import LogEntry

pytestmark = pytest.mark.django_db


def run(*words: str) -> int:
    return main(list(words))


def test_an_admin_can_be_made_and_sign_in_with_a_code() -> None:
    assert run("add-admin", "Sam@Example.org", "--name", "Sam Okoro") == 0
    user = User.objects.get(email="sam@example.org")
    assert user.is_staff
    assert user.is_superuser
    assert not user.has_usable_password()
    assert EmailAddress.objects.get(user=user).verified
    assert Person.objects.get(user=user).name == "Sam Okoro"


def test_a_role_is_held_in_the_place_and_its_parts() -> None:
    run("add-place", "England")
    run("add-place", "Oxfordshire", "--within", "England")
    assert run("grant", "kim@example.org", "facilitator", "England") == 0
    kim = Person.objects.get(user__email="kim@example.org")
    assert may(kim, Deed.FACILITATE, Place.objects.get(slug="oxfordshire"))


def test_what_is_asked_twice_is_done_and_logged_once() -> None:
    run("add-place", "England")
    for _ in range(2):
        assert run("grant", "kim@example.org", "member", "England") == 0
        assert run("add-place", "England") == 0
    assert Membership.objects.filter(role=Role.MEMBER).count() == 1
    deeds = list(LogEntry.objects.values_list("deed", flat=True))
    assert deeds == ["make a place", "grant member"]


def test_a_place_that_is_not_there_is_named_with_those_that_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run("add-place", "England")
    assert run("grant", "kim@example.org", "member", "Atlantis") == 2
    said = capsys.readouterr().err
    assert "There is no place called Atlantis (there are: England)." in said
    assert not User.objects.exists()


@pytest.mark.parametrize("address", ["kim", "kim@", "@example.org", "kim@host", "k im@example.org"])
def test_something_that_is_no_address_is_refused(
    address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("add-admin", address) == 2
    assert "is not an e-mail address" in capsys.readouterr().err
    assert not User.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_conversation_held_elsewhere_is_brought_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    votes = tmp_path / "votes.csv"
    votes.write_text("person,statement,vote\na,1,1\nb,1,-1\n")
    run("add-place", "England")
    asked = ["import", str(votes), "England", "--question", "What now?", "--provenance", "A trial."]
    assert run(*asked) == 0
    assert "1 statement is in" in capsys.readouterr().out
    votes.write_text("person,statement,vote\na,1,yes\n")
    assert run(*asked) == 2
    assert "votes.csv" in capsys.readouterr().err
    assert Place.objects.get().conversations.count() == 1
