"""What each command does: draw, plant, ask, tell."""

from __future__ import annotations

import json
import sys
import time
from argparse import Namespace
from collections.abc import Iterable
from dataclasses import replace
from fnmatch import fnmatch
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.mutants import report
from tools.mutants.asking.examiner import Examiner, examiners
from tools.mutants.asking.reach import Choice, Known, measured, who_could_notice
from tools.mutants.asking.running import Outcome, Trial, Verdict, tried
from tools.mutants.asking.scratch import Ended, Scratch
from tools.mutants.faults.drawing import Drawn, draw
from tools.mutants.faults.finding import Mutant, candidates, planted
from tools.mutants.house import House
from tools.mutants.report import Results


def run(house: House, options: Namespace) -> int:
    """Plant the sample and tell what survived; 1 when the tests notice too little."""
    started = time.monotonic()
    say(f"seed {options.seed or house.commit()}")
    results = _sample(house, options)
    if not options.fresh and not (options.only or options.survivors):
        results.resume()
    for mutant in results.mutants.values():
        if reason := house.why_equivalent(mutant):
            results.verdicts[mutant.id] = Verdict(Outcome.EQUIVALENT, note=reason)
    with examiners(house, options.processes) as asking:
        broken = _plant(house, asking, results, options)
    results.keep()
    for line in report.told(house, results):
        say(line)
    say(f"{(time.monotonic() - started) / 60:.0f} minutes; all of it in {results.file}")
    for control in broken:
        say(f"NOT TO BE TRUSTED: a test fails without any fault: {control}")
    return 0 if report.passed(house, results) and not broken else 1


def draw_from(house: House, options: Namespace) -> int:
    """Print faults drawn by a seed from the functions that a file names, and every redraw."""
    named = [line.split("#")[0].strip() for line in options.functions.read_text().splitlines()]
    patterns = [tuple(name.split("::")) for name in named if name]
    modules = [file for room in house.rooms for file in house.modules(room.name)]

    def wanted(file: str, function: str) -> bool:
        return any(fnmatch(file, f) and fnmatch(function, of) for f, of in patterns)

    drawn = draw(
        house.root,
        [file for file in modules if any(fnmatch(file, f) for f, _ in patterns)],
        options.count,
        options.seed,
        wanted,
        lambda mutant: house.why_equivalent(mutant) is not None,
    )
    for mutant in drawn.mutants:
        for line in report.shown(mutant):
            say(line)
    say("")
    for redraw in drawn.redrawn:
        say(f"drawn anew: {redraw.file}:{redraw.line}  {redraw.function}  ({redraw.why})")
    text = json.dumps([report.as_json(mutant) for mutant in drawn.mutants], indent=1)
    (_folder(house) / "drawn.json").write_text(text, encoding="utf-8")
    return 0 if len(drawn.mutants) == options.count else 1


def show(house: House, options: Namespace) -> int:
    """Print one fault."""
    for line in report.shown(_found(house, [options.id])[0]):
        say(line)
    return 0


def apply(house: House, options: Namespace) -> int:
    """Copy the project into a folder that is new or empty, with the fault planted."""
    if options.folder.exists() and any(options.folder.iterdir()):
        say(f"{options.folder} is not empty")
        return 2
    (mutant,) = _found(house, [options.id])
    Scratch.of(house, options.folder).plant(mutant)
    say(f"{options.folder}: {mutant.file}:{mutant.line}")
    return 0


def attempt(house: House, options: Namespace) -> int:
    """Run a command in a copy with the fault: 0 when it failed there, as it should, else 1."""
    (mutant,) = _found(house, [options.id])
    with TemporaryDirectory(prefix="mutants-") as folder:
        copy = Scratch.of(house, Path(folder) / "tree")
        copy.plant(mutant)
        ended: Ended = copy.run(options.command, options.minutes * 60)
    say(ended.said)
    say(f"{mutant.id} {'was not noticed' if ended.code == 0 else f'noticed (exit {ended.code})'}")
    return 1 if ended.code == 0 else 0


def say(line: str) -> None:
    """To whoever waits."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _sample(house: House, options: Namespace) -> Results:
    """What this run is about, with nothing tried yet."""
    file = _folder(house) / "results.json"
    seed = options.seed or house.commit()
    state = (
        house.digest(house.files())
        + seed
        + str((options.seconds, options.postgres, options.tests, options.among))
    )
    results = Results(file, state)
    if options.only or options.survivors:
        results.mutants = {m.id: m for m in _found(house, options.only or _survivors(file))}
        return results
    for drawn in _drawn(house, options, seed):
        results.mutants |= {mutant.id: mutant for mutant in drawn.mutants}
        results.redrawn.update(redraw.why for redraw in drawn.redrawn)
    return results


def _drawn(house: House, options: Namespace, seed: str) -> Iterable[Drawn]:
    if options.file:
        yield draw(house.root, options.file, sys.maxsize, seed)
        return
    for room in house.rooms:
        if not options.room or room.name in options.room:
            yield draw(house.root, house.modules(room.name), room.drawn, f"{seed} {room.name}")


def _plant(house: House, asking: list[Examiner], results: Results, options: Namespace) -> list[str]:
    """Try what has no verdict yet; the controls that failed are returned."""
    left = [m for id_, m in results.mutants.items() if id_ not in results.verdicts]
    trials = _trials(house, asking, left, options)
    broken: list[str] = []

    def done(name: str, verdict: Verdict) -> None:
        if name.startswith("control"):
            broken.extend([verdict.note] if verdict.outcome is not Outcome.SURVIVED else [])
            return
        results.verdicts[name] = verdict
        results.keep()
        mutant = results.mutants[name]
        count = f"{len(results.verdicts)}/{len(results.mutants)}"
        say(f"{count} {verdict.outcome} {mutant.file}:{mutant.line} {verdict.seconds:.0f} s")

    tried(asking, trials, done)
    return broken


def _trials(
    house: House, asking: list[Examiner], mutants: list[Mutant], options: Namespace
) -> list[Trial]:
    if options.tests:
        tests = [Known(name, options.seconds, False, {}) for name in options.tests]
        trials = [Trial.by(mutant.id, mutant, tests) for mutant in mutants]
    else:
        without = house.without.replace(" or postgres", "") if options.postgres else house.without
        kept = _folder(house) / ("reach-postgres.json" if options.postgres else "reach.json")
        among = Choice(without, tuple(options.among or ("",)))
        known = measured(house, asking, kept, among, say) if mutants else []
        for test in known:
            if test.failed:
                say(f"fails without any fault, and is not asked: {test.id}")
        trials = [
            Trial.by(m.id, m, who_could_notice(house, known, m, options.seconds)) for m in mutants
        ]
    step = max(1, len(trials) // (options.controls or 1))
    asked = [trial for trial in trials if trial.tests][::step][: options.controls]
    return [replace(t, name=f"control {t.name}", mutant=None) for t in asked] + trials


def _found(house: House, ids: Iterable[str]) -> list[Mutant]:
    """The faults with these ids, planted anew in the files as they are now."""
    known = {entry["id"]: entry for entry in _kept(house)}
    found: list[Mutant] = []
    for id_ in ids:
        if id_ not in known:
            sys.exit(f"{id_} is in no list of the last run or draw")
        file, function = known[id_]["file"], known[id_]["function"]
        here = (c for c in candidates(house.root, file) if c.function == function)
        mutants = (mutant for c in here if not c.wording and (mutant := planted(c)))
        mutant = next((m for m in mutants if m.id == id_), None)
        if mutant is None:
            sys.exit(f"{id_}: {file} has changed, and the fault has no place in it any more")
        found.append(mutant)
    return found


def _kept(house: House) -> Iterable[dict[str, str]]:
    for name in ("results.json", "drawn.json"):
        path = _folder(house) / name
        if path.exists():
            kept = json.loads(path.read_text(encoding="utf-8"))
            yield from kept if isinstance(kept, list) else kept["mutants"]


def _survivors(file: Path) -> list[str]:
    kept = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {"mutants": []}
    verdicts = [(entry["id"], entry["verdict"]) for entry in kept["mutants"]]
    return [id_ for id_, verdict in verdicts if verdict and verdict["outcome"] == "survived"]


def _folder(house: House) -> Path:
    folder = house.root / ".mutants"
    folder.mkdir(exist_ok=True)
    return folder
