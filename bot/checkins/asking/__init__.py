"""Asking: from what somebody wants to ask until it is posted."""
