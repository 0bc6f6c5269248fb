"""An agreed time: its messages and calendar entry, and how it is moved or called off."""
