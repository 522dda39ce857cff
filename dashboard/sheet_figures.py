"""`python -m dashboard.sheet_figures FOLDER …`: which figures each screen of the ready run sheets shows, as JSON.

One object for each data folder, of its release in use: sheet → screen number → ids of figures. What a chart shows is
known here and nowhere else; the plan of the data keeper, who must know it too, asks in a process of its own.
"""

import json
import os
import sys
from collections.abc import Sequence

from dashboard import read, screens

Shown = dict[str, dict[str, list[str]]]


def shown() -> Shown:
    """The figures on each screen of each run sheet, in charts and large. Raises ReleaseError."""
    release = read.current()
    found: Shown = {}
    for sheet in release.runsheets:
        keys = [item.key for item in sheet.items]
        made, _ = screens.screens(sheet.items, release)
        found[sheet.id] = {
            str(keys.index(one.item.key) + 1): sorted({f.id for f in (*one.figures, *one.large)})
            for one in made
        }
    return found


def main(folders: Sequence[str]) -> None:
    """Print what is shown in each folder's release."""
    found = []
    for folder in folders:
        os.environ["INDBLIK_DATA"] = folder
        found.append(shown())
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1:])
