"""One browser page as a person uses it, with what went wrong in it noted down."""

from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import expect

PATIENCE = 30_000  # milliseconds: a stuck page ends a test, a slow machine is no failure
expect.set_options(timeout=PATIENCE)

AXE = (Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
RUN_AXE = """async (rules) => {
  const only = rules.length ? {runOnly: rules} : {};
  const found = await axe.run(document, {resultTypes: ["violations"], ...only});
  return found.violations
    .filter((v) => ["serious", "critical"].includes(v.impact))
    .map((v) => `${v.id}: ${v.help}: ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`);
}"""


class Eyes:
    """A page of the simulator. `problems` are console errors and requests to elsewhere."""

    def __init__(self, page, sim):
        self.page = page
        self.sim = sim
        self.problems = []
        self._listeners = {
            "console": self._said,
            "pageerror": lambda error: self.problems.append(str(error)),
            "request": self._asked,
        }
        for event, listener in self._listeners.items():
            page.on(event, listener)

    def close(self):
        """Stop noting problems; returns those of the time before."""
        for event, listener in self._listeners.items():
            self.page.remove_listener(event, listener)
        return self.problems

    def _said(self, message):
        if message.type in ("error", "warning"):
            self.problems.append(f"{message.type}: {message.text}")

    def _asked(self, request):
        if urlsplit(request.url).hostname not in ("127.0.0.1", None):
            self.problems.append(f"asked for {request.url}")

    # -- going places ---------------------------------------------------------

    def open(self, who=""):
        where = f"#/{who.id}" if who else ""
        self.page.goto(self.sim.page_url + where)
        self.page.get_by_role("main").get_by_role("heading").first.wait_for()

    def go(self, name):
        rows = self.page.get_by_role("navigation").get_by_role("listitem")
        rows.filter(has=self.page.get_by_text(name, exact=True)).get_by_role("button").click()

    def type(self, text):
        box = self.box
        box.fill(text)
        box.press("Enter")

    @property
    def box(self):
        return self.page.get_by_role("combobox", name="Message to")

    @property
    def dialog(self):
        return self.page.get_by_role("dialog")

    @property
    def messages(self):
        return self.page.get_by_role("log", name="Messages in")

    def field(self, label):
        return self.page.get_by_label(label)

    def button(self, name, **more):
        return self.page.get_by_role("button", name=name, **more)

    def press(self, name, **more):
        self.button(name, **more).first.click()

    def choose(self, label, *options):
        """Choose in a menu, by mouse."""
        menu = self.page.get_by_role("combobox", name=label)
        for option in options:
            menu.click()
            self.page.get_by_role("option", name=option).click()
        menu.press("Tab")

    # -- seeing ---------------------------------------------------------------

    def sees(self, text):
        """Wait until the text is there to be read."""
        self.page.get_by_text(text).first.wait_for()

    def does_not_see(self, text):
        expect(self.page.get_by_text(text)).to_have_count(0)

    def modal_is_gone(self):
        self.dialog.wait_for(state="detached")

    def barriers(self, dark=True):
        """What axe finds that would keep somebody from using the page, in light and in dark."""
        if not self.page.evaluate("!!window.axe"):
            self.page.evaluate(AXE)
        found = self.page.evaluate(RUN_AXE, [])
        if dark:
            self.page.emulate_media(color_scheme="dark")
            found += self.page.evaluate(RUN_AXE, ["color-contrast"])
            self.page.emulate_media(color_scheme="light")
        return found
