"""What every door shares, and the last one."""
