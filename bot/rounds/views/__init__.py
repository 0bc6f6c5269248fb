"""The words of rounds."""
