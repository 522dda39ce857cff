"""What a table must be before it can be protected. What it is not, stops it: never guessed at, never mended."""

import polars as pl

from contract.tables import Figures
from etl.disclosure.outcome import DisclosureError
from etl.disclosure.rules import Rules

KEY = ["indicator", "area", "group", "period"]
MOST_PEOPLE = 10_000_000.0
"""More than live in the country: a count from here on is a mistake, or a number that names someone."""
# As etl.cpr.CPR, for polars, whose expressions know no look-behind.
_CPR = r"(?:^|[^0-9A-Za-z])[0-9]{6}[-–]?[0-9]{4}(?:[^0-9A-Za-z]|$)"
_TEXTS = ["figure", "indicator", "group", "as_written", "locator", "note"]


def admitted(frame: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    """The table, with −0,0 as 0 and a running `row`. Raises DisclosureError with counts, never values."""
    _columns(frame)
    for name in _TEXTS:
        texts = frame[name] if name == "figure" else frame[name].unique()
        if texts.has_nulls():
            raise DisclosureError(f"kolonnen {name} har tomme felter")
        if texts.str.contains(_CPR).any():
            raise DisclosureError(f"kolonnen {name} har noget, der ligner et CPR-nummer")
    _unique(frame)
    value = pl.col("value")
    counted = ~pl.col("indicator").is_in([*rules.exempted, *rules.shares])
    _none(frame, ~value.is_finite(), "er ikke et endeligt tal")
    _none(frame, counted & (value < 0), "er negative antal")
    _none(frame, counted & (value >= MOST_PEOPLE), "er større, end et antal personer kan være")
    computed = (pl.col("kind") == "beregnet") | (pl.col("derived_from").list.len() > 0)
    _none(
        frame,
        computed & counted,
        "er beregnede tal, som ingen [[share]] i disclosure.toml siger, hvad består af",
    )
    _none(frame, ~computed & pl.col("indicator").is_in(list(rules.shares)), "mangler derived_from")
    _places(frame, rules)
    return frame.with_columns(
        pl.when(value == 0).then(0.0).otherwise(value).alias("value")
    ).with_row_index("row")


def _columns(frame: pl.DataFrame) -> None:
    wanted = Figures.create_empty().schema
    if frame.schema != wanted:
        odd = sorted(
            name for name in {*frame.schema, *wanted} if frame.schema.get(name) != wanted.get(name)
        )
        raise DisclosureError(
            f"tabellen har ikke kolonnerne i contract.tables.Figures: {', '.join(odd) or 'rækkefølgen'}"
        )


def _unique(frame: pl.DataFrame) -> None:
    for names, what in (
        (["figure"], "samme id"),
        (KEY, "samme indikator, område, gruppe og periode"),
    ):
        rows = frame.select(names)
        if rows.hash_rows().n_unique() == rows.height:
            continue  # no two hashes are the same, so no two rows are
        twice = rows.height - rows.unique().height
        if twice:
            raise DisclosureError(f"{twice} tal har {what} som et andet")


def _none(frame: pl.DataFrame, condition: pl.Expr, what: str) -> None:
    faulty = frame.filter(condition)
    if faulty.height:
        names = ", ".join(sorted(faulty["indicator"].unique()))
        raise DisclosureError(f"{faulty.height} tal {what} ({names})")


def _places(frame: pl.DataFrame, rules: Rules) -> None:
    """Groups and areas that no hierarchy speaks of could leave a sum open: they must be declared."""
    free = [*rules.exempted, *rules.shares]
    alone = {rule.indicator for rule in rules.independent}
    for indicator, group in _pairs(frame, "group", free):
        if group and indicator not in alone and not _known(rules, "group", indicator, group):
            raise DisclosureError(
                f"gruppen «{group}» af {indicator} står ikke i disclosure.toml; skriv i en [[hierarchy]], "
                "hvad den er en del af, eller i [[independent]], at indikatorens grupper ikke går op i hinanden"
            )
    areas = _pairs(frame, "area", free)
    several = len({area for _, area in areas}) > 1
    for indicator, area in areas:
        if several and not _known(rules, "area", indicator, area):
            raise DisclosureError(
                f"området {area} af {indicator} står ikke i disclosure.toml; skriv i en [[hierarchy]], hvad det er "
                "en del af"
            )


def _pairs(frame: pl.DataFrame, dimension: str, free: list[str]) -> list[tuple[str, str]]:
    """Each indicator with each of its groups or areas; without the indicators that are `free`."""
    pairs = frame.select("indicator", dimension).unique()
    return pairs.filter(~pl.col("indicator").is_in(free)).sort("indicator", dimension).rows()


def _known(rules: Rules, dimension: str, indicator: str, name: str) -> bool:
    return any(
        name == rule.whole
        or (in_parts(name, rule.parts) if dimension == "area" else name in rule.parts)
        for rule in rules.hierarchy
        if rule.dimension == dimension and (not rule.indicators or indicator in rule.indicators)
    )


def in_parts(code: str, parts: tuple[str, ...]) -> bool:
    """Whether an area code is one of the parts, or within a range `101-899` of them."""
    for part in parts:
        first, dash, last = part.partition("-")
        if code == part or (dash and first <= code <= last):
            return True
    return False
