"""One browser per worker, a fresh page per look, and no test with an error in the console."""

from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from simulator import Simulator
from tests.browser import chromium
from tests.browser.eyes import Eyes
from tests.browser.page_app import PageApp, page_manifest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(config, items):
    """Mark everything here; leave it out where no browser is and none is required."""
    here = [item for item in items if HERE in Path(item.path).parents]
    for item in here:
        item.add_marker(pytest.mark.browser)
    if chromium.find() is None and not chromium.required():
        config.hook.pytest_deselected(items=here)
        items[:] = [item for item in items if item not in here]


@pytest.fixture(scope="session")
def browser():
    path = chromium.find()
    if path is None:
        pytest.fail(chromium.MISSING)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=chromium.ARGS)
        # one context for all: every simulator has a port, and so an origin and a memory, of its own
        context = launched.new_context()
        context.set_default_timeout(8000)
        yield context
        launched.close()


@pytest.fixture
def look(browser):
    """`look(sim, who)` opens the page as somebody; every console error is a failure."""
    opened = []

    def open_page(sim, who="", width=1280, height=800, scheme="light"):
        page = browser.new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        opened.append(Eyes(page, sim))
        opened[-1].open(who)
        return opened[-1]

    yield open_page
    for eyes in opened:
        eyes.page.close()
    assert [problem for eyes in opened for problem in eyes.problems] == []


@pytest.fixture
def sim():
    with Simulator(page_manifest()) as running:
        running.patience = 3.0
        yield running


@pytest.fixture
def ana(sim):
    return sim.add_person("Ana Ruiz", tz="Europe/Madrid", title="Designer")


@pytest.fixture
def bo(sim):
    return sim.add_person("Bo Lind", tz="Europe/Stockholm", title="Team lead")


@pytest.fixture
def coffee(sim, ana, bo):
    return sim.add_channel("coffee", members=[ana, bo])


@pytest.fixture
def app(sim, coffee):
    with PageApp(sim) as running:
        yield running
