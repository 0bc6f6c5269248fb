"""What people hear when, and how much of it: the rules before the outbox, as pure functions."""
