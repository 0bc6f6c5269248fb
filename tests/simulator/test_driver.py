"""The driver reads like people: it finds what they see, and says so when they do not see it."""

from datetime import UTC, date, datetime, time
from types import SimpleNamespace

import pytest
from slack_sdk import WebClient

from simulator import SimClock, Simulator
from tests.simulator.tiny_app import actions, button, form, option, plain, section, tiny_manifest


@pytest.fixture
def say(web):
    """Post to somebody with blocks."""

    def saying(person, *blocks, text="x"):
        return web.chat_postMessage(channel=person.id, text=text, blocks=list(blocks))

    return saying


def menu(**more):
    return {"type": "static_select", "action_id": "pick", "options": days(), **more}


def days():
    return [option("Monday", "mon"), option("Tuesday", "tue")]


def field(label, element, **more):
    return {"type": "input", "label": plain(label), "element": element, "optional": True, **more}


def opened(sim, tiny, ana, view):
    """Ana with this modal in front of her."""
    ana.types("/tiny form")
    web = WebClient(sim.bot_token, base_url=sim.api_url)
    web.views_update(view_id=sim.world.top_view(ana.id).id, view=view)


def state(sim, ana):
    """What is typed in the open modal, by action id."""
    values = sim.world.top_view(ana.id).values
    return {name: entry for block in values.values() for name, entry in block.items()}


def test_the_newest_button_with_that_label_is_pressed(sim, tiny, say, ana):
    sim.answer_patience = 0.05
    say(ana, actions(button("Go", "pick", "old")))
    say(ana, actions(button("Go", "pick", "new")))
    ana.presses("Go")
    ana.presses("Go", n=1)
    values = [e["actions"][0]["value"] for e in tiny.seen if e["type"] == "pick"]
    assert values == ["new", "old"]


def test_buttons_and_modals_can_be_named_by_the_ids_that_the_app_keeps(tiny, say, ana):
    pick = SimpleNamespace(id="pick")
    say(ana, actions(button("Second", "pick.2", "of several"), button("Go", "pick", "alone")))
    ana.presses(pick)
    say(ana, actions(button("First", "pick.1", "of several")))
    ana.presses(pick)  # still the one that is called so, though others are newer
    ana.presses(pick, message=ana.messages[-1])
    pressed = [e["actions"][0]["value"] for e in tiny.seen if e["type"] == "pick"]
    assert pressed == ["alone", "alone", "of several"]
    ana.types("/tiny form")
    assert ana.fills(SimpleNamespace(id="form"), {"Name": "Ann"}) == {}
    ana.types("/tiny form")
    with pytest.raises(AssertionError, match="the open modal is 'form', not 'pick'"):
        ana.fills(pick, {})


def test_what_is_not_there_cannot_be_pressed_and_the_complaint_shows_what_is(sim, say, ana):
    sim.patience = 0.05
    say(ana, section("Only words"))
    with pytest.raises(AssertionError, match=r"Ana Ruiz sees no 'Go':(.|\n)*Only words"):
        ana.presses("Go")
    with pytest.raises(AssertionError, match="does not see 'tea'"):
        ana.sees("tea")
    with pytest.raises(AssertionError, match="sees 'Only words'"):
        ana.does_not_see("Only words")


def test_nobody_presses_what_only_another_person_sees(sim, tiny, web, ana, bo, coffee):
    sim.patience = 0.05
    ana.invites_bot(coffee)
    blocks = [actions(button("Go", "pick"))]
    web.chat_postEphemeral(channel=coffee.id, user=ana.id, text="x", blocks=blocks)
    with pytest.raises(AssertionError):
        bo.presses("Go")
    ana.presses("Go")
    assert tiny.wait_event("pick")["container"]["is_ephemeral"]


def test_a_confirm_dialog_is_answered_and_remembered(tiny, say, ana):
    words = {"title": plain("Sure?"), "text": plain("Really leave?")}
    words |= {"confirm": plain("Yes"), "deny": plain("No")}
    say(ana, actions(button("Leave", "pick", confirm=words)))
    ana.presses("Leave")
    assert ana.last_confirm == "Really leave?"
    assert tiny.wait_event("pick")["actions"][0]["confirm"]["title"]["text"] == "Sure?"


def test_a_late_click_on_a_button_since_gone_still_arrives(tiny, web, say, ana, sim):
    sent = say(ana, actions(button("Go", "pick", "early")))
    web.chat_update(channel=sent["channel"], ts=sent["ts"], text="Too late", blocks=[])
    message = sim.messages(sent["channel"])[-1]
    ana.presses_old("Go", message)
    assert tiny.wait_event("pick")["actions"][0]["value"] == "early"
    outcome = sim.actions.press(
        ana.id, {"channel_id": message.channel, "message_ts": message.ts}, "pick"
    )
    assert outcome.error == "not_visible"


def test_menus_in_messages_are_chosen_from_and_told_at_once(tiny, say, ana):
    say(ana, section("*Weekday*", accessory=menu()))
    ana.chooses("Weekday", "Tuesday")
    event = tiny.wait_event("pick")
    assert event["actions"][0]["selected_option"]["value"] == "tue"
    held = [e for b in event["state"]["values"].values() for e in b.values()]
    assert held[0]["selected_option"]["value"] == "tue"
    assert "{Tuesday}" in ana.transcript()


def test_an_option_that_is_not_offered_is_named_with_those_that_are(say, ana):
    say(ana, section("Weekday", accessory=menu()))
    with pytest.raises(AssertionError, match=r"no option 'Friday'.*'Monday', 'Tuesday'"):
        ana.chooses("Weekday", "Friday")


def test_overflow_boxes_and_radios_are_pressed_by_their_option(sim, tiny, say, ana):
    sim.answer_patience = 0.05
    say(ana, section("x", accessory={"type": "overflow", "action_id": "pick", "options": days()}))
    ana.presses("Monday")
    boxes = {"type": "checkboxes", "action_id": "pick", "options": days()}
    say(ana, actions(boxes))
    ana.presses("Monday")
    ana.presses("Tuesday")
    ana.presses("Monday")
    seen = [e["actions"][0] for e in tiny.seen if e["type"] == "pick"]
    assert seen[0]["selected_option"]["value"] == "mon"
    chosen = [[o["value"] for o in action["selected_options"]] for action in seen[1:]]
    assert chosen == [["mon"], ["mon", "tue"], ["tue"]]
    assert "[ ] Monday [x] Tuesday" in ana.transcript()


def every_kind(ana, bo):
    """An element of each kind by its label, and what a person would choose in it."""
    return {
        "Day": ({"type": "datepicker"}, date(2026, 5, 1)),
        "Hour": ({"type": "timepicker"}, time(9, 30)),
        "When": ({"type": "datetimepicker"}, datetime(2026, 5, 1, tzinfo=UTC)),
        "Who": ({"type": "users_select"}, bo),
        "All": ({"type": "multi_users_select"}, [ana, "Bo Lind"]),
        "Where": ({"type": "channels_select"}, "#coffee"),
        "Days": ({"type": "multi_static_select", "options": days()}, ["Monday"]),
        "One": ({"type": "radio_buttons", "options": days()}, "Tuesday"),
        "Size": ({"type": "number_input", "is_decimal_allowed": False}, 3),
        "Found": ({"type": "external_select"}, "tea"),
    }


def test_every_kind_of_field_is_filled_by_its_label(sim, tiny, ana, bo, coffee):
    names = every_kind(ana, bo)
    fields = [
        field(name, {"action_id": "search" if name == "Found" else name, **element})
        for name, (element, _) in names.items()
    ]
    opened(sim, tiny, ana, form(*fields))
    ana.fills("Settings", {name: value for name, (_, value) in names.items()}, submit=False)
    held = state(sim, ana)
    assert held["Day"]["selected_date"] == "2026-05-01"
    assert held["Hour"]["selected_time"] == "09:30"
    assert held["When"]["selected_date_time"] == 1777593600
    assert held["Who"]["selected_user"] == bo.id
    assert held["All"]["selected_users"] == [ana.id, bo.id]
    assert held["Where"]["selected_channel"] == coffee.id
    assert [o["value"] for o in held["Days"]["selected_options"]] == ["mon"]
    assert held["One"]["selected_option"]["value"] == "tue"
    assert held["Size"]["value"] == "3"
    assert held["search"]["selected_option"]["text"]["text"] == "tea"


@pytest.mark.parametrize(
    ("element", "value", "complaint"),
    [
        (
            {"type": "number_input", "is_decimal_allowed": False},
            "x",
            "Please enter a whole number.",
        ),
        ({"type": "number_input", "is_decimal_allowed": True, "max_value": "5"}, 6, "no greater"),
        ({"type": "plain_text_input", "min_length": 3}, "ab", "at least 3 characters"),
        ({"type": "email_text_input"}, "ana", "valid email"),
        ({"type": "url_text_input"}, "ana", "valid URL"),
        ({"type": "multi_static_select", "options": days(), "max_selected_items": 1}, None, None),
    ],
)
def test_the_client_checks_formats_before_sending(sim, tiny, ana, element, value, complaint):
    opened(sim, tiny, ana, form(field("X", {"action_id": "x", **element})))
    given = {"Name": "Bo", "X": value or ["Monday", "Tuesday"]}
    errors = ana.fills("Settings", given)
    assert list(errors) == ["X"]
    assert (complaint or "choose at most 1") in errors["X"]


def test_a_field_or_title_that_is_not_there_is_an_assertion(sim, tiny, ana):
    ana.types("/tiny form")
    with pytest.raises(AssertionError, match="has no field 'Colour'"):
        ana.fills("Settings", {"Colour": "red"})
    with pytest.raises(AssertionError, match="'Settings', not 'Preferences'"):
        ana.fills("Preferences", {})


def test_a_field_that_dispatches_tells_the_app_at_once(sim, tiny, ana):
    opened(sim, tiny, ana, form(field("Weekday", menu(), dispatch_action=True)))
    ana.fills("Settings", {"Weekday": "Monday"}, submit=False)
    event = tiny.wait_event("pick")
    assert event["view"]["state"]["values"][event["actions"][0]["block_id"]]["pick"]


def test_a_deactivated_person_can_do_nothing(ana, coffee):
    ana.is_deactivated()
    with pytest.raises(ValueError, match="deactivated"):
        ana.types("/tiny x", in_=coffee)


def test_dates_are_read_in_the_readers_zone(web, ana, bo):
    at = int(datetime(2026, 3, 2, 9, 0, tzinfo=UTC).timestamp())
    web.chat_postMessage(channel=ana.id, text=f"<!date^{at}^{{date_pretty}} {{time}}|later>")
    web.chat_postMessage(channel=bo.id, text=f"<!date^{at}^{{date_long}}|later>")
    assert ana.transcript() == "Tiny: today 10:00 AM"
    assert bo.transcript() == "Tiny: Monday, March 2, 2026"


def test_unread_counts_what_others_wrote_until_it_is_read(web, ana):
    web.chat_postMessage(channel=ana.id, text="one")
    dm = web.chat_postMessage(channel=ana.id, text="two")["channel"]
    assert ana.unread == 2
    ana.reads(dm)
    assert ana.unread == 0


def test_a_status_runs_out_with_the_clock(sim, tiny, ana):
    until = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
    ana.sets_status(":palm_tree:", "Away", until)
    sim.clock.move_to("Tuesday 7:59")
    assert sim.world.users[ana.id].status_emoji == ":palm_tree:"
    sim.clock.forward(minutes=2)
    assert sim.world.users[ana.id].status_emoji == ""


def test_a_group_dm_is_named_by_its_people(sim, web, ana, bo):
    group = web.conversations_open(users=[ana.id, bo.id])["channel"]["id"]
    web.chat_postMessage(channel=group, text="Meet each other")
    assert sim.transcript([ana, bo]) == "Tiny: Meet each other"
    assert [c.id for c in sim.group_dms()] == [group]
    assert group in [c.id for c in ana.conversations()]


def test_settle_is_called_after_every_action(sim, tiny, ana, coffee):
    calls = []
    sim.settle = lambda: calls.append("settled")
    ana.types("/tiny hello", in_=coffee)
    ana.says("hello", in_=coffee)
    ana.invites_bot(coffee)
    assert len(calls) == 3


def test_a_snapshot_is_what_one_person_sees(sim, tiny, web, ana, bo, coffee):
    ana.types("/tiny buttons", in_=coffee)
    hers, his = sim.snapshot(ana.id), sim.snapshot(bo.id)
    assert [c["title"] for c in hers["conversations"]] == ["coffee"]
    assert [m["ephemeral"] for m in hers["conversations"][0]["messages"]] == [True]
    assert his["conversations"][0]["messages"] == []
    assert [c["name"] for c in hers["app"]["commands"]] == ["/tiny", "/loud"]
    ts = hers["conversations"][0]["messages"][0]["ts"]
    assert sim.messages_since(ana.id, ts) == []
    assert [m["text"] for m in sim.messages_since(ana.id, "0")] == ["pick"]


def test_listeners_hear_of_every_change_outside_the_lock(sim, ana, coffee):
    heard = []
    sim.on_change(lambda kind, ids: heard.append((kind, ids.get("channel"))))
    ana.says("hello", in_=coffee)
    assert ("message", coffee.id) in heard


@pytest.mark.parametrize(
    ("words", "zone", "expected"),
    [
        ("Monday 10:00", "UTC", "2026-03-02T10:00"),
        ("Monday 8:00", "UTC", "2026-03-09T08:00"),
        ("7:30", "Europe/Berlin", "2026-03-03T06:30"),
        ("Sunday 10:00", "Europe/Berlin", "2026-03-08T09:00"),
        ("2026-03-30 10:00", "Europe/Berlin", "2026-03-30T08:00"),
    ],
)
def test_the_clock_moves_to_the_next_such_time(words, zone, expected):
    clock = SimClock(datetime(2026, 3, 2, 8, 0, tzinfo=UTC))
    assert clock.move_to(words, zone).isoformat()[:16] == expected


def test_the_clock_never_goes_back_and_knows_no_nonsense():
    clock = SimClock(datetime(2026, 3, 2, 8, 0, tzinfo=UTC))
    with pytest.raises(ValueError, match="never goes back"):
        clock.move_to(datetime(2026, 3, 1, tzinfo=UTC))
    with pytest.raises(ValueError, match="Invalid isoformat"):
        clock.move_to("Someday 10:00")


def test_a_running_clock_posts_scheduled_messages_by_itself():
    with Simulator(tiny_manifest(), running_clock=True) as sim:
        ana = sim.add_person("Ana Ruiz")
        web = WebClient(sim.bot_token, base_url=sim.api_url)
        at = sim.world.epoch() + 1
        web.chat_scheduleMessage(channel=ana.id, text="later", post_at=at)
        ana.sees("Tiny: later")
