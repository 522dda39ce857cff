"""Everything read and checked at once: what the release is made of, or all complaints."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from contract import paths
from contract.release import RELEASE_ID
from contract.series import SeriesFile
from etl.arithmetic import Numbers
from etl.claims import check_claims
from etl.complaints import Complaints
from etl.consistency import check_consistency
from etl.declarations import PUBLICATION, Declarations, read_declarations
from etl.derive import derive
from etl.disclosure.inspection import inspect
from etl.figures_csv import Entered, Figure, read_figures
from etl.references import check_references
from etl.relations import Compared, compare
from etl.series_toml import read_series


@dataclass(frozen=True, slots=True)
class Checked:
    """What was read and computed, and what is wrong with it. Publish only without complaints."""

    declarations: Declarations
    figures: dict[str, Figure]
    relations: list[Compared]
    complaints: Complaints
    series: SeriesFile = field(default_factory=SeriesFile)

    def summary(self) -> str:
        """One Danish line of counts."""
        derived = len(self.declarations.of("derived.toml"))
        return (
            f"OK: {len(self.figures)} tal ({derived} beregnede), "
            f"{len(self.declarations.of('indicators.toml'))} indikatorer, "
            f"{len(self.declarations.of('sources.toml'))} kilder, "
            f"{len(self.declarations.of('events.toml'))} begivenheder, "
            f"{len(self.declarations.of('decisions.toml'))} beslutninger, "
            f"{len(self.relations)} afstemninger, "
            f"{len(self.declarations.of('story.toml'))} tekster"
        )


def check(root: Path) -> Checked:
    """Read and check all inputs below a data root. Never raises for what is wrong in the data."""
    complaints = Complaints(root)
    if not root.is_dir():
        complaints.add(complaints.place(root / PUBLICATION), f"mappen {root} findes ikke")
        return Checked(Declarations(), {}, [], complaints)
    declarations = read_declarations(root, complaints)
    entered = read_figures(root, complaints)
    numbers = _numbers(declarations, entered, complaints)
    derive(declarations, numbers, complaints)
    relations = compare(declarations, numbers, complaints)
    check_claims(declarations, numbers, complaints)
    check_references(declarations, entered, numbers, complaints)
    check_consistency(declarations, numbers.figures.values(), complaints)
    _check_publication(root, declarations, complaints)
    series = read_series(root, complaints)
    inspect(root, series, complaints)
    return Checked(declarations, numbers.figures, relations, complaints, series)


def _numbers(declarations: Declarations, entered: Entered, complaints: Complaints) -> Numbers:
    numbers = Numbers(
        units={d.entry.id: d.entry.unit for d in declarations.of("indicators.toml")},
        known_ids={*entered.known, *declarations.known.get("derived.toml", {})},
        incomplete=bool(entered.unreadable or "derived.toml" in declarations.unreadable),
    )
    for figure in entered.figures:
        numbers.enter(figure)
    for name, place in declarations.known.get("derived.toml", {}).items():
        if name in entered.known:
            complaints.add(place, f"id «{name}» er allerede brugt i {entered.known[name]}")
    return numbers


def _check_publication(root: Path, declarations: Declarations, complaints: Complaints) -> None:
    declared = declarations.publication
    if declared is None:
        return
    publication = declared.entry
    try:
        date.fromisoformat(publication.published)
    except ValueError:
        complaints.add(
            declared.at("published"), f"published: «{publication.published}» er ingen dato"
        )
    previous = publication.previous
    if not previous:
        return
    if not RELEASE_ID.match(previous):
        complaints.add(
            declared.at("previous"),
            f"previous: «{previous}» er ikke navnet på en udgave, fx 2022-10-24-0a1b2c3d",
        )
    elif not (paths.releases_dir(root) / previous).is_dir():
        complaints.add(
            declared.at("previous"), f"previous: udgaven «{previous}» findes ikke i releases/"
        )
    elif previous[:10] > publication.published:
        complaints.add(
            declared.at("published"),
            f"published: {publication.published} ligger før forrige udgave {previous}",
        )
