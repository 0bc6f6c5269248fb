"""`python -m kettle` is `kettle`."""

from kettle.cli import main

main()
