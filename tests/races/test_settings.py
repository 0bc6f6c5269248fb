"""What people and hosts set, when it is set twice at once."""

from functools import partial

from bot.channels import settings
from bot.people import preferences, standing
from core.values import ChannelSettings
from storage.channels import channels
from storage.people import people
from tests.races.racing import in_the_midst
from tests.still import PLACE, who


def person(still, user_id):
    with still.db.reading() as tx:
        return people.require(tx, who(user_id))


def test_two_whom_somebody_would_rather_not_meet_are_both_on_the_list(still):
    for user_id in ("UANA", "UBO", "UCEM"):
        still.person(user_id)
    add = partial(preferences.avoid_add, still.services, who("UANA"))
    with in_the_midst(still.db, "INSERT INTO not_with", partial(add, ["UCEM"])):
        add(["UBO"])
    assert preferences.avoided(still.services, who("UANA")) == ["UBO", "UCEM"]


def test_who_has_just_chosen_a_slow_pace_keeps_it_when_they_ask_for_a_slower_one(still):
    still.person("UANA")
    slower = partial(standing.slower, still.services, who("UANA"))
    with in_the_midst(still.db, "UPDATE people", slower, done=True):
        still.person("UANA", pace=4)
    assert person(still, "UANA").pace == 4


def test_what_two_hosts_save_at_once_is_both_kept(still):
    """Each reads what is stored and changes a part of it."""

    def save(**part):
        with still.db.transaction() as tx:
            before = settings.fresh(tx, PLACE)
            changed = ChannelSettings.from_json({**before.settings.to_json(), **part})
            channels.decide(tx, PLACE, changed, before.next_due_at)

    with in_the_midst(still.db, "UPDATE channels", partial(save, guests=True)):
        save(size=3)
    assert (still.channel.settings.size, still.channel.settings.guests) == (3, True)
