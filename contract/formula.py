"""Expressions over figure ids, written `[id]`: arithmetic for derived figures and relations,
comparisons for the claims of a text. Evaluated by walking the syntax tree, never by `eval`.
"""

import ast
import operator
import re
from collections.abc import Callable, Mapping

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


def references(expression: str) -> list[str]:
    """The figure ids an expression names, in order of first appearance."""
    return list(dict.fromkeys(_REFERENCE.findall(expression)))


def evaluate(expression: str, values: Mapping[str, float]) -> float | bool:
    """Value of an expression, with each `[id]` looked up in `values`.

    Allowed: numbers, + - * /, parentheses, abs, min, max, round, and (chained) comparisons.
    Raises KeyError on an unknown id, ValueError (in Danish) on anything else that is not allowed.
    """
    names: dict[str, str] = {f"v{i}": ref for i, ref in enumerate(references(expression))}
    source = expression
    for name, ref in names.items():
        source = source.replace(f"[{ref}]", f" {name} ")
    try:
        tree = ast.parse(source.strip(), mode="eval").body
    except SyntaxError as error:
        raise ValueError(f"formlen «{expression}» kan ikke læses") from error
    return _walk(tree, {name: values[ref] for name, ref in names.items()}, expression)


def _walk(node: ast.expr, values: Mapping[str, float], expression: str) -> float | bool:
    def inner(child: ast.expr) -> float:
        return float(_walk(child, values, expression))

    match node:
        case ast.Constant(value=int() | float()) if not isinstance(node.value, bool):
            return float(node.value)
        case ast.Name(id=name) if name in values:
            return values[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -inner(operand)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
            return _BINARY[type(op)](inner(left), inner(right))
        case ast.Compare(left=left, ops=ops, comparators=rest):
            sides = [inner(left), *map(inner, rest)]
            return all(
                _COMPARE[type(op)](a, b)
                for op, a, b in zip(ops, sides, sides[1:], strict=False)
                if type(op) in _COMPARE or _refuse(expression)
            )
        case ast.Call(func=ast.Name(id="abs" | "min" | "max" | "round" as name), args=args):
            functions: dict[str, Callable[..., float]] = {
                "abs": abs, "min": min, "max": max, "round": round,
            }  # fmt: skip
            return float(functions[name](*map(inner, args)))
        case _:
            return _refuse(expression)


def _refuse(expression: str) -> bool:
    raise ValueError(f"formlen «{expression}» bruger noget, der ikke er tilladt")


def display(expression: str, texts: Mapping[str, str]) -> str:
    """The formula as people read it: ids replaced by figure texts, × ÷ − for * / -."""
    shown = expression.replace("*", "×").replace("/", "÷")
    shown = re.sub(r"(?<=[\s\])])-(?=[\s\[(\d])", "−", shown)
    return _REFERENCE.sub(lambda m: texts[m[1]], shown).strip()
