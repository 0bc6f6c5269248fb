"""Socket Mode: which events the app hears of, and the connections that carry them."""
