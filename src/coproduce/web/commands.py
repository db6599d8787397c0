"""The platform's half of the command line: what there is to say, and how to learn it.

Nothing here needs Django: a bare install can print all of this help. What does the work is
imported when a command is called.
"""

import argparse
import math
import os
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[Any]

BAD_INPUT = 2
ROLES = ("member", "evaluator", "facilitator", "coordinator", "convenor")
DEMO_HOME = Path("var") / "demo"
SET_FOR_REAL = ("DATABASE_URL", "COPRODUCE_KEYS", "COPRODUCE_SECRET_KEY", "COPRODUCE_DEBUG")


class Command(Protocol):
    def __call__(self, args: argparse.Namespace) -> int: ...


def add_to(commands: "Subparsers") -> None:
    """Teach a parser the commands of the platform, in the order somebody needs them."""
    for add in (
        _demo,
        _setup,
        _add_admin,
        _add_place,
        _grant,
        _serve,
        _worker,
        _check,
        _backup,
        _restore,
        _export,
        _import,
        _bounces,
    ):
        add(commands)


def _demo(commands: "Subparsers") -> None:
    parser = _command(
        commands,
        "demo",
        "see the whole thing: a day in Manchester, with invented people",
        "Makes a home of its own, loads the story and serves it. What you do in it stays; "
        "--fresh begins anew.",
        "coproduce demo",
        _demo_now,
        home=DEMO_HOME,
    )
    parser.add_argument("--port", type=_port, default=8000, help="where it listens (8000)")
    parser.add_argument("--fresh", action="store_true", help="forget the last demo first")
    parser.add_argument("--load-only", action="store_true", help="load the story, do not serve")


def _setup(commands: "Subparsers") -> None:
    _command(
        commands,
        "setup",
        "make a home ready, or bring it up to date after an update",
        "Prepares the database, the style sheets and the first pages. Twice does no harm.",
        "coproduce setup --home /srv/coproduce",
        _later("setup"),
    )


def _add_admin(commands: "Subparsers") -> None:
    parser = _command(
        commands,
        "add-admin",
        "let somebody look after the whole site",
        "They sign in with a code by e-mail and set up a second factor before /admin/ opens.",
        "coproduce add-admin sam@example.org --name 'Sam Okoro'",
        _later("add_admin"),
    )
    parser.add_argument("email", type=_email, help="where the code is sent")
    parser.add_argument("--name", default="", help="how the site calls them")


def _add_place(commands: "Subparsers") -> None:
    parser = _command(
        commands,
        "add-place",
        "add a local network",
        "A place can lie within another: who has a role there has it in all its parts.",
        "coproduce add-place Oxfordshire --within England --area-code E10000025",
        _later("add_place"),
    )
    parser.add_argument("place", help="its name, as people say it")
    parser.add_argument("--within", metavar="PLACE", help="the place around it")
    parser.add_argument(
        "--area-code", type=_area_code, metavar="CODE", help="as the ONS names its area"
    )
    for name, most in (("latitude", 90), ("longitude", 180)):
        parser.add_argument(
            f"--{name}", type=_degrees(most), metavar="DEGREES", help="of its centre, for the map"
        )


def _grant(commands: "Subparsers") -> None:
    parser = _command(
        commands,
        "grant",
        "trust somebody with a role in a place",
        "A member takes part in invited conversations; a facilitator makes and runs them; "
        "two coordinators together may release rows of votes; a convenor does it for all places "
        "within.",
        "coproduce grant kim@example.org facilitator Oxfordshire",
        _later("grant"),
    )
    parser.add_argument("email", type=_email, help="where the code is sent")
    parser.add_argument("role", choices=ROLES, help="what they are trusted with")
    parser.add_argument("place", help="where, and in all its parts")
    parser.add_argument("--name", default="", help="how the site calls them")


def _serve(commands: "Subparsers") -> None:
    parser = _command(
        commands,
        "serve",
        "open the doors: web server and worker together",
        "Serves until Ctrl+C. On SQLite one web process owns the votes; on PostgreSQL there may "
        "be more. In a hall, listen to the whole network (--host 0.0.0.0) so that phones get in; "
        "behind a proxy, give the public address (--base-url) so that QR codes lead there.",
        "coproduce serve --host 0.0.0.0",
        _serve_now,
    )
    parser.add_argument("--host", default="127.0.0.1", help="who may knock (this machine only)")
    parser.add_argument("--port", type=_port, default=8000, help="where it listens (8000)")
    parser.add_argument(
        "--base-url", type=_base_url, metavar="URL", help="the address people type and scan"
    )
    parser.add_argument("--workers", type=_count, metavar="N", help="web processes (1; 2)")
    parser.add_argument(
        "--migrate", action="store_true", help="run `coproduce setup` first, where it is needed"
    )


def _worker(commands: "Subparsers") -> None:
    _command(
        commands,
        "worker",
        "do the background work alone (`serve` starts one by itself)",
        "For a second machine beside a PostgreSQL, or to look at what goes wrong.",
        "coproduce worker",
        _later("worker"),
    )


def _check(commands: "Subparsers") -> None:
    parser = _command(
        commands,
        "check",
        "see what this deployment still lacks",
        "A table of what is well and what to do about the rest. Exit code 1 if there is "
        "something to do. With --moments, what is kept of each open conversation so that its "
        "picture can follow the votes is compared with the votes themselves, as the worker does "
        "every night; exit code 1 if it differed and had to be counted again. With --search, the "
        "same for what can be found on the search page; on an empty index it fills it.",
        "coproduce check --home /srv/coproduce",
        _later("check"),
    )
    parser.add_argument(
        "--moments", action="store_true", help="compare the live counts with all votes instead"
    )
    parser.add_argument(
        "--search",
        action="store_true",
        help="hold what can be found against what there is instead, and mend it",
    )


def _backup(commands: "Subparsers") -> None:
    parser = _command(
        commands,
        "backup",
        "put everything by in one file, while it is being used",
        "The database and the uploads. Never the keys of conversations, the secret key or "
        "anybody's session. The file holds names and addresses: keep it where you keep such.",
        "coproduce backup monday.backup",
        _later("backup"),
    )
    parser.add_argument("file", type=Path, help="where to put it; one of that name is replaced")


def _restore(commands: "Subparsers") -> None:
    parser = _command(
        commands,
        "restore",
        "put a backup back into an empty home",
        "A conversation that was open, and whose key is not here, is closed: its answers can no "
        "longer be found by those who gave them.",
        "coproduce restore monday.backup --home /srv/coproduce",
        _later("restore"),
    )
    parser.add_argument("file", type=Path, help="what `coproduce backup` has written")
    parser.add_argument(
        "--force", action="store_true", help="the home is in use: keep that aside and go on"
    )
    parser.add_argument(
        "--erased",
        type=Path,
        metavar="FILE",
        help="erased.txt of another home: whoever is on it is erased again",
    )


def _export(commands: "Subparsers") -> None:
    parser = _command(
        commands,
        "export",
        "take along everything a place owns, as CSV and JSON",
        "Its conversations with their statements, what was published of them, every figure with "
        "how it was made, and the log. Never a row of votes: that needs two people on the site.",
        "coproduce export Oxfordshire oxfordshire-2026",
        _later("export"),
    )
    parser.add_argument("place", help="the local network that moves")
    parser.add_argument("folder", type=Path, help="a folder that is not there yet")


def _import(commands: "Subparsers") -> None:
    parser = _command(
        commands,
        "import",
        "bring in a conversation that was held elsewhere",
        "Reads a Polis export (a folder or a zip) or a file with person,statement,vote into a "
        "closed conversation: all of it, or nothing and a sentence that says where it is wrong.",
        "coproduce import export.zip Oxfordshire --question 'What matters here?' "
        "--provenance 'Held on another site in May 2026, with its owner's leave.'",
        _later("import_"),
    )
    parser.add_argument("path", type=Path, help="a folder, a zip or a file of votes")
    parser.add_argument("place", help="the local network that it belongs to from now on")
    parser.add_argument("--question", required=True, help="what people were asked")
    parser.add_argument("--provenance", required=True, help="where it comes from; always shown")
    parser.add_argument(
        "--statements", type=Path, metavar="FILE", help="their words, beside a file of votes"
    )


def _bounces(commands: "Subparsers") -> None:
    parser = _command(
        commands,
        "bounces",
        "read the mail that came back, and write to those addresses no more",
        "Reads a mailbox (mbox, Maildir, or one message) for reports that an address is nobody's. "
        "The mailbox is left as it is, so it can be read again and again, say by a timer.",
        "coproduce bounces /var/mail/network",
        _later("bounces"),
    )
    parser.add_argument("mailbox", type=Path, help="a file or a folder of mail")


def _command(
    commands: "Subparsers",
    name: str,
    short: str,
    long: str,
    example: str,
    run: Command,
    home: Path | None = None,
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=short, description=long, epilog=f"Example:  {example}"
    )
    shown = home or "$COPRODUCE_HOME, else var"
    parser.add_argument(
        "--home", type=Path, default=home, help=f"the folder it all lives in ({shown})"
    )
    parser.set_defaults(run=run)
    return parser


def _later(name: str) -> Command:
    """The command of this name, imported when it is called."""

    def run(args: argparse.Namespace) -> int:
        if args.home:
            os.environ["COPRODUCE_HOME"] = str(args.home)
        return _platform(name, args)

    return run


def _serve_now(args: argparse.Namespace) -> int:
    """Settle the addresses first: the settings read them from the environment."""
    from coproduce.web import addresses

    if args.home:
        os.environ["COPRODUCE_HOME"] = str(args.home)
    os.environ.update(addresses.environment(args.host, args.port, args.base_url))
    return _platform("serve", args)


def _demo_now(args: argparse.Namespace) -> int:
    """A demo touches nothing but its own folder, whatever this machine is otherwise set to."""
    from coproduce.web import addresses
    from coproduce.web.demo.start import DemoHome, NotADemo

    if not _has_platform():
        return BAD_INPUT
    for name in (*SET_FOR_REAL, "COPRODUCE_HOSTS"):
        os.environ.pop(name, None)
    local = addresses.local_url("127.0.0.1", args.port)
    os.environ.update(addresses.environment("127.0.0.1", args.port, local))
    os.environ.update(COPRODUCE_HOME=str(args.home), COPRODUCE_DEMO="1")
    try:
        DemoHome(args.home).prepare(fresh=args.fresh)
    except NotADemo as refused:
        print(refused, file=sys.stderr)
        return BAD_INPUT
    return _platform("demo", args)


def _platform(name: str, args: argparse.Namespace) -> int:
    if not _has_platform():
        return BAD_INPUT
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.web.settings")
    try:
        django.setup()
    except PermissionError as refused:
        print(f"{refused.filename} cannot be written by this user.", file=sys.stderr)
        return BAD_INPUT
    run: Command = getattr(import_module("coproduce.web.running"), name)
    return run(args)


def _has_platform() -> bool:
    """Whether the extra `web` is installed; says so where it is not."""
    try:
        import django  # noqa: F401  asked for by name: the rest comes with it
    except ImportError:
        print("This needs the platform: pip install 'coproduce[web]'", file=sys.stderr)
        return False
    return True


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65_535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port; choose 1 to 65535.")
    return int(text)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes; 1 or more.")
    return int(text)


def _area_code(text: str) -> str:
    code = text.strip().upper()
    if len(code) != 9 or not code[:1].isalpha() or not code[1:].isdecimal():
        raise argparse.ArgumentTypeError(
            f"{text!r} is not an area code; one looks like E10000025: a letter and eight digits."
        )
    return code


def _degrees(most: int) -> Callable[[str], float]:
    def degrees(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not -most <= value <= most:
            raise argparse.ArgumentTypeError(
                f"{text!r} is not a number of degrees from -{most} to {most}."
            )
        return value

    return degrees


def _base_url(text: str) -> str:
    if not text.startswith(("http://", "https://")) or text.count("/") > 3:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not the address of a site; write it like https://talk.example.org"
        )
    return text.rstrip("/")


def _email(text: str) -> str:
    name, _, host = text.partition("@")
    if not name or "." not in host or " " in text:
        raise argparse.ArgumentTypeError(f"{text!r} is not an e-mail address.")
    return text.lower()
