"""A project of one room, one module and one test, and rules for planting faults in it."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tools.mutants.faults.finding import Mutant, candidates, planted
from tools.mutants.house import House

MODULE = '''\
"""What things cost."""


def price(cups: int) -> int:
    return cups * 3


def thanks(name: str) -> str:
    return f"Thank you, {name}. Come again"


def refill(cups: int) -> int:
    return cups + 1


def change(paid: int, cups: int) -> int:
    left = paid - price(cups)
    return max(left, 0)


def countdown(cups: int) -> int:
    while cups > 0:
        cups -= 1
    return cups
'''
TESTS = '''\
"""What the module does. Nobody asks for a refill."""

from core.prices import change, countdown, price


def test_two_cups_cost_six():
    assert price(2) == 6


def test_who_pays_enough_gets_something_back():
    assert change(10, 2) is not None


def test_nothing_is_left():
    assert countdown(2) == 0
'''
RULES = """\
[rooms]
core = { drawn = 2, noticed = 0.5 }
[sample]
leave_out = ["*/migrations/*"]
equivalent = 0.05
[tests]
without = "slow"
warm = ["core"]
"""
PYTEST = '[tool.pytest.ini_options]\nmarkers = ["slow: takes long"]\n'
EQUIVALENT = """\
[[mutant]]
file = "core/prices.py"
function = "change"
before = "return max(left, 0)"
after = "return max(left, 1)"
reason = "nobody is ever paid back so little"
"""


def tiny_house(folder: Path) -> House:
    """The project, in a repository of its own with nothing committed."""
    texts = {
        "core/__init__.py": "",
        "core/prices.py": MODULE,
        "core/migrations/first.py": "TABLES = 1\n",
        "tests/test_prices.py": TESTS,
        "pyproject.toml": PYTEST,
        "rules/rooms.toml": RULES,
        "rules/equivalent.toml": EQUIVALENT,
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    return House.at(folder, folder / "rules")


def fault(house: House, after: str, file: str = "core/prices.py") -> Mutant:
    """The fault that leaves this line."""
    mutants = (planted(candidate) for candidate in candidates(house.root, file))
    return next(mutant for mutant in mutants if mutant is not None and mutant.after == after)
