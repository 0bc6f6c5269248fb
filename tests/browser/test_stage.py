"""Behind the curtain: the clock, the tour, the faults, and looks."""

from datetime import timedelta

from playwright.sync_api import expect

from simulator.page.hooks import PageFault, TourStep, sees

PHONE = {"width": 360, "height": 740}
BACKGROUND = "getComputedStyle(document.body).backgroundColor"


def test_time_passes_says_what_happened_and_survives_a_hook_that_fails(sim, look, ana):
    eyes = look(sim, ana)
    clock, before = eyes.page.locator(".clock .now strong"), sim.clock.now()
    shown = clock.inner_text()
    eyes.press("+1 day")
    expect(clock).not_to_have_text(shown)
    assert sim.clock.now() - before == timedelta(days=1)

    def advance(target):
        sim.clock.move_to(target)
        return ["12 introductions sent"]

    def fail(target):
        raise RuntimeError("the database is locked")

    sim.page.hooks.advance = advance
    sim.page.hooks.next_stop = lambda: ("next round", before + timedelta(days=2))
    eyes.type("Morning")  # any change draws the new button
    eyes.press("Next round")
    eyes.sees("12 introductions sent")
    assert sim.clock.now() - before == timedelta(days=2)
    sim.page.hooks.advance = fail
    eyes.press("+1 hour")
    eyes.sees("That did not work: the database is locked")
    eyes.type("Still here")
    eyes.sees("Still here")


def test_a_tour_leads_from_step_to_step_and_can_be_skipped(sim, look, ana, bo):
    greet = TourStep("Greet", "Say *hello*.", sees("Ana Ruiz", "hello"), type_this="hello")
    answer = TourStep("Answer", "As Bo.", sees("Bo Lind", "moin"), "Bo Lind", "coffee")
    sim.page.hooks.tour = [greet, answer]
    eyes = look(sim, ana)
    eyes.press("Put it into the message box")
    eyes.box.press("Enter")
    eyes.press("Next step")
    expect(eyes.page.get_by_role("heading", name="2. Answer")).to_be_focused()
    eyes.press("Be Bo Lind")
    eyes.button("You are Bo Lind").wait_for()
    eyes.type("moin")
    eyes.press("Finish")
    eyes.sees("That was the tour")
    eyes.press("Start over")
    eyes.press("Skip the tour")
    eyes.sees("Tour skipped")


def test_a_fault_can_be_ordered_and_is_seen_to_happen(sim, look, ana):
    sim.page.hooks.faults = [PageFault("kill", "Kill the app", lambda: "It is back already.")]
    eyes = look(sim, ana)
    eyes.page.get_by_text("Make trouble").click()
    eyes.press("Rate-limit")
    eyes.sees("The next call will be rate limited")
    eyes.press("Kill the app")
    eyes.sees("It is back already.")
    eyes.type("/show short")
    eyes.field("Name").fill("Cy")
    eyes.press("Save")
    eyes.sees("ratelimited")


def test_nothing_keeps_anybody_from_using_the_page_in_light_or_dark(sim, look, ana):
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


def test_a_phone_is_wide_enough_and_colours_stay_as_chosen(sim, look, ana, bo):
    eyes = look(sim, ana, scheme="dark", **PHONE)
    dark = eyes.page.evaluate(BACKGROUND)
    eyes.press("Use light colours")
    eyes.page.wait_for_function(f"{BACKGROUND} !== '{dark}'")
    light = eyes.page.evaluate(BACKGROUND)
    eyes.page.reload()
    eyes.press("Channels and people")
    eyes.press("You are")
    eyes.dialog.get_by_role("option", name="Bo Lind").click()
    assert eyes.page.evaluate(BACKGROUND) == light
    eyes.type("/show form")
    eyes.sees("Long form")
    assert eyes.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert eyes.barriers(dark=False) == []


def test_a_scene_that_comes_before_the_page_watches_is_drawn(sim, look, ana, bo):
    """Effects run after the next frame: here frames and short waits take a second."""
    look(sim, bo)  # in the tab that stays for other tests
    eyes = look(sim, ana)
    late = "setTimeout = ((wait) => (f, ms) => wait(f, Math.max(ms || 0, 1000)))(setTimeout);"
    eyes.page.add_init_script(f"{late} requestAnimationFrame = (f) => setTimeout(f);")
    eyes.page.reload()
    eyes.page.get_by_role("main").get_by_role("heading").first.wait_for()
