"""Settings every test shares."""

import gc

import hypothesis

# The same examples on every run: a red test today is a red test tomorrow.
hypothesis.settings.register_profile("kettle", derandomize=True, deadline=None, database=None)
hypothesis.settings.load_profile("kettle")

pytest_plugins = ["tests.postgres", "tests.fixtures", "tests.browser.chromium"]


def pytest_collection_finish() -> None:
    """What was imported stays: no need to look through it for garbage again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
