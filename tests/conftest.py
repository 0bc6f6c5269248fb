"""Settings every test shares."""

import gc

import hypothesis

from tests import scale

# The same examples on every run: a red test today is a red test tomorrow.
hypothesis.settings.register_profile(
    "kettle", derandomize=True, deadline=None, database=None, max_examples=50
)
hypothesis.settings.register_profile(
    "whole", parent=hypothesis.settings.get_profile("kettle"), max_examples=3_000
)
hypothesis.settings.load_profile("whole" if scale.WHOLE else "kettle")

pytest_plugins = ["tests.postgres", "tests.fixtures", "tests.browser.chromium"]


gc.set_threshold(50_000, 20, 20)  # what is imported and collected from here on stays


def pytest_collection_finish() -> None:
    """What was imported stays: no need to look through it for garbage again and again."""
    gc.collect()
    gc.freeze()
