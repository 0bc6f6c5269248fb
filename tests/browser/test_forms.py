"""Modals, fields and everything that can be pressed or chosen on the page."""

import json
import re

from playwright.sync_api import expect


def test_a_complaint_stands_beside_its_field_and_what_was_typed_stays(app, sim, look, ana):
    eyes = look(sim, ana)
    eyes.type("/show short")
    name = eyes.page.get_by_label("Name")
    expect(name).to_be_focused()
    eyes.press("Save")
    expect(name).to_have_accessible_description("Please complete this required field. Any but bad")
    name.fill("bad")
    name.press("Enter")
    expect(name).to_have_accessible_description("Not that name Any but bad")
    expect(name).to_have_value("bad")
    name.fill("Cy")
    eyes.press("Save")
    expect(eyes.dialog).to_have_count(0)
    ana.sees('"name": "Cy"')


def test_a_submission_may_redraw_stack_and_clear_modals(app, sim, look, ana):
    eyes = look(sim, ana)
    eyes.type("/show short")
    for name, title in (("update", "Updated"), ("push", "Pushed")):
        eyes.page.get_by_label("Name").fill(name)
        eyes.press("Save")
        expect(eyes.dialog).to_have_accessible_name(title)
    eyes.press("Cancel")
    expect(eyes.dialog).to_have_accessible_name("Updated")
    eyes.page.get_by_label("Name").fill("clear")
    eyes.press("Save")
    expect(eyes.dialog).to_have_count(0)


def test_every_kind_of_field_reaches_the_app(app, sim, look, ana, bo, coffee):
    eyes = look(sim, ana)
    eyes.type("/show form")
    fill = {"Name": "Cy", "Story": "One\nTwo", "Number": "7", "Day": "2026-04-01"}
    fill |= {"Hour": "09:30", "Instant": "2026-04-01T12:00"}
    for label, value in fill.items():
        eyes.dialog.get_by_label(label, exact=True).fill(value)
    choices = {"Colour": ["Green"], "Colours": ["Red", "Blue"], "Found": ["Found nothing"]}
    choices |= {"Person": ["Bo Lind"], "People": ["Ana Ruiz", "Bo Lind"]}
    choices |= {"Place": ["#coffee"], "Channel": ["#coffee"]}
    for label, options in choices.items():
        eyes.choose(named(label), *options)
    eyes.dialog.get_by_role("checkbox", name="Red").check()
    eyes.dialog.get_by_role("radio", name="Blue").check()
    eyes.press("Save")
    expect(eyes.dialog).to_have_count(0)
    ana.sees('"name": "Cy"')
    assert json.loads(ana.transcript().partition(": ")[2]) == {
        **{"name": "Cy", "story": "One\nTwo", "number": "7", "day": "2026-04-01"},
        **{"hour": "09:30", "instant": 1775037600, "colour": "green", "found": "none"},
        **{"colours": ["red", "blue"], "person": bo.id, "people": [ana.id, bo.id]},
        **{"place": coffee.id, "channel": coffee.id, "boxes": ["red"], "radio": "blue"},
    }


INSIDE = "document.activeElement === document.body || !!document.activeElement.closest('dialog')"


def named(label):
    """A field's name alone, so that "Colour" does not mean "Colours"."""
    return re.compile(f"^{label}$")


def test_a_button_that_asks_first_does_nothing_when_denied(app, sim, look, ana):
    eyes = look(sim, ana)
    eyes.type("/show buttons")
    eyes.press("Risky")
    eyes.sees("It is final.")
    eyes.press("Rather not")
    expect(eyes.dialog).to_have_count(0)
    ana.does_not_see("Chose")
    eyes.press("Risky")
    eyes.press("Do it")
    eyes.sees("Chose risky: v")


def test_menus_and_pickers_in_messages_tell_the_app_at_once(app, sim, look, ana):
    eyes = look(sim, ana)
    eyes.type("/show buttons")
    eyes.sees("Pick one")
    eyes.choose("A colour", "Green")
    eyes.sees("Chose menu: green")
    eyes.page.get_by_label("A day").fill("2026-05-04")
    eyes.sees("Chose day: 2026-05-04")
    eyes.page.get_by_label("An hour").fill("08:15")
    eyes.sees("Chose hour: 08:15")
    eyes.press("More actions")
    eyes.page.get_by_role("menuitem", name="Red").click()
    eyes.sees("Chose more: red")


def test_two_people_fill_their_own_forms_at_once(app, sim, look, ana, bo):
    her, his = look(sim, ana), look(sim, bo)
    for eyes, name in ((her, "Hers"), (his, "His")):
        eyes.type("/show short")
        eyes.page.get_by_label("Name").fill(name)
    his.press("Save")
    her.press("Save")
    ana.sees('"name": "Hers"')
    bo.sees('"name": "His"')


def test_the_keyboard_alone_is_enough(app, sim, look, ana):
    eyes = look(sim, ana)
    keys = eyes.page.keyboard
    expect(eyes.box).to_be_focused()
    keys.type("/sho")
    keys.press("Enter")
    keys.type("form")
    keys.press("Escape")
    keys.press("Enter")
    expect(eyes.page.get_by_label("Name")).to_be_focused()
    keys.type("Cy")
    keys.press("Tab")
    keys.type("A story")
    keys.press("Tab")
    keys.type("bl")
    keys.press("Enter")
    expect(eyes.page.get_by_role("combobox", name=named("Colour"))).to_have_value("Blue")
    for _ in range(40):
        keys.press("Tab")
        assert eyes.page.evaluate(INSIDE)
    keys.press("Escape")
    expect(eyes.dialog).to_have_count(0)
    expect(eyes.box).to_be_focused()


def test_an_open_list_is_closed_before_its_modal(app, sim, look, ana):
    eyes = look(sim, ana)
    eyes.type("/show form")
    eyes.page.get_by_role("combobox", name=named("Colour")).click()
    expect(eyes.page.get_by_role("option", name="Red")).to_be_visible()
    eyes.page.keyboard.press("Escape")
    expect(eyes.page.get_by_role("option", name="Red")).to_have_count(0)
    expect(eyes.dialog).to_be_visible()
