"""What is left of a key after the close: nothing, and no vote lands behind it."""

import base64
import io
import logging
import threading
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from coproduce.conversations import ballot_box
from coproduce.conversations.actions.facilitating import close, give_out_slips, make, open_
from coproduce.conversations.actions.on_paper import enter_sheets, print_sheets
from coproduce.conversations.ballot_box import Ballot, NotTaken, Reason
from coproduce.conversations.entry import Sheet
from coproduce.conversations.models import Choice, Conversation, Vote
from coproduce.conversations.pseudonyms import by_device, pseudonym_of, slip_codes
from coproduce.trust.keys import KeyIsGone, read_key
from tests import cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def talk() -> Conversation:
    talk = make(cast.QUESTION, cast.SEEDS, cast.manchester(), cast.facilitator())
    open_(talk, cast.facilitator())
    give_out_slips(talk, 3, cast.facilitator())
    return talk


def everything_kept() -> bytes:
    """Every file of the home but the keys, and every row of every table."""
    files = [path for path in Path(settings.HOME).rglob("*") if path.is_file()]
    kept = [path.read_bytes() for path in files if Path(settings.KEY_FOLDER) not in path.parents]
    rows = io.StringIO()
    call_command("dumpdata", stdout=rows)
    return b"".join([*kept, rows.getvalue().encode()])


def test_it_leaves_no_trace_of_the_key_or_of_a_code(talk, caplog):
    caplog.set_level(logging.DEBUG)
    key, codes = read_key(talk.id), slip_codes(talk)
    someone = pseudonym_of(talk, by_device("a-browser"))
    ballot_box.cast([Ballot(someone, talk.statements.get(number=1).pk, 1)])
    enter_sheets(print_sheets(talk, None), [Sheet(1, codes[0], (Choice.AGREE,) * 5)], None)

    close(talk, cast.facilitator())

    kept = everything_kept() + caplog.text.encode()
    assert cast.QUESTION.encode() in kept  # it did look
    for trace in (key, key.hex().encode(), base64.b64encode(key), *map(str.encode, codes)):
        assert trace not in kept
    assert not list(Path(settings.KEY_FOLDER).glob(f"*{talk.id.hex}*"))
    with pytest.raises(KeyIsGone):
        slip_codes(talk)


def test_it_keeps_every_vote_it_took_and_takes_none_after_the_close(talk):
    statement = talk.statements.get(number=1).pk
    taken, refused = [], []
    warmed_up, closed = threading.Event(), threading.Event()

    def vote(first: int) -> None:
        for pseudonym in range(first, first + 100_000):
            was_closed = closed.is_set()
            try:
                ballot_box.cast([Ballot(pseudonym, statement, 1)])
            except NotTaken as reason:
                refused.append(reason.reason)
                break
            assert not was_closed, "a vote was taken after the close had come back"
            taken.append(pseudonym)
            if len(taken) > 40:
                warmed_up.set()
        connections.close_all()

    voters = [threading.Thread(target=vote, args=(n * 1_000_000,)) for n in range(4)]
    for voter in voters:
        voter.start()
    assert warmed_up.wait(60)
    close(talk, None)
    closed.set()
    for voter in voters:
        voter.join(60)

    assert refused == [Reason.CLOSED] * 4
    assert sorted(Vote.objects.values_list("pseudonym", flat=True)) == sorted(taken)
