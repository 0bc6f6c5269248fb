"""Refusals about modals and the Home tab: triggers, hashes, stacks, submissions."""

import pytest

from simulator.changes import modals
from tests.simulator.refusing import complaint_of, error_of
from tests.simulator.tiny_app import actions, button, form, plain, section


@pytest.fixture
def trigger(sim, ana):
    """A way to fresh triggers, as if Ana had just done something."""

    def fresh(view_id=None):
        with sim.world.editing():
            return modals.new_trigger(sim.world, ana.id, view_id)

    return fresh


def home(*blocks, **more):
    return {"type": "home", "blocks": [section("Home"), *blocks], **more}


def test_a_trigger_lives_three_seconds(sim, web, trigger):
    late, just = trigger(), trigger()
    sim.clock.forward(seconds=3)
    assert web.views_open(trigger_id=just, view=form())["ok"]
    sim.clock.forward(milliseconds=1)
    assert error_of(web.views_open, trigger_id=late, view=form()) == "expired_trigger_id"


def test_a_trigger_works_once(web, trigger):
    once = trigger()
    web.views_open(trigger_id=once, view=form())
    assert error_of(web.views_open, trigger_id=once, view=form()) == "exchanged_trigger_id"


def test_an_invented_trigger_is_invalid(web):
    assert error_of(web.views_open, trigger_id="1.2.x", view=form()) == "invalid_trigger_id"
    assert error_of(web.api_call, "views.open", json={"view": form()}) == "invalid_arguments"


def test_a_refused_view_leaves_the_trigger_usable(web, trigger):
    once = trigger()
    wrong = form(title=plain("x" * 25))
    complaint = complaint_of(web.views_open, trigger_id=once, view=wrong)
    assert complaint == "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"
    assert web.views_open(trigger_id=once, view=form())["ok"]


def test_a_view_has_at_most_250_kb(web, trigger):
    texts = [section("é" * 2900) for _ in range(60)]
    huge = {"trigger_id": trigger(), "view": form(*texts)}
    assert error_of(web.views_open, **huge) == "view_too_large"


def test_only_three_modals_are_stacked(web, trigger):
    first = web.views_open(trigger_id=trigger(), view=form())["view"]
    second = web.views_push(trigger_id=trigger(first["id"]), view=form())["view"]
    third = web.views_push(trigger_id=trigger(second["id"]), view=form())["view"]
    assert (third["root_view_id"], third["previous_view_id"]) == (first["id"], second["id"])
    args = {"trigger_id": trigger(third["id"]), "view": form()}
    assert error_of(web.views_push, **args) == "push_limit_reached"


def test_pushing_needs_an_open_modal(web, trigger):
    assert error_of(web.views_push, trigger_id=trigger(), view=form()) == "not_found"


def test_a_stale_hash_conflicts(web, trigger):
    view = web.views_open(trigger_id=trigger(), view=form())["view"]
    args = {"view_id": view["id"], "hash": view["hash"], "view": form()}
    assert web.views_update(**args)["view"]["hash"] != view["hash"]
    assert error_of(web.views_update, **args) == "hash_conflict"


def test_unknown_and_closed_views_are_not_found(web, trigger, ana):
    view = web.views_open(trigger_id=trigger(), view=form())["view"]
    ana.closes_modal()
    for view_id in (view["id"], "V404"):
        assert error_of(web.views_update, view_id=view_id, view=form()) == "not_found"


def test_external_ids_are_unique_while_open(web, trigger, ana):
    web.views_open(trigger_id=trigger(), view=form(external_id="one"))
    again = {"trigger_id": trigger(), "view": form(external_id="one")}
    assert error_of(web.views_open, **again) == "duplicate_external_id"
    assert web.views_update(external_id="one", view=form(external_id="one"))["ok"]
    ana.closes_modal()
    assert web.views_open(**again)["ok"]


def test_a_modal_cannot_become_a_home_tab(web, trigger, ana):
    assert error_of(web.views_open, trigger_id=trigger(), view=home()) == "invalid_arguments"
    assert error_of(web.views_publish, user_id=ana.id, view=form()) == "invalid_arguments"


@pytest.mark.parametrize("name", ["title", "submit", "close"])
def test_a_home_tab_has_no_title_and_no_buttons_of_a_form(web, ana, name):
    view = home(**{name: plain("Home")})
    complaint = complaint_of(web.views_publish, user_id=ana.id, view=view)
    assert complaint == f"[ERROR] invalid additional property: {name} [json-pointer:/view]"


def test_a_field_cannot_ask_for_more_than_it_takes(web, trigger):
    field = {**form()["blocks"][0]}
    field["element"] = {**field["element"], "min_length": 21}  # of at most 20
    complaint = complaint_of(web.views_open, trigger_id=trigger(), view=form(blocks=[field]))
    assert "must be less than or equal to max_length" in complaint


def test_home_is_published_for_people_only_and_minds_its_hash(sim, web, ana):
    assert error_of(web.views_publish, user_id="U404", view=home()) == "invalid_arguments"
    assert error_of(web.views_publish, user_id=sim.bot_user_id, view=home()) == "invalid_arguments"
    old = web.views_publish(user_id=ana.id, view=home())["view"]["hash"]
    web.views_publish(user_id=ana.id, view=home(), hash=old)
    assert error_of(web.views_publish, user_id=ana.id, view=home(), hash=old) == "hash_conflict"


def test_typed_words_survive_an_update_with_the_same_ids(web, trigger, ana):
    view = web.views_open(trigger_id=trigger(), view=form())["view"]
    ana.fills("Settings", {"Name": "Bo"}, submit=False)
    web.views_update(view_id=view["id"], view=form(section("More")))
    assert ana.modal == "Settings\nName: {Bo}\nMore\n[Save]"
    other = form()
    other["blocks"][0]["block_id"] = "another"
    web.views_update(view_id=view["id"], view=other)
    assert "Bo" not in ana.modal


def test_errors_beside_no_input_are_trouble_and_keep_the_modal(tiny, ana):
    ana.types("/tiny form")
    assert "trouble connecting" in ana.fills("Settings", {"Name": "wrong"})[""]
    assert ana.modal is not None


def test_closing_is_told_only_on_request(tiny, web, trigger, ana):
    web.views_open(trigger_id=trigger(), view=form())
    ana.closes_modal()
    root = web.views_open(trigger_id=trigger(), view=form(notify_on_close=True))["view"]
    web.views_push(trigger_id=trigger(root["id"]), view=form(notify_on_close=True))
    ana.closes_modal(everything=True)
    closed = tiny.wait_event("view_closed")
    assert (closed["view"]["id"], closed["is_cleared"]) == (root["id"], True)
    assert len([e for e in tiny.seen if e["type"] == "view_closed"]) == 1


def test_nobody_submits_or_presses_in_another_persons_modal(sim, tiny, web, trigger, ana, bo):
    view = web.views_open(trigger_id=trigger(), view=form(actions(button("Go", "go"))))["view"]
    container = {"view_id": view["id"]}
    assert sim.actions.press(bo.id, container, "go").error == "not_visible"
    assert sim.actions.submit_view(bo.id, view["id"]).error == "not_visible"
    assert sim.actions.press(ana.id, container, "go").ok


def test_submissions_carry_the_state_of_every_input(tiny, web, trigger, ana):
    when = {"type": "datepicker", "action_id": "on"}
    day = {"type": "input", "block_id": "day", "label": plain("Day"), "optional": True}
    web.views_open(trigger_id=trigger(), view=form({**day, "element": when}))
    ana.fills("Settings", {"Name": "Bo"})
    values = tiny.bodies[-1]["view"]["state"]["values"]
    assert values == {
        "name": {"text": {"type": "plain_text_input", "value": "Bo"}},
        "day": {"on": {"type": "datepicker", "selected_date": None}},
    }
