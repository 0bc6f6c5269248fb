"""Makes the pictures in docs/pictures anew, from the demo, in the Chromium of this machine."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from kettle.demo import page as demo_page
from kettle.demo import world
from kettle.demo.running import Demo, running

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGS = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
DESK, PHONE = (1200, 720), (360, 720)
HEAVIEST = 150 * 1024  # bytes; a README should load at once


def main() -> int:
    """Take every picture; 1 when no browser is there or a picture is too heavy."""
    browser = os.environ.get("KETTLE_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)))
    FOLDER.mkdir(parents=True, exist_ok=True)
    with introduced() as demo, sync_playwright() as playwright:
        demo_page.attend(demo)
        chromium = playwright.chromium.launch(executable_path=browser, args=ARGS)
        page = chromium.new_page(reduced_motion="reduce")
        page.goto(demo.sim.page_url)
        for name, take in PICTURES.items():
            take(demo, page)
            page.mouse.move(0, 0)
            page.wait_for_timeout(400)
            page.screenshot(path=FOLDER / f"{name}.png")
            lighten(FOLDER / f"{name}.png")
        chromium.close()
    return report()


@contextmanager
def introduced() -> Iterator[Demo]:
    """A demo after its first round, in which chance gave the visitor somebody with common hours."""
    while True:
        with running() as demo:
            visitor = demo.person(world.VISITOR)
            visitor.types("/coffee join", in_=demo.sim.channel(world.COFFEE))
            planned = demo.next_round()
            assert planned is not None, "the demo's channel has a schedule"
            demo.play_until(planned[1])
            group = next(g for g in demo.sim.group_dms() if visitor.id in g.members)
            if "[Suits me]" in group.transcript():
                yield demo
                return


def lighten(path: Path) -> None:
    """Keep 200 colours: a page needs no more, and the file is a third."""
    with Image.open(path) as picture:
        few = picture.convert("RGB").quantize(colors=200, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


def report() -> int:
    """Print each picture with its weight."""
    heavy = 0
    for path in sorted(FOLDER.glob("*.png")):
        size = path.stat().st_size
        heavy += size > HEAVIEST
        sys.stdout.write(f"{path.name}: {size // 1024} kB{' (too heavy)' * (size > HEAVIEST)}\n")
    return 1 if heavy else 0


def looks(page: Page, size: tuple[int, int], scheme: str = "light") -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")


def introduction(demo: Demo, page: Page) -> None:
    """The first introduction in its group message, an hour later, beside the tour."""
    looks(page, DESK)
    for title in ("2. Let a round happen", "3. Another question"):
        page.get_by_role("button", name="Next step").click()
        page.get_by_role("heading", name=title).wait_for()
    page.get_by_role("button", name="Go to the newest").click()
    page.get_by_role("button", name="Another question").wait_for()
    page.get_by_role("button", name="+1 hour").click()
    page.get_by_text("suits @").wait_for()
    page.locator(".busyness:empty").wait_for(state="attached", timeout=60_000)


def check_in(demo: Demo, page: Page) -> None:
    """The manager's form, in the dark."""
    looks(page, DESK, "dark")
    ana = demo.person("Ana Ruiz")
    page.goto(f"{demo.sim.page_url}#/{ana.id}/{demo.sim.channel('coffee').id}")
    page.get_by_role("button", name="You are Ana").wait_for()
    box = page.get_by_role("combobox", name="Message to #coffee")
    box.fill("/checkin pressure")
    box.press("Enter")
    line = page.get_by_label("Your own line")
    line.fill("Two releases at once, and I said yes to both.")
    line.scroll_into_view_if_needed()


def results(demo: Demo, page: Page) -> None:
    """Weeks later: what happened, what the host heard, and an answer that got lost."""
    looks(page, DESK)
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")
    week(page)
    page.get_by_text("Make trouble").click()
    page.get_by_role("button", name="Lose the next answer").click()
    page.get_by_text("Lose the next answer: ordered").wait_for()
    week(page)
    page.locator(".wire").scroll_into_view_if_needed()
    page.get_by_role("navigation").get_by_role("button", name="Kettle").last.click()
    page.get_by_role("button", name="Messages", exact=True).click()
    page.get_by_role("log").evaluate("log => log.scrollTop = log.scrollHeight")


def week(page: Page) -> None:
    """Let a week pass."""
    page.get_by_role("button", name="+1 week").click()
    page.get_by_text("Time is passing").wait_for()
    page.locator(".busyness:empty").wait_for(state="attached", timeout=60_000)


def phone(demo: Demo, page: Page) -> None:
    """The Home tab on a phone."""
    looks(page, PHONE)
    bo = demo.person("Bo Lindqvist")
    page.goto(f"{demo.sim.page_url}#/{bo.id}/home")
    page.get_by_role("heading", name="Your next rounds").wait_for()


PICTURES: dict[str, Callable[[Demo, Page], None]] = {
    "introduction": introduction,
    "check-in": check_in,
    "what-happened": results,
    "phone": phone,
}

if __name__ == "__main__":
    sys.exit(main())
