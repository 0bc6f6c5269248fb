"""The demo itself in the browser: the real Kettle, the whole tour, a month in a moment."""

import pytest
from playwright.sync_api import expect

from kettle import demo_page
from kettle.demo import running


@pytest.fixture
def demo():
    with running(running_clock=True) as furnished:
        demo_page.attend(furnished)
        yield furnished


def step_done(eyes, then="Next step"):
    expect(eyes.page.locator(".tour .well")).to_be_visible()
    eyes.press(then)


def test_the_tour_leads_through_the_five_steps(demo, look):
    eyes = look(demo.sim)
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
    eyes.page.get_by_label("Your own line").fill("I am tired of calls after six.")
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


def let_a_week_pass(eyes):
    clock = eyes.page.locator(".clock .now strong")
    before = clock.inner_text()
    eyes.press("+1 week")
    expect(clock).not_to_have_text(before)
    expect(eyes.page.locator(".busyness")).to_be_empty(timeout=30_000)


def introductions(sim):
    return [
        m for dm in sim.group_dms() for m in sim.messages(dm) if "in this round" in str(m.blocks)
    ]


def test_weeks_pass_in_a_moment_and_a_killed_app_loses_nothing(demo, look):
    eyes = look(demo.sim)
    let_a_week_pass(eyes)
    expect(eyes.page.locator(".happened")).to_contain_text("introduction")
    eyes.page.get_by_text("Make trouble").click()
    eyes.press("Kill the app")
    eyes.page.locator(".wire").get_by_text("The app was stopped").wait_for()
    let_a_week_pass(eyes)
    assert len(introductions(demo.sim)) == 22


def test_a_wrong_word_in_the_settings_is_told_beside_its_field(demo, look):
    ana = demo.person("Ana Ruiz")
    eyes = look(demo.sim, ana)
    eyes.type("/coffee settings")
    zone = eyes.page.get_by_label("Time zone")
    zone.fill("Middle Earth")
    eyes.press("Save")
    expect(zone).to_be_focused()
    expect(eyes.dialog.locator(".input.wrong")).to_have_count(1)
    assert eyes.barriers() == []
