"""Check-ins as values: a contract cannot contradict itself, and time is part of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.actions import ItemKind
from core.checkins import (
    ARC,
    ITEM_KEPT,
    PLANNED_AHEAD,
    Audience,
    CheckIn,
    Contract,
    Kind,
    Phase,
    Question,
)

OPENS = datetime(2026, 3, 2, 9, tzinfo=UTC)
NAMED = Contract(Kind.RETRO, named=True, audience=Audience.CHANNEL, floor=None)
PULSE = Contract(Kind.PULSE, named=False, audience=Audience.ASKER, floor=5)


@pytest.mark.parametrize(
    ("kind", "named", "floor"), [("pulse", True, None), ("open", True, 5), ("open", False, None)]
)
def test_a_contract_cannot_promise_names_and_their_absence(kind, named, floor):
    with pytest.raises(ValueError, match="names"):
        Contract(Kind(kind), named, Audience.ASKER, floor)


@pytest.mark.parametrize("contract", [NAMED, PULSE])
def test_what_is_stored_is_what_was_promised(contract):
    assert Contract.from_json(contract.to_json()) == contract
    assert contract.kept_until(OPENS) == OPENS + timedelta(days=90)
    question = Question("Why?", "retro-why", "outcome")
    assert Question.from_json(question.to_json()) == question
    assert (question.key, Question("Why?").key) == ("outcome", "answer")


def test_names_given_to_few_are_never_posted_and_few_voices_never_shown():
    confided = replace(NAMED, audience=Audience.ASKER)
    assert (NAMED.lets_post(), confided.lets_post(), PULSE.lets_post()) == (True, False, True)
    assert [PULSE.enough(count) for count in (0, 4, 5)] == [False, False, True]
    assert [NAMED.enough(count) for count in (0, 1)] == [False, True]


def test_answers_count_while_it_is_open_and_not_a_moment_longer():
    closes = OPENS + timedelta(hours=4)
    made = CheckIn(1, "T1", "C1", "U1", "", (), PULSE, Phase.OPEN, OPENS, closes)
    assert made.takes_answers(closes - timedelta(seconds=1))
    assert not made.takes_answers(closes)
    assert not replace(made, phase=Phase.CLOSED).takes_answers(OPENS)
    assert made.kind is Kind.PULSE


@pytest.mark.parametrize(
    ("audience", "asks_or_hosts", "member", "sees"),
    [
        (Audience.ASKER, True, False, True),
        (Audience.ASKER, False, True, False),
        (Audience.CHANNEL, False, True, True),
        (Audience.CHANNEL, False, False, False),
    ],
)
def test_results_are_for_those_who_were_named_as_their_readers(
    audience, asks_or_hosts, member, sees
):
    contract = replace(NAMED, audience=audience)
    assert contract.lets_see(asks_or_hosts=asks_or_hosts, member=member) is sees


def test_whoever_asks_how_people_are_goes_first_and_an_arc_has_three_parts():
    first = {kind for kind in Kind if kind.rules.goes_first}
    assert first == {Kind.OPEN, Kind.PULSE, Kind.PRESSURE}
    assert {Kind.KICKOFF, Kind.RETRO, Kind.AAR} == ARC
    reviews = {kind for kind in Kind if kind.rules.collects is ItemKind.ACTION}
    assert reviews == {Kind.RETRO, Kind.AAR}
    assert first | ARC == PLANNED_AHEAD


def test_what_nobody_settles_is_kept_for_a_year():
    assert timedelta(days=365) == ITEM_KEPT
