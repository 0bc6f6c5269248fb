"""The small version of the soak: some days of one seed, an auditor of its own, faults in place."""

import ast
import sys

from tests.house import HOUSE, modules, name_of, tree_of
from tests.soak.planted.faults import by_hand
from tests.soak.quarter import live

OWN = ("tests.soak.audit", "tests.soak.known", "simulator")


def test_days_of_life_leave_nothing_to_say(fresh_db):
    outcome = live(8, fresh_db, days=5)
    assert outcome.findings == []
    assert len(outcome.acts) > 15
    assert outcome.messages > 15


def imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module)


def test_the_auditor_shares_no_code_with_the_app():
    audit = [p for p in modules("tests") if name_of(p).startswith("tests/soak/audit/")]
    known = HOUSE / "tests" / "soak" / "known.py"
    for path in [*audit, known]:
        for name in imported(tree_of(path)):
            assert name.startswith(OWN) or name.partition(".")[0] in sys.stdlib_module_names, path


def test_every_fault_planted_by_hand_has_its_place():
    assert len(list(by_hand(HOUSE))) >= 10
