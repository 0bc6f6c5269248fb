"""Which tests know which sentence of the product by heart: `python -m tools.sentences [MORE THAN]`.

A sentence (or a label) is a string of `bot` or `handlers` that people read, with the constant
parts of an f-string as its parts. A test knows it when a string says one of its parts, or enough
of it that a change of its words would be noticed: a string of the test itself, or of what it uses
in its file. A file of helpers stands for many tests.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from pathlib import Path

HOUSE = Path(__file__).parent.parent
ROOMS = ("bot", "handlers")
# They know no word of the product: their strings are their own, or those of older versions.
APART = (
    "core/", "promises/", "simulator/", "storage/", "tools/", "upgrades/",
    "soak/",  # what is done and found there it says in words of its own
    "browser/",  # there a page is looked at: what stands on it is found by what it says
)  # fmt: skip
MANY = "(helpers of many tests)"
WORD = re.compile(r"[^\W\d_]{3}")  # what has no word in it is a mark, not a sentence
FOR_PROGRAMS = re.compile(
    r"[a-z0-9_.:/-]*|[a-z]+\.[a-zA-Z.]+|[A-Z_]+|[A-Z]\w+(/\w+)+|<!date.*|\(\?.*", re.ASCII
)
LOGS = {"log", "logger", "logging"}
LABEL, FRAGMENT, SEED = 3, 9, 9  # characters: a label in braces, a fragment, what is looked up


@dataclass(frozen=True, slots=True)
class Sentence:
    """Where it stands (file and line) and its parts: what is between the values put in."""

    where: str
    parts: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.where} {' … '.join(self.parts)!r}"


def main(arguments: list[str]) -> int:
    """Print every sentence that more than so many places know (one unless told), most first."""
    most = int(arguments[0]) if arguments else 1
    found = known(HOUSE)
    for sentence, places in sorted(found.items(), key=lambda each: -len(each[1])):
        if len(places) > most or (most == 1 and sentence in known_to_several(found)):
            print(f"{len(places):3} {sentence}", *sorted(places), sep="\n      ")
    shared = len(known_to_several(found))
    nowhere = sum(not places for places in found.values())
    print(f"{len(found)} sentences: {shared} known to several tests, {nowhere} to none")
    return 0


def known(house: Path) -> dict[Sentence, set[str]]:
    """The tests (`file::name`) that know each sentence."""
    found: dict[Sentence, set[str]] = {sentence: set() for sentence in sentences(house)}
    index = _Index(found)
    for place, text in literals(house / "tests"):
        for sentence in index.said_by(text):
            found[sentence].add(place)
    return found


def known_to_several(found: Mapping[Sentence, set[str]]) -> list[Sentence]:
    """Those that more than one test would break on."""
    return [s for s, places in found.items() if len(places) > 1 or MANY in "".join(places)]


def sentences(house: Path) -> Iterator[Sentence]:
    """Every sentence of the product, in the order of the files."""
    for path in sorted(path for room in ROOMS for path in (house / room).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        name = path.relative_to(house).as_posix()
        for node in _strings(tree):
            parts = tuple(text for text in _pieces(node) if _is_read(text))
            if parts:
                yield Sentence(f"{name}:{node.lineno}", parts)


def literals(tests: Path) -> Iterator[tuple[str, str]]:
    """Every string that a test breaks on, with the test: its own, and those of what it uses."""
    for path in sorted(tests.rglob("*.py")):
        name = path.relative_to(tests).as_posix()
        if name.startswith(APART):
            continue
        parts = _parts_of_file(path)
        for place, reached in _uses(parts, path.name.startswith("test_")):
            for text in chain.from_iterable(parts[part].says for part in reached):
                if _is_read(text) and not text.startswith("/"):  # typed, as a command
                    yield f"{name}::{place}", text


@dataclass(slots=True)
class _Part:
    """A function or a constant of a file of tests: what it says, and the names it mentions."""

    says: list[str] = field(default_factory=list)
    mentions: set[str] = field(default_factory=set)


def _parts_of_file(path: Path) -> dict[str, _Part]:
    """What stands in a file under each name, the file's docstring aside."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    parts: defaultdict[str, _Part] = defaultdict(_Part)
    for node in tree.body[1:] if ast.get_docstring(tree) else tree.body:
        says = [text for string in _strings(node) for text in _pieces(string)]
        mentions = _mentions(node)
        for name in _names(node):
            parts[name].says += says
            parts[name].mentions |= mentions
    return parts


def _names(node: ast.stmt) -> Iterator[str]:
    """The names that a statement at the top of a file gives."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        names = [child.id for t in targets for child in ast.walk(t) if isinstance(child, ast.Name)]
        yield from names


def _uses(parts: Mapping[str, _Part], tests: bool) -> Iterator[tuple[str, set[str]]]:
    """Each test with all that it uses of its file; in a file of helpers, everything at once."""
    if not tests:
        yield MANY, set(parts)
        return
    for name in (name for name in parts if name.startswith("test_")):
        reached, left = set[str](), {name}
        while left:
            reached |= left
            left = {m for part in left for m in parts[part].mentions} & parts.keys() - reached
        yield name, reached


def _is_read(text: str) -> bool:
    return bool(WORD.search(text)) and not FOR_PROGRAMS.fullmatch(text.strip())


class _Index:
    """Finds the sentences that a text says, by the runs of characters that they share."""

    def __init__(self, sentences: Mapping[Sentence, object]) -> None:
        self._labels: defaultdict[str, list[Sentence]] = defaultdict(list)
        self._seeds: defaultdict[str, set[Sentence]] = defaultdict(set)
        for sentence in sentences:
            for part in map(plain, sentence.parts):
                if not FOR_PROGRAMS.fullmatch(part) and (
                    len(sentence.parts) == 1 or len(part) > FRAGMENT
                ):
                    self._labels[part].append(sentence)
                for seed in _runs(part):
                    self._seeds[seed].add(sentence)

    def said_by(self, text: str) -> set[Sentence]:
        """Whose words, or enough of them, stand in this text."""
        said = plain(text)
        if whole := self._labels.get(said):
            return set(whole)
        found = {s for word in _in_braces(text) for s in self._labels.get(plain(word), ())}
        near = {sentence for seed in _runs(said) for sentence in self._seeds.get(seed, ())}
        common = {s: sum(_common(plain(part), said) for part in s.parts) for s in near}
        most = max(common.values(), default=0)
        # Phrases such as " has closed" stand in many sentences: the text says the one it fits.
        return found | {s for s, length in common.items() if length and length * 5 > most * 3}


def _common(part: str, said: str) -> int:
    """How many characters a part and a text have in common: one is in the other, or they overlap.

    A few characters are none, and so is a single word inside a sentence.
    """
    if part in said:
        return len(part) if len(part) > FRAGMENT else 0
    if said in part:
        return len(said) if len(said) > FRAGMENT and " " in said else 0
    return max(_edge(part, said), _edge(said, part))


def _edge(first: str, second: str) -> int:
    """How much of the end of the first is the beginning of the second: several words, or 0."""
    longest = range(min(len(first), len(second)), 2 * FRAGMENT, -1)
    return next((n for n in longest if first[-n:] == second[:n]), 0)


@cache
def plain(text: str) -> str:
    """The text as it is compared: marks at the ends and spaces aside."""
    return " ".join(text.split()).strip("*_ .,:;!?()[]{}•\"'`“”")


def _in_braces(text: str) -> list[str]:
    """Labels as a transcript draws them: [Save], Time zone: {Europe/Berlin}, *bold*."""
    found = re.findall(r"\[([^\]\[]+)\]|\{([^}{]+)\}|^([^\n:]+):|\*([^*]+)\*", text, re.M)
    return [word for groups in found for word in groups if len(word) >= LABEL]


def _runs(text: str) -> set[str]:
    return {text[i : i + SEED] for i in range(len(text) - SEED + 1)} if len(text) >= SEED else set()


def _strings(node: ast.AST) -> Iterator[ast.expr]:
    """The strings under a node: an f-string as a whole; no docstring, no line for the log."""
    left = [node]
    while left:
        each = left.pop()
        if isinstance(each, ast.JoinedStr):
            yield each
            left += [value.value for value in each.values if isinstance(value, ast.FormattedValue)]
        elif isinstance(each, ast.Constant):
            if isinstance(each.value, str):
                yield each
        elif not _is_aside(each):
            left += reversed(_below(each))


def _is_aside(node: ast.AST) -> bool:
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    called = node.func if isinstance(node, ast.Call) else None
    return isinstance(called, ast.Attribute) and getattr(called.value, "id", "") in LOGS


def _below(node: ast.AST) -> list[ast.AST]:
    """The nodes right below this one (ast's own way to them takes several times as long)."""
    found: list[ast.AST] = []
    for name in node._fields:
        value = getattr(node, name, None)
        if isinstance(value, ast.AST):
            found.append(value)
        elif isinstance(value, list):
            found += [each for each in value if isinstance(each, ast.AST)]
    return found


def _mentions(node: ast.AST) -> set[str]:
    """The names that a node uses, a fixture by its argument among them."""
    found, left = set[str](), [node]
    while left:
        each = left.pop()
        if isinstance(each, ast.Name):
            found.add(each.id)
        elif isinstance(each, ast.arg):
            found.add(each.arg)
        left += _below(each)
    return found


def _pieces(string: ast.expr) -> list[str]:
    """What is constant in a string: all of it, or what stands between the values of an f-string."""
    pieces = string.values if isinstance(string, ast.JoinedStr) else [string]
    return [p.value for p in pieces if isinstance(p, ast.Constant) and isinstance(p.value, str)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
