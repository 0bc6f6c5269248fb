"""The words of asking."""
