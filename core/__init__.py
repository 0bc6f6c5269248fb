"""What Kettle decides: pure values and functions, standard library only."""
