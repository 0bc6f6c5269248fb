"""The doors of one person: Home and preferences."""
