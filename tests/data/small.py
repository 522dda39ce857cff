"""A small data folder of made-up figures for tests. Nothing in it is a real figure: the years are
1901 to 1905, the area is the whole country, and every text says that it is a test."""

from pathlib import Path

from etl.check import check

PUBLICATION = """\
# Prøvedata: ingen af tallene er virkelige.
published = "1905-12-31"
note = "Prøveudgave."
previous = ""
"""

SOURCES = """\
[[source]]
id = "proeve-a"
publisher = "Prøveudgiver"
title = "Prøvekilde A"
kind = "kommune"
published = "1905-02-11"
precision = "dag"

[[source]]
id = "proeve-b"
publisher = "Prøveudgiver"
title = "Prøvekilde B"
kind = "presse"
precision = "ukendt"
"""

INDICATORS = """\
[[indicator]]
id = "proeve-antal"
title = "Prøveantal"
unit = "personer"
measure = "bestand"
population = "Opdigtede personer"
decimals = 0
topic = "unge"
comparable_with = ["proeve-antal-to"]
source = "proeve-a"

[[indicator]]
id = "proeve-antal-to"
title = "Prøveantal to"
unit = "personer"
measure = "bestand"
population = "Opdigtede personer"
decimals = 0
topic = "unge"
comparable_with = ["proeve-antal"]
source = "proeve-a"

[[indicator]]
id = "proeve-andel"
title = "Prøveandel"
unit = "pct."
measure = "andel"
population = "Opdigtede personer"
decimals = 1
topic = "unge"
source = "proeve-b"
"""

HEADER = "figure,indicator,area,group,period,value,qualifier,as_written,kind,source,locator,note\n"
FIGURES = (
    HEADER
    + """\
antal-1901,proeve-antal,000,,1901,200,præcis,200,målt,proeve-a,side 1,
antal-1902,proeve-antal,000,,1902,1000,præcis,1.000,målt,proeve-a,side 1,
antal-1903,proeve-antal,000,,1903,3900,knap,knap 3.900,målt,proeve-a,"side 2, linje 4",Prøvenote
antal-1904,proeve-antal,000,,1904,,præcis,ikke oplyst,målt,proeve-a,side 2,Kilden oplyser det ikke
to-1902,proeve-antal-to,000,unge,1902,460,ca,ca. 460,målt,proeve-b,side 3,
andel-1902,proeve-andel,000,,1902,19.5,præcis,"19,5 %",målt,proeve-b,side 3,
"""
)

DERIVED = """\
[[derived]]
id = "andel-1901"
indicator = "proeve-andel"
area = "000"
period = "1901"
formula = "100 * [antal-1901] / [antal-1902]"
decimals = 1
note = "Prøvenote."

[[derived]]
id = "sum-1903"
indicator = "proeve-antal"
area = "000"
group = "sum"
period = "1903"
formula = "[antal-1903] + [to-1902]"
decimals = 0
"""

EVENTS = """\
[[event]]
id = "proeve-vedtaget"
date = "1903-05"
precision = "måned"
title = "Prøvebeslutning"
body = "Andre"
theme = "unge"
kind = "beslutning"
source = "proeve-a"
locator = "side 1"
indicators = ["proeve-antal"]
figures = ["antal-1903"]
"""

DECISIONS = """\
[[decision]]
id = "proeve-bestilt"
ordered_by = "Prøveudvalget"
ordered = "1903-05-01"
precision = "dag"
title = "Prøvebestilling"
text = "Om {antal-1903} prøver."
source = "proeve-a"
locator = "side 1"
status = "leveret"
answer = "Prøvesvar"
answered = "1903-06-10"
answer_source = "proeve-b"
theme = "unge"
event = "proeve-vedtaget"
"""

POINTS = """\
[[point]]
id = "proeve-princip"
kind = "princip"
number = 1
title = "Prøveprincip"
source = "proeve-a"
locator = "side 1"
"""

BREAKS = """\
[[break]]
id = "proeve-brud"
indicators = ["proeve-antal"]
period = "1904"
text = "Prøvebrud."
source = "proeve-a"
"""

RELATIONS = """\
[[relation]]
id = "proeve-afstemning"
title = "Prøveafstemning"
left = "[andel-1901]"
left_label = "Beregnet"
right = "[andel-1902]"
right_label = "Oplyst"
unit = "pct."
decimals = 1
kind = "samme størrelse"
reason = "Prøvegrund."
"""

STORY = """\
[[text]]
id = "proeve-overskrift"
text = "Antallet steg fra {antal-1901} til {antal-1902|bar}"
holds = ["[antal-1902] > [antal-1901]", "[andel-1901] == 20"]
"""

GLOSSARY = """\
[[term]]
id = "proeve"
term = "prøve"
text = \"\"\"
Noget, der ikke er virkeligt.
Står over to linjer.\"\"\"
source = "proeve-b"
locator = "side 1"
"""

RUNSHEETS = """\
[[runsheet]]
id = "proeve-1902-03-01"
title = "Prøvemøde"
date = "1902-03-01"
items = [
    {key = "antal", page = "proeve", figures = ["antal-1901", "antal-1902"], title = "Fra {antal-1901} til {antal-1902}", talk = "Opdigtet til prøven."},
]
"""
QUESTIONS = """\
[[question]]
id = "proeve-spoergsmaal"
question = "Hvor mange prøver er der?"
answer = "{antal-1902} prøver i 1902."
holds = ["[antal-1902] == 1000"]
figure = "antal-1902"
picture = [
    {figure = "antal-1901", label = "1901"},
    {figure = "antal-1902", label = "1902", colour = "koebenhavn"},
]
how = "Opdigtet til prøven."
unknown = "Alt andet."
page = "proeve"
topic = "unge"
words = ["prøver"]
"""

FILES = {
    "publication.toml": PUBLICATION,
    "sources.toml": SOURCES,
    "indicators.toml": INDICATORS,
    "figures/proeve.csv": FIGURES,
    "derived.toml": DERIVED,
    "events.toml": EVENTS,
    "decisions.toml": DECISIONS,
    "points.toml": POINTS,
    "breaks.toml": BREAKS,
    "relations.toml": RELATIONS,
    "story.toml": STORY,
    "questions.toml": QUESTIONS,
    "glossary.toml": GLOSSARY,
    "runsheets.toml": RUNSHEETS,
}


class SmallData:
    """A data folder on disk that tests change and then check."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "figures").mkdir(parents=True)
        for name, text in FILES.items():
            self.write(name, text)

    def write(self, name: str, text: str | bytes) -> None:
        """Write a file below the data folder."""
        raw = text if isinstance(text, bytes) else text.encode()
        (self.root / name).write_bytes(raw)

    def change(self, name: str, old: str, new: str) -> None:
        """Replace the first place where `old` stands; it must be there."""
        text = (self.root / name).read_bytes().decode()
        assert old in text, f"{old!r} is not in {name}"
        self.write(name, text.replace(old, new, 1))

    def at(self, name: str, needle: str) -> str:
        """`data/<file>:<line>` of the first line that holds `needle`."""
        lines = (self.root / name).read_bytes().decode().split("\n")
        number = next(n for n, line in enumerate(lines, 1) if needle in line)
        return f"data/{name}:{number}"

    def complaints(self) -> list[str]:
        """What the check says."""
        return check(self.root).complaints.lines()
