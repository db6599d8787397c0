"""What goes out, and when? From counted answers to one release with all of its figures."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from django.db import transaction

from coproduce import __version__
from coproduce.analysis import OpinionMap
from coproduce.conversations.evidence import (
    continuity,
    counting,
    drawing,
    oddities,
    people,
    portraits,
    weighing,
    wording,
)
from coproduce.conversations.evidence.answers import declared_in
from coproduce.conversations.evidence.inside import Inside, from_votes, interim
from coproduce.conversations.evidence.wording import Told
from coproduce.conversations.models import Conversation, ShowOfHands
from coproduce.trust import figures, releases
from coproduce.trust.figures import Basis, Entry
from coproduce.trust.gate import Admitted, KeptBack, Manifest
from coproduce.trust.models import Release
from coproduce.trust.releases import Blocked, Snapshot

HOW = (
    "Every answer is a number: agree is +1, disagree is −1, a pass is 0. Two directions are found "
    "along which people's answers go together (a factor model, from how often statements were "
    "answered alike), and everybody is placed by what they did answer. Whoever answered little "
    "has a wide ring around them: our guess of where they stand is less sure.",
    "Groups are told only where people stand apart more clearly than in 99 conversations made up "
    "by chance of one single cloud of people, and where the same groups come again when people "
    "are picked anew. Members are those whose answers leave at most one chance in five that they "
    "belong elsewhere; the others stand between groups. Only groups of ten people or more are "
    "told.",
    "“At least 7 in 10 in every group” is the share of the least agreed group, taken so low that "
    "with 95 % probability the true share lies above it, and rounded down. “About 6 in 10” is "
    "rounded to the nearest tenth. No share of fewer than ten people is told.",
    "The same answers give the same picture, in whatever order they came.",
)
NO_WAY_BACK = (
    "When the conversation closed, the key that led from people to their answers was destroyed: "
    "nobody can find out any more who gave which."
)
TOO_THIN = "that would be listed, but fewer than ten people of a group answered"
COUNTED_BY_HAND = {
    "method": "hands counted in the room",
    "consent_basis": "Raised in front of everybody in the room, and counted there.",
    "how": "Somebody in the room counted the raised hands and typed the numbers in.",
}
SAID_OF_ONESELF = {
    "method": "counts of what people said of themselves",
    "consent_basis": "Said voluntarily, to be counted for this question only.",
    "how": "Counted as given; nobody was asked to prove it, and nobody had to say anything.",
}


def draw_interim(conversation: Conversation) -> Release | Blocked:
    """A picture while people still answer, if the ledger lets one out."""
    now = interim(conversation)
    snapshot = releases.next_interim(conversation.thing, now.admitted.people)
    if isinstance(snapshot, Blocked):
        return snapshot
    return _put_out(conversation, now.only(snapshot.people), snapshot)


def draw_last(conversation: Conversation) -> Release | Blocked:
    """The closing picture with everybody in it, or why there is none."""
    everything = from_votes(conversation)
    snapshot = releases.closing(conversation.thing, everything.admitted.people)
    if isinstance(snapshot, Blocked):
        return snapshot
    return _put_out(conversation, everything, snapshot)


def _put_out(conversation: Conversation, inside: Inside, snapshot: Snapshot) -> Release:
    """Count first, then write everything in one short transaction: nobody waits for arithmetic."""
    admitted = inside.admitted
    found = counting.count(admitted, inside.moments)
    counted = continuity.as_before(found, releases.newest(conversation.thing))
    words = {each.number: each.words for each in conversation.statements.shown()}
    basis = _basis(admitted, counted.map, _how(conversation, snapshot))
    rests_on = _with_kept_back_lines(basis, counted)
    entries = [
        Entry(told.kind, told.key, told.content, rests_on)
        for told in _about_answers(conversation, inside, counted, words)
    ]
    if snapshot.is_last:
        told = oddities.hangs_on_few(admitted, counted)
        entries.append(Entry(told.kind, told.key, told.content, rests_on))
        entries += weighing.how_chosen(conversation, admitted, counted, basis, tuple(entries))
        entries += _about_the_room(conversation, words, basis)
    with transaction.atomic():
        release = releases.put_out(snapshot)
        figures.record(release, entries)
    return release


def _about_answers(
    conversation: Conversation,
    inside: Inside,
    counted: counting.Counted,
    words: dict[int, str],
) -> Iterator[Told]:
    admitted = inside.admitted
    manifest = admitted.manifest
    yield people.turnout(
        conversation,
        people=manifest.people,
        answers=manifest.rows,
        statements=len(words),
        on_paper=inside.on_paper,
    )
    people_answered = zip(*np.unique(admitted.person, return_counts=True), strict=True)
    yield drawing.opinion_map(counted, {int(who): int(n) for who, n in people_answered})
    yield from portraits.groups(counted, words)
    yield from wording.common_ground(counted, words)
    yield from wording.rejected(counted, words)
    yield from wording.divides(counted, words)
    tallies = counting.tallies(admitted)
    yield from wording.splits(counted, tallies, words)
    yield from wording.not_yet(counted, tallies, words)
    yield wording.every_statement(counted, tallies, words, manifest.people)


def _about_the_room(
    conversation: Conversation, words: dict[int, str], basis: Basis
) -> Iterator[Entry]:
    """What is told once, at the end: told twice, its changes would point at single people."""
    for told in people.took_part(declared_in(conversation), basis.people):
        yield _apart(basis, told, **SAID_OF_ONESELF)
    shows = ShowOfHands.objects.filter(statement__conversation=conversation)
    in_order = shows.select_related("statement").order_by("statement__number")
    for told in people.hands(list(in_order), words):
        yield _apart(basis, told, **COUNTED_BY_HAND)


def _apart(basis: Basis, told: Told, *, method: str, consent_basis: str, how: str) -> Entry:
    """Counts that do not rest on votes, with what stands behind them.

    All of it follows from the numbers shown: a digest or a total of the true ones would let
    anybody try small numbers until they fit.
    """
    shown = people.told_in(told)
    own = replace(
        basis,
        method=method,
        people=shown,
        consent_basis=consent_basis,
        manifest=Manifest(rows=shown, people=shown, items=len(told.content.rows)),
        input_digest=hashlib.sha256(repr(told.content.rows).encode()).hexdigest(),
        how=(how,),
    )
    return Entry(told.kind, told.key, told.content, own)


def _how(conversation: Conversation, snapshot: Snapshot) -> tuple[str, ...]:
    had_a_key = snapshot.is_last and not conversation.provenance
    return (*HOW, NO_WAY_BACK) if had_a_key else HOW


def _basis(admitted: Admitted, found: OpinionMap, how: tuple[str, ...]) -> Basis:
    return Basis.of(
        admitted,
        method=found.method,
        version=__version__,
        seed=found.seed,
        input_digest=found.input_digest,
        how=how,
    )


def _with_kept_back_lines(basis: Basis, counted: counting.Counted) -> Basis:
    lines = wording.kept_back_lines(counted)
    if not lines:
        return basis
    noun = "statement" if lines == 1 else "statements"
    kept = KeptBack(lines, f"{noun} {TOO_THIN}")
    manifest = replace(basis.manifest, kept_back=(*basis.manifest.kept_back, kept))
    return replace(basis, manifest=manifest)
