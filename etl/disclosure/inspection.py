"""What `etl check` says of disclosure control: the rules, and CPR numbers in what was fetched."""

from pathlib import Path

from contract.series import SeriesFile
from etl import cpr
from etl.complaints import Complaints, suggestion
from etl.disclosure.outcome import DisclosureError
from etl.disclosure.rules import Rules
from etl.disclosure.rules_file import FILE, parse_rules
from etl.toml_file import parse_toml

RAW = "raw"


def inspect(root: Path, series: SeriesFile, complaints: Complaints) -> None:
    """Complain of rules that cannot be used, rules that are missing, and CPR-like text in `raw/`."""
    file, raw = root / FILE, root / RAW
    if file.exists():
        parsed = parse_toml(file, complaints)
        if parsed is not None:
            try:
                _known(file, parse_rules(parsed[0]), series, complaints)
            except DisclosureError as error:
                complaints.add(complaints.place(file), str(error))
    elif raw.exists():
        complaints.add(
            complaints.place(file),
            "filen mangler; uden regler for diskretion udgives ingen hentede tal",
        )
    for answer in sorted(each for each in raw.rglob("*") if each.is_file()):
        find_cpr_in_bytes(answer, complaints)


def find_cpr_in_bytes(file: Path, complaints: Complaints) -> None:
    """Complain once of a file that holds something shaped like a civil registration number."""
    if line := cpr.line_in(file.read_bytes()):
        complaints.add(
            complaints.place(file, line),
            "her står noget, der ligner et CPR-nummer (6 cifre og 4 cifre); svaret må ikke indlæses. "
            "Slet det og dets .request.json",
        )


def _known(file: Path, rules: Rules, series: SeriesFile, complaints: Complaints) -> None:
    """A misspelt indicator would be a rule that protects nothing."""
    known = {indicator.id for indicator in series.indicator}
    for name in sorted(rules.named_indicators - known):
        complaints.add(
            complaints.place(file),
            f"indikatoren «{name}» findes ikke i series.toml{suggestion(name, known)}",
        )
