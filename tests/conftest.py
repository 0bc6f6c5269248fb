"""Settings every test shares."""

import hypothesis

# The same examples on every run: a red test today is a red test tomorrow.
hypothesis.settings.register_profile("kettle", derandomize=True, deadline=None, database=None)
hypothesis.settings.load_profile("kettle")

pytest_plugins = ["tests.postgres", "tests.fixtures", "tests.browser.chromium"]
