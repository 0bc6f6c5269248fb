"""Planting a fault in a copy of the project, and asking its tests."""
