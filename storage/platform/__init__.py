"""What all tables share: the engine, types, migrations, workspaces."""
