"""Meetings: people put together, and what becomes of it."""
