"""Looking at what came of a life from outside. Nothing in here imports anything of the app."""
