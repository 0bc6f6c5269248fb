"""After a check-in: closing, results, hands, worries and actions, forgetting."""
