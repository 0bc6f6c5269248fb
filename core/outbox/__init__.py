"""Outgoing messages: the kinds there are, and what to do after one failed."""
