"""What people do, drawn from a seed; one module for each kind of act."""
