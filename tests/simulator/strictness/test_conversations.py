"""Refusals about people, channels, DMs and pages."""

import pytest

from tests.simulator.refusing import error_of, refused


@pytest.fixture
def crowd(sim):
    return [sim.add_person(f"Person {n}") for n in range(9)]


def test_opening_a_dm_twice_gives_the_same_one(web, ana):
    first = web.conversations_open(users=ana.id)["channel"]
    again = web.conversations_open(users=ana.id, return_im=True)
    assert first == {"id": again["channel"]["id"]}
    assert again["already_open"]
    assert again["channel"]["is_im"]


def test_the_same_people_in_any_order_share_one_group_dm(web, ana, bo):
    first = web.conversations_open(users=[ana.id, bo.id])["channel"]["id"]
    assert web.conversations_open(users=[bo.id, ana.id])["channel"]["id"] == first
    assert web.conversations_info(channel=first)["channel"]["is_mpim"]


def test_at_most_eight_people_can_be_opened(web, crowd):
    assert web.conversations_open(users=[p.id for p in crowd[:8]])["ok"]
    assert error_of(web.conversations_open, users=[p.id for p in crowd]) == "too_many_users"


def test_opening_needs_people(web):
    assert error_of(web.api_call, "conversations.open", json={}) == "users_list_not_supplied"


def test_one_bad_person_fails_the_whole_group(sim, web, ana, bo):
    def opening(*people):
        return error_of(web.conversations_open, users=[ana.id, *people])

    robot = sim.add_person("Robot", bot=True)
    assert opening("U404") == "user_not_found"
    assert opening(robot.id) == "cannot_dm_bot"
    assert opening("USLACKBOT") == "cannot_dm_bot"
    bo.is_deactivated()
    assert opening(bo.id) == "user_disabled"
    assert sim.group_dms() == []


def test_the_bot_cannot_open_itself(sim, web, ana):
    assert error_of(web.conversations_open, users=sim.bot_user_id) == "not_enough_users"
    assert error_of(web.conversations_open, users=[ana.id, sim.bot_user_id]) == "user_not_found"


def test_strangers_are_reachable_only_through_a_shared_channel(sim, web, ana):
    guest = sim.add_person("Sam Outside", stranger=True)
    assert error_of(web.conversations_open, users=guest.id) == "invalid_user_combination"
    assert error_of(web.users_info, user=guest.id) == "user_not_visible"
    shared = sim.add_channel("shared", members=[ana, guest])
    ana.invites_bot(shared)
    assert web.conversations_open(users=guest.id)["ok"]
    assert web.users_info(user=guest.id)["user"]["is_stranger"]
    assert web.conversations_info(channel=shared.id)["channel"]["is_ext_shared"]


def test_looking_only_creates_nothing(sim, web, ana):
    args = {"users": ana.id, "prevent_creation": True}
    assert error_of(web.conversations_open, **args) == "channel_not_found"


def test_opening_by_channel_is_for_direct_messages(web, coffee):
    code = error_of(web.conversations_open, channel=coffee.id)
    assert code == "method_not_supported_for_channel_type"


def test_channels_the_bot_cannot_know_are_not_found(sim, web, ana):
    secret = sim.add_channel("secret", members=[ana], private=True)
    for method in (web.conversations_info, web.conversations_members):
        assert error_of(method, channel=secret.id) == "channel_not_found"
        assert error_of(method, channel="C404") == "channel_not_found"


def test_a_deleted_channel_is_not_found(web, ana, coffee):
    ana.invites_bot(coffee)
    ana.deletes(coffee)
    assert error_of(web.conversations_info, channel=coffee.id) == "channel_not_found"


def test_people_are_not_found(web):
    assert error_of(web.users_info, user="U404") == "user_not_found"
    assert error_of(web.users_profile_get, user="U404") == "user_not_found"
    assert error_of(web.dnd_info, user="U404") == "user_not_found"
    assert error_of(web.dnd_teamInfo, users="") == "no_users_provided"
    assert error_of(web.users_lookupByEmail, email="no@example.com") == "users_not_found"
    assert error_of(web.bots_info, bot="B404") == "bot_not_found"
    assert error_of(web.team_info, team="T404") == "team_not_found"
    assert error_of(web.usergroups_users_list, usergroup="S404") == "no_such_subteam"


def test_the_email_is_shown_only_with_its_scope(sim, web, ana):
    assert web.users_info(user=ana.id)["user"]["profile"]["email"] == "ana.ruiz@example.com"
    sim.take_away(["users:read.email"])
    assert "email" not in web.users_info(user=ana.id)["user"]["profile"]


def test_pages_are_followed_to_the_end(sim, web, crowd):
    everyone = sim.add_channel("everyone", members=crowd)
    sim.short_pages = True
    pages, cursors = [], []
    for page in web.conversations_members(channel=everyone.id, limit=4):
        pages.append(page["members"])
        cursors.append(page["response_metadata"]["next_cursor"])
    assert [len(page) for page in pages] == [2, 2, 2, 2, 1]
    assert [m for page in pages for m in page] == [p.id for p in crowd]
    assert cursors[0].endswith("=")
    assert cursors[-1] == ""


def test_cursors_and_limits_are_checked(web, coffee):
    def members(**args):
        return error_of(web.conversations_members, channel=coffee.id, **args)

    assert members(cursor="nonsense") == "invalid_cursor"
    assert members(limit=5000) == "invalid_limit"
    assert members(limit=-1) == "invalid_limit"
    assert error_of(web.conversations_list, limit=1001) == "invalid_limit"
    assert error_of(web.users_conversations, types="coffee_channel") == "invalid_types"


def test_a_cursor_of_another_method_is_invalid(sim, web, crowd, coffee):
    cursor = web.users_list(limit=2)["response_metadata"]["next_cursor"]
    args = {"channel": coffee.id, "cursor": cursor}
    assert error_of(web.conversations_members, **args) == "invalid_cursor"


def test_listing_everybody_unpaged_fails_in_a_large_workspace(sim, web):
    for number in range(1001):
        sim.add_person(f"Person {number}")
    assert error_of(web.users_list) == "limit_required"
    assert len(web.users_list(limit=1000)["members"]) == 1000


def test_lists_show_only_what_the_bot_may_see(sim, web, ana, coffee):
    secret = sim.add_channel("secret", members=[ana], private=True)
    both = "public_channel,private_channel"
    ids = [c["id"] for c in web.conversations_list(types=both)["channels"]]
    assert ids == [coffee.id]
    ana.invites_bot(secret)
    mine = [c["id"] for c in web.users_conversations(types=both)["channels"]]
    assert mine == [secret.id]


def test_joining_leaving_and_archiving_are_checked(sim, web, ana, coffee):
    secret = sim.add_channel("secret", members=[ana], private=True)
    ana.invites_bot(secret)
    code = error_of(web.conversations_join, channel=secret.id)
    assert code == "method_not_supported_for_channel_type"
    assert web.conversations_join(channel=coffee.id)["channel"]["is_member"]
    assert web.conversations_join(channel=coffee.id)["warning"] == "already_in_channel"
    ana.archives(coffee)
    assert error_of(web.conversations_join, channel=coffee.id) == "is_archived"
    assert error_of(web.conversations_archive, channel=coffee.id) == "already_archived"
    ana.leaves(secret)
    assert error_of(web.conversations_leave, channel=secret.id) == "last_member"


def test_inviting_reports_each_person(sim, web, ana, bo, coffee):
    new = sim.add_person("Cy New")
    web.conversations_join(channel=coffee.id)
    body = refused(web.conversations_invite, channel=coffee.id, users=[new.id, bo.id, "U404"])
    assert body["error"] == "already_in_channel"
    assert [(e["user"], e["error"]) for e in body["errors"]] == [
        (bo.id, "already_in_channel"),
        ("U404", "user_not_found"),
    ]
    assert new.id not in coffee.members
    assert web.conversations_invite(channel=coffee.id, users=[new.id])["ok"]
    assert new.id in coffee.members


def test_inviting_needs_the_bot_inside_and_someone_else(sim, web, ana, coffee):
    args = {"channel": coffee.id, "users": [ana.id]}
    assert error_of(web.conversations_invite, **args) == "not_in_channel"
    web.conversations_join(channel=coffee.id)
    me = {"channel": coffee.id, "users": [sim.bot_user_id]}
    assert error_of(web.conversations_invite, **me) == "cant_invite_self"


def test_channel_names_are_checked(web, coffee):
    def creating(name):
        return error_of(web.conversations_create, name=name)

    assert creating("coffee") == "name_taken"
    assert creating("x" * 81) == "invalid_name_maxlength"
    assert creating("Coffee Talk!") == "invalid_name_specials"
    assert creating("--") == "invalid_name_punctuation"
    assert web.conversations_create(name="tea", is_private=True)["channel"]["is_private"]


def test_history_needs_membership_and_real_times(web, ana, coffee):
    assert error_of(web.conversations_history, channel=coffee.id) == "not_in_channel"
    ana.invites_bot(coffee)
    args = {"channel": coffee.id, "latest": "yesterday"}
    assert error_of(web.conversations_history, **args) == "invalid_ts_latest"
    args = {"channel": coffee.id, "ts": "1.000001"}
    assert error_of(web.conversations_replies, **args) == "thread_not_found"
