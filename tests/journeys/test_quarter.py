"""Eight weeks in a channel of nine: people come, go, rest and stay silent; as they read it."""

import re
from collections import Counter
from itertools import combinations, pairwise

from bot.channels.ids import SETTINGS_DETAIL, SETTINGS_MORE
from bot.rounds.ids import QUIET_SLOWER
from bot.rounds.views.receipts import NOT_IN_IT, REASONS
from bot.rounds.views.silences import three_silences
from tests.gathering import a_channel, introduced, newest
from tests.words import labels
from tests.words.reading import gist

# In 2026, Good Friday and Easter Monday are 3 and 6 April, and Berlin's clocks change on 29 March.
HELD = (
    "2 March", "9 March", "16 March", "23 March", "30 March", "13 April", "20 April",
)  # fmt: skip


def monday(town):
    """The next Monday just after ten; returns who was introduced then."""
    before = len(introduced(town))
    town.move_to("Monday 10:01")
    return introduced(town)[before:]


def everyone(groups):
    return set().union(*groups)


def settles(ana, coffee):
    """Germany's holidays are left out; the rest stays."""
    ana.types("/coffee settings", in_=coffee)
    ana.presses(SETTINGS_MORE)
    assert ana.fills(SETTINGS_DETAIL, {labels.HOLIDAYS: "Germany"}) == {}
    ana.closes_modal(everything=True)


def test_eight_weeks_in_a_channel_of_nine(town):
    coffee, people = a_channel(town, 9)
    ana, bo, cem, dia, eli, fay, gus, *_ = people
    settles(ana, coffee)
    bo.types(f"/coffee avoid <@{cem.id}>")
    weeks = [monday(town)]

    # 2 March: nine people, four groups, one of them of three
    assert sorted(map(len, weeks[0])) == [2, 2, 2, 3]
    assert "4 introductions, 9 people." in newest(ana)

    # 9 March: somebody leaves, somebody new joins, somebody is on leave
    dia.types("/coffee leave", in_=coffee)
    eli.types("/coffee pause until 23 March")
    zoe = town.person("Zoe")
    zoe.joins(coffee)
    zoe.types("/coffee join", in_=coffee)
    weeks.append(monday(town))
    assert {"Dia", "Eli"}.isdisjoint(everyone(weeks[1]))
    assert "Zoe" in everyone(weeks[1])
    assert f"{NOT_IN_IT}: 2 people" in newest(ana)  # who left, and who is on a pause

    # 16 March: a colleague has left the company, and nobody told Kettle
    town.sim.faults.lose_next_event()
    fay.is_deactivated()
    weeks.append(monday(town))
    assert "Fay" not in everyone(weeks[2])
    assert f"@Fay, {REASONS['deactivated']}" in newest(ana)

    # 23 March: the pause ended by itself; Gus has not said a word so far
    weeks.append(monday(town))
    assert "Eli" in everyone(weeks[3])
    town.move_to("Tuesday 10:01")
    gus.presses(QUIET_SLOWER)  # under the question after three silences

    # 30 March, after the clocks changed: still at ten in Berlin, which is eight in UTC
    weeks.append(monday(town))
    assert town.clock.now().hour == 8
    assert "Round 5 of #coffee, Monday 30 March, 10:00" in newest(ana)

    # 6 April is a holiday: left out, not moved, and the rhythm goes on
    assert monday(town) == []
    ana.does_not_see("6 April")
    weeks += [monday(town) for _ in range(2)]
    dates = re.findall(r"Round \d+ of #coffee, Monday (\d+ \w+), 10:00", ana.transcript())
    assert tuple(dates) == HELD
    gus_in = ["Gus" in everyone(week) for week in weeks]
    assert not any(a and b for a, b in pairwise(gus_in[4:]))
    assert_fair(weeks)
    assert gist(three_silences) not in coffee.transcript()  # nothing about him in public


def assert_fair(weeks):
    """Nobody twice in a week or alone, the private list kept, and few people meet again."""
    pairs = Counter()
    for week in weeks:
        names = [name for group in week for name in group]
        assert len(names) == len(set(names))
        assert min(map(len, week)) >= 2
        pairs.update(frozenset(p) for group in week for p in combinations(sorted(group), 2))
    assert frozenset({"Bo", "Cem"}) not in pairs
    assert max(pairs.values()) <= 2
    assert sum(times > 1 for times in pairs.values()) <= len(pairs) // 5
