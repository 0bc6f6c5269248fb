"""Behind the curtain: the clock, the tour, the faults, and looks."""

from datetime import timedelta

from playwright.sync_api import expect

from simulator.page_hooks import PageFault, TourStep, sees

PHONE = {"width": 360, "height": 740}


def test_without_hooks_the_clock_simply_moves(app, sim, look, ana):
    before = sim.clock.now()
    eyes = look(sim, ana)
    eyes.sees("Mon 2 Mar, 09:00")
    eyes.press("+1 day")
    eyes.sees("Tue 3 Mar, 09:00")
    assert sim.clock.now() - before == timedelta(days=1)


def test_time_that_plays_lists_what_happened(app, sim, look, ana):
    stop = sim.clock.now() + timedelta(hours=2)

    def advance(target):
        sim.clock.move_to(target)
        return ["12 introductions sent"]

    sim.page.hooks.advance = advance
    sim.page.hooks.next_stop = lambda: ("next round", stop)
    eyes = look(sim, ana)
    eyes.press("Next round")
    eyes.sees("12 introductions sent")
    eyes.sees("Mon 2 Mar, 11:00")


def test_a_hook_that_fails_says_so_and_the_page_goes_on(app, sim, look, ana):
    def advance(target):
        raise RuntimeError("the database is locked")

    sim.page.hooks.advance = advance
    eyes = look(sim, ana)
    eyes.press("+1 hour")
    eyes.sees("That did not work: the database is locked")
    eyes.type("Still here")
    eyes.sees("Still here")


def test_a_tour_leads_from_step_to_step_and_can_be_skipped(app, sim, look, ana, bo):
    greet = TourStep("Greet", "Say *hello*.", sees("Ana Ruiz", "hello"), type_this="hello")
    answer = TourStep("Answer", "As Bo.", sees("Bo Lind", "moin"), "Bo Lind", "coffee")
    sim.page.hooks.tour = [greet, answer]
    eyes = look(sim, ana)
    eyes.press("Put it into the message box")
    eyes.box.press("Enter")
    eyes.press("Next step")
    expect(eyes.page.get_by_role("heading", name="2. Answer")).to_be_focused()
    eyes.press("Be Bo Lind")
    expect(eyes.button("You are Bo Lind")).to_be_visible()
    eyes.type("moin")
    eyes.press("Finish")
    eyes.sees("That was the tour")
    eyes.press("Start over")
    eyes.press("Skip the tour")
    eyes.sees("Tour skipped")


def test_a_fault_can_be_ordered_and_is_seen_to_happen(app, sim, look, ana):
    sim.page.hooks.faults = [PageFault("kill", "Kill the app", lambda: "It is back already.")]
    eyes = look(sim, ana)
    eyes.page.get_by_text("Make trouble").click()
    eyes.press("Rate-limit")
    eyes.sees("The next call will be rate limited")
    eyes.press("Kill the app")
    eyes.sees("It is back already.")
    eyes.type("/show short")
    eyes.page.get_by_label("Name").fill("Cy")
    eyes.press("Save")
    eyes.sees("ratelimited")


def test_colours_follow_the_system_until_somebody_chooses(app, sim, look, ana):
    eyes = look(sim, ana, scheme="dark")
    background = "getComputedStyle(document.body).backgroundColor"
    dark = eyes.page.evaluate(background)
    eyes.press("Use light colours")
    light = eyes.page.evaluate(background)
    assert dark != light
    eyes.page.reload()
    eyes.sees("You are")
    assert eyes.page.evaluate(background) == light


def test_nothing_keeps_anybody_from_using_the_page(app, sim, look, ana):
    sim.page.hooks.tour = [TourStep("Greet", "Say *hello*.", sees("Ana Ruiz", "hello"))]
    eyes = look(sim, ana)
    eyes.page.get_by_text("Make trouble").click()
    eyes.type("/show buttons")
    eyes.sees("Pick one")
    assert eyes.barriers() == []
    eyes.go("Tiny")
    eyes.sees("Welcome @Ana")
    assert eyes.barriers() == []
    eyes.go("coffee")
    eyes.type("/show form")
    eyes.press("Save")
    eyes.sees("Please complete this required field.")
    assert eyes.barriers() == []


def test_a_phone_is_wide_enough(app, sim, look, ana, bo):
    eyes = look(sim, ana, **PHONE)
    eyes.press("Channels and people")
    eyes.press("You are")
    eyes.dialog.get_by_role("option", name="Bo Lind").click()
    eyes.type("/show form")
    eyes.sees("Long form")
    assert eyes.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert eyes.barriers() == []
