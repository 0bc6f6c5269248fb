"""A small, strict Slack for people and tests; it knows nothing of Kettle."""
