"""How everything with buttons ends."""
