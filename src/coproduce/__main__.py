"""`python -m coproduce` is the command `coproduce`."""

from coproduce.cli import main

raise SystemExit(main())
