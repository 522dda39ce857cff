"""A date on the command line."""

from argparse import ArgumentTypeError
from datetime import date


def iso_date(text: str) -> str:
    """The text if it is a date such as `2027-02-15`; for argparse, which shows the Danish message."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ArgumentTypeError(f"«{text}» er ingen dato; skriv den som 2027-02-15") from None
