"""What no text in the data may hold: control characters, odd spaces, split letters, CPR numbers."""

import unicodedata
from pathlib import Path

from etl.complaints import Complaints, Place
from etl.cpr import CPR

_SPACES = {"\N{NO-BREAK SPACE}": "hårdt mellemrum", "\N{NARROW NO-BREAK SPACE}": "smalt mellemrum"}


def faults(text: str, *, newlines: bool = False) -> list[str]:
    """What is wrong with a text, in Danish; empty if nothing is.

    `newlines`: whether the text may run over several lines, as texts in TOML do.
    """
    found = []
    inside = text.rstrip("\n") if newlines else text
    if inside != inside.strip(" \t\n\r"):
        found.append(f"«{_short(inside)}» har mellemrum i en af enderne; fjern det")
    for mark in sorted(set(inside)):
        if mark in _SPACES:
            found.append(
                f"«{_short(inside)}» har et {_SPACES[mark]} (U+{ord(mark):04X}); "
                "skriv et almindeligt mellemrum"
            )
        elif unicodedata.category(mark) in ("Cc", "Cf", "Zl", "Zp") and not (
            newlines and mark == "\n"
        ):
            found.append(
                f"«{_short(inside)}» har et usynligt tegn (U+{ord(mark):04X}); skriv feltet igen"
            )
    if inside != unicodedata.normalize("NFC", inside):
        found.append(
            f"«{_short(inside)}» har bogstaver, der er delt i to tegn (fx å som a og ring); "
            "skriv dem igen"
        )
    return found


def find_cpr(file: Path, text: str, complaints: Complaints) -> None:
    """Complain of every line that holds something shaped like a civil registration number."""
    for number, line in enumerate(text.split("\n"), 1):
        if CPR.search(line):
            complaints.add(
                complaints.place(file, number),
                "her står noget, der ligner et CPR-nummer (6 cifre og 4 cifre); fjern det. "
                "Data må ikke indlæses, før det er væk",
            )


def read_utf8(file: Path, complaints: Complaints) -> str | None:
    """The text of a file, without byte order mark, or None (and a complaint) if it is not UTF-8."""
    try:
        raw = file.read_bytes()
    except OSError as error:
        complaints.add(complaints.place(file), f"filen kan ikke læses ({error.strerror})")
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        complaints.add(
            complaints.place(file, line),
            "filen er ikke gemt som UTF-8; vælg «CSV UTF-8» (eller UTF-8), når du gemmer",
        )
        return None
    find_cpr(file, text, complaints)
    return text


def complain_of(text: str, place: Place, name: str, complaints: Complaints, **how: bool) -> None:
    """Add the faults of one field's text as complaints that name the field."""
    for fault in faults(text, **how):
        complaints.add(place, f"{name}: {fault}")


def _short(text: str) -> str:
    shown = "".join("·" if not mark.isprintable() else mark for mark in text)
    return shown if len(shown) <= 40 else shown[:39] + "…"
