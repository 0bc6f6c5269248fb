"""When hosts are told of a round, what of, and who else hears that it went without them."""

from datetime import timedelta

import pytest

from bot.meetings import introductions
from bot.rounds import receipts
from bot.rounds.views import notices
from bot.rounds.views.receipts import NOBODY_LEFT, ON_THEIR_WAY
from core.outbox.kinds import DeliveryKind as Kind
from core.receipt import Receipt, Regrouped
from core.values import Place, Who
from storage.channels import channels
from storage.outbox import deliveries
from storage.people import people
from storage.rounds import rounds
from storage.rounds.rounds import NewRound
from tests.still import PLACE, TEAM, WEEK, Still

SECOND, PATIENCE = timedelta(seconds=1), timedelta(hours=2)
PAIR = Receipt(3, groups=(("UANA", "UBO"),), present=2)


@pytest.fixture
def still(db):
    return Still(db)


def kept(still, receipt=PAIR):
    """A round that was held now."""
    new = NewRound(receipt.number, still.at, still.at, still.at + WEEK, seed=7)
    with still.db.transaction() as tx:
        round_id = rounds.open_round(tx, PLACE, new)
        rounds.keep_receipt(tx, round_id, receipt)
    return round_id


def introduced(still, round_id):
    """Its introduction, which waits."""
    meeting = still.meeting("UANA", "UBO")
    with still.db.transaction() as tx:
        own = list(people.some(tx, TEAM, meeting.user_ids).values())
        message = introductions.introduction(meeting, own, still.at, round_id)
        return deliveries.put(tx, message)


def told(still):
    receipts.send_receipts(still.services, still.channel)
    return {message.users[0]: str(message.payload) for message in still.laid(Kind.RECEIPT)}


def test_a_receipt_comes_once_to_the_inviter_and_to_each_named_host(still):
    with still.db.transaction() as tx:
        channels.name_hosts(tx, Place(TEAM, "C1"), ["UHOST", "UCEM"])
    kept(still)
    assert sorted(told(still)) == ["UCEM", "UHOST"]
    assert "*Round 3 of <#C1>" in told(still)["UHOST"]
    assert len(still.laid(Kind.RECEIPT)) == 2  # though asked twice


def test_a_receipt_waits_two_hours_for_its_introductions_and_then_says_that_they_come(still):
    introduced(still, kept(still))
    still.at += PATIENCE - SECOND
    assert told(still) == {}
    still.at += SECOND
    assert "Still on their way: 1 introduction," in told(still)["UHOST"]


def test_a_receipt_names_what_was_not_delivered_with_the_cause(still):
    delivery = introduced(still, kept(still))
    with still.db.transaction() as tx:
        deliveries.fail(tx, delivery, "is_archived")
    said = told(still)["UHOST"]
    assert "Not delivered: <@UANA> and <@UBO>, because the conversation is archived" in said
    assert ON_THEIR_WAY not in said


@pytest.mark.parametrize("present", [0, 1, 2])
def test_a_round_without_a_group_says_so_and_not_how_many_were_there(still, present):
    kept(still, Receipt(1, present=present))
    assert told(still)["UHOST"] == str(notices.too_few("C1"))


@pytest.mark.parametrize(
    ("listed", "told_why"), [(["UFAY", "UGUS"], True), (["UFAY"], False), ([], False)]
)
def test_whose_own_list_left_nobody_reads_so_and_anybody_else_does_not(still, listed, told_why):
    still.person("UCEM")
    with still.db.transaction() as tx:
        people.set_not_with(tx, Who(TEAM, "UCEM"), listed)
    kept(still, Receipt(1, groups=(("UFAY", "UGUS"),), left_out={"no_partner": ("UCEM",)}))
    told(still)
    [message] = still.laid(Kind.WITHOUT)
    assert (notices.OWN_LIST in str(message.payload)) is told_why


def test_a_round_whose_only_group_fell_apart_is_told_as_a_round(still):
    kept(still, Receipt(1, replanned=(Regrouped("UBO", "user_disabled"),)))
    said = told(still)["UHOST"]
    assert f"<@UBO> could not be reached (the account is deactivated); {NOBODY_LEFT}" in said


def test_only_those_without_a_group_of_their_own_read_that_it_did_not_work_out(still):
    left = {
        "sits_out": ("UANA",), "alone": ("UBO",), "no_partner": ("UCEM",),
        "paused": ("UDIA",), "skipping": ("UELI",),
    }  # fmt: skip
    kept(still, Receipt(1, groups=(("UFAY", "UGUS"),), left_out=left))
    told(still)
    assert still.readers(Kind.WITHOUT) == ["UANA", "UBO", "UCEM"]


def test_an_account_comes_back_from_the_database_as_it_was_kept(still):
    whole = Receipt(
        7, (("U1", "U2"), ("U3", "U4", "U5")), (1,), {"paused": ("U6",)}, True, True, 6,
        (Regrouped("U7", "user_not_found", ("U1", "U2")),),
    )  # fmt: skip
    round_id = kept(still, whole)
    with still.db.reading() as tx:
        assert rounds.get(tx, round_id).receipt == whole


def test_an_account_of_the_first_version_is_read():
    old = {"number": 4, "groups": [["U1", "U2"]], "odd": [], "left_out": {"paused": ["U3"]}}
    read = Receipt.from_json({**old, "late": False, "capped": False, "present": 2})
    assert read == Receipt(4, (("U1", "U2"),), (), {"paused": ("U3",)}, present=2)
    changed = {**old, "replanned": [{"gone": "U9", "cause": "user_disabled", "now": []}]}
    assert Receipt.from_json(changed).replanned == (Regrouped("U9", "user_disabled"),)
    assert Receipt.from_json({}) == Receipt(0)
