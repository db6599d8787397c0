"""What the platform's commands do once Django is there; each gives its exit code."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from coproduce.conversations import evidence
from coproduce.conversations.actions.importing import import_polis
from coproduce.conversations.models import Conversation
from coproduce.formats.bounces import unknown_addresses
from coproduce.formats.errors import BadFile
from coproduce.people.actions.announcing import nobody_has
from coproduce.people.models import Role
from coproduce.search.rebuilding import rebuild
from coproduce.trust.erasures import UnreadableList
from coproduce.web import addresses, background, badges, checking, first_run, serving
from coproduce.web.demo import loading, story
from coproduce.web.demo.start import DemoHome
from coproduce.web.keeping import archive
from coproduce.web.keeping.backup import KeysWouldLeave, back_up
from coproduce.web.keeping.leaving import NotEmpty, take_along
from coproduce.web.keeping.restore import NotRestored
from coproduce.web.keeping.restore import restore as put_back
from coproduce.web.keeping.settling import settle

FINE, TO_DO, BAD_INPUT = 0, 1, 2
KNOWN = (
    first_run.NoSuchPlace,
    archive.Unreadable,
    KeysWouldLeave,
    NotRestored,
    NotEmpty,
    badges.Taken,
    BadFile,
    UnreadableList,
)

out = Console(highlight=False, soft_wrap=True)
Run = Callable[[argparse.Namespace], int]


def in_a_sentence(run: Run) -> Run:
    """What we know can go wrong is said in a sentence, with exit code 2."""

    @wraps(run)
    def careful(args: argparse.Namespace) -> int:
        try:
            return run(args)
        except KNOWN as wrong:
            print(wrong, file=sys.stderr)
            return BAD_INPUT

    return careful


def needs_setup(run: Run) -> Run:
    """Refuses, with what to do, where the home is not ready for this version."""

    @wraps(run)
    def ready(args: argparse.Namespace) -> int:
        if missing := first_run.what_is_missing():
            print(missing, file=sys.stderr)
            return BAD_INPUT
        return run(args)

    return ready


def setup(args: argparse.Namespace) -> int:
    _set_up()
    out.print(f"Ready: {settings.HOME}")
    out.print("Next:  coproduce add-admin you@example.org   and   coproduce serve")
    return FINE


@in_a_sentence
@needs_setup
def add_admin(args: argparse.Namespace) -> int:
    first_run.add_admin(args.email, args.name)
    out.print(f"{args.email} may look after the site, once a second factor is set up:")
    out.print(f"  sign in at   {settings.BASE_URL}{reverse('account_request_login_code')}")
    out.print(f"  then set up  {settings.BASE_URL}{reverse('mfa_index')}")
    return FINE


@in_a_sentence
@needs_setup
def add_place(args: argparse.Namespace) -> int:
    within = first_run.find_place(args.within) if args.within else None
    if (args.latitude is None) != (args.longitude is None):
        print("A place on the map needs --latitude and --longitude, or neither.", file=sys.stderr)
        return BAD_INPUT
    facts = {"latitude": args.latitude, "longitude": args.longitude}
    facts["area_code"] = args.area_code or ""
    place = first_run.make_place(args.place, within, **facts)
    around = " > ".join(one.name for one in reversed(place.upwards()))
    out.print(f"There is a place: {around}")
    return FINE


@in_a_sentence
@needs_setup
def grant(args: argparse.Namespace) -> int:
    place = first_run.find_place(args.place)
    first_run.grant(args.email, Role(args.role), place, args.name)
    out.print(f"{args.email} is {args.role} in {place.name}, and signs in with a code by e-mail.")
    return FINE


@in_a_sentence
def serve(args: argparse.Namespace) -> int:
    if args.migrate and first_run.what_is_missing_to_serve():
        _set_up()
    if missing := first_run.what_is_missing_to_serve():
        print(f"{missing} Or: coproduce serve --migrate", file=sys.stderr)
        return BAD_INPUT
    processes = args.workers or (1 if settings.IS_SQLITE else 2)
    if settings.IS_SQLITE and processes > 1:
        print(
            "On SQLite one web process owns the votes, so --workers stays 1 (it has 32 threads). "
            "For more, set DATABASE_URL to a PostgreSQL.",
            file=sys.stderr,
        )
        return BAD_INPUT
    return _open_the_doors(args.host, args.port, processes)


def worker(args: argparse.Namespace) -> int:
    background.work()
    return FINE


def check(args: argparse.Namespace) -> int:
    if args.search:
        return _check_search(args)
    return _check_moments(args) if args.moments else _check_deployment()


@needs_setup
def _check_moments(args: argparse.Namespace) -> int:
    """Each open conversation's live count against its votes; those that differ are counted anew."""
    found = {}
    for conversation in Conversation.objects.open():
        with _bar(f"Comparing {conversation.slug}") as advance:
            found[conversation.slug] = evidence.recount(conversation, advance)
    for slug, recounted in found.items():
        mended = "" if recounted.is_fine else ". Counted anew."
        out.print(f"{'ok' if recounted.is_fine else 'NO'}  {slug}: {recounted}{mended}")
    left = sum(not recounted.is_fine for recounted in found.values())
    out.print(f"{len(found)} open; {left} not as counted." if found else "Nothing is open.")
    return TO_DO if left else FINE


@needs_setup
def _check_search(args: argparse.Namespace) -> int:
    """What can be found against what there is; whatever differs is mended."""
    with _bar("Looking at everything that can be found") as advance:
        found = rebuild(advance)
    out.print(f"{'ok' if found.was_fine else 'NO'}  {found}.")
    return FINE if found.was_fine else TO_DO


def _check_deployment() -> int:
    findings = checking.look()
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in ("", "What", "How it is", "What to do"):
        table.add_column(heading, overflow="fold")
    for finding in findings:
        table.add_row(finding.mark, finding.what, finding.says, finding.todo)
    out.print(table)
    left = sum(not finding.is_fine for finding in findings)
    out.print()
    out.print("Nothing needs doing." if not left else f"{left} of {len(findings)} need doing.")
    return TO_DO if left else FINE


@in_a_sentence
@needs_setup
def backup(args: argparse.Namespace) -> int:
    if not args.file.parent.is_dir():
        print(f"There is no folder {args.file.parent} to put it in.", file=sys.stderr)
        return BAD_INPUT
    with _bar("Keeping uploads") as advance:
        kept = back_up(args.file, advance)
    size = kept.bytes / 1_000_000
    out.print(f"Kept in {kept.path}: {size:.1f} MB, {kept.uploads} uploads, no key.")
    return FINE


@in_a_sentence
def restore(args: argparse.Namespace) -> int:
    with out.status("Putting back"):
        done = put_back(args.file, force=args.force, erased=args.erased)
    out.print(f"Put back into {settings.HOME}, as it was at {done.contents.made_at}.")
    if done.aside:
        out.print(f"What was here before is in {done.aside}.")
    for conversation in done.closed:
        out.print(f"Closed, because its key is not here: {conversation.question}")
    if done.erased:
        out.print(f"Erased again, as they had asked: {done.erased} who came back with it.")
    if not done.has_list:
        out.print(
            "No list of people who were erased was here. If the site that this backup came from "
            "has one (erased.txt in its home), restore again with  --force --erased FILE."
        )
    out.print("Everybody signs in again. Next:  coproduce setup   and   coproduce serve")
    return FINE


@in_a_sentence
@needs_setup
def bounces(args: argparse.Namespace) -> int:
    marked = nobody_has(unknown_addresses(args.mailbox))
    are = "address is" if marked == 1 else "addresses are"
    out.print(f"{marked} {are} not written to any more, until given anew.")
    return FINE


@in_a_sentence
@needs_setup
def export(args: argparse.Namespace) -> int:
    place = first_run.find_place(args.place)
    with _bar("Taking along") as advance:
        files = take_along(place, args.folder, advance)
    out.print(f"{files} files of {place.name} in {args.folder}; no row of votes among them.")
    return FINE


@in_a_sentence
@needs_setup
def import_(args: argparse.Namespace) -> int:
    place = first_run.find_place(args.place)
    with out.status(f"Reading {args.path}"):
        conversation = import_polis(
            args.path,
            place=place,
            question=args.question,
            provenance=args.provenance,
            statements=args.statements,
        )
    with out.status("Working out what it found"):
        background.work_off()
    page = reverse("conversations:common_ground", args=[conversation.slug])
    count = conversation.statements.count()
    are_in = "1 statement is in" if count == 1 else f"{count} statements are in"
    out.print(f"{are_in}. A facilitator can look at")
    out.print(f"  {settings.BASE_URL}{page}")
    out.print("and publish it.")
    return FINE


@in_a_sentence
def demo(args: argparse.Namespace) -> int:
    home = DemoHome(args.home)
    lacking = first_run.what_is_missing if args.load_only else first_run.what_is_missing_to_serve
    if not home.is_told() or lacking():
        _set_up()
    if not home.is_told():
        with _bar("Inventing people and their answers", loading.STEPS) as advance:
            loading.tell_story(advance)
        home.told()
    _show_demo()
    if args.load_only:
        return FINE
    return _open_the_doors("127.0.0.1", args.port, 1)


def _set_up() -> None:
    with out.status("Making ready") as status:
        first_run.set_up(status.update)


def _open_the_doors(host: str, port: int, processes: int) -> int:
    if not addresses.is_free(host, port):
        print(f"Something else listens on port {port}. Choose another: --port", file=sys.stderr)
        return BAD_INPUT
    for conversation in settle():
        out.print(f"Closed, because its key is not here: {conversation.question}")
    out.print(f"\n{settings.WAGTAIL_SITE_NAME}", style="bold")
    for address in addresses.all_urls(host, port, settings.BASE_URL):
        out.print(f"  {address}")
    out.print("Ctrl+C stops it.\n")
    return serving.serve(Path(settings.HOME), host, port, processes)


def _show_demo() -> None:
    """Which pages to open, and as whom."""
    _list("Pages to open", _demo_pages())
    _list(
        "Sign in as",
        [(figure.role or "admin", figure.email, figure.name) for figure in story.CAST],
    )
    codes = loading.admin_codes()
    out.print("\nThe admin is asked for a second factor. Each of these works once:")
    for first in range(0, len(codes), 5):
        out.print("  " + "  ".join(codes[first : first + 5]))


def _demo_pages() -> list[tuple[str, ...]]:
    day, following = loading.last_day(), loading.next_talk()
    pages = (
        ("where one arrives", "/"),
        ("a conversation to answer", reverse("conversations:talk", args=[following.slug])),
        ("the same on a phone in the room", reverse("conversations:join", args=[following.code])),
        ("the big screen", reverse("conversations:room", args=[following.code])),
        ("what the day found", reverse("conversations:common_ground", args=[day.slug])),
        ("for facilitators", reverse("conversations:facilitate_list")),
        ("for the admin", "/admin/"),
        ("the mail with sign-in codes", "/demo/mail/"),
    )
    return [(what, f"{settings.BASE_URL}{path}") for what, path in pages]


def _list(title: str, rows: list[tuple[str, ...]]) -> None:
    """Rows in columns, never cut: addresses are there to be copied."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    out.print(f"\n{title}", style="bold")
    for row in rows:
        cells = (f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True))
        out.print("  " + "   ".join(cells).rstrip())


@contextmanager
def _bar(what: str, total: int | None = None) -> Iterator[Callable[..., None]]:
    """A progress bar; on something that is not a terminal it keeps quiet until it is done."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=out, transient=True) as progress:
        job = progress.add_task(what, total=total)

        def advance(count: int, of: int | None = None) -> None:
            progress.update(job, advance=count, total=of)

        yield advance
