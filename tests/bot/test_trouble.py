"""Every refusal has its sentence."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot import trouble
from bot.channels import errors as channels
from bot.checkins.refusals import Refused, Why
from bot.meetings import errors as meetings
from bot.outbox import errors as outbox
from bot.people import errors as people
from bot.platform.errors import ForThePerson, OtherCompany
from bot.rounds import errors as rounds
from core.when import Trouble
from tests.still import MONDAY

REFUSALS = [
    channels.NotHere(),
    channels.NotStarted("C1"),
    channels.NotAHost(["U1"]),
    channels.NotInChannel("C1"),
    outbox.NotInDoubt("1a", 0),
    outbox.NotInDoubt("1a", 2),
    meetings.NotYourMeeting(),
    meetings.NoMeeting(),
    meetings.WhichMeeting([["U1"], ["U2"]], "met"),
    meetings.NotIntroduced(["U1"]),
    meetings.TimeGone(),
    meetings.TimeTaken(),
    meetings.TooSoon(MONDAY),
    meetings.NoSecond(MONDAY),
    meetings.NoSecond(None),
    meetings.TimeFound(),
    meetings.OutOfRounds(),
    meetings.NotAgreed(),
    meetings.PlanOver(),
    meetings.PlanMoved(MONDAY),
    meetings.NotAsked(MONDAY),
    meetings.NotFree(),
    meetings.CannotTakePart(),
    OtherCompany(),
    meetings.NobodyNamed("x", "met"),
    *(meetings.NotMinutes(kind, "x") for kind in Trouble),
    meetings.NoSuchTime("x"),
    meetings.NoSuchQuestion("x"),
    people.WhichChannel(["C1", "C2"]),
    people.NothingToSkip(),
    *(people.NoPause(kind, "x") for kind in Trouble),
    people.NotWithYourself(),
    people.NotTheNextRound("C1", MONDAY),
    people.NotTheNextRound("C1", None),
    rounds.JustHeld(),
    rounds.NobodyAvailable(),
    Refused(Why.GONE),
]


def _kinds(kind: type[ForThePerson] = ForThePerson) -> Iterator[type[ForThePerson]]:
    for below in kind.__subclasses__():
        yield below
        yield from _kinds(below)


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: type(refusal).__name__)
def test_a_refusal_is_one_whole_sentence_or_more(refusal):
    assert trouble.sentence(refusal)[-1] in ".`"


def test_no_refusal_is_without_a_sentence():
    ours = {kind for kind in _kinds() if kind.__module__.startswith("bot.")}
    assert ours == {type(refusal) for refusal in REFUSALS}


def test_a_refusal_that_no_feature_has_words_for_is_a_fault():
    class Strange(ForThePerson):
        """Of no feature."""

    with pytest.raises(LookupError, match="Strange"):
        trouble.sentence(Strange())


def test_what_was_typed_is_quoted_short_and_harmless():
    said = trouble.sentence(people.NoPause(Trouble.PAST, "<@U1> " + "x" * 80))
    assert said.startswith("“&lt;@U1&gt; xxx")
    assert "x…”" in said
    assert "x" * 54 not in said
