"""What every feature stands on: Slack, the clock, settings, logs, zones. It knows no feature."""
