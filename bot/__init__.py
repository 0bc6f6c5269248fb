"""What Kettle does: read, decide, record, then speak."""
