"""What "not with" lists leave over finds the group that suits best, or none."""

import pytest

from core.matching import Candidate, History, Rules
from core.matching.plan import setting_of
from core.matching.rescue import rescue
from tests.core.matching.town import past_round

NAMES = "abcdefg"


def rescued(groups, left, blocks=(), met=(), size=2):
    """The groups and the lonely, as words of letters, after some pairs have met."""
    past = [past_round([[NAMES.index(one) for one in pair] for pair in met])] if met else []
    history = History({name: i for i, name in enumerate(NAMES)}, past)
    rules = Rules(size, blocks=frozenset(map(tuple, blocks)))
    setting = setting_of([Candidate(name) for name in NAMES], history, rules, 1)
    place = {person.id: v for v, person in enumerate(setting.people)}
    places = [[place[name] for name in group] for group in groups]
    found, lonely = rescue(setting, places, [place[name] for name in left])
    words = ["".join(sorted(setting.people[v].id for v in group)) for group in found]
    return sorted(words), sorted(setting.people[v].id for v in lonely)


@pytest.mark.parametrize(("met", "groups"), [("ae", ["ab", "cde"]), ("ce", ["abe", "cd"])])
def test_who_is_alone_joins_the_group_they_have_met_least(met, groups):
    assert rescued(["ab", "cd"], "e", met=[met]) == (groups, [])


def test_who_is_blocked_by_one_of_a_group_does_not_join_it():
    assert rescued(["ab", "cd"], "e", ["ea"]) == (["ab", "cde"], [])
    assert rescued(["ab", "cd"], "e", ["ea", "de"]) == (["ab", "cd"], ["e"])


def test_no_group_grows_by_more_than_one():
    assert rescued(["abc"], "d") == (["abc"], ["d"])
    assert rescued(["ab"], "de", ["de"]) == (["abd"], ["e"])


def test_two_who_are_alone_meet_each_other_and_rather_the_one_they_have_not_met():
    assert rescued([], "ab") == (["ab"], [])
    assert rescued([], "abc") == (["abc"], [])
    assert rescued([], "abcd", ["ac", "bd"], ["ab", "cd"]) == (["ad", "bc"], [])


def test_a_group_with_a_block_loses_whoever_is_blocked_most():
    assert rescued(["abcd"], "", ["ab", "ac"], size=4) == (["bcd"], ["a"])
    assert rescued(["abc", "def"], "", ["ab", "ac"], size=3) == (["adef", "bc"], [])
    assert rescued(["ab"], "", ["ab"]) == ([], ["a", "b"])
