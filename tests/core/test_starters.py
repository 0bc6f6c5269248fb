"""Conversation starters: new to everyone for as long as the list lasts, then least used."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.starters import Starter, Tag, choose

STARTERS = [
    Starter("l1", Tag.LIGHT, "What did you cook last?"),
    Starter("l2", Tag.LIGHT, "Which shop would you miss?"),
    Starter("w1", Tag.WORK, "What are you proud of this month?"),
    Starter("w2", Tag.WORK, "What would you drop?"),
    Starter("d1", Tag.DEEP, "What have you changed your mind about?"),
]
IDS = [starter.id for starter in STARTERS]


def test_a_starter_that_any_of_the_group_has_had_is_not_chosen():
    for seed in range(20):
        assert choose(STARTERS, [{"l1", "w1"}, {"w2"}, {"d1"}], None, seed).id == "l2"


def test_a_tag_narrows_the_list():
    found = {choose(STARTERS, [], "work", seed).id for seed in range(20)}
    assert found == {"w1", "w2"}


def test_a_tag_that_has_no_starters_gives_one_of_the_others():
    assert choose(STARTERS[:2], [], Tag.DEEP, 1).tag is Tag.LIGHT


def test_when_the_list_is_used_up_the_least_used_comes_again():
    seen = [IDS, [*IDS, "l1", "w1", "w2", "d1"]]
    assert choose(STARTERS, seen, None, 3).id == "l2"


def test_shuffling_shows_every_starter_once_before_any_comes_again():
    shown = []
    for _ in STARTERS:
        shown.append(choose(STARTERS, [set(), set()], None, "meeting 7", shown).id)
    assert sorted(shown) == sorted(IDS)
    again = choose(STARTERS, [set(), set()], None, "meeting 7", shown).id
    assert again != shown[-1]


def test_the_only_starter_there_is_comes_again():
    assert choose(STARTERS[:1], [{"l1"}], None, 1, ["l1"]).id == "l1"


def test_a_starter_that_was_retired_does_not_matter():
    assert choose(STARTERS[:1], [{"gone", "l1"}], None, 1, ["gone"]).id == "l1"


def test_without_any_starters_there_is_nothing_to_choose():
    with pytest.raises(ValueError, match="no conversation starters"):
        choose([], [], None, 1)


@given(st.lists(st.sets(st.sampled_from(IDS))), st.sampled_from([None, *Tag]), st.integers())
def test_a_new_one_is_found_whenever_there_is_one_and_the_seed_decides(seen_by, tag, seed):
    chosen = choose(STARTERS, seen_by, tag, seed)
    assert chosen == choose(list(reversed(STARTERS)), seen_by, tag, seed)
    had = set().union(*seen_by)
    fresh = [s for s in STARTERS if s.id not in had and tag in (None, s.tag)]
    assert chosen.id not in had or not fresh
