"""What an evaluator does with a set of questions: begin it, word it, make it ready, go on from it.

A draft may lack anything; it is checked when it is made ready. From then on it stands as it is:
people were asked with it.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from coproduce.formats.instruments import native
from coproduce.formats.instruments.checks import faults
from coproduce.formats.instruments.foreign import scored_each_by_itself
from coproduce.formats.instruments.record import (
    Instrument as Record,
)
from coproduce.formats.instruments.record import Item, Kind, Licence, Scale, Score, Way, Words
from coproduce.formats.instruments.scoring_checks import reach
from coproduce.measures import to_be_found, whose
from coproduce.measures.actions.deeds import NotPossible, in_hand, record_deed
from coproduce.measures.all_words import in_languages, translated, with_words
from coproduce.measures.brought_in import short_name
from coproduce.measures.models import Instrument
from coproduce.measures.preview import can_be_asked
from coproduce.people.models import Person, Place

MOST_ITEMS = 60  # as many as one sheet takes
NOT_CODES = ("desk",)  # an address of ours


@dataclass(frozen=True)
class About:
    """What a set says of itself, in the language that it is worded in."""

    title: str
    purpose: str
    licence: Licence  # of its own words
    languages: tuple[str, ...]
    outcomes: tuple[str, ...] = ()
    population: str = ""
    recall: str = ""
    introduction: str = ""
    minutes: int = 5
    evidence: str = ""


def begin(place: Place, about: About, by: Person | None) -> Instrument:
    """A new set without a question."""
    empty = Record(
        code=free_code(about.title),
        version="1",
        title={},
        purpose={},
        licence=about.licence,
        languages=about.languages,
        items=(),
    )
    record = _described(empty, about, about.licence)
    with transaction.atomic():
        made = Instrument.objects.create(
            code=record.code,
            version=record.version,
            place=place,
            record=native.write_instrument(record),
            is_draft=True,
            made_by=by,
        )
        record_deed("begin a set of questions", made.thing, by)
    return made


def describe(instrument: Instrument, about: About, by: Person | None) -> None:
    taken = licences_taken(instrument)
    _change(
        instrument,
        "describe a set of questions",
        by,
        lambda record: _described(record, about, whose.together(about.licence, taken)),
    )


def _described(record: Record, about: About, licence: Licence) -> Record:
    first = about.languages[0]
    kept = in_languages(record, about.languages)
    return replace(
        kept,
        title=with_words(kept.title, first, about.title),
        purpose=with_words(kept.purpose, first, about.purpose),
        recall=with_words(kept.recall, first, about.recall),
        introduction=with_words(kept.introduction, first, about.introduction),
        licence=licence,
        outcomes=about.outcomes,
        population=about.population,
        minutes=about.minutes,
        evidence=about.evidence,
    )


def licences_taken(instrument: Instrument) -> list[Licence]:
    return [each.read().licence for each in instrument.taken_from.order_by("code", "version")]


def put_item(
    instrument: Instrument,
    item: Item,
    by: Person | None,
    *,
    scale: tuple[Scale, Instrument] | None = None,
    was: str = "",
) -> None:
    """A new question at the end, or another wording of one that is there.

    `scale`: answers that were chosen from another set, and that set. `was`: how whoever changes it
    has seen it.
    """
    taken_before = licences_taken(instrument)

    def change(record: Record) -> Record:
        before = next((each for each in record.items if each.code == item.code), None)
        if before is None and len(record.items) >= MOST_ITEMS:
            raise NotPossible(f"A set has at most {MOST_ITEMS} questions. Begin another one.")
        if was and (before is None or fingerprint(before) != was):
            raise NotPossible(
                "Somebody else has changed this question since you opened it. Look at theirs "
                "first; what you typed was not kept."
            )
        if scale is None:
            return _with_item(record, item)
        own = whose.own_part(record.licence, taken_before)
        record, code = _with_scale(record, scale[0])
        record = replace(record, licence=whose.together(own, licences_taken(instrument)))
        return _with_item(record, replace(item, scale=code))

    with transaction.atomic():
        if scale is not None:
            instrument.taken_from.add(scale[1])
        _change(instrument, "word a question", by, change)


def fingerprint(part: Item | Scale | Score) -> str:
    """How a part stands, to notice that somebody else changed it."""
    return hashlib.sha256(repr(part).encode()).hexdigest()[:16]


def _with_item(record: Record, item: Item) -> Record:
    if item.code in (each.code for each in record.items):
        items = tuple(item if each.code == item.code else each for each in record.items)
    else:
        items = (*record.items, item)
    return replace(record, items=items)


def _with_scale(record: Record, scale: Scale) -> tuple[Record, str]:
    """With these answers to choose from, and the code they have here."""
    same = (each for each in record.scales if replace(each, code=scale.code) == scale)
    if (found := next(same, None)) is not None:
        return record, found.code
    code = free_among(scale.code, (each.code for each in record.scales))
    return replace(record, scales=(*record.scales, replace(scale, code=code))), code


def free_among(stem: str, taken: Iterable[str]) -> str:
    """A code that is not taken: the stem, else with a number behind it."""
    held = {each.lower() for each in taken}
    if stem and stem.lower() not in held:
        return stem
    return next(code for n in range(2, len(held) + 3) if (code := f"{stem}{n}").lower() not in held)


def next_item_code(record: Record) -> str:
    held = {each.code.lower() for each in record.items}
    return next(code for n in range(1, len(held) + 2) if (code := f"q{n}") not in held)


def move_item(instrument: Instrument, code: str, steps: int, by: Person | None) -> None:
    def change(record: Record) -> Record:
        items = list(record.items)
        at = _place_of(items, code)
        to = max(0, min(at + steps, len(items) - 1))
        items.insert(to, items.pop(at))
        return replace(record, items=tuple(items))

    _change(instrument, "move a question", by, change)


def take_out_item(instrument: Instrument, code: str, by: Person | None) -> None:
    """The question goes, from the scores too; a score of nothing goes with it."""

    def change(record: Record) -> Record:
        items = list(record.items)
        items.pop(_place_of(items, code))
        scores = (
            replace(score, items=tuple(each for each in score.items if each != code))
            for score in record.scores
        )
        kept = tuple(score for score in scores if score.items)
        return replace(record, items=tuple(items), scores=kept)

    _change(instrument, "take a question out", by, change)


def _place_of(items: Sequence[Item], code: str) -> int:
    at = next((at for at, item in enumerate(items) if item.code == code), None)
    if at is None:
        raise NotPossible("This question is not in the set any more.")
    return at


def put_scale(instrument: Instrument, scale: Scale, by: Person | None) -> None:
    """New answers to choose from, or others under the same code."""

    def change(record: Record) -> Record:
        if scale.code in (each.code for each in record.scales):
            scales = tuple(scale if each.code == scale.code else each for each in record.scales)
        else:
            scales = (*record.scales, scale)
        return replace(record, scales=scales)

    _change(instrument, "word answers", by, change)


def answer_with(instrument: Instrument, item: str, scale: str, by: Person | None) -> None:
    """This question is answered with these from now on."""

    def change(record: Record) -> Record:
        _place_of(record.items, item)
        return _with_item(record, replace(record.item(item), scale=scale))

    _change(instrument, "give a question its answers", by, change)


def take_out_scale(instrument: Instrument, code: str, by: Person | None) -> None:
    def change(record: Record) -> Record:
        if any(item.scale == code for item in record.items):
            raise NotPossible("A question is answered with these. Give it other answers first.")
        return replace(record, scales=tuple(scale for scale in record.scales if scale.code != code))

    _change(instrument, "take answers out", by, change)


def put_score(instrument: Instrument, score: Score, by: Person | None) -> None:
    """A new score, or another make of one that is there; its range is worked out."""

    def change(record: Record) -> Record:
        if score.code in (each.code for each in record.scores):
            scores = tuple(score if each.code == score.code else each for each in record.scores)
        else:
            scores = (*record.scores, score)
        return replace(record, scores=scores)

    _change(instrument, "say how it is counted", by, change)


def take_out_score(instrument: Instrument, code: str, by: Person | None) -> None:
    _change(
        instrument,
        "take a score out",
        by,
        lambda record: replace(
            record, scores=tuple(score for score in record.scores if score.code != code)
        ),
    )


def score_each(instrument: Instrument, by: Person | None) -> None:
    """A score of its own for every question that is in none."""

    def change(record: Record) -> Record:
        counted = {code for score in record.scores for code in score.items}
        fit = tuple(
            item
            for item in record.items
            if item.code not in counted and item.kind != Kind.WORDS and can_be_asked(item, record)
        )
        held = [score.code for score in record.scores]
        own = scored_each_by_itself(replace(record, items=fit)).scores
        new = tuple(replace(score, code=free_among(score.code, held)) for score in own)
        return replace(record, scores=(*record.scores, *new))

    _change(instrument, "count each question by itself", by, change)


def translate(
    instrument: Instrument, language: str, texts: dict[str, str], by: Person | None
) -> None:
    _change(
        instrument,
        f"translate into {language}",
        by,
        lambda record: translated(record, language, texts),
    )


def copy_in(
    instrument: Instrument, source: Instrument, codes: Sequence[str], by: Person | None
) -> None:
    """Questions of another set, with their answers and, where all of it came, how it is counted.

    Whose words they are stays beside them.
    """
    if not source.may_be_copied:
        raise NotPossible(
            f"The licence of “{source}” does not let its words be changed, so it is not copied. "
            "Ask it whole, beside your own set, in the same wave."
        )
    taken_before = licences_taken(instrument)

    def change(record: Record) -> Record:
        own = whose.own_part(record.licence, taken_before)
        record = _with_copies(record, source.read(), codes)
        if len(record.items) > MOST_ITEMS:
            raise NotPossible(f"A set has at most {MOST_ITEMS} questions. Choose fewer.")
        return replace(record, licence=whose.together(own, licences_taken(instrument)))

    with transaction.atomic():
        instrument.taken_from.add(source)
        _change(instrument, f"copy from {source.name}", by, change)


def _with_copies(record: Record, source: Record, codes: Sequence[str]) -> Record:
    known = in_languages(source, [each for each in record.languages if each in source.languages])
    if not known.languages:
        raise NotPossible("It is in none of the languages of your set. Add one of them first.")
    new_codes: dict[str, str] = {}
    for item in known.items:
        if item.code not in codes:
            continue
        if item.kind == Kind.SCALE:
            record, scale = _with_scale(record, known.scale_of(item))
            item = replace(item, scale=scale)
        new_codes[item.code] = free_among(item.code, (each.code for each in record.items))
        record = _with_item(record, replace(item, code=new_codes[item.code]))
    for score in known.scores:
        if all(code in new_codes for code in score.items):
            held = (each.code for each in record.scores)
            copied = replace(
                score,
                code=free_among(score.code, held),
                items=tuple(new_codes[code] for code in score.items),
            )
            record = replace(record, scores=(*record.scores, copied))
    return record


def make_ready(instrument: Instrument, by: Person | None) -> None:
    """From now on it can be asked, and stands as it is."""
    with in_hand(instrument):
        _still_a_draft(instrument)
        record = instrument.read()
        if next(faults(record), None) is not None:
            raise NotPossible("Something is still missing. It says below what, and where.")
        native.read_instrument(instrument.record.encode(), file=instrument.name)
        instrument.is_draft = False
        instrument.save(update_fields=["is_draft"])
        to_be_found.instrument_changed(instrument.code)
        record_deed("make a set of questions ready", instrument.thing, by)


def new_version(instrument: Instrument, by: Person | None) -> Instrument:
    """The next version of one that is ready, to be worded anew; the ready one stays."""
    with in_hand(instrument):
        if instrument.is_draft:
            raise NotPossible("It is a draft still: go on with it.")
        others = Instrument.objects.filter(code=instrument.code)
        if others.filter(is_draft=True).exists():
            raise NotPossible("Somebody is at work on the next version already. Go on with that.")
        version = next_version(instrument.version, others.values_list("version", flat=True))
        record = replace(instrument.read(), version=version)
        made = Instrument.objects.create(
            code=instrument.code,
            version=version,
            place=instrument.place,
            record=native.write_instrument(record),
            is_draft=True,
            made_by=by,
        )
        made.taken_from.set(instrument.taken_from.all())
        record_deed("begin the next version", made.thing, by, note=f"of {instrument.name}")
    return made


def next_version(version: str, taken: Iterable[str]) -> str:
    """ "1" becomes "2"; a year or a name gets a number behind it."""
    held = set(taken)
    if version.isdigit() and int(version) < 1_000:
        return next(str(n) for n in range(int(version) + 1, 2_000) if str(n) not in held)
    return next(f"{version}-{n}" for n in range(2, len(held) + 3) if f"{version}-{n}" not in held)


def throw_away(instrument: Instrument, by: Person | None) -> None:
    """A draft that nobody needs. What is ready stays."""
    with in_hand(instrument):
        _still_a_draft(instrument)
        if instrument.parts.exists():
            raise NotPossible("A wave means to ask it. Choose other questions there first.")
        record_deed("throw a draft away", instrument.thing, by, note=instrument.name)
        instrument.delete()


def bring_in(record: Record, place: Place, by: Person | None, *, ready: bool) -> Instrument:
    """A set out of a file, as a draft or at once to be asked."""
    if record.code in NOT_CODES or len(record.code) > 60:
        raise NotPossible("Give it another short name, of up to 60 letters.")
    if len(record.version) > 20:
        raise NotPossible("Give its version a name of up to 20 letters.")
    with transaction.atomic():
        others = Instrument.objects.filter(code=record.code)
        if others.exclude(place=place).exists():
            raise NotPossible(
                f"Another set is called “{record.code}” already. Give yours another short name."
            )
        if others.filter(version=record.version).exists():
            raise NotPossible(
                f"Version {record.version} of “{record.code}” is here already. Give this one "
                "another version, or another short name."
            )
        made = Instrument.objects.create(
            code=record.code,
            version=record.version,
            place=place,
            record=native.write_instrument(record),
            is_draft=not ready,
            made_by=by,
        )
        if ready:
            to_be_found.instrument_changed(made.code)
        record_deed("bring a set of questions in", made.thing, by, note=made.name)
    return made


def say_easy_read_checked(instrument: Instrument, who: str, on: date, by: Person | None) -> None:
    """People with a learning disability looked at its Easy Read; it may be ready by then."""
    with in_hand(instrument):
        instrument.easy_read_checked_by, instrument.easy_read_checked_on = who, on
        instrument.save(update_fields=["easy_read_checked_by", "easy_read_checked_on"])
        record_deed("say that Easy Read was checked", instrument.thing, by)


def free_code(title: str) -> str:
    """A short name that no set has yet, from its title."""
    stem = short_name(title)
    held = Instrument.objects.filter(code__startswith=stem).values_list("code", flat=True)
    taken = {*held, *NOT_CODES}
    candidates = (stem if n == 1 else f"{stem}-{n}" for n in range(1, len(taken) + 2))
    return next(code for code in candidates if code not in taken)


def _change(
    instrument: Instrument, deed: str, by: Person | None, change: Callable[[Record], Record]
) -> None:
    """Another draft in place of this one. Easy Read that is worded anew was checked by nobody."""
    with in_hand(instrument):
        _still_a_draft(instrument)
        before = instrument.read()
        after = _with_ranges(change(before))
        instrument.record = native.write_instrument(after)
        if _easy_words(before) != _easy_words(after):
            instrument.easy_read_checked_by, instrument.easy_read_checked_on = "", None
        instrument.save()
        record_deed(deed, instrument.thing, by)


def _still_a_draft(instrument: Instrument) -> None:
    if not instrument.is_draft:
        raise NotPossible(
            "This version is ready: people may have been asked with it, so it stands as it is. "
            "Begin a new version to word it anew."
        )


def _easy_words(record: Record) -> list[tuple[Words, str]]:
    every = [(item.easy_read, item.image) for item in record.items]
    points = (point for scale in record.scales for point in (*scale.points, *scale.missing))
    return [*every, *((point.easy_read, point.image) for point in points)]


def _with_ranges(record: Record) -> Record:
    """What each score can come to, worked out of what its questions can come to."""
    return replace(record, scores=tuple(_ranged(score, record) for score in record.scores))


def _ranged(score: Score, record: Record) -> Score:
    items = [item for item in record.items if item.code in score.items]
    fit = all(item.kind != Kind.WORDS and can_be_asked(item, record) for item in items)
    if score.way == Way.LOOKUP or not items or not fit:
        return score
    low, high = reach(items, record, score.way)
    return replace(score, low=low, high=high)
