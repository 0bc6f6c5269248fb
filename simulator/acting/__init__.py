"""What people can do, on raw ids, and the payloads by which the app learns of it."""
