"""What leaves the house, for whom? Statements and tallies for everyone, rows of votes for two.

What everyone may take comes from figures alone, coarse as they are. Rows of votes leave only when
two people stand behind it: fresh random numbers for people, no times, so that the file fits
neither the database nor another file.
"""

import io
import secrets
import zipfile
from collections.abc import Iterable, Mapping

import numpy as np
from django.conf import settings
from django.urls import reverse

from coproduce.conversations.evidence import PublishedMap, rows_to_release
from coproduce.conversations.models import Conversation
from coproduce.formats.polis_export import (
    ExportedStatement,
    comments_csv,
    participants_votes_csv,
    summary_csv,
    votes_csv,
)
from coproduce.trust import takeaway
from coproduce.trust.models import Figure

FOR_EVERYONE = """\
{question}

{provenance}
comments.csv, summary.csv
    The layout of a Polis export. Tallies, authors and times are blank: exact counts of anonymous
    answers do not leave, since two of them side by side could show what one person answered.
tallies.csv
    Every statement, with the share of all and of each group in tenths; nothing below ten people.
figures.json
    Every published figure with its method, version, seed, digest and what stayed outside.

Taken from picture {number} of {address}
There, every number answers “How do we know this?”.
"""
ROWS = """\
{question}

{provenance}
comments.csv, votes.csv, participants-votes.csv, summary.csv
    The layout of a Polis export: agree = 1, disagree = -1, pass = 0, blank = no answer.
    Times and authors are blank. People have fresh random numbers that fit no other file.

Handle with care. Whoever knows five answers of somebody can single out about a fifth of people in
a file like this and then read the rest of their answers. It was released by two people for this
reason:

    {why}

Do not try to find out who is who, do not join it with other files, do not pass it on.
"""


def everything_for_everyone(
    conversation: Conversation, published: PublishedMap, figures: Iterable[Figure]
) -> bytes:
    """Statements, coarse tallies and all figures, as a zip."""
    listed = list(figures)
    tallies = next(figure for figure in listed if figure.kind == "statements")
    statements = [
        ExportedStatement(id=int(row[0]), words=str(row[1])) for row in tallies.value["rows"]
    ]
    note = FOR_EVERYONE.format(
        question=conversation.question,
        provenance=_provenance(conversation),
        number=published.number,
        address=_address(conversation),
    )
    return _zip(
        {
            "README.txt": note,
            "comments.csv": comments_csv(statements),
            "summary.csv": _summary(
                conversation, published.people, len(statements), len(published.groups)
            ),
            "tallies.csv": takeaway.table_of(tallies),
            "figures.json": takeaway.as_json([takeaway.whole(figure) for figure in listed]),
        }
    )


def rows_of_votes(conversation: Conversation, *, why: str) -> bytes:
    """Every vote that may be counted, as a zip; two people have agreed before this is called."""
    released = rows_to_release(conversation)
    fresh = _fresh_numbers(released.people)
    person = np.array([fresh[who] for who in released.person.tolist()], dtype=np.int64)
    statements = list(conversation.statements.shown())
    groups = {fresh[who]: group for who, group in released.groups.items()}
    return _zip(
        {
            "README.txt": ROWS.format(
                question=conversation.question, provenance=_provenance(conversation), why=why
            ),
            "comments.csv": comments_csv(
                [
                    ExportedStatement(
                        each.number, each.words, 1, *released.tallies.get(each.number, (0, 0))
                    )
                    for each in statements
                ]
            ),
            "votes.csv": votes_csv(person, released.statement, released.choice),
            "participants-votes.csv": participants_votes_csv(
                person,
                released.statement,
                released.choice,
                statements=[each.number for each in statements],
                groups=groups,
            ),
            "summary.csv": _summary(
                conversation,
                len(fresh),
                len(statements),
                len({group for group in groups.values() if group}),
            ),
        }
    )


def _fresh_numbers(people: Iterable[int]) -> dict[int, int]:
    """A new number for each person, 0 up, dealt like shuffled cards."""
    shuffled = list(people)
    secrets.SystemRandom().shuffle(shuffled)
    return {who: number for number, who in enumerate(shuffled)}


def _summary(conversation: Conversation, people: int, statements: int, groups: int) -> str:
    return summary_csv(
        topic=conversation.question,
        url=_address(conversation),
        description=conversation.provenance or conversation.welcome,
        voters=people,
        statements=statements,
        groups=groups,
    )


def _provenance(conversation: Conversation) -> str:
    return f"{conversation.provenance}\n" if conversation.provenance else ""


def _address(conversation: Conversation) -> str:
    page: str = settings.BASE_URL + reverse("conversations:common_ground", args=[conversation.slug])
    return page


def _zip(files: Mapping[str, str]) -> bytes:
    """Files in one packet. Its clock stands still, so that it tells nothing of when."""
    packet = io.BytesIO()
    with zipfile.ZipFile(packet, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in files.items():
            packed.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return packet.getvalue()
