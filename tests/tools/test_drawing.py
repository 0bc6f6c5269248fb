"""Drawing faults: which there are, and that a seed draws the same ones again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tools.tiny import fault, tiny_house
from tools.mutants.faults.drawing import WORDING, draw
from tools.mutants.faults.finding import candidates, planted
from tools.mutants.house import House


@pytest.fixture
def house(tmp_path: Path) -> House:
    return tiny_house(tmp_path)


def faults(folder: Path, source: str) -> set[str]:
    (folder / "module.py").write_text(source, encoding="utf-8")
    mutants = [planted(c) for c in candidates(folder, "module.py") if not c.wording]
    return {mutant.after for mutant in mutants if mutant is not None}


def test_the_same_seed_draws_the_same_faults(house: House):
    ids = [[m.id for m in draw(house.root, house.modules("core"), 4, "a").mutants] for _ in "12"]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 4


def test_another_seed_draws_others(house: House):
    samples = {
        tuple(m.id for m in draw(house.root, house.modules("core"), 4, seed).mutants)
        for seed in "abcde"
    }
    assert len(samples) > 1


def test_a_line_is_drawn_once_at_most(house: House):
    lines = [m.line for m in draw(house.root, house.modules("core"), 100, "a").mutants]
    assert len(lines) == len(set(lines)) > 4


def test_migrations_are_left_out(house: House):
    assert house.modules("core") == ["core/__init__.py", "core/prices.py"]


def test_only_the_functions_that_are_wanted_are_drawn_from(house: House):
    drawn = draw(house.root, house.modules("core"), 9, "a", lambda _, name: name == "change")
    assert {mutant.function for mutant in drawn.mutants} == {"change"}


def test_what_is_put_back_is_drawn_anew_and_told(house: House):
    drawn = draw(house.root, house.modules("core"), 9, "a", put_back=lambda _: True)
    assert drawn.mutants == []
    assert any("put back" in redraw.why for redraw in drawn.redrawn)


def test_a_fault_keeps_its_id_when_lines_are_added_above(house: House):
    before = fault(house, "return cups / 3")
    path = house.root / "core/prices.py"
    path.write_text("import math\n\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    after = fault(house, "return cups / 3")
    assert (after.id, after.line) == (before.id, before.line + 3)


def test_statements_numbers_conditions_and_calls_can_be_spoilt(tmp_path: Path):
    source = (
        "def f(x, y):\n    if x.open:\n        y.add(x)\n    y.n = 7\n"
        "    return [a for a in y if a]\n"
    )
    spoilt = faults(tmp_path, source)
    assert {"if not (x.open):", "pass", "y.n = 8", "return [a for a in y]", "return"} <= spoilt


def test_a_line_of_an_argument_is_that_argument_s(house: House, tmp_path: Path):
    (tmp_path / "module.py").write_text("def f(g):\n    g(\n        1,\n        n=2,\n    )\n")
    lines = {c.line for c in candidates(tmp_path, "module.py") if c.kind == "argument"}
    assert lines == {3, 4}


def test_annotations_decorators_logs_and_assertions_are_left_alone(tmp_path: Path):
    source = (
        "@cache(maxsize=3)\ndef f(x: 'int | None') -> int:\n    '''Says.'''\n"
        "    assert x is not None\n    log.info('it is %d', x)\n    raise\n"
    )
    assert faults(tmp_path, source) == {"pass"}


def test_what_changes_nothing_but_an_assertion_is_not_drawn(tmp_path: Path):
    source = "def f(x, y):\n    for _ in zip(x, y, strict=True):\n        return True\n"
    spoilt = faults(tmp_path, source)
    assert "return False" in spoilt
    assert "return" not in spoilt
    assert not any("strict=None" in line or "zip(x, y, )" in line for line in spoilt)


def test_sentences_are_wording_and_names_are_not(tmp_path: Path):
    source = "def f(g):\n    g(kind='nudge', text='Did you meet?')\n    g.title = 'Good morning'\n"
    spoilt = faults(tmp_path, source)
    assert "g(kind='XXnudgeXX', text='Did you meet?')" in spoilt
    assert not any("meet?" not in line and line.startswith("g(") for line in spoilt)
    assert "g.title = None" not in spoilt


def test_wording_is_drawn_anew_and_counted(tmp_path: Path):
    (tmp_path / "module.py").write_text("TITLE = 'Good morning'\n", encoding="utf-8")
    drawn = draw(tmp_path, ["module.py"], 5, "a")
    assert drawn.mutants == []
    assert [redraw.why for redraw in drawn.redrawn] == [WORDING]
