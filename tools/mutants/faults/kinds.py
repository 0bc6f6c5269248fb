"""The faults that can be planted: mutmut's, and faults in whole statements beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import libcst as cst
import libcst.matchers as m
from mutmut.mutation.mutators import mutation_operators

Operator = Callable[[Any], Iterable[cst.CSTNode]]

CONSTANTS = {"None", "True", "False"}
SWAPPED = {"min": "max", "max": "min", "any": "all", "all": "any"}
# What one line can have is drawn by these names first, so that the calls with many arguments, which
# mutmut can spoil in many ways, do not crowd out the rest.
NAMES = {
    "operator_number": "number",
    "operator_string": "name in quotes",
    "operator_name": "true or false",
    "operator_assignment": "value assigned",
    "operator_augmented_assignment": "sum assigned",
    "operator_remove_unary_ops": "not removed",
    "operator_dict_arguments": "argument",
    "operator_arg_removal": "argument",
    "operator_symmetric_string_methods_swap": "text method",
    "operator_unsymmetrical_string_methods_swap": "text method",
    "operator_lambda": "lambda",
    "operator_keywords": "keyword",
    "operator_swap_op": "operator",
    "operator_match": "case removed",
    "operator_if_exp": "condition",
}


def removed_call(node: cst.Expr) -> Iterator[cst.CSTNode]:
    """`send(x)` is not done."""
    if isinstance(node.value, cst.Call):
        yield cst.Pass()


def removed_assignment(node: cst.Assign | cst.AugAssign) -> Iterator[cst.CSTNode]:
    """`row.state = x` and `row.count += x` are not done: the row keeps what it had."""
    targets = [node.target] if isinstance(node, cst.AugAssign) else [t.target for t in node.targets]
    if all(isinstance(target, cst.Attribute | cst.Subscript) for target in targets):
        yield cst.Pass()


def removed_raise(node: cst.Raise) -> Iterator[cst.CSTNode]:
    """What was refused is let through."""
    yield cst.Pass()


def returned_none(node: cst.Return) -> Iterator[cst.CSTNode]:
    """`return x` forgets x; `return True` is a matter of mutmut's."""
    if node.value is None or m.matches(
        node.value, m.Name(value=m.MatchIfTrue(CONSTANTS.__contains__))
    ):
        return
    yield node.with_changes(value=None)


def negated_condition(node: cst.If | cst.While) -> Iterator[cst.CSTNode]:
    """`if x:` becomes `if not (x):`; a single comparison is a matter of mutmut's."""
    if isinstance(node.test, cst.Comparison):
        return
    asked = node.test.with_changes(
        lpar=[cst.LeftParen(), *node.test.lpar], rpar=[*node.test.rpar, cst.RightParen()]
    )
    yield node.with_changes(test=cst.UnaryOperation(operator=cst.Not(), expression=asked))


def empty_loop(node: cst.For) -> Iterator[cst.CSTNode]:
    """`for x in many:` finds nothing."""
    yield node.with_changes(iter=cst.List([]))


def dropped_filter(node: cst.CompFor) -> Iterator[cst.CSTNode]:
    """`… for x in many if wanted(x)` takes the unwanted too."""
    for number in range(len(node.ifs)):
        yield node.with_changes(ifs=[*node.ifs[:number], *node.ifs[number + 1 :]])


def swapped_builtin(node: cst.Call) -> Iterator[cst.CSTNode]:
    """`min` for `max`, `any` for `all`, and the other way round."""
    if isinstance(node.func, cst.Name) and node.func.value in SWAPPED:
        yield node.with_changes(func=cst.Name(SWAPPED[node.func.value]))


OURS: list[tuple[type[cst.CSTNode], Operator, str]] = [
    (cst.Expr, removed_call, "call removed"),
    (cst.Assign, removed_assignment, "assignment removed"),
    (cst.AugAssign, removed_assignment, "assignment removed"),
    (cst.Raise, removed_raise, "raise removed"),
    (cst.Return, returned_none, "answer forgotten"),
    (cst.If, negated_condition, "condition"),
    (cst.While, negated_condition, "condition"),
    (cst.For, empty_loop, "loop emptied"),
    (cst.CompFor, dropped_filter, "condition"),
    (cst.Call, swapped_builtin, "min and max, any and all"),
]


def spoilt_arguments(node: cst.Call, spoilt: cst.CSTNode) -> list[cst.Arg]:
    """The arguments of a call that a fault changes or drops."""
    kept = spoilt.args if isinstance(spoilt, cst.Call) else node.args
    return [arg for arg in node.args if not any(arg is other for other in kept)]


def faults_of(node: cst.CSTNode) -> Iterator[tuple[str, cst.CSTNode]]:
    """Each way to spoil this node: the name of the kind, and what stands in its place."""
    for of, operator in mutation_operators:
        if isinstance(node, of):
            for spoilt in operator(node):
                yield NAMES.get(operator.__name__, operator.__name__), spoilt
    for of, operator, name in OURS:
        if isinstance(node, of):
            for spoilt in operator(node):
                yield name, spoilt
