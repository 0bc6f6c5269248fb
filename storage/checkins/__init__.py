"""Tables and queries of check-ins."""
