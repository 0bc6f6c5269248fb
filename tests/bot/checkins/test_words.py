"""What is promised is what is obeyed: the line under a question, and pages of results."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest

from bot.checkins.after.views import results as checkin_results
from bot.checkins.views import loop, post
from bot.checkins.views import words as checkin_words
from bot.library import shelf
from bot.views.forms import Wrong
from core.actions import Item, ItemKind
from core.checkins import (
    ARC,
    Audience,
    Before,
    CheckIn,
    Contract,
    Kind,
    Phase,
    Question,
    Reply,
    Result,
)
from core.checkins.kinds import ACTIONS
from core.prompts import sections
from core.pulse import Withheld
from simulator.blocks import message_problems, view_problems

WHEN = datetime(2026, 3, 2, 9, tzinfo=UTC)
CONTRACTS = [
    Contract(kind, named, audience, None if named else floor)
    for kind, named, audience, floor in product(Kind, (True, False), Audience, (3, 5, 9))
    if not (named and (kind is Kind.PULSE or floor > 3))
]


def checkin(contract, **changes):
    made = CheckIn(
        id=1,
        team_id="T1",
        channel_id="C1",
        asker="U1",
        line="",
        questions=(Question("How are things?"),),
        contract=contract,
        phase=Phase.CLOSED,
        opens_at=WHEN,
        closes_at=WHEN,
        posted_ts="1.1",
        result=Result(0, 0),
    )
    return replace(made, **changes)


@pytest.mark.parametrize("contract", CONTRACTS, ids=str)
def test_the_promise_says_what_the_contract_lets_happen(contract):
    said = checkin_words.promise(contract, "U1", WHEN)
    assert ("everyone in this channel" in said) == contract.lets_see(
        asks_or_hosts=False, member=True
    )
    assert ("the hosts of this channel and workspace admins" in said) == (
        not contract.lets_see(asks_or_hosts=False, member=True)
    )
    everyone_reads = contract.audience is Audience.CHANNEL
    assert ("may post it here" in said) == (contract.lets_post() and not everyone_reads)
    assert ("with your name," in said) == contract.named
    assert ("with at least" in said) == (not contract.enough(1))
    assert contract.floor is None or f"only with at least {contract.floor} answers" in said
    assert f"{contract.keep_days} days" in said
    assert ("listed in this channel" in said) == (contract.kind in ARC)
    assert len(said) < 600
    open_now = checkin(contract, phase=Phase.OPEN)
    assert said in str(post.post(open_now)["blocks"])
    assert said in str(post.answer_form(open_now)["blocks"])


def named(count, words="Fine."):
    return {f"U{number}": {"answer": f"{words}{number}"} for number in range(count)}


def test_every_answer_can_be_read_page_by_page():
    contract = Contract(Kind.OPEN, named=True, audience=Audience.ASKER, floor=None)
    answers, read = named(95), ""
    for page, buttons in enumerate(("Further", "Back, Further", "Back")):
        view = checkin_results.modal(checkin(contract, answers=95), answers, True, page)
        assert view_problems(view) == []
        drawn = str(view["blocks"])
        assert ("Further answers" in drawn, "'Back'" in drawn) == (
            "Further" in buttons,
            "Back" in buttons,
        )
        read += drawn
    assert all(f"<@{user_id}> Fine.{n}" in read for n, user_id in enumerate(answers))
    assert "… and 55 more." in read
    assert "… and 15 more." in read


def test_long_texts_full_of_signs_are_cut_between_signs_and_never_refused():
    sign = "&lt;"
    pieces = checkin_words.pieces(sign * 3000)
    assert "".join(pieces) == sign * 3000
    assert all(len(piece) <= 2900 and piece.startswith("&") for piece in pieces)
    assert checkin_words.pieces("x" * 6000) == ["x" * 2900, "x" * 2900, "x" * 200]
    contract = Contract(Kind.RETRO, named=True, audience=Audience.ASKER, floor=None)
    worries = [Item(str(n), ItemKind.WORRY, "<" * 600) for n in range(14)]
    reply = Reply("&" * 800, "<" * 800)
    full = checkin(contract, phase=Phase.OPEN, before=Before("U1", Kind.AAR, WHEN, reply))
    assert message_problems(post.post(full, worries)["blocks"]) == []
    results = checkin_results.modal(checkin(contract, answers=40), named(40, "<" * 2400), True)
    assert view_problems(results) == []


def test_the_asker_owes_a_word_only_if_anybody_said_something_and_saw_the_question():
    contract = Contract(Kind.OPEN, named=False, audience=Audience.ASKER, floor=5)
    answered = checkin(contract, answers=7)
    few = Result(3, 8, Withheld.TOO_FEW_ANSWERS)
    for closed, said, buttons in (
        (answered, "Tell them what you heard and what you will do", 2),
        (replace(answered, answers=3, result=few), "Say that you could not read the answers", 2),
        (replace(answered, answers=0, result=few), "nobody answered. That happens", 0),
        (replace(answered, answers=0, posted_ts=None), "nobody has seen the question", 0),
    ):
        message = loop.closed_for_asker(closed)
        assert said in message["blocks"][0]["text"]["text"]
        assert len(message["blocks"][1:]) == (1 if buttons else 0)


@pytest.mark.parametrize("kind", Kind)
def test_a_slip_has_room_for_the_longest_answer_that_the_form_takes(kind):
    """In letters of up to three bytes: what is longer still is refused beside its field."""
    parts = sections(shelf.load(kind)) or (None,)
    asked = tuple(Question("?", section=section) for section in parts)
    fields = post.fields_of(checkin(Contract(kind, False, Audience.CHANNEL, 5), questions=asked))
    longest = {field.id: "語" * field.longest for field in fields if field.id != ACTIONS}
    assert len(fields) == len(parts)
    assert len(json.dumps(longest, ensure_ascii=False).encode()) <= kind.rules.slip_bytes


@pytest.mark.parametrize("field", [loop.HEARD, loop.WILL], ids=lambda field: field.id)
def test_a_reply_without_words_is_refused_beside_its_field(field):
    with pytest.raises(Wrong) as refused:
        field.read(" \n ")
    assert str(refused.value) == checkin_words.WRITE_SOMETHING
