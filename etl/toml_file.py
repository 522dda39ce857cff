"""A TOML file → its content and where its entries stand. Says in Danish what cannot be read."""

import re
import tomllib
from pathlib import Path
from typing import Any

from etl.complaints import Complaints
from etl.texts import read_utf8
from etl.toml_lines import EntryLines, locate

_AT = re.compile(r"\(at line (\d+)")


def parse_toml(
    file: Path, complaints: Complaints
) -> tuple[dict[str, Any], list[EntryLines]] | None:
    """Content and lines of a TOML file, or None and a complaint naming the line at fault."""
    if not file.exists():
        complaints.add(
            complaints.place(file), "filen mangler; en tom fil er nok, hvis intet skal i"
        )
        return None
    text = read_utf8(file, complaints)
    if text is None:
        return None
    text = text.replace("\r\n", "\n")
    try:
        return tomllib.loads(text), locate(text)
    except tomllib.TOMLDecodeError as error:
        at = _AT.search(str(error))
        line = int(at[1]) if at else text.count("\n") + 1
        complaints.add(
            complaints.place(file, line),
            "linjen kan ikke læses som TOML; se efter manglende anførselstegn, = eller parentes, "
            f"eller en nøgle, der står to gange ({error})",
        )
        return None
