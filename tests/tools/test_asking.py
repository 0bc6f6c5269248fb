"""Planting faults in a tiny project, and what its tests say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.tools.tiny import fault, tiny_house
from tools.mutants.asking.examiner import Examiner, examiners
from tools.mutants.asking.imports import foreign, importers
from tools.mutants.asking.reach import Choice, Known, measured, who_could_notice
from tools.mutants.asking.running import Outcome, Trial, Verdict, tried
from tools.mutants.house import House

SIX = "tests/test_prices.py::test_two_cups_cost_six"
CHANGE = "tests/test_prices.py::test_who_pays_enough_gets_something_back"
NOTHING_LEFT = "tests/test_prices.py::test_nothing_is_left"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    return tiny_house(tmp_path_factory.mktemp("house"))


@pytest.fixture(scope="module")
def asking(house: House) -> Iterator[list[Examiner]]:
    with examiners(house, 1) as made:
        yield made


@pytest.fixture(scope="module")
def known(house: House, asking: list[Examiner], tmp_path_factory) -> list[Known]:
    kept = tmp_path_factory.mktemp("kept") / "reach.json"
    measured(house, asking, kept, Choice(house.without), print)
    told: list[str] = []
    again = measured(house, asking, kept, Choice(house.without), told.append)
    assert told == []  # nothing has changed, nothing is measured
    elsewhere = Choice(house.without, ("tests/elsewhere/",))
    assert measured(house, asking, kept, elsewhere, told.append) == []
    return again


def verdict_on(asking: list[Examiner], trial: Trial) -> Verdict:
    verdicts: dict[str, Verdict] = {}
    tried(asking, [trial], verdicts.__setitem__)
    return verdicts[trial.name]


def test_a_fault_that_a_test_sees_is_killed(house: House, asking: list[Examiner], known):
    mutant = fault(house, "return cups * 4")
    trial = Trial.by("dear", mutant, who_could_notice(house, known, mutant, 60))
    verdict = verdict_on(asking, trial)
    assert (verdict.outcome, verdict.note) == (Outcome.KILLED, SIX)


def test_a_fault_that_no_test_sees_survives(house: House, asking: list[Examiner], known):
    mutant = fault(house, "left = paid + price(cups)")
    trial = Trial.by("generous", mutant, who_could_notice(house, known, mutant, 60))
    verdict = verdict_on(asking, trial)
    assert (verdict.outcome, verdict.asked) == (Outcome.SURVIVED, 3)


def test_a_fault_without_an_end_is_noticed(house: House, asking: list[Examiner]):
    trial = Trial("endless", fault(house, "cups = 1"), [NOTHING_LEFT], seconds=1, patience=2)
    verdict = verdict_on(asking, trial)
    assert (verdict.outcome, verdict.note) == (Outcome.TIMED_OUT, NOTHING_LEFT)


def test_a_fault_where_nobody_looks_survives_without_a_test(house: House, asking, known):
    mutant = fault(house, "return cups - 1")
    verdict = verdict_on(asking, Trial.by("refill", mutant, []))
    assert who_could_notice(house, known, mutant, 60) == []
    assert (verdict.outcome, verdict.note) == (Outcome.SURVIVED, "no test runs this line")


def test_whoever_runs_the_line_is_asked_before_the_rest_of_the_file(house: House, known):
    asked = [t.id for t in who_could_notice(house, known, fault(house, "cups = 1"), 60)]
    assert asked[0] == NOTHING_LEFT
    assert sorted(asked[1:]) == sorted([SIX, CHANGE])


def test_tests_that_fail_without_a_fault_are_not_asked(house: House):
    tests = [Known(SIX, 1.0, True, {"core/prices.py": 0b1111111})]
    assert who_could_notice(house, tests, fault(house, "return cups * 4"), 60) == []


def test_no_more_is_asked_than_there_is_time_for(house: House):
    tests = [Known(f"test{n}", 20.0, False, {"core/prices.py": 0b1111111}) for n in range(9)]
    assert len(who_could_notice(house, tests, fault(house, "return cups * 4"), 60)) == 3


def test_what_runs_at_import_is_asked_of_those_who_import_it(tmp_path: Path):
    house = tiny_house(tmp_path)
    (tmp_path / "core/till.py").write_text("from core.prices import price\n", encoding="utf-8")
    assert importers(house, "core/prices.py") == ["core/till.py"]
    named = fault(house, "return cups * 4")
    at_import = replace(named, reach=replace(named.reach, lines=None))
    mine, other = (Known(test, 1.0, False, {}) for test in (SIX, "tests/test_till.py::test_it"))
    (tmp_path / "tests/test_till.py").write_text("import json\n", encoding="utf-8")
    assert who_could_notice(house, [other, mine], at_import, 60) == [mine]


def test_what_others_have_written_is_imported_beforehand_and_nothing_else(tmp_path: Path):
    house = tiny_house(tmp_path)
    source = "import sqlalchemy.orm\nfrom core.prices import price\n\ndef f():\n    import ics\n"
    (tmp_path / "core/till.py").write_text(source, encoding="utf-8")
    assert foreign(house) == ["sqlalchemy.orm"]


def test_a_copy_is_as_it_was_afterwards(house: House, asking: list[Examiner]):
    places = [asking[0].copy.root / "core/prices.py", house.root / "core/prices.py"]
    with asking[0].copy.planted(fault(house, "return cups * 4")):
        assert ["cups * 4" in place.read_text("utf-8") for place in places] == [True, False]
    assert ["cups * 4" in place.read_text("utf-8") for place in places] == [False, False]
