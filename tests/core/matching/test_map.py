"""The newcomer's map in docs/matching.md: every file of the matcher is on it, and no other."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_the_map_shows_every_file_of_the_matcher():
    page = (ROOT / "docs" / "matching.md").read_text()
    _, _, rest = page.partition("## The code, for whoever reads it first")
    drawn, folder = set(), ""
    for row in re.findall(r"^\| (`.*?) \|", rest.partition("\n## ")[0], re.M):
        if row.endswith("/`"):
            folder = row.strip("`").removeprefix("core/matching/")
        else:
            drawn |= {folder + name for name in re.findall(r"`(.*?)`", row)}
    code = ROOT / "core" / "matching"
    files = {str(file.relative_to(code)) for file in code.rglob("*.py")}
    assert drawn == {name for name in files if not name.endswith("/__init__.py")}
