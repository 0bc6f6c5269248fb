"""What earlier rounds left behind: who met whom, how often and how long ago. Start at ledger.py."""
