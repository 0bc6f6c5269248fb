"""Write a migration from the difference between the newest schema and the models."""

import sys
import tempfile
from pathlib import Path

from alembic import command

from storage.platform.database import Database
from storage.platform.migrate import _config, upgrade


def main() -> None:
    """`python -m tools.new_migration "add a table"`: writes a file to read before committing."""
    with tempfile.TemporaryDirectory() as folder:
        db = Database(f"sqlite:///{Path(folder) / 'schema.db'}")
        config = _config()
        if list((Path(config.get_main_option("script_location") or "") / "versions").glob("*.py")):
            upgrade(db)
        with db.engine.connect() as connection:
            config.attributes["connection"] = connection
            number = f"{_count(config) + 1:04d}"
            command.revision(config, sys.argv[1], autogenerate=True, rev_id=number)
        db.close()


def _count(config: object) -> int:
    folder = Path(config.get_main_option("script_location")) / "versions"  # type: ignore[attr-defined]
    return len(list(folder.glob("0*.py")))


if __name__ == "__main__":
    main()
