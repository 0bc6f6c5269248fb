"""The workspace as it is: records behind one lock, a clock, what is ordered to go wrong."""
