"""The simulator's page in a real Chromium."""
