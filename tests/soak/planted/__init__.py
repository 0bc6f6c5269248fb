"""Faults planted on purpose, to see that the soak sees them."""
