"""Statistics Denmark's area codes in use, with their Danish names, in the order they are listed."""

AREAS: dict[str, str] = {
    "101": "København",
    "000": "Hele landet",
    "147": "Frederiksberg",
    "461": "Odense",
    "751": "Aarhus",
    "851": "Aalborg",
}


def area_name(code: str) -> str:
    """Danish name of an area code. Raises KeyError on an unknown code."""
    return AREAS[code]
