"""A service's own codes and names, held against the declared ones and put in our notation."""

import re

from contract.periods import parse_period
from contract.series import Choice

MOST_LISTED = 60
_PERIOD = re.compile(r"(\d{4})(?:[KQ]([1-4])|M(\d{2}))?\Z")


def notation(code: str) -> str:
    """A time code in the notation of contract.periods: `2017K1` (also `2017Q1`), `2017M01` → `2017-01`.

    Raises ValueError for any other form.
    """
    found = _PERIOD.match(code)
    if not (found and code.isascii()):
        raise ValueError(f"perioden «{code}» kendes ikke")
    year, quarter, month = found.groups()
    text = f"{year}K{quarter}" if quarter else f"{year}-{month}" if month else year
    return parse_period(text).text


def pick(values: dict[str, str], choice: Choice, what: str, faults: list[str]) -> str:
    """The one code that a choice names; a fault (and nothing) when there is none, several or another text."""
    texts = {normal(text) for text in choice.texts}
    wanted = " eller ".join(f"«{text}»" for text in choice.texts)
    if choice.code:
        if choice.code not in values:
            faults.append(
                f"{what}: koden {choice.code} ({wanted}) findes ikke; der er {listed(values)}"
            )
        elif normal(values[choice.code]) not in texts:
            faults.append(
                f"{what}: koden {choice.code} hedder «{values[choice.code]}», ventet {wanted}"
            )
        else:
            return choice.code
        return ""
    found = [code for code, text in values.items() if normal(text) in texts]
    if len(found) != 1:
        faults.append(
            f"{what}: {len(found)} værdier hedder {wanted}, ventet én; der er {listed(values)}"
        )
        return ""
    return found[0]


def listed(values: dict[str, str]) -> str:
    """Codes with their texts, for somebody who has to find the right one: `LY «Ledighedsydelse», …`."""
    shown = [f"{code} «{' '.join(text.split())}»" for code, text in values.items()]
    rest = len(shown) - MOST_LISTED
    return ", ".join(shown[:MOST_LISTED]) + (f" og {rest} til" if rest > 0 else "")


def normal(text: str) -> str:
    """A text for comparing: spaces and upper case do not count."""
    return " ".join(text.split()).casefold()
