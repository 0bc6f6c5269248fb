"""Channels, messages and commands on the page, for one person and for two at once."""

from playwright.sync_api import expect

DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c63f8cfc0f01f000500"
    "01ff89993d1d0000000049454e44ae426082"
)


def test_two_people_at_once_read_write_and_fill_forms_without_reloading(sim, look, ana, bo, coffee):
    her, his = look(sim, ana), look(sim, bo)
    her.type("Good morning @Bo Lind <b>")
    his.sees("Good morning")
    expect(his.page.locator(".mention.mine")).to_have_text("@Bo")
    his.sees("<b>")
    her.type("/nonsense")
    her.sees("/nonsense is not a command")
    her.sees("Only visible to you")
    his.does_not_see("/nonsense")
    for eyes, name in ((her, "Hers"), (his, "His")):
        eyes.type("/show short")
        eyes.field("Name").fill(name)
    his.press("Save")
    her.press("Save")
    ana.sees('"name": "Hers"')
    bo.sees('"name": "His"')


def test_a_place_with_news_is_marked_until_it_is_visited(sim, look, ana, bo, coffee):
    eyes = look(sim, ana)
    eyes.go("Tiny")
    eyes.sees("Welcome @Ana")
    expect(eyes.button("Wave")).to_be_visible()  # the Home tab, drawn by the app
    bo.says("News", in_=coffee)
    eyes.page.get_by_label("1 unread").wait_for()
    eyes.go("coffee")
    eyes.sees("News")
    expect(eyes.page.get_by_label("1 unread")).to_have_count(0)


def test_commands_are_completed_from_the_manifest(sim, look, ana):
    eyes = look(sim, ana)
    eyes.box.fill("/sh")
    eyes.sees("Shows one thing")
    eyes.box.press("ArrowDown")
    eyes.box.press("Tab")
    expect(eyes.box).to_have_value("/shout ")
    eyes.box.fill("/show b")
    eyes.box.press("Enter")
    expect(eyes.box).to_have_value("/show buttons")


def test_an_app_that_is_silent_or_gone_is_named_where_the_person_is(app, sim, look, ana):
    sim.ack_timeout = 0.2
    eyes = look(sim, ana)
    eyes.type("/show silent")
    eyes.sees('/show failed with the error "operation_timeout"')
    eyes.type("/show short")
    eyes.field("Name").fill("silent")
    eyes.press("Save")
    expect(eyes.dialog.get_by_role("alert")).to_contain_text("operation_timeout")
    eyes.press("Cancel")
    sim.ack_timeout = 15.0
    eyes.type("/show buttons")
    eyes.sees("Pick one")
    app.__exit__()
    eyes.sees("Tiny is not connected right now")
    eyes.press("Go")
    expect(eyes.messages.get_by_role("alert")).to_contain_text("dispatch_failed")


def test_threads_markup_pictures_and_files_are_drawn_for_the_reader(
    app, sim, look, ana, bo, coffee
):
    bo.says("Who is in?", in_=coffee)
    text = "*bold* _soft_ `code` :coffee: <!date^1772445600^{time}|then> <https://example.com?a=1&b=2|there>"
    at = {"channel": coffee.id}
    app.web.conversations_join(**at)
    app.web.files_upload_v2(
        **at, filename="trend.png", content=DOT, title="Trend", alt_txt="Lighter each week"
    )
    app.web.files_upload_v2(**at, filename="coffee.ics", content="BEGIN:VCALENDAR")
    app.web.chat_postMessage(**at, text=text)
    eyes = look(sim, ana)
    said = eyes.messages.locator(".words").last
    expect(said).to_have_text("bold soft code ☕️ 11:00 AM there")
    expect(said.get_by_role("link", name="there")).to_have_attribute(
        "href", "https://example.com?a=1&b=2"
    )
    expect(said.locator("strong")).to_have_text("bold")
    picture = eyes.page.get_by_role("img", name="Lighter each week")
    picture.wait_for()
    expect(picture).to_have_js_property("naturalWidth", 1)
    eyes.page.set_viewport_size({"width": 1280, "height": 400})
    expect(said).to_be_in_viewport()  # what came last stays in sight
    eyes.page.set_viewport_size({"width": 1280, "height": 800})
    with eyes.page.expect_download() as got:
        eyes.page.get_by_role("link", name="coffee.ics").click()
    assert got.value.suggested_filename == "coffee.ics"
    eyes.messages.get_by_text("Who is in?").hover()
    eyes.press("Reply in thread")
    eyes.page.get_by_role("combobox", name="Reply").fill("I am")
    eyes.page.keyboard.press("Enter")
    eyes.sees("1 reply")
    expect(eyes.messages.get_by_text("I am")).to_have_count(0)
    expect(eyes.page.get_by_role("log", name="Thread").get_by_text("I am")).to_be_visible()


def test_the_visitor_finds_channels_and_other_people(sim, look, ana, bo):
    books = sim.add_channel("books", members=[bo])
    eyes = look(sim, ana)
    eyes.press("Browse channels")
    eyes.press("Join books")
    eyes.page.get_by_role("heading", name="#books").wait_for()
    eyes.type("/invite @Tiny")
    eyes.sees("@Tiny has joined the channel")
    assert {ana.id, sim.bot_user_id} <= set(books.members)
    eyes.press("You are")
    eyes.dialog.get_by_role("combobox").fill("bo")
    eyes.page.keyboard.press("Enter")
    eyes.button("You are Bo Lind").wait_for()
    eyes.page.go_back()
    eyes.button("You are Ana Ruiz").wait_for()
    eyes.page.evaluate("location.hash = location.hash.split('/').slice(0, 2).join('/')")
    eyes.page.get_by_role("heading", name="#coffee").wait_for()
