"""A quarter as the people in it read it: what reaches whom when, how much of it, and how it ends.

`python -m bench.quarter` plays it and prints the table; `--read host` prints what one reads.
"""
