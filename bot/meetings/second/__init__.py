"""A second partner in the round: who looks for one, and who waits (P24)."""
