"""Tests of what `bench/` counts, and a smaller play of it."""
