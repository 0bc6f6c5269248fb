"""Worries and actions: how they come back, and what may become of them."""

from itertools import product

import pytest

from core.actions import (
    AlreadyAsked,
    IllegalTransition,
    Item,
    ItemKind,
    Occasion,
    State,
    account,
    carry_over,
    comes_back,
    disown,
    mark_asked,
    move,
    owners_to_ask,
)


def action(name="write-it-down", owner="ana", state=State.OPEN, **rest) -> Item:
    return Item(name, ItemKind.ACTION, f"We will {name}.", owner, state, **rest)


def worry(name="too-many-topics", state=State.OPEN, **rest) -> Item:
    return Item(name, ItemKind.WORRY, f"I worry about {name}.", None, state, **rest)


LEGAL = {
    (State.OPEN, State.STILL_OPEN),
    (State.OPEN, State.DONE),
    (State.OPEN, State.DROPPED),
    (State.STILL_OPEN, State.DONE),
    (State.STILL_OPEN, State.DROPPED),
}


@pytest.mark.parametrize(("old", "new"), sorted(LEGAL))
def test_an_unfinished_item_can_be_done_dropped_or_still_open(old, new):
    assert move(action(state=old), new).state is new


@pytest.mark.parametrize(
    ("old", "new"), sorted(p for p in product(State, State) if p[0] != p[1] and p not in LEGAL)
)
def test_what_is_settled_stays_settled(old, new):
    with pytest.raises(IllegalTransition, match=old):
        move(action(state=old), new)


@pytest.mark.parametrize("state", list(State))
def test_pressing_the_same_button_twice_changes_nothing(state):
    item = action(state=state)
    assert move(item, state) is item


@pytest.mark.parametrize("occasion", [Occasion.RETRO, Occasion.AAR])
def test_kickoff_worries_come_back_at_the_retro_and_the_aar(occasion):
    assert [item.id for item in carry_over([worry()], occasion)] == ["too-many-topics"]


def test_old_worries_do_not_open_a_new_kickoff_but_actions_do():
    assert [item.kind for item in carry_over([worry(), action()], Occasion.KICKOFF)] == ["action"]


def test_what_is_finished_is_told_once_and_goes_on_no_further():
    finished = [action(state=State.DONE), action(state=State.DROPPED), worry(state=State.DONE)]
    assert carry_over(finished, Occasion.RETRO) == ()
    assert all(comes_back(item, Occasion.RETRO) for item in finished)
    assert not any(comes_back(i, Occasion.RETRO, told={i.id for i in finished}) for i in finished)
    assert comes_back(action(), Occasion.RETRO, told={action().id})


def test_an_item_that_comes_back_keeps_its_words_its_owner_and_its_order():
    items = [action("first", state=State.STILL_OPEN), worry("second"), action("third", owner="bo")]
    carried = carry_over(items, Occasion.AAR)
    assert [(i.id, i.text, i.owner) for i in carried] == [(i.id, i.text, i.owner) for i in items]
    assert [i.carried for i in carry_over(carried, Occasion.AAR)] == [2, 2, 2]


def test_silence_next_time_is_not_taken_for_an_old_answer():
    (carried,) = carry_over([action(state=State.STILL_OPEN)], Occasion.RETRO)
    assert account([carried]).unanswered == (carried,)


def test_each_owner_gets_one_question_about_all_their_actions():
    items = [action("a"), action("b", owner="bo"), action("c"), action("d", owner=None), worry()]
    asked = owners_to_ask(items, Occasion.RETRO)
    assert {owner: [i.id for i in mine] for owner, mine in asked.items()} == {
        "ana": ["a", "c"],
        "bo": ["b"],
    }


def test_an_owner_is_asked_once_before_a_check_in_and_again_only_before_the_next():
    asked = mark_asked(action())
    assert owners_to_ask([asked], Occasion.RETRO) == {}
    with pytest.raises(AlreadyAsked):
        mark_asked(asked)
    carried = carry_over([asked], Occasion.RETRO)
    assert list(owners_to_ask(carried, Occasion.RETRO)) == ["ana"]


def test_nobody_is_asked_about_what_is_finished_or_about_a_worry():
    owned_worry = Item("w", ItemKind.WORRY, "I worry.", "ana")
    assert owners_to_ask([action(state=State.DONE), owned_worry], Occasion.RETRO) == {}


def test_whoever_was_named_by_others_can_hand_an_action_back():
    handed_back = disown(mark_asked(action()))
    assert (handed_back.owner, handed_back.asked, handed_back.text) == (None, False, action().text)


def test_the_account_says_what_became_of_everything():
    items = [action(state.value, state=state) for state in State]
    told = account(items)
    assert [i.id for i in (*told.done, *told.still_open, *told.dropped, *told.unanswered)] == [
        "done",
        "still_open",
        "dropped",
        "open",
    ]
