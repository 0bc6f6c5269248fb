"""What people read: values in, Block Kit out. All user-facing words live here."""
