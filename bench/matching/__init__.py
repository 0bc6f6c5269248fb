"""Measures core.matching: `python -m bench.matching` prints target and measured value."""
