"""Whether declarations and figures make sense together: dates, pairs, groups, decimals."""

from collections.abc import Iterable

from contract.catalogue import Decision, Indicator
from contract.periods import Period, parse_period
from etl.complaints import Complaints
from etl.declarations import Declarations, Declared
from etl.figures_csv import Figure

_FREQUENCY = {"dag": {"dag"}, "måned": {"måned", "kvartal"}, "år": {"år"}}


def check_consistency(
    declarations: Declarations, figures: Iterable[Figure], complaints: Complaints
) -> None:
    """Complain of all that is well-formed but cannot be meant."""
    figures = list(figures)
    _check_one_figure_a_place(figures, complaints)
    _check_group_spelling(figures, complaints)
    _check_decimals(declarations, figures, complaints)
    _check_comparable(declarations, complaints)
    for declared in declarations.of("breaks.toml"):
        _period(declared, "period", complaints)
    for declared in declarations.of("sources.toml"):
        _check_precision(declared, "published", complaints)
    for declared in declarations.of("events.toml"):
        _check_precision(declared, "date", complaints)
    for declared in declarations.of("points.toml"):
        if declared.entry.date:
            _period(declared, "date", complaints)
    for declared in declarations.of("decisions.toml"):
        _check_decision(declared, complaints)


def days_between(decision: Decision) -> int | None:
    """Days from order to answer, None unless both are known to the day."""
    if not (decision.ordered and decision.answered):
        return None
    ordered, answered = parse_period(decision.ordered), parse_period(decision.answered)
    if not ordered.frequency == answered.frequency == "dag":
        return None
    return (answered.start - ordered.start).days


def _check_one_figure_a_place(figures: list[Figure], complaints: Complaints) -> None:
    taken: dict[tuple[str, ...], Figure] = {}
    for figure in figures:
        key = (figure.indicator, figure.area, figure.group, figure.period.text, figure.source)
        first = taken.setdefault(key, figure)
        if first is not figure:
            complaints.add(
                figure.place,
                f"«{figure.id}» har samme indicator, area, group, period og source som "
                f"«{first.id}» i {first.place}; kun tal fra hver sin kilde må dele plads",
            )


def _check_group_spelling(figures: list[Figure], complaints: Complaints) -> None:
    spellings: dict[tuple[str, str], Figure] = {}
    for figure in figures:
        key = (figure.indicator, " ".join(figure.group.casefold().split()))
        first = spellings.setdefault(key, figure)
        if first.group != figure.group:
            complaints.add(
                figure.place,
                f"group: «{figure.group}» og «{first.group}» ({first.place}) staves forskelligt",
            )


def _check_decimals(
    declarations: Declarations, figures: list[Figure], complaints: Complaints
) -> None:
    indicators = _indicators(declarations)
    for figure in figures:
        indicator = indicators.get(figure.indicator)
        if indicator is not None and figure.decimals > indicator.decimals:
            complaints.add(
                figure.place,
                f"«{figure.id}» har {figure.decimals} decimaler, men indikatoren "
                f"«{indicator.id}» viser {indicator.decimals}",
            )


def _indicators(declarations: Declarations) -> dict[str, Indicator]:
    return {declared.entry.id: declared.entry for declared in declarations.of("indicators.toml")}


def _check_comparable(declarations: Declarations, complaints: Complaints) -> None:
    indicators = _indicators(declarations)
    for declared in declarations.of("indicators.toml"):
        for other_id in declared.entry.comparable_with:
            other = indicators.get(other_id)
            if other_id == declared.entry.id:
                complaints.add(declared.at("comparable_with"), "en indikator nævner sig selv her")
            elif other is not None and declared.entry.id not in other.comparable_with:
                complaints.add(
                    declared.at("comparable_with"),
                    f"comparable_with gælder begge veje; «{other_id}» nævner ikke "
                    f"«{declared.entry.id}»",
                )
            elif other is not None and other.unit != declared.entry.unit:
                complaints.add(
                    declared.at("comparable_with"),
                    f"«{other_id}» tæller i {other.unit}, ikke i {declared.entry.unit}; "
                    "de kan ikke sammenlignes",
                )


def _period(declared: Declared, key: str, complaints: Complaints) -> Period | None:
    try:
        return parse_period(getattr(declared.entry, key))
    except ValueError as error:
        complaints.add(declared.at(key), f"{key}: {error}")
        return None


def _check_precision(declared: Declared, key: str, complaints: Complaints) -> None:
    """The date must be written as precisely as `precision` says; `ukendt` may be any, or empty."""
    text, precision = getattr(declared.entry, key), declared.entry.precision
    if not text:
        if precision != "ukendt":
            complaints.add(declared.at(key), f"{key} er tom; så skal precision være «ukendt»")
        return
    if _period(declared, key, complaints) is None or precision == "ukendt":
        return
    frequencies = {parse_period(part).frequency for part in text.split("/")}
    if not frequencies <= _FREQUENCY[precision]:
        complaints.add(
            declared.at(key), f"{key}: «{text}» er ikke skrevet med precision «{precision}»"
        )


def _check_decision(declared: Declared[Decision], complaints: Complaints) -> None:
    decision = declared.entry
    _check_precision(declared, "ordered", complaints)
    answer = {k: getattr(decision, k) for k in ("answer", "answered", "answer_source")}
    if decision.status == "ikke fundet i materialet":
        for key in ("answered", "answer_source"):
            if not answer[key]:
                continue
            complaints.add(declared.at(key), f"{key} er udfyldt, men status er «{decision.status}»")
    else:
        for key in ("answer", "answer_source"):
            if not answer[key]:
                complaints.add(
                    declared.at("status"), f"status er «{decision.status}», men {key} er tom"
                )
    if decision.answered and (answered := _period(declared, "answered", complaints)):
        try:
            ordered = parse_period(decision.ordered)
        except ValueError:
            return
        if answered.end < ordered.start:
            complaints.add(declared.at("answered"), "svaret ligger før bestillingen")
