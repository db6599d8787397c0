"""Which of the workshop's jobs is wanted: `python -m workshop JOB`."""

import argparse
import os
import subprocess
import sys

from workshop import lock, needs, postgres, trial


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m workshop", description=__doc__)
    jobs = parser.add_subparsers(dest="job", required=True)
    jobs.add_parser("test", help="try everything, in the order of what is cheap")
    jobs.add_parser("lock", help="write requirements/*.txt anew")
    provide = jobs.add_parser("provide", help="install named needs of the system")
    provide.add_argument("names", nargs="+", choices=sorted(needs.ALL))
    on_postgres = jobs.add_parser(
        "on-postgres", help="run a command with a PostgreSQL that is gone afterwards"
    )
    on_postgres.add_argument("command", nargs=argparse.REMAINDER)
    wanted = parser.parse_args()
    if wanted.job == "lock":
        return lock.write()
    if wanted.job == "provide":
        return needs.provide(wanted.names)
    if wanted.job == "on-postgres":
        with postgres.serving(on_disk=False) as url:
            return subprocess.call(wanted.command, env={**os.environ, "DATABASE_URL": url})
    return trial.run()


sys.exit(main())
