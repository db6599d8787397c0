"""What this room holds about somebody: name, places, how they are reached, what they need."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db.models import Q

from coproduce.people import everything
from coproduce.people.everything import Cell, Chapter, Keeper, Sealed
from coproduce.people.models import (
    AccessNeed,
    Affiliation,
    Agreement,
    Baseline,
    Champion,
    Contact,
    ContactList,
    Dispatch,
    Hearing,
    Introduction,
    Listing,
    Membership,
    Person,
    Promise,
    Reach,
    User,
)
from coproduce.people.to_be_found import person_changed
from coproduce.trust.models import Consent, LogEntry, Where
from coproduce.trust.sealing import readable

LAST_DEEDS = 1_000  # of the log; more than one person does in years


def tell(person: Person) -> list[Chapter]:
    """All of it, a chapter for each table."""
    return [*_who(person), *_belonging(person), *_hearing(person), *_doing(person)]


def _who(person: Person) -> list[Chapter]:
    account = [(person.user.email, person.user.date_joined)] if person.user else []
    return [
        Chapter(
            "Who you are", ("Name", "What you bring"), ((person.name, person.parts_in_words),), ()
        ),
        Chapter("Your account", ("You sign in with", "Since"), tuple(account), (User,)),
        Chapter(
            "How we reach you",
            ("Way", "Address", "Told us", "Came back"),
            tuple(
                (reach.get_channel_display(), reach.address, reach.added_at, reach.failed_at)
                for reach in person.reaches.all()
            ),
            (Reach,),
        ),
        Chapter(
            "What you need to take part",
            ("In your words", "Shared with hosts", "Told us"),
            tuple(
                (Sealed(need.words), need.may_be_shared, need.told_at)
                for need in readable(person.access_needs.all(), "words")
            ),
            (AccessNeed,),
        ),
    ]


def _belonging(person: Person) -> list[Chapter]:
    championships = person.championships.select_related("place")
    return [
        Chapter(
            "Places you belong to",
            ("Place", "As", "From", "Until"),
            tuple(
                (each.place.name, each.get_role_display(), each.since, each.until)
                for each in person.memberships.select_related("place")
            ),
            (Membership,),
        ),
        Chapter(
            "Organisations you belong to",
            ("Organisation", "From", "Until"),
            tuple(
                (each.organisation.name, each.since, each.until)
                for each in person.affiliations.select_related("organisation")
            ),
            (Affiliation,),
        ),
        Chapter(
            "Where you are a champion",
            ("Place", "Its page names you", "From", "Until"),
            tuple(
                (each.place.name, each.may_be_named, each.since, each.until)
                for each in championships
            ),
            (Champion,),
        ),
        Chapter(
            "In the directory of members",
            ("What you offer", "Since"),
            tuple((each.offer, each.listed_at) for each in Listing.objects.filter(person=person)),
            (Listing,),
        ),
    ]


def _hearing(person: Person) -> list[Chapter]:
    return [
        Chapter(
            "Places that may write to you",
            ("Place", "Known from", "Since", "Until"),
            tuple(
                (each.place.name, each.source, each.since, each.until)
                for each in person.hearings.select_related("place")
            ),
            (Hearing,),
        ),
        Chapter(
            "Who brought your address in",
            ("Place", "On which basis", "Had it from", "On"),
            tuple(
                (each.place.name, each.get_basis_display(), each.source, each.brought_in_at)
                for each in person.contacts.select_related("place")
            ),
            (Contact,),
        ),
        Chapter(
            "What we sent you",
            ("Subject", "By", "What became of it"),
            tuple(
                (each.announcement.subject, each.channel, each.get_state_display())
                for each in person.dispatches.select_related("announcement")
            ),
            (Dispatch,),
        ),
    ]


def _doing(person: Person) -> list[Chapter]:
    deeds = LogEntry.objects.filter(actor=person.id).order_by("-id")[:LAST_DEEDS]
    return [
        Chapter(
            "What you agreed to",
            ("Principles", "On"),
            tuple(
                (str(each.principles), each.agreed_at)
                for each in person.agreements.select_related("principles")
            ),
            (Agreement,),
        ),
        Chapter(
            "What you promised",
            ("Promise", "By when", "Kept on"),
            tuple((each.words, each.by_when, each.kept_at) for each in person.promises.all()),
            (Promise,),
        ),
        Chapter(
            "Introductions",
            ("Who asked", "Why", "First question", "Answer", "On"),
            tuple(
                (
                    "you" if each.asker_id == person.pk else "another member",
                    each.reason,
                    each.question,
                    each.get_state_display(),
                    each.asked_at,
                )
                for each in Introduction.objects.filter(Q(asker=person) | Q(asked=person))
            ),
            (Introduction,),
        ),
        Chapter(
            "How things were when you joined",
            ("Question", "Your answer, 1 to 5", "On"),
            tuple(
                (each.get_question_display(), each.answer, each.answered_at)
                for each in person.baseline.all()
            ),
            (Baseline,),
        ),
        Chapter(
            "Lists of contacts you handed in",
            ("File", "On"),
            tuple((each.file, each.handed_in_at) for each in person.contact_lists.all()),
            (ContactList,),
        ),
        Chapter(
            "What you allowed",
            ("About", "Where", "How you are named", "Until", "How you said so", "On"),
            tuple(map(_consent, Consent.objects.filter(person=person.id))),
            (),
        ),
        Chapter(
            "What you did here",
            ("Deed", "On"),
            tuple((each.deed, each.at) for each in deeds),
            (),
        ),
    ]


def _consent(entry: Consent) -> tuple[Cell, ...]:
    about, how = everything.name_of(entry.thing), entry.get_obtained_display()
    where = ", ".join(Where(each).label for each in entry.channels) or "nowhere"
    named = entry.get_named_display() if entry.is_given else ""
    return about, where, named, entry.until, how, entry.at


def let_go(person: Person) -> None:
    """The account goes first, with its addresses, its second step and every open session.

    A parent or guardian who is known here only as that goes with whom they answered for.
    """
    _let_guardians_go(person)
    Listing.objects.filter(person=person).delete()
    person_changed(person)
    user = person.user
    if user is None:
        return
    _end_sessions(user)
    EmailAddress.objects.filter(Q(user=user) | Q(email__iexact=user.email)).delete()
    Authenticator.objects.filter(user=user).delete()
    user.delete()
    person.refresh_from_db()


def _let_guardians_go(person: Person) -> None:
    mine = Consent.objects.filter(person=person.pk, guardian__isnull=False)
    guardians = Person.objects.filter(pk__in=mine.values("guardian"), user=None, reaches=None)
    for guardian in guardians:
        for_others = Consent.objects.filter(guardian=guardian.pk).exclude(person=person.pk)
        if not for_others.exists():
            guardian.delete()


def _end_sessions(user: User) -> None:
    """Sessions do not say whose they are until they are opened."""
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()


def places(person: Person) -> set[int]:
    """Where they belong, may be written to, or were brought in."""
    related = (person.memberships, person.hearings, person.contacts)
    return {place for each in related for place in each.values_list("place_id", flat=True)}


KEEPER = Keeper(tell=tell, let_go=let_go, places=places)
