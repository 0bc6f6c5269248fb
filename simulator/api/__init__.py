"""The Web API: what the app may ask for, and what it is answered."""
