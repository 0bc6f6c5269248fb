"""The web page: what it shows, what its buttons do, and what an embedding program may add."""
