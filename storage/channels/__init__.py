"""Tables and queries of channels."""
