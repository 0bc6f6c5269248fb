"""A real Bolt app over a real socket: commands, buttons, modals, Home, events."""

from tests.simulator.tiny_app import actions, button, form, section


def test_a_command_is_answered_where_it_was_typed(tiny, ana, bo, coffee):
    assert ana.types("/tiny hello there", in_=coffee) == "You said hello there"
    assert "Tiny (only you): You said hello there" in ana.transcript(coffee)
    bo.does_not_see("You said")


def test_a_button_in_an_answer_replaces_that_answer(tiny, ana, coffee):
    shown = ana.types("/tiny buttons", in_=coffee)
    assert shown == "Pick one\n[Go]"
    ana.presses("Go")
    ana.sees("Gone", in_=coffee)
    ana.does_not_see("Pick one")


def test_a_command_may_answer_later(tiny, ana, coffee):
    assert ana.types("/tiny respond", in_=coffee) == "said later"


def test_a_modal_is_opened_filled_and_submitted(tiny, ana):
    assert ana.types("/tiny form") == "Settings\nName: {}\n[Save]"
    assert ana.fills("Settings", {"Name": "Bo"}) == {}
    assert ana.modal is None
    ana.sees("Tiny: Saved Bo")


def test_a_modal_keeps_open_with_errors_beside_the_field(tiny, ana):
    ana.types("/tiny form")
    assert ana.fills("Settings", {"Name": "bad"}) == {"Name": "Not that name"}
    assert ana.modal == "Settings\nName: {bad}\n! Not that name\n[Save]"


def test_what_the_client_checks_never_reaches_the_app(tiny, ana):
    ana.types("/tiny form")
    assert ana.submits() == {"Name": "Please complete this required field."}
    too_long = ana.fills("Settings", {"Name": "x" * 21})
    assert too_long == {"Name": "This field must be at most 20 characters long."}


def test_a_submission_can_update_push_and_clear(tiny, ana):
    ana.types("/tiny form")
    ana.fills("Settings", {"Name": "update"})
    assert "Updated" in ana.modal
    ana.fills("Settings", {"Name": "push"})
    ana.fills("Pushed", {"Name": "clear"})
    assert ana.modal is None


def test_a_button_in_a_direct_message_can_be_pressed(tiny, web, ana):
    blocks = [section("Did you meet?"), actions(button("We met", "go"))]
    web.chat_postMessage(channel=ana.id, text="Did you meet?", blocks=blocks)
    assert ana.transcript() == "Tiny: Did you meet?\n[We met]"
    ana.presses("We met")
    ana.sees("Tiny: Gone")


def test_the_home_tab_is_published_on_opening(tiny, ana):
    assert ana.opens_home() == "Welcome @Ana\n[Home go]"
    ana.presses("Home go")
    body = tiny.wait_event("go")
    assert "response_url" not in body
    assert body["container"] == {"type": "view", "view_id": body["view"]["id"]}


def test_inviting_the_bot_is_told_to_the_app_with_the_inviter(tiny, sim, ana, coffee):
    ana.invites_bot(coffee)
    event = tiny.wait_event("member_joined_channel")
    assert (event["user"], event["inviter"]) == (sim.bot_user_id, ana.id)


def test_a_shortcut_opens_a_modal(tiny, ana):
    assert ana.uses_shortcut("tiny_go").startswith("Settings")


def test_two_people_have_their_own_modals(tiny, ana, bo):
    ana.types("/tiny form")
    bo.types("/tiny form")
    ana.fills("Settings", {"Name": "Cy"}, submit=False)
    assert bo.modal == "Settings\nName: {}\n[Save]"
    assert form()["title"]["text"] in ana.modal
