"""`python -m tools.mutants`, as it is typed."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.tools.tiny import fault, tiny_house
from tools.mutants.__main__ import main
from tools.mutants.asking.running import Outcome, Verdict
from tools.mutants.house import HERE, House
from tools.mutants.report import Results, passed, rows, told


@pytest.fixture
def house(tmp_path: Path) -> House:
    return tiny_house(tmp_path)


def typed(house: House, *words: str) -> int:
    return main(["--root", str(house.root), "--rules", str(house.root / "rules"), *words])


def drawn_id(house: House, function: str = "price") -> str:
    (house.root / "named").write_text(f"core/*::{function}  # decides\n", encoding="utf-8")
    words = ("--functions", str(house.root / "named"), "--count", "1")
    assert typed(house, "draw", "--seed", "1", *words) == 0
    (entry,) = json.loads((house.root / ".mutants/drawn.json").read_text(encoding="utf-8"))
    return str(entry["id"])


def results(house: House, **outcomes: Outcome) -> Results:
    made = Results(house.root / "results.json", "state")
    lines = {"a": "return cups * 4", "b": "return cups - 1", "c": "left = None", "d": "cups = 1"}
    for name, outcome in outcomes.items():
        mutant = fault(house, lines[name])
        made.mutants[mutant.id] = mutant
        made.verdicts[mutant.id] = Verdict(outcome, note="because")
    return made


def test_a_run_tries_the_sample_and_keeps_what_it_finds(house: House, capsys):
    words = ("--seed", "2", "--tests", "tests/test_prices.py", "--controls", "0")
    code = typed(house, "run", *words, "--processes", "1")
    kept = json.loads((house.root / ".mutants/results.json").read_text(encoding="utf-8"))
    outcomes = [entry["verdict"]["outcome"] for entry in kept["mutants"]]
    assert len(outcomes) == 2
    assert code == (0 if "killed" in outcomes else 1)
    assert "drawn  killed  survived" in capsys.readouterr().out


def test_a_run_goes_on_where_it_has_stopped(house: House):
    before = results(house, a=Outcome.KILLED, b=Outcome.SURVIVED)
    before.keep()
    after = Results(before.file, "state", mutants=before.mutants)
    after.resume()
    assert after.verdicts == before.verdicts


def test_what_another_tree_has_shown_is_not_taken_over(house: House):
    before = results(house, a=Outcome.KILLED)
    before.keep()
    after = Results(before.file, "another state", mutants=before.mutants)
    after.resume()
    assert after.verdicts == {}


def test_a_hang_counts_as_noticed_and_what_is_equivalent_does_not_count(house: House):
    made = results(
        house, a=Outcome.KILLED, b=Outcome.SURVIVED, c=Outcome.EQUIVALENT, d=Outcome.TIMED_OUT
    )
    (row,) = rows(house, made)
    assert (row.drawn, row.equivalent, round(row.share, 3)) == (4, 1, 0.667)


def test_too_many_survivors_fail(house: House):
    assert passed(house, results(house, a=Outcome.KILLED, b=Outcome.SURVIVED))
    assert not passed(
        house, results(house, a=Outcome.KILLED, b=Outcome.SURVIVED, d=Outcome.SURVIVED)
    )


def test_setting_too_many_aside_fails(house: House):
    assert not passed(house, results(house, a=Outcome.KILLED, c=Outcome.EQUIVALENT))


def test_survivors_are_told_with_their_place_and_their_change(house: House):
    lines = list(told(house, results(house, a=Outcome.KILLED, b=Outcome.SURVIVED)))
    at = next(number for number, line in enumerate(lines) if "core/prices.py:13" in line)
    assert lines[at + 1 : at + 4] == [
        "    - return cups + 1",
        "    + return cups - 1",
        "    because",
    ]


def test_an_equivalent_fault_is_known_by_its_lines(house: House):
    assert house.why_equivalent(fault(house, "return max(left, 1)"))
    assert house.why_equivalent(fault(house, "return min(left, 0)")) is None


def test_every_equivalent_fault_has_a_reason_and_its_line_is_still_there():
    house = House.at(HERE.parent.parent)
    for (file, _, before, _), reason in house.equivalent.items():
        assert reason
        stripped = [line.strip() for line in (house.root / file).read_text("utf-8").splitlines()]
        assert set(before.splitlines()) <= set(stripped), (file, before)


def test_a_draw_lists_what_it_puts_back(house: House, capsys):
    (house.root / "named").write_text("core/*::*\n", encoding="utf-8")
    typed(house, "draw", "--seed", "1", "--functions", str(house.root / "named"), "--count", "99")
    assert "thanks  (wording)" in capsys.readouterr().out


def test_a_fault_is_shown(house: House, capsys):
    assert typed(house, "show", drawn_id(house)) == 0
    assert "    - return cups * 3" in capsys.readouterr().out


def test_a_fault_is_applied_to_a_copy_and_never_to_a_folder_in_use(house: House, tmp_path: Path):
    copy = tmp_path.parent / f"{tmp_path.name}-copy"
    assert typed(house, "apply", drawn_id(house), str(copy)) == 0
    assert (copy / "core/prices.py").read_text() != (house.root / "core/prices.py").read_text()
    assert typed(house, "apply", drawn_id(house), str(copy)) == 2


def test_a_command_that_fails_on_a_fault_has_noticed_it(house: House, capsys):
    check = "from core.prices import price; assert price(2) == 6"
    assert typed(house, "try", drawn_id(house), "--", sys.executable, "-c", check) == 0
    assert typed(house, "try", drawn_id(house), "--", sys.executable, "-c", "import core") == 1
    assert "was not noticed" in capsys.readouterr().out
