"""The three lines of data/publication.toml, set for a new release; comments and order stay."""

import re
import tomllib
from pathlib import Path

from contract.journal import in_use
from etl.atomic import replace_file
from etl.candidate import Refused
from etl.declarations import PUBLICATION


def begin(root: Path, published: str) -> None:
    """Let publication.toml tell of a release after the one in use, dated `published` (ISO).

    Its note is emptied: what is new is said when the release is published. Raises Refused if the file is
    written in a way that cannot be changed line by line, JournalError on a faulty journal, OSError.
    """
    file = root / PUBLICATION
    text = file.read_bytes().decode("utf-8-sig")
    wanted = {"published": published, "note": "", "previous": in_use(root)}
    for key, value in wanted.items():
        line = f'{key} = "{value}"'
        text, found = re.subn(rf"(?m)^{key}[ \t]*=[^\r\n]*", line, text, count=1)
        if not found:
            text = f"{text.rstrip()}\n{line}\n"
    try:
        as_wanted = tomllib.loads(text) == wanted
    except tomllib.TOMLDecodeError:
        as_wanted = False
    if not as_wanted:
        lines = ", ".join(f'{key} = "{value}"' for key, value in wanted.items())
        raise Refused(f"{PUBLICATION} kan ikke rettes automatisk; skriv selv {lines}")
    replace_file(file, text.encode())
