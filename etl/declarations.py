"""data/*.toml → declared entries, each with its place. Complains of all that cannot be read."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from pydantic import BaseModel, ValidationError

from contract.catalogue import FILES, Publication
from etl.complaints import Complaints, Place, suggestion
from etl.pydantic_danish import in_danish
from etl.texts import complain_of
from etl.toml_file import parse_toml
from etl.toml_lines import EntryLines

PUBLICATION = "publication.toml"
READ_ELSEWHERE = ("series.toml", "disclosure.toml")
"""Files below the data root with readers of their own."""
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Declared(Generic[M]):
    """An entry of a declaration file and where it stands; `raw` is all that was written there."""

    entry: M
    raw: dict[str, Any]
    file: str
    lines: EntryLines

    def at(self, key: str = "id") -> Place:
        """Place of a key, or of the entry when it has no such key."""
        return Place(self.file, self.lines.of(key))


@dataclass(slots=True)
class Declarations:
    """Every declaration that could be read.

    `known` holds the ids of a file, faulty entries included, so that one mistake gives one
    complaint; `written` is every entry, faulty ones too, with None for the entry; a file that could
    not be read at all is in `unreadable`.
    """

    publication: Declared[Publication] | None = None
    entries: dict[str, list[Declared[Any]]] = field(default_factory=dict)
    known: dict[str, dict[str, Place]] = field(default_factory=dict)
    written: list[Declared[Any]] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)

    def of(self, file: str) -> list[Declared[Any]]:
        """The valid entries of a file such as `sources.toml`."""
        return self.entries.get(file, [])

    def get(self, file: str, entry_id: str) -> Any | None:
        """The entry with an id, or None."""
        return next((d.entry for d in self.of(file) if d.entry.id == entry_id), None)


def read_declarations(root: Path, complaints: Complaints) -> Declarations:
    """Read publication.toml and every file of `contract.catalogue.FILES` below the data root."""
    found = Declarations()
    for file in sorted(root.glob("*.toml")):
        if file.name not in FILES and file.name not in (PUBLICATION, *READ_ELSEWHERE):
            near = suggestion(file.stem, [Path(known).stem for known in (*FILES, PUBLICATION)])
            complaints.add(complaints.place(file), f"filen kendes ikke{near}; den læses ikke")
    for name, (table, model) in FILES.items():
        _read_file(root / name, table, model, found, complaints)
    _read_publication(root / PUBLICATION, found, complaints)
    return found


def _read_file(
    file: Path, table: str, model: type[BaseModel], found: Declarations, complaints: Complaints
) -> None:
    found.entries[file.name], found.known[file.name] = [], {}
    parsed = parse_toml(file, complaints)
    if parsed is None:
        found.unreadable.add(file.name)
        return
    content, located = parsed
    for key in content.keys() - {table}:
        line = next((e.line for e in located if e.name == key), located[0].of(key))
        complaints.add(
            complaints.place(file, line), f"«{key}» hører ikke til her; skriv [[{table}]]"
        )
    raw_entries = content.get(table, [])
    lines = [entry for entry in located if entry.name == table]
    if not isinstance(raw_entries, list) or len(lines) != len(raw_entries):
        line = lines[0].line if lines else located[0].of(table)
        complaints.add(
            complaints.place(file, line), f"hver post skal begynde med sin egen linje [[{table}]]"
        )
        found.unreadable.add(file.name)
        return
    for raw, where in zip(raw_entries, lines, strict=True):
        _remember(file, raw, where, found, complaints)
        entry = _validate(file, raw, where, model, complaints)
        declared: Declared[Any] = Declared(
            cast(Any, entry), raw, complaints.place(file).path, where
        )
        found.written.append(declared)
        if entry is not None:
            found.entries[file.name].append(declared)


def _read_publication(file: Path, found: Declarations, complaints: Complaints) -> None:
    parsed = parse_toml(file, complaints)
    if parsed is None:
        return
    content, located = parsed
    entry = _validate(file, content, located[0], Publication, complaints)
    if entry is not None:
        found.publication = Declared(entry, content, complaints.place(file).path, located[0])


def _remember(
    file: Path, raw: dict[str, Any], where: EntryLines, found: Declarations, complaints: Complaints
) -> None:
    entry_id = raw.get("id")
    if not isinstance(entry_id, str):
        return
    place = complaints.place(file, where.of("id"))
    first = found.known[file.name].setdefault(entry_id, place)
    if first is not place:
        complaints.add(place, f"id «{entry_id}» er allerede brugt i linje {first.line}")


def _validate(
    file: Path, raw: dict[str, Any], where: EntryLines, model: type[M], complaints: Complaints
) -> M | None:
    for key, value in raw.items():
        place = complaints.place(file, where.of(key))
        members = value if isinstance(value, list) else [value]
        for text in [v for m in members for v in (m.values() if isinstance(m, dict) else [m])]:
            if isinstance(text, str):
                complain_of(text, place, key, complaints, newlines=True)
        if isinstance(value, list):
            for twice in sorted({str(v) for v in value if value.count(v) > 1}):
                complaints.add(place, f"{key}: «{twice}» står to gange i listen")
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        for key, text in in_danish(error, model):
            complaints.add(complaints.place(file, where.of(key)), text)
        return None
