"""Expressions over figure ids, written `[id]`: arithmetic for derived figures and relations,
comparisons for the claims of a text. Evaluated by walking the syntax tree, never by `eval`.
"""

import ast
import operator
import re
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from contract import danish

_REFERENCE = re.compile(r"\[([a-z0-9][a-z0-9-]*)\]")
_BINARY: dict[type, Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_COMPARE: dict[type, Callable[[float, float], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
FUNCTIONS: dict[str, Callable[..., Any]] = {"abs": abs, "min": min, "max": max, "round": round}
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SIGNS = str.maketrans("*/-", f"×÷{danish.MINUS}")


def references(expression: str) -> list[str]:
    """The figure ids an expression names, in order of first appearance."""
    return list(dict.fromkeys(_REFERENCE.findall(expression)))


def evaluate(expression: str, values: Mapping[str, float]) -> float | bool:
    """Value of an expression, with each `[id]` looked up in `values`.

    Allowed: numbers, + - * /, parentheses, abs, min, max, round, and (chained) comparisons.
    Raises KeyError on an unknown id, ValueError (in Danish) on anything else that is not allowed.
    """
    return evaluate_over(expression, values, number=float)


def evaluate_over(
    expression: str,
    values: Mapping[str, Any],
    *,
    number: Callable[[str], Any],
    functions: Mapping[str, Callable[..., Any]] = FUNCTIONS,
) -> Any:
    """The same over any number-like type: exact fractions, intervals, degrees of precision.

    `number` makes a constant from its text; `functions` does abs, min, max and round.
    Raises as `evaluate`, and whatever the type's own arithmetic raises (e.g. ZeroDivisionError).
    """
    names = {f"_{i}_": ref for i, ref in enumerate(references(expression))}
    tree = _parse(expression, names)
    looked_up = {name: values[ref] for name, ref in names.items()}

    def walk(node: ast.expr) -> Any:
        match node:
            case ast.Constant(value=int() | float()) if not isinstance(node.value, bool):
                return number(repr(node.value))
            case ast.Name(id=name) if name in looked_up:
                return looked_up[name]
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return -walk(operand)
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
                return _BINARY[type(op)](walk(left), walk(right))
            case ast.Compare(left=left, ops=ops, comparators=rest) if all(
                type(op) in _COMPARE for op in ops
            ):
                sides = [walk(left), *map(walk, rest)]
                return all(
                    _COMPARE[type(op)](a, b)
                    for op, a, b in zip(ops, sides, sides[1:], strict=False)
                )
            case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in functions:
                try:
                    return functions[name](*map(walk, args))
                except TypeError:
                    return _refuse(expression)
            case _:
                return _refuse(expression)

    return walk(tree)


def _parse(expression: str, names: Mapping[str, str]) -> ast.expr:
    source = expression
    for name, ref in names.items():
        source = source.replace(f"[{ref}]", f" {name} ")
    try:
        return ast.parse(source.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ValueError(f"formlen «{expression}» kan ikke læses") from error


def _refuse(expression: str) -> NoReturn:
    raise ValueError(f"formlen «{expression}» bruger noget, der ikke er tilladt")


def display(expression: str, texts: Mapping[str, str]) -> str:
    """The formula as people read it: figure texts for ids, × ÷ − for * / -, `0,18` for 0.18."""
    parts = _REFERENCE.split(expression)
    for i, part in enumerate(parts):
        parts[i] = texts[part] if i % 2 else _NUMBER.sub(_danish, part.translate(_SIGNS))
    return "".join(parts).strip()


def _danish(match: re.Match[str]) -> str:
    return danish.number(float(match[0]))
