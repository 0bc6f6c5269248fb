"""Driving and reading the workspace as people do: the side of tests."""
