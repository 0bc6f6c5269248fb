"""The words of check-ins that asking, answering and after share."""
