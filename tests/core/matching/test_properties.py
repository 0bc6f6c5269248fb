"""What holds for every plan, whoever is there and whatever the host chose."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from core.matching import Candidate, History, Odd, Preferences, Rules, plan_round
from core.matching.sizes import split
from tests import scale
from tests.core.matching.town import names, past_round


@st.composite
def rounds(draw, people):
    """A past round of some of the people and of some who left."""
    order = draw(st.permutations(range(people + 2)))
    size = draw(st.integers(2, 4))
    groups = [order[k : k + size] for k in range(0, people - size, size)]
    return past_round(groups, draw(st.integers(0, 2)), draw(st.booleans()))


@st.composite
def problems(draw):
    count = draw(st.integers(0, 13))
    name = names(count)
    team = st.sampled_from([None, "a", "b"])
    people = [
        Candidate(
            one,
            team=draw(team),
            hours=draw(st.sampled_from([0, 0xFF, 0xFF00, 0xFFF])),
            mode=draw(st.sampled_from([None, "in_person", "virtual"])),
            site=draw(st.sampled_from([None, "x", "y"])),
            channels=frozenset(draw(st.sets(st.sampled_from("cde")))),
            size=draw(st.sampled_from([None, 2, 3])),
            credit=draw(st.sampled_from([-0.5, 0.0, 0.7, 3.0])),
        )
        for one in name
    ]
    pairs = list(combinations(name, 2))
    blocks = draw(st.sets(st.sampled_from(pairs), max_size=len(pairs))) if pairs else set()
    weights = st.sampled_from([0, 0, 2])
    wishes = Preferences(draw(weights), 0, draw(weights), draw(weights), draw(weights))
    rules = Rules(draw(st.integers(2, 6)), draw(st.sampled_from(Odd)), frozenset(blocks), wishes)
    past = draw(st.lists(rounds(count), max_size=5)) if count > 3 else []
    history = History({one: i for i, one in enumerate(name)}, past)
    return people, history, rules, draw(st.integers(0, 2**32))


@settings(max_examples=scale.of(20, 600))
@given(problems(), st.randoms(use_true_random=False))
def test_everybody_is_in_one_group_or_left_out_and_never_with_someone_blocked(problem, rnd):
    people, history, rules, seed = problem
    plan = plan_round(people, history, rules, seed)
    seated = [person for group in plan.groups for person in group.people]
    assert sorted(seated + [one.person for one in plan.left_out]) == names(len(people))
    for group in plan.groups:
        assert 2 <= len(group.people) <= rules.size + 1
        assert group.organiser in group.people
        assert not set(combinations(group.people, 2)) & rules.blocks
        assert [(why.a, why.b) for why in group.why] == list(combinations(group.people, 2))
    shuffled = list(people)
    rnd.shuffle(shuffled)
    assert plan_round(shuffled, history, rules, seed) == plan


@settings(max_examples=scale.of(6, 200))
@given(problems())
def test_without_blocks_the_sizes_are_those_the_host_chose(problem):
    people, history, rules, seed = problem
    rules = Rules(rules.size, rules.odd)
    plan = plan_round(people, history, rules, seed)
    sizes, _ = split(len(people), rules)
    assert sorted(len(group.people) for group in plan.groups) == sorted(sizes)


def matchings(people):
    """Every way to pair everybody up."""
    if not people:
        yield []
        return
    first, *others = people
    for other in others:
        rest = [one for one in others if one != other]
        for pairs in matchings(rest):
            yield [(first, other), *pairs]


rounds_of_eight = st.permutations(range(8)).map(lambda o: [o[k : k + 2] for k in range(0, 8, 2)])
pasts = st.lists(rounds_of_eight, min_size=1, max_size=9)


@settings(max_examples=scale.of(26, 800))
@given(st.data())
def test_no_round_of_pairs_repeats_less_than_the_one_planned(data):
    """An unrelated block adds no repeat that could be avoided: the plan is the true optimum."""
    name = names(8)
    groups = data.draw(pasts)
    blocks = data.draw(st.sets(st.sampled_from(list(combinations(name, 2))), max_size=3))
    times = {pair: 0 for pair in combinations(range(8), 2)}
    for one in groups:
        for pair in one:
            times[tuple(sorted(pair))] += 1

    def price(pairs):
        met = [times[pair] for pair in pairs]
        return max(met), sum(count * count for count in met)

    allowed = [
        pairs
        for pairs in matchings(list(range(8)))
        if not blocks & {(name[a], name[b]) for a, b in pairs}
    ]
    history = History({one: i for i, one in enumerate(name)}, [past_round(g) for g in groups])
    rules = Rules(blocks=frozenset(blocks), window=0)
    plan = plan_round([Candidate(one) for one in name], history, rules, 1)
    if allowed:
        ours = [tuple(name.index(one) for one in group.people) for group in plan.groups]
        assert price(ours) == min(map(price, allowed))


@settings(max_examples=scale.of(16, 500))
@given(st.data())
def test_a_block_between_people_who_are_apart_anyway_adds_no_repeat_for_anybody(data):
    """The round planned without it is still there to be held, so nothing worse may come."""
    name = names(8)
    groups = data.draw(pasts)
    history = History({one: i for i, one in enumerate(name)}, [past_round(g) for g in groups])
    who = [Candidate(one) for one in name]
    before = plan_round(who, history, Rules(window=0), 1)
    together = {group.people for group in before.groups}
    apart = [pair for pair in combinations(name, 2) if pair not in together]
    blocks = frozenset(data.draw(st.sets(st.sampled_from(apart), min_size=1, max_size=6)))
    after = plan_round(who, history, Rules(window=0, blocks=blocks), data.draw(st.integers(0, 9)))

    def repeats(plan):
        return sorted((group.why[0].times for group in plan.groups), reverse=True)

    assert repeats(after) == repeats(before)
