"""Whether everything that is named exists, and everything that is declared is used."""

from collections.abc import Iterator

from contract import template
from etl.arithmetic import Numbers
from etl.complaints import Complaints, Place, suggestion
from etl.declarations import Declarations
from etl.figures_csv import Entered

_NAMES = {
    "sources.toml": "kilden",
    "indicators.toml": "indikatoren",
    "events.toml": "begivenheden",
}
# Keys that name an entry of another file, or a list of them.
_KEYS = {
    "source": "sources.toml",
    "answer_source": "sources.toml",
    "indicator": "indicators.toml",
    "indicators": "indicators.toml",
    "comparable_with": "indicators.toml",
    "event": "events.toml",
}


def check_references(
    declarations: Declarations, entered: Entered, numbers: Numbers, complaints: Complaints
) -> None:
    """Complain of unknown ids, wherever they are named, and of sources and indicators without use.

    Works on what is written, so that a row or entry that is faulty in another way is checked too.
    """
    used: dict[str, set[str]] = {file: set() for file in _NAMES}
    for key, value, place in _named(declarations, entered):
        file = _KEYS[key]
        used[file].add(value)
        known = declarations.known.get(file, {})
        if value not in known and file not in declarations.unreadable:
            near = suggestion(value, known)
            complaints.add(place, f"{key}: {_NAMES[file]} «{value}» findes ikke i {file}{near}")
    if entered.unreadable or declarations.unreadable:
        return  # what is missing may stand in the file that cannot be read
    _check_figures_exist(declarations, numbers, complaints)
    for name, place in declarations.known["sources.toml"].items():
        if name not in used["sources.toml"]:
            complaints.add(place, f"kilden «{name}» bruges ikke af noget; brug den, eller slet den")
    rows = [row for _, row in entered.written]
    rows += [each.raw for each in declarations.written if each.file.endswith("derived.toml")]
    with_figures = {row.get("indicator") for row in rows}
    for name, place in declarations.known["indicators.toml"].items():
        if name not in with_figures:
            complaints.add(
                place, f"indikatoren «{name}» har ingen tal; indtast nogle, eller slet den"
            )


def _named(declarations: Declarations, entered: Entered) -> Iterator[tuple[str, str, Place]]:
    for place, row in entered.written:
        yield from ((key, row[key], place) for key in ("indicator", "source") if row[key])
    for declared in declarations.written:
        for key in _KEYS.keys() & declared.raw.keys():
            for named in _texts(declared.raw[key]):
                if named:
                    yield key, named, declared.at(key)


def _texts(value: object) -> list[str]:
    """The texts in a raw value: itself, members of a list, or values of small tables in it."""
    members = value if isinstance(value, list) else [value]
    inside = [v for m in members for v in (m.values() if isinstance(m, dict) else [m])]
    return [member for member in inside if isinstance(member, str)]


def _figure_ids(value: object) -> list[str]:
    """The ids in a key that names figures: an id, a list of ids, or of tables with `figure`."""
    members = value if isinstance(value, list) else [value]
    named = [m.get("figure") if isinstance(m, dict) else m for m in members]
    return [name for name in named if isinstance(name, str) and name]


def _check_figures_exist(
    declarations: Declarations, numbers: Numbers, complaints: Complaints
) -> None:
    for declared in declarations.written:
        for key in ("figures", "figure", "picture"):
            for name in _figure_ids(declared.raw.get(key, [])):
                _check_figure(name, declared.at(key), key, numbers, complaints)
        for item in (
            declared.raw.get("items", []) if declared.file.endswith("runsheets.toml") else []
        ):
            for name in _figure_ids(item.get("figures", []) if isinstance(item, dict) else []):
                _check_figure(name, declared.at("items"), "figures", numbers, complaints)
        for key, value in declared.raw.items():
            for text in _texts(value):
                try:
                    names = list(template.references(text))
                except ValueError as error:
                    complaints.add(declared.at(key), f"{key}: {error}")
                    continue
                for name in names:
                    _check_figure(name, declared.at(key), key, numbers, complaints)


def _check_figure(
    name: str, place: Place, key: str, numbers: Numbers, complaints: Complaints
) -> None:
    if name not in numbers.known_ids:
        near = suggestion(name, numbers.known_ids)
        complaints.add(place, f"{key}: tallet «{name}» findes ikke{near}")
