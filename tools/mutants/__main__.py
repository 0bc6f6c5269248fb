"""`python -m tools.mutants run`: how much do the tests notice? `--help` lists the commands."""

from __future__ import annotations

import signal
import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from pathlib import Path

from tools.mutants import commands
from tools.mutants.house import HERE, House

EXAMPLES = """\
python -m tools.mutants run                        the sample of this commit, against the targets
python -m tools.mutants run --room storage         one room of it
python -m tools.mutants run --file storage/x.py    one fault for every line of a file
python -m tools.mutants run --survivors            what survived last time, again
python -m tools.mutants run --only 1f2e3d4c5b      this one, again
python -m tools.mutants draw --seed 7 --functions FILE --count 10
python -m tools.mutants show 1f2e3d4c5b            the difference
python -m tools.mutants apply 1f2e3d4c5b FOLDER    a copy of the project with the fault in it
python -m tools.mutants try 1f2e3d4c5b -- COMMAND  the command in such a copy: 0 if it noticed
"""


def parser() -> ArgumentParser:
    """What can be typed."""
    raw = RawDescriptionHelpFormatter
    top = ArgumentParser("python -m tools.mutants", description=EXAMPLES, formatter_class=raw)
    top.add_argument("--root", type=Path, default=HERE.parent.parent, help="the project")
    top.add_argument("--rules", type=Path, default=HERE, help="rooms.toml and equivalent.toml")
    words = top.add_subparsers(required=True, dest="word")
    _add_run(words.add_parser("run", help="plant a sample of faults, and ask the tests"))
    draw = words.add_parser("draw", help="draw faults from named functions")
    draw.add_argument("--seed", required=True)
    draw.add_argument("--functions", type=Path, required=True, help="lines: FILE::FUNCTION, with *")
    draw.add_argument("--count", type=int, default=10)
    show = words.add_parser("show", help="print what a fault changes")
    apply = words.add_parser("apply", help="copy the project into a new folder, with the fault")
    attempt = words.add_parser("try", help="run a command in a copy with the fault")
    for word in (show, apply, attempt):
        word.add_argument("id", help="as `run` and `draw` print it")
    apply.add_argument("folder", type=Path)
    attempt.add_argument("--minutes", type=float, default=60.0, help="then it is ended")
    attempt.add_argument("command", nargs="+")
    return top


def _add_run(run: ArgumentParser) -> None:
    run.add_argument("--seed", help="instead of the commit's id")
    run.add_argument("--room", action="append", help="only this room; can be repeated")
    run.add_argument("--file", action="append", help="every line of this file; can be repeated")
    run.add_argument("--only", action="append", metavar="ID", help="this fault; can be repeated")
    run.add_argument("--survivors", action="store_true", help="those of the last run")
    run.add_argument("--tests", nargs="+", help="ask these, instead of those that run the line")
    run.add_argument("--among", nargs="+", metavar="FOLDER", help="of those, only the ones in here")
    run.add_argument("--postgres", action="store_true", help="ask the tests on Postgres too")
    run.add_argument("--seconds", type=float, default=60.0, help="of tests for one fault")
    run.add_argument("--processes", type=int, default=2)
    run.add_argument("--controls", type=int, default=4, help="trials without any fault")
    run.add_argument("--fresh", action="store_true", help="do not go on where a run has stopped")


def main(argv: list[str] | None = None) -> int:
    """Do what was typed; the exit code says whether all is well."""
    options: Namespace = parser().parse_args(argv)
    house = House.at(options.root.resolve(), options.rules)
    word = {
        "run": commands.run,
        "draw": commands.draw_from,
        "show": commands.show,
        "apply": commands.apply,
        "try": commands.attempt,
    }[options.word]
    return word(house, options)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # the copies are removed all the same
    sys.exit(main())
