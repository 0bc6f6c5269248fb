"""The try-out: a made-up company in a simulated Slack."""
