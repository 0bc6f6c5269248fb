"""Choosing the next prompt of a channel, and checking what a host wrote."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.prompts import (
    OWN_MAX,
    NoPromptLeft,
    OwnProblem,
    Prompt,
    check_own,
    likeness,
    next_prompt,
    of_section,
    sections,
)

LIBRARY = [Prompt(f"open-{n}", f"Question number {n}?", quiet=n < 3) for n in range(8)]
OWN = [Prompt(f"own-{n}", f"Our question {n}?", quiet=True) for n in range(2)]


def posted(times, library=LIBRARY, own=(), retired=(), quiet=False, seed=0):
    used: list[str] = []
    for turn in range(times):
        used.append(next_prompt(library, own, set(retired), used, quiet, f"{seed}/{turn}").id)
    return used


@given(seed=st.integers(), own=st.integers(0, 2))
def test_nothing_repeats_before_all_prompts_are_used_up(seed, own):
    everything = {prompt.id for prompt in (*LIBRARY, *OWN[:own])}
    assert set(posted(len(everything), own=OWN[:own], seed=seed)) == everything


def test_when_all_are_used_up_the_oldest_comes_back_first():
    used = posted(24, seed=5)
    assert used[8:16] == used[:8]
    assert used[16:] == used[:8]


def test_a_prompt_posted_twice_counts_from_its_last_time():
    used = ["a", "b", "c", "a"]
    library = [Prompt(name, "Why?") for name in "abc"]
    assert next_prompt(library, [], set(), used, False, 1).id == "b"


def test_a_new_prompt_comes_before_all_used_ones():
    used = posted(8)
    assert next_prompt(LIBRARY, OWN[:1], set(), used, False, 1) == OWN[0]


def test_the_same_seed_gives_the_same_prompt_in_whatever_order_they_are():
    for seed in range(20):
        one = next_prompt(LIBRARY, OWN, set(), [], False, seed)
        assert next_prompt(LIBRARY[::-1], OWN[::-1], set(), [], False, seed) == one


def test_different_seeds_reach_every_prompt():
    reached = {next_prompt(LIBRARY, [], set(), [], False, seed).id for seed in range(100)}
    assert reached == {prompt.id for prompt in LIBRARY}


def test_a_hosts_own_words_are_soon_heard():
    firsts = Counter(next_prompt(LIBRARY, OWN[:1], set(), [], False, s).id for s in range(200))
    assert 70 <= firsts["own-0"] <= 130


def test_an_edited_prompt_takes_the_place_of_the_original():
    edited = Prompt("open-0", "Asked in our words?")
    assert next_prompt(LIBRARY[:1], [edited], set(), [], False, 1) == edited
    assert next_prompt(LIBRARY[:1], [edited], set(), ["open-0"], False, 1) == edited


def test_retired_prompts_do_not_come_back():
    retired = {"open-0", "open-3", "own-1"}
    assert retired.isdisjoint(posted(30, own=OWN, retired=retired))


def test_under_pressure_only_quiet_prompts_come():
    assert set(posted(12, own=OWN, quiet=True)) == {"open-0", "open-1", "open-2", "own-0", "own-1"}


def test_what_is_used_and_no_longer_exists_does_not_matter():
    used = ["gone-1", "gone-2"]
    assert next_prompt(LIBRARY[:1], [], set(), used, False, 1) == LIBRARY[0]


@pytest.mark.parametrize(
    ("library", "retired", "quiet"),
    [([], set(), False), (LIBRARY[:1], {"open-0"}, False), (LIBRARY[5:], set(), True)],
)
def test_when_nothing_may_be_posted_it_says_so(library, retired, quiet):
    with pytest.raises(NoPromptLeft):
        next_prompt(library, [], retired, [], quiet, 1)


def test_prompts_are_found_by_section():
    arc = [Prompt("a", "?", section="why"), Prompt("b", "?", section="how"), Prompt("c", "?")]
    assert sections(arc) == ("why", "how")
    assert [prompt.id for prompt in of_section(arc, "how")] == ["b"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("What did we learn from the pilot?", None),
        ("Qu'avons-nous appris ?", None),
        ("何を学びましたか", None),
        ("Two lines\nof one question?", None),
        ("Write to team@here.example if you like.", None),
        ("  ", OwnProblem.EMPTY),
        ("?!", OwnProblem.EMPTY),
        ("a" * (OWN_MAX + 1), OwnProblem.TOO_LONG),
        ("<!channel> what is new?", OwnProblem.MENTIONS),
        ("Ask <@U123ABC> about it.", OwnProblem.MENTIONS),
        ("Hello @Here, what is new?", OwnProblem.MENTIONS),
        ("What\x07is new?", OwnProblem.NOT_PLAIN),
        ("what is NEW, today", OwnProblem.ALREADY_THERE),
        ("What is new today, Bo?", OwnProblem.ALREADY_THERE),  # four words of five
        ("What is new for Bo today?", None),  # four words of six
    ],
)
def test_a_hosts_prompt_is_checked(text, problem):
    assert check_own(text, ["Why?", "What is new today?"]) == problem


def test_the_longest_allowed_prompt_is_allowed():
    assert check_own("a" * OWN_MAX + "  ", []) is None


def test_likeness_counts_shared_words():
    assert likeness("Why now?", "now, WHY") == 1
    assert likeness("Why now?", "Who later?") == 0
    assert likeness("one two", "one three") == pytest.approx(1 / 3)
    assert likeness("", "") == 1
