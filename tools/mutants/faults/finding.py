"""Every place in a module where a fault could be planted, and the module with it planted."""

from __future__ import annotations

import ast
import difflib
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import libcst as cst
from libcst.metadata import CodeRange, MetadataWrapper, PositionProvider

from tools.mutants.faults.kinds import faults_of, spoilt_arguments
from tools.mutants.faults.wording import is_log, is_wording

MODULE = "<module>"
# Checked by mypy, never run, or without an effect that a test could see.
FOR_TYPES = {"cast", "TypeVar", "NewType", "Literal", "ParamSpec"}
LEFT_ALONE = (cst.Annotation, cst.Decorator, cst.Import, cst.ImportFrom, cst.Assert)


@dataclass(frozen=True, slots=True)
class Reach:
    """Which tests could notice: those that run one of the lines; of the whole file without any."""

    file: str
    lines: range | None


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault in one place. Its id stays the same while the code around it changes."""

    id: str
    file: str
    function: str
    kind: str
    line: int
    before: str
    after: str
    reach: Reach
    code: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A fault that could be planted, not yet written out."""

    file: str
    function: str
    kind: str
    line: int
    reach: Reach
    wording: bool
    node: cst.CSTNode
    spoilt: cst.CSTNode
    module: cst.Module


def candidates(root: Path, file: str) -> list[Candidate]:
    """Every fault that could be planted in this file, from its first line to its last."""
    wrapper = MetadataWrapper(cst.parse_module((root / file).read_text(encoding="utf-8")))
    finder = _Finder(file, wrapper.module)
    wrapper.visit(finder)
    return finder.found


def planted(candidate: Candidate) -> Mutant | None:
    """The module with the fault in it; None where that is the same program, or none at all."""
    old = candidate.module.code
    tree = candidate.module.deep_replace(candidate.node, candidate.spoilt)
    assert isinstance(tree, cst.Module)
    new = tree.code
    try:
        if ast.dump(ast.parse(new)) == ast.dump(ast.parse(old)):
            return None
    except SyntaxError:
        return None
    line, before, after = _difference(old.splitlines(), new.splitlines())
    key = "\n".join((candidate.file, candidate.function, before, after))
    return Mutant(
        id=hashlib.sha256(key.encode()).hexdigest()[:10],
        file=candidate.file,
        function=candidate.function,
        kind=candidate.kind,
        line=line,
        before=before,
        after=after,
        reach=candidate.reach,
        code=new,
    )


def _difference(old: Sequence[str], new: Sequence[str]) -> tuple[int, str, str]:
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    changes = [change for change in matcher.get_opcodes() if change[0] != "equal"]
    before = [line.strip() for _, low, high, _, _ in changes for line in old[low:high]]
    after = [line.strip() for _, _, _, low, high in changes for line in new[low:high]]
    return changes[0][1] + 1, "\n".join(before), "\n".join(after)


class _Finder(cst.CSTVisitor):
    """Walks a module, and remembers which function and which statement it is in."""

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self, file: str, module: cst.Module) -> None:
        super().__init__()
        self.found: list[Candidate] = []
        self._file = file
        self._module = module
        self._names: list[str] = []
        self._functions: list[cst.FunctionDef] = []
        self._statements: list[cst.CSTNode] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.FunctionDef | cst.ClassDef):
            self._names.append(node.name.value)
        if isinstance(node, cst.FunctionDef):
            self._functions.append(node)
        if isinstance(node, cst.BaseStatement):
            self._statements.append(node)
        if _left_alone(node):
            return False
        self.found.extend(self._faults(node))
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        if isinstance(original_node, cst.FunctionDef | cst.ClassDef):
            self._names.pop()
        if isinstance(original_node, cst.FunctionDef):
            self._functions.pop()
        if isinstance(original_node, cst.BaseStatement):
            self._statements.pop()

    def _faults(self, node: cst.CSTNode) -> Iterator[Candidate]:
        for kind, spoilt in faults_of(node):
            if isinstance(node, cst.Call) and _checks_only(node, spoilt):
                continue
            yield Candidate(
                file=self._file,
                function=".".join(self._names) or MODULE,
                kind=kind,
                line=self._line(node, spoilt),
                reach=Reach(self._file, self._lines()),
                wording=is_wording(node, spoilt),
                node=node,
                spoilt=spoilt,
                module=self._module,
            )

    def _line(self, node: cst.CSTNode, spoilt: cst.CSTNode) -> int:
        """A call's faulty argument may stand on a line of its own."""
        if isinstance(node, cst.Call) and (changed := spoilt_arguments(node, spoilt)):
            return self._span(changed[0]).start.line
        for at in (node, *reversed(self._statements)):
            if self.get_metadata(PositionProvider, at, None) is not None:
                return self._span(at).start.line
        return 1

    def _lines(self) -> range | None:
        """The statement's own lines; what runs only at import or once for all has none."""
        if not self._functions or any(_remembers(function) for function in self._functions):
            return None
        statement = self._statements[-1]
        if isinstance(statement, cst.FunctionDef):  # its defaults: whoever runs its body
            return self._range(statement.body)
        body = getattr(statement, "body", None)
        first = self._span(statement).start.line
        if isinstance(body, cst.BaseSuite):
            return range(first, max(first + 1, self._span(body).start.line))
        return range(first, self._span(statement).end.line + 1)

    def _range(self, node: cst.CSTNode) -> range:
        span = self._span(node)
        return range(span.start.line, span.end.line + 1)

    def _span(self, node: cst.CSTNode) -> CodeRange:
        span: Any = self.get_metadata(PositionProvider, node)
        assert isinstance(span, CodeRange)
        return span


def _left_alone(node: cst.CSTNode) -> bool:
    match node:
        case cst.FunctionDef():
            return any(_name(d.decorator) == "overload" for d in node.decorators)
        case cst.If():
            return _name(node.test) == "TYPE_CHECKING"
        case cst.Call():
            return _name(node.func) in FOR_TYPES or is_log(node)
        case cst.Expr():
            return isinstance(node.value, cst.BaseString) or is_log(node)
        case cst.SimpleStatementLine(body=[cst.Assign(targets=[target])]):
            return _name(target.target) == "__all__"
        case cst.Subscript():
            return _name(node.value) in FOR_TYPES
    return isinstance(node, LEFT_ALONE)


def _checks_only(node: cst.Call, spoilt: cst.CSTNode) -> bool:
    """Whether no more is lost than `strict=True`, which is an assertion."""
    changed = spoilt_arguments(node, spoilt)
    return any(arg.keyword is not None and arg.keyword.value == "strict" for arg in changed)


def _remembers(function: cst.FunctionDef) -> bool:
    """Whether only the first of many calls runs the body."""
    return any("cache" in _name(d.decorator) for d in function.decorators)


def _name(node: cst.CSTNode) -> str:
    match node:
        case cst.Call():
            return _name(node.func)
        case cst.Attribute():
            return node.attr.value
        case cst.Name():
            return node.value
    return ""
