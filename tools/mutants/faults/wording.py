"""Which faults only touch what people or operators read: they are drawn anew, and counted."""

from __future__ import annotations

import re

import libcst as cst

from tools.mutants.faults.kinds import spoilt_arguments

# What a program reads: a column, a state, an id, a key. Sentences and labels look different.
FOR_PROGRAMS = re.compile(r"[a-z0-9_.:/%{}-]*\Z")
LOGS = {"log", "logger", "logging", "warnings"}


def is_log(node: cst.CSTNode) -> bool:
    """Whether this is a line for the log."""
    if isinstance(node, cst.Expr):
        node = node.value
    return (
        isinstance(node, cst.Call)
        and isinstance(node.func, cst.Attribute)
        and isinstance(node.func.value, cst.Name)
        and node.func.value.value in LOGS
    )


def is_sentence(node: cst.CSTNode) -> bool:
    """Whether this is text for a person: no name that the program itself looks for."""
    match node:
        case cst.SimpleString():
            return not FOR_PROGRAMS.match(str(node.raw_value))
        case cst.ConcatenatedString():
            return is_sentence(node.left) or is_sentence(node.right)
        case cst.FormattedString():
            texts = [part.value for part in node.parts if isinstance(part, cst.FormattedStringText)]
            return not FOR_PROGRAMS.match("".join(texts))
    return False


def is_wording(node: cst.CSTNode, spoilt: cst.CSTNode) -> bool:
    """Whether the fault changes no more than a sentence, or the case of a name in quotes."""
    match node:
        case cst.SimpleString():
            return is_sentence(node) or not str(getattr(spoilt, "value", "")).count("XX")
        case cst.Assign() | cst.AnnAssign() | cst.Return():
            return node.value is not None and is_sentence(node.value)
        case cst.Call():
            changed = spoilt_arguments(node, spoilt)
            return bool(changed) and all(is_sentence(arg.value) for arg in changed)
    return False
