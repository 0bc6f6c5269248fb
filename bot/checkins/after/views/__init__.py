"""The words of what follows a check-in."""
