"""Derived figures: computed in order of dependence from figures, with their formula in the note."""

import re
from dataclasses import replace
from fractions import Fraction

from contract import danish, formula
from contract.areas import AREAS
from contract.catalogue import Derived, Indicator
from contract.periods import parse_period
from etl.arithmetic import FormulaError, NotYetKnown, Numbers
from etl.complaints import Complaints, suggestion
from etl.decimals import rounded
from etl.declarations import Declarations, Declared
from etl.figures_csv import Figure
from etl.precision import Known

FILE = "derived.toml"
LOCATOR = "Beregnet af Indblik"


def derive(declarations: Declarations, numbers: Numbers, complaints: Complaints) -> None:
    """Compute every entry of derived.toml and add it to `numbers`; complain of what cannot be."""
    for declared in _in_order(declarations.of(FILE), complaints):
        entry: Derived = declared.entry
        if not _has_valid_place(declared, complaints):
            continue
        indicator = declarations.get("indicators.toml", entry.indicator)
        try:
            exact = numbers.number(entry.formula)
            known = numbers.precision(entry.formula)
            interval = numbers.interval(entry.formula)
        except FormulaError as error:
            complaints.add(declared.at("formula"), str(error))
            continue
        except NotYetKnown:
            continue
        if not formula.references(entry.formula):
            complaints.add(declared.at("formula"), "formlen nævner ingen tal; skriv dem som [id]")
            continue
        if known.place is not None and entry.decimals > max(0, known.place):
            complaints.add(
                declared.at("decimals"),
                f"{entry.decimals} decimaler er flere, end tallene i formlen tillader "
                f"(højst {max(0, known.place)})",
            )
        value = rounded(exact, entry.decimals)
        figure = _figure(declared, value, indicator, numbers, declarations)
        numbers.figures[figure.id] = figure
        numbers.values[figure.id] = value
        numbers.intervals[figure.id] = interval.with_value(value)
        lossless = known.place is None and value == exact
        numbers.precisions[figure.id] = Known(value, None if lossless else entry.decimals)


def _figure(
    declared: Declared[Derived],
    value: Fraction,
    indicator: Indicator | None,
    numbers: Numbers,
    declarations: Declarations,
) -> Figure:
    entry = declared.entry
    names = formula.references(entry.formula)
    inputs = [numbers.figures[name] for name in names]
    precise = all(figure.qualifier == "præcis" for figure in inputs)
    sources = list(dict.fromkeys(figure.source for figure in inputs))
    figure = Figure(
        id=entry.id, indicator=entry.indicator, area=entry.area, group=entry.group,
        period=parse_period(entry.period), value=value, decimals=entry.decimals,
        qualifier="præcis" if precise else "ca", as_written=danish.number(float(value)),
        kind="beregnet", source=sources[0], locator=LOCATOR, note="", place=declared.at(),
        derived_from=tuple(names),
    )  # fmt: skip
    unit = indicator.unit if indicator else ""
    text = danish.figure_text(
        float(value), figure.qualifier, figure.as_written, unit, entry.decimals
    )
    sentences = [f"{_tidy(numbers.display(entry.formula))} = {text.removesuffix('.')}."]
    if len(sources) > 1:
        found = [declarations.get("sources.toml", source) for source in sources]
        titles = [f"«{source.title}»" for source in found if source is not None]
        sentences.append(f"Tallene er fra {danish.listing(titles)}.")
    sentences += [entry.note] if entry.note else []
    return replace(figure, as_written=text, note=" ".join(sentences))


def _tidy(shown: str) -> str:
    return re.sub(r"[^\S\N{NO-BREAK SPACE}]+", " ", shown)


def _has_valid_place(declared: Declared[Derived], complaints: Complaints) -> bool:
    entry, valid = declared.entry, True
    try:
        parse_period(entry.period)
    except ValueError as error:
        complaints.add(declared.at("period"), f"period: {error}")
        valid = False
    if entry.area not in AREAS:
        near = suggestion(entry.area, AREAS)
        complaints.add(declared.at("area"), f"area: «{entry.area}» kendes ikke{near}")
        valid = False
    return valid


def _in_order(entries: list[Declared[Derived]], complaints: Complaints) -> list[Declared[Derived]]:
    """Entries after what they are computed from; those in a circle are complained of, left out."""
    waiting = {declared.entry.id: declared for declared in entries}
    ordered: list[Declared[Derived]] = []
    while waiting:
        ready = [
            name
            for name, declared in waiting.items()
            if not waiting.keys() & set(formula.references(declared.entry.formula))
        ]
        if not ready:
            break
        ordered += [waiting.pop(name) for name in ready]
    for name, declared in waiting.items():
        if circle := _circle(name, waiting):
            complaints.add(
                declared.at("formula"), f"tallet regnes af sig selv: {' → '.join(circle)}"
            )
    return ordered


def _circle(start: str, waiting: dict[str, Declared[Derived]]) -> list[str]:
    """The way from a figure back to itself, or empty if it only leans on a circle."""
    paths = [[start]]
    seen: set[str] = set()
    while paths:
        path = paths.pop(0)
        for name in formula.references(waiting[path[-1]].entry.formula):
            if name == start:
                return [*path, start]
            if name in waiting and name not in seen:
                seen.add(name)
                paths.append([*path, name])
    return []
