"""One browser, one workspace and one tab per worker, emptied for each test; no console errors."""

from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from simulator import Simulator
from tests.browser import chromium
from tests.browser.eyes import PATIENCE, Eyes
from tests.browser.page_app import PageApp, page_manifest

HERE = Path(__file__).parent
ACK = 15.0  # seconds, where Slack gives three: a slow machine is no failure


def pytest_collection_modifyitems(config, items):
    """Mark everything here; leave it out where no browser is and none is required."""
    here = [item for item in items if HERE in Path(item.path).parents]
    for item in here:
        item.add_marker(pytest.mark.browser)
    if chromium.find() is None and not chromium.required():
        config.hook.pytest_deselected(items=here)
        items[:] = [item for item in items if item not in here]


class Tabs:
    """The tabs of one browser. The first one stays: a warm tab opens the page in half the time."""

    def __init__(self, context):
        self._context = context
        self._first = context.new_page()
        self._open = []

    def look(self, sim, who="", width=1280, height=800, scheme="light"):
        """See the page as somebody, in a tab of their own."""
        page = self._context.new_page() if self._open else self._first
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        self._open.append(Eyes(page, sim))
        self._open[-1].open(who)
        return self._open[-1]

    def close(self):
        """Forget everything; returns what went wrong in the tabs."""
        problems = [problem for eyes in self._open for problem in eyes.close()]
        for eyes in self._open[1:]:
            eyes.page.close()
        if self._open:
            self._first.evaluate("localStorage.clear()")
            self._first.goto("about:blank")
        self._open.clear()
        return problems


@pytest.fixture(scope="session")
def tabs():
    path = chromium.find()
    if path is None:
        pytest.fail(chromium.MISSING)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=chromium.ARGS)
        context = launched.new_context()
        context.set_default_timeout(PATIENCE)
        yield Tabs(context)
        launched.close()


@pytest.fixture
def look(tabs):
    """`look(sim, who)` opens the page as somebody; every console error is a failure."""
    yield tabs.look
    assert tabs.close() == []


@pytest.fixture(scope="session")
def workspace():
    """Ana and Bo in #coffee, and the app that draws one of everything."""
    with Simulator(page_manifest()) as sim:
        sim.patience = PATIENCE / 1000
        ana = sim.add_person("Ana Ruiz", tz="Europe/Madrid", title="Designer")
        bo = sim.add_person("Bo Lind", tz="Europe/Stockholm", title="Team lead")
        sim.add_channel("coffee", members=[ana, bo])
        with PageApp(sim) as app:
            yield app


@pytest.fixture
def sim(workspace):
    """The workspace with nothing said and nothing open, as on its first day; the app is there."""
    sim, world = workspace.sim, workspace.sim.world
    with world.editing():
        for conversation in list(world.conversations.values()):
            if conversation.name != "coffee":
                del world.conversations[conversation.id]
            conversation.messages.clear()
            conversation.last_read.clear()
            conversation.members[:] = [m for m in conversation.members if m != world.bot_user_id]
        for memory in (world.stacks, world.homes, world.files, world.message_state, world.calls,
                       world.ephemerals, sim.actions.home_open):  # fmt: skip
            memory.clear()
        sim.page.clear()
    sim.limits.clear()
    sim.faults.clear()
    sim.ack_timeout = ACK
    if not sim.connected:
        workspace.__enter__()
    return sim


@pytest.fixture
def app(sim, workspace):
    return workspace


@pytest.fixture
def ana(sim):
    return sim.person("Ana Ruiz")


@pytest.fixture
def bo(sim):
    return sim.person("Bo Lind")


@pytest.fixture
def coffee(sim):
    return sim.channel("coffee")
