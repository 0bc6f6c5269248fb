"""What can happen in the workspace, and the events that follow; no token and no person is asked."""
