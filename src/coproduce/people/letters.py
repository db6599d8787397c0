"""Announcements on paper: a letter each, to post or for a helper to read out."""

from dataclasses import dataclass

from coproduce.people.hearing import stop_link
from coproduce.people.models import Announcement, Channel
from coproduce.people.pdf import pdf_from

LETTERS_IN_A_FILE = 100


@dataclass(frozen=True)
class Letter:
    """One sheet: to whom, where, and how they stop hearing from us."""

    name: str
    address: tuple[str, ...]
    is_for_a_helper: bool
    stop: str


def files_of(announcement: Announcement) -> int:
    """How many files of letters there are to print."""
    return -(-announcement.dispatches.to_print().count() // LETTERS_IN_A_FILE)


def letters_pdf(announcement: Announcement, number: int) -> bytes:
    """The letters of one file; files are numbered from 1."""
    at = (number - 1) * LETTERS_IN_A_FILE
    waiting = announcement.dispatches.to_print().select_related("person")
    waiting = waiting.order_by("person__name", "pk")  # the same file whenever it is printed
    people = [each.person for each in waiting[at : at + LETTERS_IN_A_FILE]]
    letters = []
    for person in people:
        reach = person.reaches.working().filter(channel__in=[Channel.POST, Channel.HELPER]).first()
        if reach is not None:
            letters.append(
                Letter(
                    person.name,
                    tuple(reach.address.splitlines()),
                    reach.channel == Channel.HELPER,
                    stop_link(person, announcement.place),
                )
            )
    context = {"announcement": announcement, "place": announcement.place, "letters": letters}
    return pdf_from("people/announcements/letters.html", context, style="letters.css")
