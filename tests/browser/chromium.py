"""Which Chromium drives the page's tests, and what happens on a machine without one."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--js-flags=--jitless",  # what runs once is not worth compiling: a third less work
]
MISSING = (
    "No Chromium found: the browser tests were left out. Install Debian's `chromium`, "
    "or name one with KETTLE_CHROMIUM."
)


def find() -> str | None:
    """The browser to drive: KETTLE_CHROMIUM, or the first one on the PATH."""
    named = os.environ.get("KETTLE_CHROMIUM")
    found = [named] if named else [shutil.which(name) for name in NAMES]
    return next((path for path in found if path and os.access(path, os.X_OK)), None)


def required() -> bool:
    """Whether a missing browser is a failure: on a CI machine."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


def pytest_terminal_summary(terminalreporter):
    """Say so at the end of a run that had to do without a browser."""
    if find() is None:
        terminalreporter.write_line(MISSING, yellow=True)
