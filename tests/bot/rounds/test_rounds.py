"""Holding a round: who meets, who is left out and why, and when it is held at all."""

import pytest

from bot.channels.ids import SETTINGS_DETAIL, SETTINGS_MORE
from bot.channels.views import detail
from bot.meetings.ids import MEETING_MET, MEETING_NOT
from bot.meetings.views.introductions import CHANGED
from bot.meetings.views.past import NOT_MET, ODD
from bot.people.ids import PREFERENCES
from bot.people.views.coffee import left
from bot.platform import directory
from bot.rounds import holding
from bot.rounds.views.receipts import CAUSES, LATE, NOBODY_LEFT, NOT_IN_IT, ON_THEIR_WAY, REASONS
from core.outbox.kinds import DeliveryKind as Kind
from core.values import Place, TakingPart
from storage.rounds import history
from tests.gathering import a_channel, introduced, newest, opened, with_person
from tests.words import labels
from tests.words.reading import received, stored

AWAY = ":palm_tree:"


def more(host, channel, fields):
    host.types("/coffee settings", in_=channel)
    host.presses(SETTINGS_MORE)
    values = {field.label: value for field, value in fields.items()}
    assert host.fills(SETTINGS_DETAIL, values) == {}
    host.closes_modal(everything=True)


def test_with_an_even_number_nobody_meets_again_before_everyone_has_met(town):
    a_channel(town, 4)
    for _ in range(3):
        town.move_to("Monday 10:00")
    pairs = [frozenset(group) for group in introduced(town)]
    assert len(pairs) == len(set(pairs)) == 6


def test_the_odd_one_joins_a_pair_and_whose_turn_that_is_rotates(town):
    _, people = a_channel(town, 5)
    turns = dict.fromkeys((p.name for p in people), 0)
    for _ in range(3):
        town.move_to("Monday 10:00")
        trio = {p.name for p in people if len(with_person(town, p)) == 2}
        assert len(trio) == 3
        for name in trio:
            turns[name] += 1
    assert (min(turns.values()), max(turns.values())) == (1, 2)  # nine turns among five
    people[0].sees("(the odd group this time)")
    someone = next(p for p in people if len(with_person(town, p)) == 2)
    assert "Your group is of another size than usual" in someone.types("/coffee why")


def test_whoever_sits_out_hears_it_and_is_in_the_next_round(town):
    _, people = a_channel(town, 3, odd="Sit out in turn")
    for _ in range(3):
        town.move_to("Monday 10:01")
    for person in people:
        rounds_in = sum(person.name in group for group in introduced(town))
        assert (rounds_in, len(received(town, person, Kind.WITHOUT))) == (2, 1)  # in turn
    people[0].sees("1 × sitting out, in rotation")


def test_whoever_is_alone_reads_the_date_of_the_round_after_this_one(town):
    coffee, (ana, bo) = a_channel(town, 2)
    bo.types("/coffee skip", in_=coffee)
    town.move_to("Monday 10:01")
    assert "Monday, March 9, 2026, 10:00 AM" in received(town, ana, Kind.WITHOUT)[-1]


def test_in_groups_of_four_nobody_is_told_that_the_number_did_not_divide(town):
    _, people = a_channel(town, 8, size="4")
    town.move_to("Monday 10:00")
    assert sorted(map(len, introduced(town))) == [4, 4]
    assert ODD not in people[3].types("/coffee why")


def test_each_one_left_out_has_a_reason_in_the_receipt_and_private_ones_have_no_name(town):
    coffee, people = a_channel(town, 9)
    ana, bo, cem, dia, eli, _, gus, *_ = people
    guest = town.person("Gil", restricted=True)
    ana.invites(guest, coffee)
    bo.types("/coffee skip", in_=coffee)
    cem.types("/coffee pause 3w")
    dia.types("/coffee leave", in_=coffee)
    eli.leaves(coffee)
    gus.is_deactivated()
    town.move_to("Monday 10:00")
    said = newest(ana)
    assert "2 introductions, 4 people." in said
    for line in (
        f"{NOT_IN_IT}: 3 people. Why is theirs to tell.",
        "@Gus, deactivated in Slack",
        "@Gil, a guest, and guests are not included here",
    ):
        assert line in said
    for private in (bo, cem, dia, eli):
        assert f"@{private.name}" not in said


def test_of_five_whose_reasons_are_private_the_receipt_tells_how_many_have_which(town):
    coffee, people = a_channel(town, 7)
    for person in people[2:5]:
        person.types("/coffee skip", in_=coffee)
    for person in people[5:]:
        person.types("/coffee pause 3w")
    town.move_to("Monday 10:00")
    said = newest(people[0])
    assert f"3 × {REASONS['skipping']}" in said
    assert f"2 × {REASONS['paused']}" in said
    assert NOT_IN_IT not in said


def test_a_skip_is_for_one_round_and_a_slower_pace_for_every_second_one(town):
    coffee, (ana, bo, cem, _) = a_channel(town, 4)
    bo.types("/coffee preferences")
    bo.fills(PREFERENCES, {labels.PACE: "2"})
    cem.types("/coffee skip", in_=coffee)
    seen, told = [], []
    for _ in range(3):
        before = len(introduced(town))
        told.append("You sit it out, at the pace you chose." in bo.types("/coffee"))
        town.move_to("Monday 10:00")
        seen.append(set().union(*introduced(town)[before:]))
    assert told == [False, True, False]
    assert ["Bo" in names for names in seen] == [True, False, True]
    assert ["Cem" in names for names in seen] == [False, True, True]
    ana.sees(f"{NOT_IN_IT}: 1 person.")


def test_skipping_is_never_counted_as_silence(town):
    coffee, (_, bo, *_) = a_channel(town, 3)
    for _ in range(4):  # the question comes after three silences
        bo.types("/coffee skip", in_=coffee)
        town.move_to("Monday 10:01")
    assert received(town, bo, Kind.SILENCES) == []


def test_events_can_be_lost_the_member_list_is_asked_again_at_each_round(town):
    coffee, people = a_channel(town, 5)
    town.sim.faults.lose_next_event()
    people[4].leaves(coffee)
    town.move_to("Monday 10:00")
    assert set().union(*introduced(town)) == {"Ana", "Bo", "Cem", "Dia"}


def test_nobody_is_enrolled_silently(town):
    ana, bo = town.person("Ana"), town.person("Bo")
    coffee = town.channel("coffee", [ana, bo])
    town.sets_up(coffee, ana)
    town.move_to("Monday 10:00")
    assert introduced(town) == []
    assert len(received(town, ana, Kind.RECEIPT)) == 1
    assert len(received(town, bo, Kind.OPENING)) == 1


def test_where_everyone_takes_part_the_channel_reads_so_first_and_one_press_is_a_no(town):
    people = [town.person(name) for name in ("Ana", "Bo", "Cem")]
    coffee = town.channel("coffee", people)
    town.sets_up(coffee, people[0], taking_part=TakingPart.EVERYONE, weekday="2")
    assert len(received(town, people[2], Kind.OPENING)) == 1
    said = people[2].presses("Not for me")
    assert said == people[2].text_of(left(stored(town, coffee)))
    town.move_to("Wednesday 10:00")
    assert introduced(town) == [{"Ana", "Bo"}]


def test_a_newcomer_where_everyone_takes_part_is_told_first_even_if_the_event_was_lost(town):
    people = [town.person(name) for name in ("Ana", "Bo", "Cem", "Dia", "Eli")]
    coffee = town.channel("coffee", people[:2])
    town.sets_up(coffee, people[0], taking_part=TakingPart.EVERYONE, weekday="2")
    town.sim.faults.duplicate_next_event()
    people[2].joins(coffee)
    town.sim.faults.lose_next_event()
    people[3].joins(coffee)
    assert "@Dia" in people[0].types("/coffee preview", in_=coffee)
    assert received(town, people[3], Kind.NEWCOMER) == []  # a preview sends nothing
    people[0].removes_bot(coffee)
    people[4].joins(coffee)
    people[0].invites_bot(coffee)
    town.forward(seconds=5)
    assert len(received(town, people[4], Kind.NEWCOMER)) == 1
    town.move_to("Wednesday 10:01")
    for newcomer in people[2:]:
        (said,) = received(town, newcomer, Kind.NEWCOMER)
        assert "everyone takes part, unless you would rather not" in said
    assert received(town, people[1], Kind.NEWCOMER) == []


def test_a_round_missed_by_some_hours_is_held_late_once(town):
    _, (ana, *_) = a_channel(town, 4)
    town.stop_app()
    town.clock.move_to("Monday 16:00", "Europe/Berlin")
    town.parts = rebuilt(town)
    town.forward(minutes=1)
    assert len(introduced(town)) == 2
    ana.sees("It was held late: I was not running")
    town.move_to("Monday 10:01")
    assert len(introduced(town)) == 4  # the next one is on time


def test_a_round_missed_by_more_than_a_day_is_left_out_with_a_note_and_never_a_burst(town):
    coffee, (ana, bo, *_) = a_channel(town, 4)
    bo.types("/coffee skip", in_=coffee)
    town.stop_app()
    town.clock.forward(days=23)
    town.parts = rebuilt(town)
    town.forward(minutes=1)
    assert introduced(town) == []
    assert "Monday 23 March, 10:00" in received(town, ana, Kind.MISSED)[0]
    town.move_to("Monday 10:01")
    assert len(introduced(town)) == 2  # Bo is in it: the round he skipped is long over


def rebuilt(town):
    from kettle.app import build

    town.parts = build(town.settings, clock=town.clock, chance=town.chance)
    town.connect()
    return town.parts


def test_a_holiday_is_left_out_and_not_moved(town):
    coffee, (ana, *_) = a_channel(town, 2)
    more(ana, coffee, {detail.BLACKOUT: "2026-03-09"})
    dates = []
    for _ in range(2):
        before = len(introduced(town))
        town.move_to("Monday 10:01")
        dates.append(len(introduced(town)) - before)
    assert dates == [1, 0]
    town.move_to("Monday 10:01")
    assert len(introduced(town)) == 2


def test_a_missed_round_on_a_day_off_is_not_made_up_for(town):
    coffee, (ana, *_) = a_channel(town, 2)
    town.move_to("Monday 10:01")
    more(ana, coffee, {detail.BLACKOUT: "2026-03-09"})
    town.stop_app()
    town.clock.move_to("Monday 12:00", "Europe/Berlin")
    rebuilt(town)
    town.forward(minutes=1)
    assert len(introduced(town)) == 1


def test_under_pressure_every_second_round_is_left_out(town):
    coffee, (ana, *_) = a_channel(town, 2)
    more(ana, coffee, {detail.QUIET: "2026-03-24"})
    held = []
    for _ in range(5):
        before = len(introduced(town))
        town.move_to("Monday 10:01")
        held.append(bool(introduced(town)[before:]))
    assert held == [False, True, False, True, True]
    # Long over: of the rounds missed since, the newest is held late, as ever.
    town.stop_app()
    town.clock.forward(days=14, hours=2)
    rebuilt(town)
    town.forward(minutes=1)
    assert len(introduced(town)) == 4
    ana.sees(LATE)


def test_three_channels_at_the_same_minute_introduce_three_different_pairs(town):
    people = [town.person(name) for name in ("Ana", "Bo", "Cem", "Dia")]
    for name in ("coffee", "lunch", "walks"):
        opened(town, people, name)
    town.move_to("Wednesday 10:01")
    pairs = [frozenset(group) for group in introduced(town)]
    assert len(pairs) == len(set(pairs)) == 6
    people[1].types("/coffee")
    shown = people[1].messages[-1].blocks
    assert str(shown).count(MEETING_MET.id) == 3


def test_two_people_in_two_channels_meet_twice_rather_than_not_at_all(town):
    people = [town.person(name) for name in ("Ana", "Bo")]
    for name in ("coffee", "lunch"):
        opened(town, people, name)
    town.move_to("Tuesday 10:01")
    said = town.group_of(people[0]).transcript()
    assert ("#coffee" in said, "#lunch" in said) == (True, True)


def test_one_broken_channel_does_not_hold_up_the_other(town):
    _coffee, people = a_channel(town, 2)
    opened(town, people, "lunch")
    town.sim.faults.fail_next("conversations.members", "internal_error")
    town.move_to("Tuesday 10:01")
    assert len(introduced(town)) == 2


def test_somebody_deactivated_meanwhile_is_replaced_by_another_plan(town):
    _coffee, people = a_channel(town, 4)
    town.move_to("Monday 9:59")
    town.sim.faults.lose_next_event()
    people[3].is_deactivated()
    town.move_to("Monday 10:01")
    assert {"Ana", "Bo", "Cem"} in introduced(town)
    assert CHANGED in town.group_of(people[1]).transcript()
    people[0].sees(f"({CAUSES['user_disabled']}); instead: @")
    town.move_to("Wednesday 10:01")
    for person in people[:3]:
        assert newest(person) == received(town, person, Kind.ASK)[-1]
        assert len(with_person(town, person)) == 2
    assert "Somebody could not be reached, so this group is not" in people[1].types("/coffee why")


def test_a_group_that_changes_after_the_receipt_is_told_to_the_host_as_well(town):
    _, (ana, _bo, cem) = a_channel(town, 3)
    town.move_to("Monday 9:59")
    town.sim.faults.lose_next_event()
    cem.is_deactivated()
    town.sim.faults.rate_limit("conversations.open", 3 * 3600)
    town.move_to("Monday 12:01")
    assert ON_THEIR_WAY in newest(ana)
    town.move_to("Monday 13:05")
    assert introduced(town) == [{"Ana", "Bo"}]
    head, changed = newest(ana).splitlines()
    assert head == "A group in #coffee has changed since its receipt:"
    assert changed.endswith("; instead: @Ana and @Bo")


def test_the_only_pair_and_one_is_gone_the_other_hears_it_and_is_not_asked(town):
    _coffee, (ana, bo) = a_channel(town, 2)
    town.move_to("Monday 9:59")
    town.sim.faults.lose_next_event()
    bo.is_deactivated()
    town.move_to("Monday 10:01")
    ana.sees("but could not reach them, and found nobody else so far")
    ana.sees(NOBODY_LEFT)
    town.move_to("Monday 9:00")
    assert received(town, ana, Kind.ASK) == []
    ana.types("/coffee")
    assert MEETING_MET.id not in str(ana.messages[-1].blocks)


def test_in_a_trio_the_two_who_are_left_meet(town):
    _, (ana, _bo, cem) = a_channel(town, 3)
    town.move_to("Monday 9:59")
    town.sim.faults.lose_next_event()
    cem.is_deactivated()
    town.move_to("Monday 10:01")
    assert introduced(town) == [{"Ana", "Bo"}]
    ana.sees("instead: @Ana and @Bo")


@pytest.mark.parametrize("code", ["cannot_dm_bot", "invalid_user_combination"])
def test_a_refusal_that_is_nobodys_fault_is_reported_and_nobody_is_written_off(town, code):
    _, (ana, bo) = a_channel(town, 2)
    town.sim.faults.fail_next("conversations.open", code)
    town.move_to("Monday 10:01")
    assert f"@Ana and @Bo, because Slack said {code}" in received(town, ana, Kind.RECEIPT)[-1]
    bo.sees("In this round of #coffee an introduction for you did not work out.")
    town.move_to("Monday 10:01")
    assert introduced(town) == [{"Ana", "Bo"}]


def test_people_who_share_few_channels_meet_first_where_a_host_wants_it(town):
    coffee, people = a_channel(town, 4)
    more(people[0], coffee, {detail.PREFER: ["few_shared_channels"]})
    for name, pair in (("lunch", people[:2]), ("walks", people[2:])):
        pair[0].invites_bot(town.channel(name, pair))
    services, team = town.parts.services, town.sim.team_id
    channel = directory.is_channel_known(services, Place(team, coffee.id))
    for _ in range(12):
        groups = holding.preview(services, channel).receipt.groups
        assert sorted([people[0].id, people[1].id]) not in map(sorted, groups)


def test_not_met_is_used_up_less_than_met(town):
    _, (_, bo, *_) = a_channel(town, 4)
    met = None
    for week in range(3):
        town.move_to("Monday 10:00")
        bo.types("/coffee")
        met = met or with_person(town, bo)
        bo.presses(MEETING_MET if week else MEETING_NOT)
    town.move_to("Monday 10:00")
    assert with_person(town, bo) == met
    assert NOT_MET in bo.types("/coffee why")


def test_a_round_survives_a_restart_with_everything_that_was_to_follow(town):
    _, people = a_channel(town, 4)
    town.move_to("Monday 10:00")
    town.restart()
    town.move_to("Wednesday 10:00")
    assert len(introduced(town)) == 2
    assert all(len(received(town, person, Kind.ASK)) == 1 for person in people)


def test_the_history_in_the_database_says_what_people_read(any_town):
    a_channel(any_town, 5)
    for _ in range(2):
        any_town.move_to("Monday 10:00")
    with any_town.db.reading() as tx:
        packs = history.load(tx, any_town.sim.team_id)
    assert [sorted(pack.sizes) for pack in packs] == [[2, 3]] * 2
    assert len(introduced(any_town)) == 4
