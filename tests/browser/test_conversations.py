"""Channels, messages and commands on the page, for one person and for two at once."""

from playwright.sync_api import expect


def test_what_one_person_says_appears_for_the_other_without_reloading(app, sim, look, ana, bo):
    her, his = look(sim, ana), look(sim, bo)
    her.go("coffee")
    his.go("coffee")
    her.type("Good morning @Bo Lind <b>")
    his.sees("Good morning")
    expect(his.page.locator(".mention.mine")).to_have_text("@Bo")
    his.sees("<b>")


def test_a_place_with_news_is_marked_until_it_is_visited(app, sim, look, ana, bo, coffee):
    eyes = look(sim, ana)
    eyes.go("Tiny")
    bo.says("News", in_=coffee)
    expect(eyes.page.get_by_label("1 unread")).to_be_visible()
    eyes.go("coffee")
    eyes.sees("News")
    expect(eyes.page.get_by_label("1 unread")).to_have_count(0)


def test_commands_are_completed_from_the_manifest(app, sim, look, ana):
    eyes = look(sim, ana)
    eyes.box.fill("/sh")
    eyes.sees("Shows one thing")
    eyes.box.press("ArrowDown")
    eyes.box.press("Tab")
    expect(eyes.box).to_have_value("/shout ")
    eyes.box.fill("/show b")
    eyes.box.press("Enter")
    expect(eyes.box).to_have_value("/show buttons")


def test_a_command_that_nobody_knows_is_refused_only_to_who_typed_it(app, sim, look, ana, bo):
    her, his = look(sim, ana), look(sim, bo)
    her.type("/nonsense")
    her.sees("/nonsense is not a command")
    her.sees("Only visible to you")
    his.does_not_see("/nonsense")


def test_an_app_that_is_silent_is_named_where_the_person_is(app, sim, look, ana):
    sim.ack_timeout = 0.2
    eyes = look(sim, ana)
    eyes.type("/show silent")
    eyes.sees('/show failed with the error "operation_timeout"')
    eyes.type("/show short")
    eyes.page.get_by_label("Name").fill("silent")
    eyes.press("Save")
    expect(eyes.dialog.get_by_role("alert")).to_contain_text("operation_timeout")


def test_an_app_that_is_not_running_is_told(app, sim, look, ana):
    eyes = look(sim, ana)
    eyes.type("/show buttons")
    eyes.sees("Pick one")
    sim.close_client(app.handler)
    eyes.sees("Tiny is not connected right now")
    eyes.press("Go")
    expect(eyes.messages.get_by_role("alert")).to_contain_text("dispatch_failed")


def test_replies_stand_in_their_thread(app, sim, look, ana, bo, coffee):
    bo.says("Who is in?", in_=coffee)
    eyes = look(sim, ana)
    eyes.messages.get_by_text("Who is in?").hover()
    eyes.press("Reply in thread")
    eyes.page.get_by_role("combobox", name="Reply").fill("I am")
    eyes.page.keyboard.press("Enter")
    eyes.sees("1 reply")
    expect(eyes.messages.get_by_text("I am")).to_have_count(0)
    expect(eyes.page.get_by_role("log", name="Thread").get_by_text("I am")).to_be_visible()


def test_markup_dates_and_emoji_are_drawn_for_the_reader(app, sim, look, ana, coffee):
    text = (
        "*bold* _soft_ `code` :coffee: <!date^1772445600^{time}|then> <https://example.com|there>"
    )
    app.app.client.conversations_join(channel=coffee.id)
    app.app.client.chat_postMessage(channel=coffee.id, text=text)
    eyes = look(sim, ana)
    said = eyes.messages.locator(".words").last
    expect(said).to_have_text("bold soft code ☕️ 11:00 AM there")
    expect(said.get_by_role("link", name="there")).to_have_attribute("href", "https://example.com")
    expect(said.locator("strong")).to_have_text("bold")


def test_pictures_are_shown_and_other_files_can_be_had(app, sim, look, ana, coffee):
    client = app.app.client
    client.conversations_join(channel=coffee.id)
    dot = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
        "1f15c4890000000d49444154789c63f8cfc0f01f000500"
        "01ff89993d1d0000000049454e44ae426082"
    )
    client.files_upload_v2(channel=coffee.id, filename="trend.png", content=dot, title="Trend")
    client.files_upload_v2(channel=coffee.id, filename="coffee.ics", content="BEGIN:VCALENDAR")
    eyes = look(sim, ana)
    picture = eyes.page.get_by_role("img", name="Trend")
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("naturalWidth", 1)
    with eyes.page.expect_download() as got:
        eyes.page.get_by_role("link", name="coffee.ics").click()
    assert got.value.suggested_filename == "coffee.ics"


def test_the_visitor_can_be_somebody_else_and_come_back(app, sim, look, ana, bo):
    eyes = look(sim, ana)
    eyes.press("You are")
    eyes.dialog.get_by_role("combobox").fill("bo")
    eyes.page.keyboard.press("Enter")
    expect(eyes.button("You are Bo Lind")).to_be_visible()
    eyes.page.go_back()
    expect(eyes.button("You are Ana Ruiz")).to_be_visible()


def test_a_channel_can_be_joined_and_the_app_invited(app, sim, look, ana, bo):
    books = sim.add_channel("books", members=[bo])
    eyes = look(sim, ana)
    eyes.press("Browse channels")
    eyes.press("Join books")
    expect(eyes.page.get_by_role("heading", name="#books")).to_be_visible()
    eyes.type("/invite @Tiny")
    eyes.sees("@Tiny has joined the channel")
    assert {ana.id, sim.bot_user_id} <= set(books.members)


def test_the_home_tab_is_drawn_by_the_app(app, sim, look, ana):
    eyes = look(sim, ana)
    eyes.go("Tiny")
    eyes.sees("Welcome @Ana")
    expect(eyes.button("Wave")).to_be_visible()
