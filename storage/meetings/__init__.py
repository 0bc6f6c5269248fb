"""Tables and queries of meetings."""
