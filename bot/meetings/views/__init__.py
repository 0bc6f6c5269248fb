"""The words of meetings."""
