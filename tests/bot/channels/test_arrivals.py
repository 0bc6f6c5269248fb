"""The bot, and people, come to channels and leave them; events come twice or not at all."""

from bot.channels.errors import NotHere
from bot.channels.views.greeting import greeting
from bot.meetings.views.introductions import NEVER_MEET
from bot.platform import directory
from bot.rounds import participants
from bot.rounds.views.notices import ended
from bot.rounds.views.receipts import REASONS
from bot.trouble import sentence
from core.outbox.kinds import DeliveryKind as Kind
from core.values import Place, TakingPart
from tests.gathering import a_channel, introduced, newest
from tests.town import Town
from tests.words.reading import gist, received


def greeted(person):
    return person.transcript().count(gist(greeting))


def test_an_event_that_comes_twice_greets_once(town):
    ana = town.person("Ana")
    coffee = town.channel("coffee", [ana])
    town.sim.faults.duplicate_next_event()
    ana.invites_bot(coffee)
    assert greeted(ana) == 1


def test_somebody_who_tries_again_on_the_same_day_is_greeted_again(town):
    ana = town.person("Ana")
    coffee = town.channel("coffee", [ana])
    ana.invites_bot(coffee)
    ana.removes_bot(coffee)
    town.forward(minutes=5)
    ana.invites_bot(coffee)
    assert greeted(ana) == 2


def test_back_in_a_channel_everything_is_as_it_was_and_nothing_is_made_up_for(town):
    coffee, (ana, bo, *_) = a_channel(town, 4)
    bo.removes_bot(coffee)
    town.forward(days=23)
    assert introduced(town) == []
    bo.invites_bot(coffee)
    assert "I am back in #coffee, and everything is as it was" in newest(bo)
    assert greeted(bo) == 0
    assert [gist(ended) in one for one in received(town, ana, Kind.MISSED)] == [True]
    town.move_to("Monday 10:01")
    assert len(introduced(town)) == 2


def test_an_archived_channel_rests_and_goes_on_when_it_is_open_again(town):
    coffee, (ana, *_) = a_channel(town, 4)
    ana.archives(coffee)
    town.move_to("Monday 10:01")
    assert introduced(town) == []
    ana.archives(coffee, archived=False)
    town.move_to("Monday 10:01")
    assert len(introduced(town)) == 2


def test_the_bots_own_removal_can_be_lost_and_is_noticed_at_the_next_round(town):
    coffee, (ana, *_) = a_channel(town, 4)
    town.sim.faults.lose_next_event(n=3)
    ana.removes_bot(coffee)
    town.move_to("Monday 10:01")
    assert introduced(town) == []
    assert ana.types("/coffee join") == sentence(NotHere())


def test_a_deleted_channel_is_gone(town):
    coffee, (ana, *_) = a_channel(town, 4)
    ana.deletes(coffee)
    town.move_to("Monday 10:01")
    assert introduced(town) == []


def test_a_renamed_channel_is_shown_under_its_new_name(town):
    coffee, (ana, *_) = a_channel(town, 2)
    ana.renames(coffee, "tea")
    assert "*#tea*: " in ana.types("/coffee")


def test_who_leaves_the_channel_is_out_and_who_returns_is_in_again(town):
    coffee, people = a_channel(town, 4)
    people[3].leaves(coffee)
    town.move_to("Monday 10:01")
    assert introduced(town)[0] >= {"Ana", "Bo"} or len(introduced(town)[0]) == 3
    assert "Dia" not in set().union(*introduced(town))
    people[3].joins(coffee)
    town.move_to("Monday 10:01")
    assert "Dia" in set().union(*introduced(town)[1:])


def test_somebody_who_becomes_a_guest_is_left_out_from_then_on(town):
    _coffee, people = a_channel(town, 4)
    people[3].changes(is_restricted=True)
    town.move_to("Monday 10:01")
    assert "Dia" not in set().union(*introduced(town))
    people[0].sees(f"@Dia, {REASONS['guest']}")


def test_another_time_zone_counts_in_the_next_round(town):
    _, (ana, bo) = a_channel(town, 2)
    bo.changes(tz="Pacific/Auckland")
    town.move_to("Monday 10:00")
    assert NEVER_MEET in ana.transcript(town.group_of(ana))


def test_many_members_are_read_in_pages_and_not_one_by_one(database_url):
    town = Town(database_url, connected=False)
    ana = town.person("Ana")
    crowd = [town.person(f"Person {n:04d}") for n in range(1_100)]
    coffee = town.channel("coffee", [ana, *crowd])
    town.sim.short_pages = True
    town.connect()
    town.sets_up(coffee, ana, taking_part=TakingPart.EVERYONE, weekday="1")
    asked = [call.method for call in list(town.sim.calls)]
    assert asked.count("conversations.members") == 3
    assert asked.count("users.list") == 3
    assert asked.count("users.info") < 10
    assert "1101 people in pairs" in ana.types("/coffee preview", in_=coffee)
    # What Slack said is too old now: each round reads pages, and asks about nobody one by one.
    town.clock.forward(hours=7)
    services, seen = town.parts.services, len(town.sim.calls)
    channel = directory.is_channel_known(services, Place(town.sim.team_id, coffee.id))
    assert participants.reconcile(services, channel) == []
    asked = [call.method for call in list(town.sim.calls)[seen:]]
    assert sorted(asked) == ["conversations.members"] * 3 + ["users.list"] * 3
    town.close()
