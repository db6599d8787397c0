"""What was said on the day of the story: voices under insights, and what each person allowed.

Nobody said any of this; it is written for the demo, in our own words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from django.utils import timezone

from coproduce.gatherings.actions import consenting, insights, noting, reporting_back
from coproduce.gatherings.actions.consenting import Answer
from coproduce.gatherings.actions.insights import Drawn
from coproduce.gatherings.actions.noting import Note
from coproduce.gatherings.models import Gathering, ReportBack, Theme, Voice
from coproduce.people.models import Part, Person
from coproduce.trust.models import Named, Where

WALL, ALOUD = Voice.Source.POST_IT, Voice.Source.MICROPHONE
CHART = Voice.Source.FLIPCHART


@dataclass(frozen=True)
class Told:
    """One thing that was said: by a member of the story, or by nobody in particular."""

    words: str
    by: str = ""
    part: str = ""
    source: Voice.Source = ALOUD


@dataclass(frozen=True)
class Point:
    """An insight of the day, the theme it stands under, and the voices it is drawn from."""

    words: str
    theme: str
    voices: tuple[Told, ...]


POINTS = (
    Point(
        "People are asked when the decision has already been made.",
        "Who is in the room",
        (
            Told("By the time they asked us, the rota was printed.", "Made-up Ines"),
            Told("Ask me before the plan has a cover page.", source=WALL),
            Told("We consult late because we are afraid of an empty agenda.", "Made-up Omar"),
            Told("I came to three meetings to agree with something.", part=Part.LIVED),
        ),
    ),
    Point(
        "Show us how it was done, with what went wrong left in.",
        "How it is done",
        (
            Told("I learn more from your mess than from your model.", "Made-up Ravi"),
            Told("A checklist I can read on the bus.", source=WALL),
            Told(
                "Tell me who you rang first. That is the part nobody writes down.", "Made-up Tess"
            ),
            Told("Film five minutes of a real meeting.", source=WALL),
        ),
    ),
    Point(
        "Paying people late, or in vouchers, keeps them away.",
        "What stands in the way",
        (
            Told("My fare came back after three months.", "Made-up Elsie"),
            Told("Vouchers for a shop that is not in our town.", source=WALL),
            Told("Finance has a form for suppliers. I am not a supplier.", "Made-up Maya"),
            Told("Pay at the door. It takes one tin and one sheet.", part=Part.CARER),
        ),
    ),
    Point(
        "Fear for their benefits stops people from taking part.",
        "What stands in the way",
        (
            Told(
                "I said no to the fee because nobody could tell me what it would cost me.",
                part=Part.LIVED,
            ),
            Told("One page on benefits, checked by somebody who knows.", source=CHART),
            Told("I rang and got three answers.", "Made-up Zola"),
            Told("Thanks in writing cost nothing. Start there.", source=WALL),
        ),
    ),
    Point(
        "Not everybody has to be in every room.",
        "Who is in the room",
        (
            Told("I do not want to be at every meeting. I want to be at mine.", "Made-up June"),
            Told("Draw names, and tell everyone how.", source=WALL),
            Told("Say at the start who decides what.", "Made-up Bram"),
            Told("Tell me what I missed, in five lines.", source=WALL),
        ),
    ),
    Point(
        "A good meeting has breaks, plain words and somebody who listens.",
        "Talking and listening",
        (
            Told("Ten minutes of talk, then ten of quiet.", "Made-up Zola"),
            Told("When somebody wrote down my exact words I sat up.", "Made-up June"),
            Told("Less reading out of slides.", source=WALL),
            Told("The tea break was where it happened.", part=Part.PRACTITIONER),
        ),
    ),
    Point(
        "Leaders change a room by what they do in it.",
        "Leading",
        (
            Told("He put his phone away and took notes for us.", "Made-up Elsie"),
            Told("My director came and did not speak for an hour.", "Made-up Bram"),
            Told("Being in charge made me lonely. This made it less so.", "Made-up Omar"),
        ),
    ),
    Point(
        "One shared message about what changes would open doors.",
        "What changes",
        (
            Told("I have written the same case for it seven times.", "Made-up Ravi"),
            Told("Say it once, together, and let each place add its own story.", source=CHART),
            Told("Commissioners ask me for one page.", "Made-up Piet"),
            Told("My mother should understand it. So should my MP.", part=Part.CARER),
        ),
    ),
    Point(
        "Numbers and stories belong on the same page.",
        "Understanding change",
        (
            Told("The score went up. She told us why, and it was not us.", "Made-up Kofi"),
            Told("A story without a number is called nice.", part=Part.COMMISSIONER),
            Told("A number without a story is called proof, and it is none.", "Made-up Kofi"),
        ),
    ),
    Point(
        "Surveys should be written by those who answer them.",
        "Understanding change",
        (
            Told("Whose question is that?", source=WALL),
            Told("Twelve pages for six weeks of help.", "Made-up Maya"),
            Told("Who sees it first? Write that at the top.", part=Part.LIVED),
            Told("Leave room for the answer you did not think of.", source=WALL),
        ),
    ),
    Point(
        "Places solve the same thing twice because nobody told them.",
        "Learning from each other",
        (
            Told("We found out at a funeral that the next county had done it.", "Made-up Nell"),
            Told("Somebody in another town has my problem. Introduce us.", source=WALL),
            Told("Ring before you pilot.", "Made-up Ravi"),
        ),
    ),
    Point(
        "Some people are always missing, and we know who.",
        "Who is in the room",
        (
            Told("It is the same twelve of us. We are tired and we are nice.", "Made-up Elsie"),
            Told("Nobody here works nights.", source=WALL),
            Told("Come to us. We meet on Thursdays anyway.", "Made-up Zola"),
            Told("An evening costs me a sitter. Say so on the invitation.", part=Part.CARER),
        ),
    ),
    Point(
        "Training works best when both sides sit in it together.",
        "How it is done",
        (
            Told(
                "I trained with the people who assess me. It was odd, and then it was not.",
                part=Part.LIVED,
            ),
            Told("Pair everybody up on the first day.", "Made-up Tess"),
            Told("The best exercise was swapping badges.", source=WALL),
        ),
    ),
    Point(
        "People want to hear what came of it, also when the answer is no.",
        "Talking and listening",
        (
            Told("A no with a reason is an answer.", "Made-up Maya"),
            Told("I gave you an afternoon. Send me a postcard.", source=WALL),
            Told(
                "We never told them, because we were ashamed that nothing had moved.",
                "Made-up Piet",
            ),
        ),
    ),
    Point(
        "Start small and start now.",
        "How it is done",
        (
            Told("Just start talking to people.", source=WALL),
            Told("Two chairs and a kettle.", "Made-up Nell"),
            Told("Begin with the people who are already in the corridor.", source=CHART),
            Told("We waited a year for a strategy. Then we had lunch.", part=Part.PRACTITIONER),
        ),
    ),
)
EVERYWHERE = (Where.REPORT, Where.WEB, Where.SOCIAL, Where.PRESS, Where.RESEARCH)
# What came of three of them so far: done, being done, and a no with its reason.
ANSWERED = {
    "Paying people late, or in vouchers, keeps them away.": (
        ReportBack.Kind.DID,
        "Fares and time are paid at the door since November, from a tin with a sheet.",
    ),
    "Places solve the same thing twice because nobody told them.": (
        ReportBack.Kind.DOING,
        "Each place now says on its page what it offers and what it looks for.",
    ),
    "Fear for their benefits stops people from taking part.": (
        ReportBack.Kind.CANNOT,
        "The rules are not ours to change. We wrote to those whose rules they are.",
    ),
}
# Consents in every state. Whoever is not here was not asked.
ALLOWED: Mapping[str, Answer] = {
    "Made-up Maya": Answer(EVERYWHERE, Named.FULL, "Made-up Maya"),
    "Made-up Omar": Answer((Where.REPORT, Where.WEB), Named.PLACE),
    "Made-up Tess": Answer((Where.WEB,), Named.FULL, "Made-up Tess"),
    "Made-up Ines": Answer((Where.REPORT, Where.WEB), Named.NOT),
    "Made-up Ravi": Answer(EVERYWHERE, Named.FULL, "Made-up Ravi"),
    "Made-up June": Answer(
        (Where.WEB, Where.REPORT), Named.NOT, support="with somebody who read it out"
    ),
    "Made-up Kofi": Answer((Where.RESEARCH,), Named.FULL, "Made-up Kofi"),
    "Made-up Elsie": Answer(EVERYWHERE, Named.FULL, "Made-up Elsie"),
    "Made-up Bram": Answer(()),  # a no
    "Made-up Nell": Answer((Where.WEB,), Named.NOT, show_me_first=True),
    "Made-up Zola": Answer((Where.WEB,), Named.PLACE),
}
# Where each allowed pictures they are in. Whoever is not here ticked nothing: a no.
SEEN: Mapping[str, Sequence[Where]] = {
    "Made-up Maya": EVERYWHERE,
    "Made-up Omar": (Where.REPORT, Where.WEB),
    "Made-up Tess": (Where.REPORT, Where.WEB),
    "Made-up Ravi": EVERYWHERE,
    "Made-up Elsie": EVERYWHERE,
    "Made-up Nell": (Where.WEB,),
    "Made-up Zola": (Where.WEB,),
}
ENDS_IN_A_YEAR = "Made-up Zola"


def tell_what_was_said(day: Gathering, known: Mapping[str, Person], by: Person) -> None:
    """Notes of the day, insights drawn from them, and what each allowed."""
    themes = {theme.name: theme for theme in Theme.objects.usable_in(day.place)}
    for point in POINTS:
        voices = noting.take_notes(day, _notes(point, day, known, themes), by)
        drawn = Drawn(point.words, voices, themes[point.theme])
        insight = insights.draw(drawn, by, place=day.place, gathering=day)
        if answer := ANSWERED.get(point.words):
            reporting_back.report_back(insight, *answer, by)
    told = (Where.REPORT, Where.WEB)
    consenting.tell_the_room(day, by, told, pictures=told)
    _enter_cards(day, known, by)
    consenting.show_insights(day, by)


def _notes(
    point: Point, day: Gathering, known: Mapping[str, Person], themes: Mapping[str, Theme]
) -> Sequence[Note]:
    return [
        Note(
            words=told.words,
            source=told.source,
            wording=Voice.Wording.VERBATIM,
            part=told.part or (known[told.by].parts[0] if told.by else ""),
            said_by=known.get(told.by),
            said_at=day.starts_at + timedelta(hours=2),
            themes=[themes[point.theme]],
        )
        for told in point.voices
    ]


def _enter_cards(day: Gathering, known: Mapping[str, Person], by: Person) -> None:
    cards = consenting.print_cards(day, len(ALLOWED), by)
    a_year_on = timezone.localdate() + timedelta(days=365)
    for card, (name, answer) in zip(cards, ALLOWED.items(), strict=True):
        card.person = known[name]
        card.save(update_fields=["person"])
        until = a_year_on if name == ENDS_IN_A_YEAR else None
        consenting.enter(card, replace(answer, until=until, pictures=SEEN.get(name, ())), by)
