"""That there is no introduction for somebody: whether they read it still, and what it says."""

from datetime import date, timedelta

import pytest

from bot.rounds import latecomers, receipts
from bot.rounds.views import notices
from bot.rounds.views import receipts as view
from core.matching import Reason
from core.outbox.kinds import CHANGED
from core.outbox.kinds import DeliveryKind as Kind
from core.outbox.outgoing import Key
from core.receipt import Failed, Receipt
from storage.channels import channels
from storage.people import people
from storage.rounds import rounds
from storage.rounds.rounds import NewRound
from tests.still import PLACE, WEEK, Still, who

NEWS = timedelta(days=1)
LEFT = Receipt(1, groups=(("UBO", "UCEM"),), left_out={Reason.SITS_OUT.value: ("UANA",)}, present=3)


@pytest.fixture
def still(db):
    """A round of three, in which there was no introduction for Ana: it waits to be told."""
    made = Still(db)
    for user_id in ("UANA", "UBO", "UCEM"):
        made.person(user_id)
        made.joins(user_id)
    with db.transaction() as tx:
        round_id = rounds.open_round(tx, PLACE, NewRound(1, made.at, made.at, made.at + WEEK, 7))
        rounds.keep_receipt(tx, round_id, LEFT)
    receipts.send_receipts(made.services, made.channel)
    return made


def told(still):
    [word] = still.laid(Kind.WITHOUT)
    return word


def test_it_is_of_use_until_the_round_ends(still):
    assert told(still).users == ("UANA",)
    assert told(still).expires_at == still.at + WEEK
    assert latecomers.waits_no_more(still.services, told(still)) is None


@pytest.mark.parametrize(("later", "until"), [(timedelta(0), WEEK), (WEEK, WEEK + NEWS)])
def test_of_an_introduction_that_was_lost_too_and_for_a_day_at_least(still, later, until):
    meeting, now = still.meeting("UANA", "UBO"), still.at + later
    word = latecomers.word(meeting, Key("one"), Kind.WITHOUT, {"text": "…"}, "UANA", now)
    assert word.expires_at == still.at + until


@pytest.mark.parametrize(
    "since", [{"waiting_since": None}, {"opted": False}, {"present": False}, "a pause"]
)
def test_who_has_one_by_now_or_wants_none_does_not_read_it(still, since):
    if since == "a pause":
        still.person("UANA", paused_until=date(2026, 4, 1))
    else:
        still.stands("UANA", **since)
    assert latecomers.waits_no_more(still.services, told(still)) is not None


def test_it_says_when_the_next_round_is_as_that_is_when_it_goes_out(still):
    later = still.at + WEEK + timedelta(days=2)
    with still.db.transaction() as tx:
        channels.change(tx, PLACE, next_due_at=later)
    says = receipts.without(still.services, told(still))
    assert says == notices.no_introduction(still.channel)
    assert says != told(still).payload


def test_that_their_own_list_is_the_cause_is_true_when_it_goes_out_too(still):
    own = notices.no_introduction(still.channel, own_list=True)
    for listed in (["UBO"], ["UBO", "UCEM"]):
        with still.db.transaction() as tx:
            people.set_not_with(tx, who("UANA"), listed)
        assert (receipts.without(still.services, told(still)) == own) == (len(listed) == 2)


def test_of_a_group_that_changed_hosts_read_no_names(still):
    changed = Failed(("UANA", "UBO"), CHANGED)
    said = str(view.failed_later("C1", changed))
    assert "<@" not in said
    assert view.CAUSES[CHANGED] in said
    receipt = view.receipt(still.channel, still.at, Receipt(1, failed=(changed,)))
    assert "<@" not in str(receipt)
