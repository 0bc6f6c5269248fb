"""The soak: quarters of made-up life in a channel, drawn from a seed, and audited every day."""
