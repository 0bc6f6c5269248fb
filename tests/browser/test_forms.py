"""Modals, fields and everything that can be pressed or chosen on the page."""

import json
import re

from playwright.sync_api import expect

NOTE_WHO_IS_OUTSIDE = """() => {
  window.outside = [];
  const note = (event) => event.target.closest("dialog") || outside.push(event.target.outerHTML);
  document.addEventListener("focusin", note);
}"""


def named(label):
    """A field's name alone, so that "Colour" does not mean "Colours"."""
    return re.compile(f"^{label}$")


def test_a_form_complains_beside_its_field_is_redrawn_stacked_and_cleared(sim, look, ana):
    eyes = look(sim, ana)
    eyes.type("/show short")
    name = eyes.field("Name")
    expect(name).to_be_focused()
    eyes.press("Save")
    expect(name).to_have_accessible_description(
        "Please complete this required field. Any but <bad> & so"
    )
    name.fill("bad")
    name.press("Enter")
    expect(name).to_have_accessible_description("Not that name Any but <bad> & so")
    expect(name).to_have_value("bad")
    for typed, title in (("update", "Updated"), ("push", "Pushed")):
        name.fill(typed)
        eyes.press("Save")
        expect(eyes.dialog).to_have_accessible_name(title)
    eyes.press("Cancel")
    expect(eyes.dialog).to_have_accessible_name("Updated")
    name.fill("clear")
    eyes.press("Save")
    eyes.modal_is_gone()


def test_every_kind_of_field_reaches_the_app(sim, look, ana, bo, coffee):
    eyes = look(sim, ana)
    eyes.type("/show form")
    colour = eyes.page.get_by_role("combobox", name=named("Colour"))
    colour.click()
    red = eyes.page.get_by_role("option", name="Red")
    red.wait_for()
    eyes.page.keyboard.press("Escape")  # the list goes, the form stays
    red.wait_for(state="detached")
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
    eyes.modal_is_gone()
    ana.sees('"name": "Cy"')
    assert json.loads(ana.transcript().partition(": ")[2]) == {
        **{"name": "Cy", "story": "One\nTwo", "number": "7", "day": "2026-04-01"},
        **{"hour": "09:30", "instant": 1775037600, "colour": "green", "found": "none"},
        **{"colours": ["red", "blue"], "person": bo.id, "people": [ana.id, bo.id]},
        **{"place": coffee.id, "channel": coffee.id, "boxes": ["red"], "radio": "blue"},
    }


def test_buttons_menus_and_pickers_in_messages_tell_the_app(sim, look, ana):
    eyes = look(sim, ana)
    eyes.type("/show buttons")
    eyes.press("Risky")
    eyes.sees("It is final.")
    eyes.press("Rather not")
    eyes.modal_is_gone()
    ana.does_not_see("Chose")
    eyes.press("Risky")
    eyes.press("Do it")
    eyes.sees("Chose risky: v")
    eyes.choose("A colour", "Green")
    eyes.sees("Chose menu: green")
    eyes.field("A day").fill("2026-05-04")
    eyes.sees("Chose day: 2026-05-04")
    eyes.field("An hour").fill("08:15")
    eyes.sees("Chose hour: 08:15")
    eyes.press("More actions")
    eyes.page.get_by_role("menuitem", name="Red").click()
    eyes.sees("Chose more: red")


def test_the_keyboard_alone_is_enough(sim, look, ana):
    eyes = look(sim, ana)
    keys = eyes.page.keyboard
    expect(eyes.box).to_be_focused()
    keys.type("/sho")
    keys.press("Enter")
    keys.type("form")
    keys.press("Escape")
    keys.press("Enter")
    expect(eyes.field("Name")).to_be_focused()
    keys.type("Cy")
    keys.press("Tab")
    keys.type("A story")
    keys.press("Tab")
    keys.type("bl")
    keys.press("Enter")
    expect(eyes.page.get_by_role("combobox", name=named("Colour"))).to_have_value("Blue")
    eyes.page.evaluate(NOTE_WHO_IS_OUTSIDE)
    for _ in range(30):  # more than there are places in the form
        keys.press("Tab")
    assert eyes.page.evaluate("window.outside") == []
    keys.press("Escape")
    eyes.modal_is_gone()
    expect(eyes.box).to_be_focused()
