"""Check-ins: asked, answered, closed and told, and what follows from them."""
