"""A conversation in each of its states, somebody in each role, and where to find what."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coproduce.conversations import tasks
from coproduce.conversations.actions import facilitating, on_paper
from coproduce.conversations.actions.publishing import RELEASE_ROWS
from coproduce.conversations.models import Conversation, Phase
from coproduce.gatherings.actions import consenting, noting
from coproduce.gatherings.actions.noting import Note
from coproduce.gatherings.models import Gathering, State, Theme, Worry
from coproduce.measures.actions import surveying, taking_in
from coproduce.measures.models import AnswersFile, Instrument, Moment, Wave
from coproduce.people import hearing, introductions
from coproduce.people.actions import bringing_in as contacts
from coproduce.people.models import (
    AccessNeed,
    Announcement,
    Channel,
    ContactList,
    Introduction,
    Listing,
    Person,
    Place,
)
from coproduce.pictures.actions import bringing_in, showing, telling
from coproduce.pictures.models import Licence, Picture
from coproduce.projects import actions as projects
from coproduce.projects.models import Project
from coproduce.reports.actions import publishing, writing
from coproduce.reports.body import Kind
from coproduce.trust import second_person
from coproduce.trust.models import Figure, Request
from tests import cast, crowds, measured
from tests.architecture.routes import all_routes
from tests.web.test_middleware import shown_by_the_app, with_an_app

WHO: dict[str, Callable[[], Person] | None] = {
    "stranger": None,
    "member": cast.member,
    "wrong place": cast.wrong_place_facilitator,
    "facilitator": cast.facilitator,
    "coordinator": cast.coordinator,
    "convenor": cast.convenor,
    "admin": cast.admin,
    "evaluator": cast.evaluator,
}
UNNAMED = {"accounts/login/", "_util/login/", "^accounts/password/"}
NOBODY = UUID(int=1)
OF_PROJECTS = (
    *("survey_of_project", "tell", "story", "stories", "tell_for", "story_out"),
    *("one_page", "one_page_file", "gripp2", "gripp2_file", "gripp2_write"),
)
OF_NOBODY = ("promise", "affiliation", "champion", "need", "reach", "membership")


def finished(slug: str, phase: Phase) -> Conversation:
    """A conversation of thirty people, its figures made, and its rows asked for by one person."""
    talk = cast.an_open_conversation(slug=slug)
    crowds.crowd(talk, 30, crowds.two_camps)
    crowds.close_at_once(talk)
    tasks.finish.call(str(talk.id))
    Conversation.objects.filter(pk=talk.pk).update(phase=phase)
    talk.refresh_from_db()
    asked_by = cast.other_coordinator().id
    second_person.ask(RELEASE_ROWS, talk.thing, why="for a study", by=asked_by)
    return talk


def on_paper_too(slug: str) -> Conversation:
    """An open conversation with a sheet and eight slips to print."""
    talk = cast.an_open_conversation(slug=slug)
    on_paper.print_sheets(talk, by=None)
    facilitating.give_out_slips(talk, 8, by=None)
    return talk


CONVERSATIONS: dict[str, Callable[[], Conversation]] = {
    "open": lambda: cast.an_open_conversation(slug="the-open-one"),
    "draft": lambda: cast.a_draft(slug="the-draft"),
    "invited": lambda: cast.an_open_conversation(
        slug="the-invited-one", electorate=Conversation.Electorate.INVITED
    ),
    "paper": lambda: on_paper_too("the-one-on-paper"),
    "closed": lambda: finished("the-closed-one", Phase.CLOSED),
    "published": lambda: finished("the-published-one", Phase.PUBLISHED),
}


def gathering_of(talk: Conversation) -> Gathering:
    """The gathering that goes with a conversation: a draft with a draft, over once it is told.

    Somebody is registered whom only a letter reaches.
    """
    slug = f"gathering-of-{talk.slug}"
    if found := Gathering.objects.filter(slug=slug).first():
        return found
    days = -3 if talk.phase == Phase.PUBLISHED else 30
    gathering = cast.a_gathering(
        slug=slug,
        place=talk.place,
        state=State.DRAFT if talk.phase == Phase.DRAFT else State.PUBLISHED,
        starts_at=timezone.now() + timedelta(days=days),
        hall_capacity=40,
        purpose="To find out what we want.",
        provided=["hearing loop", "quiet room"],
    )
    cast.a_part_of(gathering, "Welcome")
    cast.a_registration(gathering, reach=(Channel.POST, "1 Invented Street"), need="A seat near")
    cast.an_insight(gathering, "Nobody asked us first.", "We heard of it from the paper.")
    [worrying] = noting.take_notes(gathering, [Note("I do not feel safe there.")], None)
    noting.worry(worrying, None, for_person=None)
    consenting.print_cards(gathering, 1, None)
    AccessNeed.objects.update(told_at=gathering.starts_at)
    if days < 0:
        cast.an_attendance(gathering)
    return gathering


def project_of(talk: Conversation) -> Project:
    """A project that goes with a conversation, a draft with a draft; its survey asks, or will."""
    slug = f"project-of-{talk.slug}"
    if found := Project.objects.filter(slug=slug).first():
        return found
    project = projects.make(talk.place, projects.Details(slug, aim="That we are heard."), None)
    is_draft = talk.phase == Phase.DRAFT
    if not is_draft:
        projects.publish(project, None)
    survey = measured.a_survey(project)
    if is_draft:
        surveying.add_wave(survey, Moment.BEFORE, [measured.an_instrument()], None)
    else:
        measured.an_open_wave(survey)
    return project


def measured_in(project: Project, name: str) -> dict[str, object]:
    """Its survey, and what leads to it."""
    survey = project.surveys.all()[0]
    if name.partition(":")[2] in OF_PROJECTS:
        story = project.stories.first() or measured.a_story(project)
        known = {"slug": project.slug, "code": story.code, "ending": "docx"}
        return known | {"story_id": story.pk}
    about: dict[str, object] = {"instrument": "voice@1", "score": "heard", "ending": "csv"}
    about |= {"slug": survey.slug, "code": survey.code, "number": 1}
    if "answers_file" in name:
        about["file"] = answers_handed_in(survey.waves.all()[0]).pk
    return about


def answers_handed_in(wave: Wave) -> AnswersFile:
    """A file of answers that the evaluator is looking at."""
    waiting = AnswersFile.objects.filter(wave=wave).first()
    raw = b"code,q1\nAN07NE,4\n"
    return waiting or taking_in.hand_in(wave, "answers.csv", raw, by=cast.evaluator())


def worded_in(place: Place, name: str) -> dict[str, object]:
    """A set of questions that is ready and one that is not, and what leads to them."""
    ready = measured.an_instrument()
    draft = Instrument.objects.filter(code="draft").first() or measured.a_draft(place)
    parts = {"item": "q1", "scal": "agree", "scor": "heard"}
    part = name.removeprefix("measures:desk_")[:4]
    code = parts.get(part, ready.code)
    shown = {"look": "phone", "language": "cy", "ending": "json"}
    return {
        "instrument_id": draft.pk,
        "source_id": ready.pk,
        "code": code,
        "version": ready.version,
        **shown,
    }


def said_at(gathering: Gathering) -> dict[str, object]:
    """A voice and the insight drawn from it, and what somebody is worried about."""
    voice, insight = gathering.voices.all()[0], gathering.insights.all()[0]
    worry = Worry.objects.filter(voice__gathering=gathering)[0]
    return {"voice_id": voice.id, "insight_id": insight.id, "worry": worry.pk}


def reported(gathering: Gathering) -> dict[str, object]:
    """Our report of it, which is out once it is told, and a text in it."""
    if gathering.is_draft:
        return {"slug": gathering.slug}
    report = gathering.reports.first() or writing.begin(gathering, None)
    block = next(each for each in report.blocks if each.kind == Kind.TEXT)
    if gathering.is_over() and report.newest is None:
        publishing.publish(report, None)
    about = {"report_id": report.pk, "block": block.id, "kind": "next"}
    return {"slug": gathering.slug, "version": 1, "ending": "docx", **about}


def photo_of(gathering: Gathering) -> Picture:
    """A photo of a gathering that nobody can be recognised in; shown once the day is over."""
    if found := Picture.objects.about(gathering.thing).first():
        return found
    by = cast.facilitator()
    belongs = bringing_in.Belongs(gathering.place, gathering.thing)
    [photo] = bringing_in.bring_in_photos(belongs, [cast.a_jpeg()], by)
    telling.describe(photo, telling.Details("A hall.", "", "Femi", Licence.CC_BY), by)
    telling.say_who(photo, telling.InIt(nobody=True), by)
    if gathering.is_over():
        showing.let_be_shown(photo, by)
    return photo


def code_for(name: str, gathering: Gathering) -> str:
    """The code in an address: of the gathering itself, or of whoever is registered."""
    if name == "gatherings:here":
        return gathering.code
    if name == "gatherings:card":
        return gathering.consent_cards.all()[0].code
    return gathering.registrations.all()[0].code


def visitor(role: str) -> Client:
    """Somebody in this role, signed in; an admin has shown their second factor."""
    client = Client()
    who = WHO[role]
    if who is None:
        return client
    somebody = who()
    cast.log_in(client, somebody)
    if role == "admin":
        secret = with_an_app(somebody)
        client.post(reverse("mfa_reauthenticate"), {"code": shown_by_the_app(secret)})
    return client


def handed_in(place: Place) -> ContactList:
    """A list of contacts that the coordinator is looking at."""
    waiting = ContactList.objects.first()
    raw = b"Name,E-mail\nBea,bea@example.org\n"
    return waiting or contacts.hand_in(place, "list.csv", raw, by=cast.coordinator())


def announced(place: Place) -> Announcement:
    """An announcement that nobody has got yet."""
    words = {"subject": "Tea on Thursday", "words": "At three, in the library."}
    return Announcement.objects.get_or_create(place=place, defaults=words)[0]


def token_of(name: str, place: Place) -> str:
    """The token in an address: of an introduction, or of hearing from a place."""
    if name == "people:introduction":
        two = {"asker": cast.facilitator(), "asked": cast.member()}
        asked = Introduction.objects.get_or_create(**two, reason="Tea", question="When?")[0]
        return introductions.token(asked)
    return hearing.token(
        cast.member(), place, to=hearing.START if "start" in name else hearing.STOP
    )


def address_of(name: str, talk: Conversation) -> str:
    if name in UNNAMED:
        return f"/{name.lstrip('^')}"
    figure = Figure.objects.filter(release__thing=talk.thing).first()
    edition = talk.paper_editions.first()
    asked = Request.objects.filter(thing=talk.thing).first()
    known: dict[str, object] = {
        "slug": talk.slug,
        "place": talk.place.slug,
        "code": talk.code,
        "figure_id": figure.id if figure else NOBODY,
        "request_id": asked.id if asked else NOBODY,
        "letters": edition.letters if edition else "BCDF",
        "name": "nothing.jpg",
        "number": 1,
        "first": 1,
        "contacts": handed_in(talk.place).pk,
        "announcement": announced(talk.place).pk,
        "token": token_of(name, talk.place),
        "listing": Listing.objects.get_or_create(person=cast.other_coordinator())[0].pk,
        "introduction": NOBODY,
        **dict.fromkeys(
            ("promise", "affiliation", "champion", "need", "reach", "membership"), 0
        ),  # of nobody
        "last": 8,
        "who": cast.member().pk,
    }
    if name.startswith("gatherings:"):
        gathering = gathering_of(talk)
        known |= {"slug": gathering.slug, "code": code_for(name, gathering)}
        known |= said_at(gathering)
        if name in ("gatherings:theme", "gatherings:theme_away"):
            known["number"] = Theme.objects.filter(place=None)[0].pk
        if name == "gatherings:host_take_back":
            known["number"] = gathering.attendances.values_list("pk", flat=True).first() or 0
    if name.startswith("projects:"):
        known["slug"] = project_of(talk).slug
    if name == "measures:survey_of_gathering":
        known["slug"] = gathering_of(talk).slug
    elif name.startswith("measures:"):
        known |= measured_in(project_of(talk), name)
    if name.startswith(("measures:instrument", "measures:desk_", "measures:bring_")) or (
        name == "measures:desk"
    ):
        known |= worded_in(talk.place, name)
    if name.startswith("reports:"):
        known |= reported(gathering_of(talk))
    if name.startswith(("pictures:", "gatherings:")):
        known |= {"picture_id": photo_of(gathering_of(talk)).id}
    if name == "pictures:file":
        known |= {"name": "width-400.webp"}
    route = next(route for route in all_routes() if route.name == name)
    return reverse(name, kwargs={each: known[each] for each in route.parameters})
