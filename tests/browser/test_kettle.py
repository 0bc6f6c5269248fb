"""The demo itself in the browser: the real Kettle, the whole tour, a week in a moment, a kill."""

import pytest
from playwright.sync_api import expect

from kettle.demo import page
from kettle.demo.running import running


@pytest.fixture
def demo():
    with running(running_clock=True) as furnished:
        page.attend(furnished)
        yield furnished


def test_the_demo_from_the_tour_to_a_killed_app(demo, look):
    eyes = look(demo.sim)
    the_tour_leads_through_five_steps(eyes)
    a_wrong_word_in_the_settings_is_told_beside_its_field(eyes)
    an_app_killed_while_a_week_passes_loses_nothing(demo, eyes)


def step_done(eyes, then="Next step"):
    eyes.page.locator(".tour .well").wait_for()
    eyes.press(then)


def the_tour_leads_through_five_steps(eyes):
    eyes.press("Put it into the message box")
    eyes.box.press("Enter")
    step_done(eyes)
    eyes.page.locator(".tour").get_by_role("button", name="Next round").click()
    step_done(eyes)
    eyes.press("Go to the newest group message")
    eyes.press("Another question")
    step_done(eyes)
    eyes.press("We met")
    step_done(eyes)
    eyes.press("Be Ana Ruiz")
    expect(eyes.box).to_have_value("/checkin open")
    eyes.box.press("Enter")
    eyes.field("Your own line").fill("I am tired of calls after six.")
    eyes.press("Ask", exact=True)
    eyes.sees("Ana goes first")
    eyes.press("Let colleagues answer")
    eyes.sees("6 colleagues answered")
    eyes.press("+1 day")
    eyes.go("Kettle")
    eyes.press("Messages", exact=True)
    eyes.press("See the results")
    eyes.sees("Too many meetings before noon.")
    eyes.press("Close", exact=True)
    step_done(eyes, "Finish")
    eyes.sees("That was the tour")


def a_wrong_word_in_the_settings_is_told_beside_its_field(eyes):
    eyes.go("coffee")
    eyes.type("/coffee settings")
    zone = eyes.field("Time zone")
    zone.fill("Middle Earth")
    eyes.press("Save")
    expect(zone).to_be_focused()
    expect(eyes.dialog.locator(".input.wrong")).to_have_count(1)
    assert eyes.barriers(dark=False) == []
    eyes.press("Cancel")
    eyes.modal_is_gone()


def an_app_killed_while_a_week_passes_loses_nothing(demo, eyes):
    eyes.page.get_by_text("Make trouble").click()
    eyes.press("+1 week")
    eyes.page.get_by_text("Time is passing").wait_for()
    eyes.press("Kill the app")
    eyes.page.locator(".wire").get_by_text("The app was stopped").wait_for()
    eyes.page.locator(".busyness:empty").wait_for(state="attached", timeout=60_000)
    expect(eyes.page.locator(".happened")).to_contain_text("introductions")
    introduced = [
        m
        for group in demo.sim.group_dms()
        for m in demo.sim.messages(group)
        if "in this round" in str([*m.versions, m.blocks])  # those of before are drawn as over
    ]
    assert len(introduced) == 24
