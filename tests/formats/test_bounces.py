"""Mail that came back says which addresses nobody has; other mail says nothing."""

import mailbox
from email.message import EmailMessage
from email.mime.text import MIMEText
from pathlib import Path

import pytest

from coproduce.formats.bounces import failed_in, unknown_addresses
from coproduce.formats.errors import BadFile

REPORT = """From: MAILER-DAEMON@mail.example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain

This is the mail system. I'm sorry.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org

Final-Recipient: rfc822; {address}
Original-Recipient: rfc822;{original}
Action: {action}
Status: {status}

--b1
Content-Type: message/rfc822

To: {address}
Subject: Tea

Thursday at three.

--b1--
"""


def report(
    address: str = "bea@example.org",
    *,
    action: str = "failed",
    status: str = "5.1.1",
    original: str = "",
) -> bytes:
    filled = REPORT.format(
        address=address, action=action, status=status, original=original or address
    )
    return filled.encode()


def test_an_address_that_nobody_has_is_told() -> None:
    assert failed_in(report("Bea@Example.org")) == {"bea@example.org"}


def test_what_we_wrote_to_counts_where_it_was_passed_on() -> None:
    assert failed_in(report("b.smith@inner.example", original="bea@example.org")) == {
        "bea@example.org"
    }


@pytest.mark.parametrize(
    ("action", "status"), [("delayed", "4.2.2"), ("failed", "4.4.7"), ("delivered", "2.0.0")]
)
def test_what_is_late_or_full_or_arrived_is_nobody_who_left(action: str, status: str) -> None:
    assert failed_in(report(action=action, status=status)) == set()


def test_an_answer_by_hand_or_a_letter_is_left_alone() -> None:
    assert failed_in(MIMEText("I am on leave: failed, 5.1.1, bea@example.org").as_bytes()) == set()
    assert failed_in(b"") == set()
    assert failed_in(b"\xff\x00 no mail at all") == set()


def boxed(path: Path, box: mailbox.Mailbox[mailbox.Message]) -> Path:
    box.add(report())
    box.add(report("otto@example.org"))
    letter = EmailMessage()
    letter["Subject"] = "Thank you"
    letter.set_content("See you there.")
    box.add(letter)
    box.flush()
    box.close()
    return path


def test_every_kind_of_mailbox_is_read_and_left_as_it_is(tmp_path: Path) -> None:
    single = tmp_path / "one.eml"
    single.write_bytes(report())
    assert unknown_addresses(single) == {"bea@example.org"}
    both = {"bea@example.org", "otto@example.org"}
    file = boxed(tmp_path / "box", mailbox.mbox(tmp_path / "box"))
    folder = boxed(tmp_path / "folder", mailbox.Maildir(tmp_path / "folder"))
    before = file.read_bytes()
    for _ in range(2):
        assert unknown_addresses(file) == unknown_addresses(folder) == both
    assert file.read_bytes() == before


def test_what_is_no_mailbox_is_said(tmp_path: Path) -> None:
    for path in (tmp_path / "none", tmp_path):
        with pytest.raises(BadFile, match="no mailbox"):
            unknown_addresses(path)
