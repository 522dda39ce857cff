"""Every complaint of `etl check`: each names exactly the line at fault, says what is wrong in Danish,
and one mistake gives one complaint. All data are made up (tests/data/small.py)."""

import unicodedata

import pytest

from etl.__main__ import main
from tests.data.small import HEADER, SmallData

CSV = "figures/proeve.csv"
ROW_1901 = "antal-1901,proeve-antal,000,,1901,200,præcis,200,målt,proeve-a,side 1,\n"
ROW_1903 = 'antal-1903,proeve-antal,000,,1903,3900,knap,knap 3.900,målt,proeve-a,"side 2'


def row(**changes: str) -> str:
    """A good row with some fields changed; it takes a place no other row has."""
    cells = {
        "figure": "ny-1905", "indicator": "proeve-antal", "area": "000", "group": "",
        "period": "1905", "value": "120", "qualifier": "præcis", "as_written": "120",
        "kind": "målt", "source": "proeve-a", "locator": "side 9", "note": "",
    }  # fmt: skip
    assert changes.keys() <= cells.keys()
    return ",".join((cells | changes).values()) + "\n"


ROWS = {
    "no figure id": (row(figure=""), "figure er tom"),
    "bad figure id": (row(figure="Ny_1905"), "ikke et gyldigt id"),
    "long figure id": (row(figure="a" * 91), "højst 90 tegn"),
    "duplicate id": (row(figure="antal-1901"), "allerede brugt i data/figures/proeve.csv:2"),
    "id of a derived figure": (row(figure="sum-1903"), None),
    "unknown indicator": (row(indicator="proeve-antl"), "mente du «proeve-antal»?"),
    "no indicator": (row(indicator=""), "indicator er tom"),
    "unknown area": (row(area="999"), "101 København"),
    "area as a name": (row(area="Hele landet"), "area: «Hele landet» kendes ikke"),
    "area without zeros": (row(area="0"), "area: «0» kendes ikke"),
    "no area": (row(area=""), "area er tom"),
    "no period": (row(period=""), "period er tom"),
    "period word": (row(period="jan-05"), "perioden «jan-05» kan ikke læses"),
    "period glued": (row(period="190513"), "kan ikke læses"),
    "period month 13": (row(period="1905-13"), "kan ikke læses"),
    "period quarter 5": (row(period="1905K5"), "kan ikke læses"),
    "period English quarter": (row(period="1905Q1"), "kan ikke læses"),
    "period backwards": (row(period="1905/1904"), "fra en tidligere til en senere"),
    "period Arabic digits": (row(period="١٩٠٥"), "kan ikke læses"),
    "number in words": (row(value="mange"), "lad feltet stå tomt"),
    "number with two dots": (row(value=".."), "lad feltet stå tomt"),
    "number nan": (row(value="nan"), "ikke et tal"),
    "number inf": (row(value="inf"), "ikke et tal"),
    "number suppressed": (row(value="<5"), "ikke et tal"),
    "number exponent": (row(value="1e3"), "ikke et tal"),
    "number decimal comma": (row(value='"12,5"'), "skriv decimalpunktum"),
    "number thousands stop": (
        row(value="1.250", as_written="1.250"),
        "value og as_written passer ikke sammen",
    ),
    "number two thousands stops": (row(value="1.250.000"), "tusindtalspunktum"),
    "number Arabic digits": (row(value="١٢٠"), "ikke et tal"),
    "null without reason": (row(value="", as_written="ikke oplyst"), "skriv grunden i note"),
    "unknown qualifier": (row(qualifier="cirka"), "qualifier: «cirka» findes ikke"),
    "no qualifier": (row(qualifier=""), "qualifier er tom"),
    "no as_written": (row(as_written=""), "as_written er tom"),
    "as_written another number": (row(as_written="130"), "indeholder ikke tallet 120"),
    "as_written minus": (row(as_written="−120"), "as_written har minus"),
    "qualifier not written": (row(qualifier="knap"), "qualifier er «knap», men"),
    "qualifier written, not given": (row(as_written="ca. 120"), "skriv qualifier «ca»"),
    "unknown kind": (row(kind="maalt"), "kind: «maalt» findes ikke"),
    "derived in a csv": (row(kind="beregnet"), "derived.toml"),
    "unknown source": (row(source="proeve-c"), "kilden «proeve-c» findes ikke i sources.toml"),
    "no source": (row(source=""), "source er tom"),
    "no locator": (row(locator=""), "locator er tom"),
    "space at the end": (row(locator="side 9 "), "mellemrum i en af enderne"),
    "space before": (row(group=" unge"), "mellemrum i en af enderne"),
    "no-break space": (row(note="Prøve\u00a0note"), "hårdt mellemrum (U+00A0)"),
    "zero-width space": (row(note="Prøve\u200bnote"), "usynligt tegn (U+200B)"),
    "control character": (row(note="Prøve\x07note"), "usynligt tegn (U+0007)"),
    "tab": (row(note="Prøve\tnote"), "usynligt tegn (U+0009)"),
    "new line in a field": (row(note='"Prøve\nnote"'), "usynligt tegn (U+000A)"),
    "letters split in two": (
        row(note=unicodedata.normalize("NFD", "på")),
        "bogstaver, der er delt",
    ),
    "more decimals than shown": (
        row(value="120.5", as_written='"120,5"'),
        "har 1 decimaler, men indikatoren «proeve-antal» viser 0",
    ),
    "same place, same source": (row(period="1901"), "har samme indicator, area, group, period"),
    "group spelt in two ways": (row(group="SUM"), "staves forskelligt"),
    "too few fields": ("ny-1905,proeve-antal\n", "rækken har 2 felter, ventet 12"),
    "unquoted comma": (row(note="et, to"), "skal stå i anførselstegn"),
    "semicolons in one row": (row().replace(",", ";"), "rækken bruger «;»"),
    "CPR number": (row(note="010203-1234"), "ligner et CPR-nummer"),
    "CPR number, no dash": (row(note="0102031234"), "ligner et CPR-nummer"),
}


@pytest.mark.parametrize(("added", "expected"), ROWS.values(), ids=ROWS)
def test_a_faulty_row_is_named_by_its_line(
    small: SmallData, added: str, expected: str | None
) -> None:
    small.write(CSV, (small.root / CSV).read_text("utf-8") + added)
    found = small.complaints()
    assert len(found) == 1, found
    if expected is not None:
        assert found[0].startswith(f"data/{CSV}:8: ")
        assert expected in found[0]


TOML = {
    "missing key": ("sources.toml", 'title = "Prøvekilde B"\n', "", 'id = "proeve-b"',
                    "nøglen «title» mangler", -1),
    "unknown key": ("sources.toml", "precision", "precison", "precison",
                    "nøglen «precison» kendes ikke; mente du «precision»?", 0),
    "unlike any key": ("sources.toml", 'kind = "presse"', 'kind = "presse"\nxyz = 1', "xyz",
                       "kendte nøgler er id, publisher", 0),
    "wrong type": ("indicators.toml", "decimals = 1", 'decimals = "to"', "decimals = \"to\"",
                   "skal være et helt tal", 0),
    "date without quotes": ("events.toml", '"1903-05"', "1903-05-01", "1903-05-01",
                            "tekst i anførselstegn", 0),
    "text for a list": ("events.toml", '["antal-1903"]', '"antal-1903"', '"antal-1903"',
                        "skal være en liste", 0),
    "not one of the values": ("indicators.toml", '"andel"', '"andele"', '"andele"',
                              "tilladte værdier", 0),
    "number too great": ("indicators.toml", "decimals = 1", "decimals = 4", "decimals = 4",
                         "højst 3", 0),
    "empty text": ("points.toml", '"Prøveprincip"', '""', 'title = ""', "må ikke være tom", 0),
    "bad id": ("points.toml", '"proeve-princip"', '"Prøve_princip"', "Prøve_princip",
               "ikke et gyldigt id", 0),
    "bad publication date": ("publication.toml", "1905-12-31", "31.12.1905", "31.12.1905",
                             "skal skrives som en dato", 0),
    "impossible publication date": ("publication.toml", "1905-12-31", "1905-13-31", "1905-13-31",
                                    "er ingen dato", 0),
    "bad previous": ("publication.toml", 'previous = ""', 'previous = "i går"', "previous",
                     "er ikke navnet på en udgave", 0),
    "missing previous": ("publication.toml", 'previous = ""', 'previous = "1905-01-01-0a1b2c3d"',
                         "previous", "findes ikke i releases/", 0),
    "broken text": ("glossary.toml", 'term = "prøve"', 'term = "prøve', 'term = "prøve',
                    "kan ikke læses som TOML", 0),
    "key twice": ("points.toml", "number = 1", "number = 1\nnumber = 2", "number = 2",
                  "kan ikke læses som TOML", 0),
    "wrong table": ("breaks.toml", "[[break]]", "[[brud]]", "[[brud]]", "skriv [[break]]", 0),
    "single table": ("breaks.toml", "[[break]]", "[break]", "[break]",
                     "sin egen linje [[break]]", 0),
    "no-break space": ("story.toml", "Antallet steg", "Antallet\u00a0steg", "steg fra",
                       "hårdt mellemrum", 0),
    "space at the end": ("points.toml", '"Prøveprincip"', '"Prøveprincip "', "Prøveprincip",
                         "mellemrum i en af enderne", 0),
    "CPR in a comment": ("publication.toml", "# Prøvedata", "# 010203-1234", "# 010203-1234"[:4],
                         "ligner et CPR-nummer", 0),
    "twice in a list": ("events.toml", '["antal-1903"]', '["antal-1903", "antal-1903"]', "figures",
                        "står to gange i listen", 0),
    "unknown source": ("indicators.toml", 'source = "proeve-b"', 'source = "proeve-bb"',
                       "proeve-bb", "mente du «proeve-b»?", 0),
    "unknown answer source": ("decisions.toml", 'answer_source = "proeve-b"',
                              'answer_source = "proeve-bb"', "proeve-bb", "findes ikke", 0),
    "unknown event": ("decisions.toml", 'event = "proeve-vedtaget"', 'event = "proeve-vedtage"',
                      "event = ", "begivenheden «proeve-vedtage» findes ikke", 0),
    "unknown indicator of an event": ("events.toml", '["proeve-antal"]', '["proeve-antl"]',
                                      "indicators", "mente du «proeve-antal»?", 0),
    "unknown indicator of a break": ("breaks.toml", '["proeve-antal"]', '["proeve-antl"]',
                                     "indicators", "mente du «proeve-antal»?", 0),
    "unknown figure of an event": ("events.toml", '["antal-1903"]', '["antal-1909"]', "figures",
                                   "tallet «antal-1909» findes ikke; mente du", 0),
    "unknown figure in a text": ("decisions.toml", "{antal-1903}", "{antal-1909}", "text = ",
                                 "text: tallet «antal-1909» findes ikke", 0),
    "stray brace": ("decisions.toml", "{antal-1903}", "{antal-1903", "text = ",
                    "krøllet parentes", 0),
    "unknown form": ("story.toml", "|bar}", "|nøgen}", "text = ", "formen «nøgen» findes ikke", 0),
    "unused source": ("glossary.toml", 'source = "proeve-b"', 'source = "proeve-a"', None, None, 0),
    "comparable with itself": ("indicators.toml", '["proeve-antal"]',
                               '["proeve-antal", "proeve-antal-to"]',
                               '"proeve-antal-to"]\nsource'[:17] + ']', None, 0),
    "comparable one way": ("indicators.toml", 'comparable_with = ["proeve-antal"]\n', "",
                           'comparable_with = ["proeve-antal-to"]', "gælder begge veje", 0),
    "bad period of a break": ("breaks.toml", '"1904"', '"i fjor"', "period", "kan ikke læses", 0),
    "bad date of an event": ("events.toml", '"1903-05"', '"maj 1903"', "date = ",
                             "kan ikke læses", 0),
    "event less precise than it says": ("events.toml", '"måned"', '"dag"', "date = ",
                                        "er ikke skrevet med precision «dag»", 0),
    "source without date": ("sources.toml", 'published = "1905-02-11"\n', "", 'id = "proeve-a"',
                            "published er tom", 0),
    "bad date of a point": ("points.toml", "number = 1", 'date = "1. maj"', "date",
                            "kan ikke læses", 0),
    "answered, but not found": ("decisions.toml", '"leveret"', '"ikke fundet i materialet"',
                                None, None, 0),
    "delivered without answer": ("decisions.toml", 'answer = "Prøvesvar"\n', "", "status",
                                 "status er «leveret», men answer er tom", 0),
    "answer before order": ("decisions.toml", "1903-06-10", "1903-04-10", "answered = ",
                            "svaret ligger før bestillingen", 0),
    "formula cannot be read": ("derived.toml", "100 * [antal-1901]", "100 * * [antal-1901]",
                               "formula", "kan ikke læses", 0),
    "formula does too much": ("derived.toml", "100 * [antal-1901]", "open([antal-1901])",
                              "formula", "ikke er tilladt", 0),
    "formula with a power": ("derived.toml", "100 * [antal-1901]", "100 ** [antal-1901]",
                             "formula", "ikke er tilladt", 0),
    "formula is a comparison": ("derived.toml", "/ [antal-1902]", "> [antal-1902]", "formula",
                                "skal give et tal", 0),
    "formula without figures": ("derived.toml", "100 * [antal-1901] / [antal-1902]", "20",
                                "formula", "nævner ingen tal", 0),
    "formula with unknown figure": ("derived.toml", "[antal-1902]", "[antal-1999]", "formula",
                                    "tallet «antal-1999» findes ikke", 0),
    "formula with a null": ("derived.toml", "[antal-1902]", "[antal-1904]", "formula",
                            "har ingen værdi at regne med", 0),
    "formula divides by zero": ("derived.toml", "[antal-1902]", "([antal-1902] - 1000)",
                                "formula", "dividerer med nul", 0),
    "formula leans on itself": ("derived.toml", "+ [to-1902]", "+ [sum-1903]",
                                "formula = \"[antal-1903]",
                                "regnes af sig selv: sum-1903 → sum-1903", 0),
    "derived area": ("derived.toml", 'area = "000"', 'area = "00"', "area = ", "kendes ikke", 0),
    "derived period": ("derived.toml", 'period = "1901"', 'period = "19o1"', "19o1",
                       "kan ikke læses", 0),
    "derived indicator": ("derived.toml", '"proeve-antal"', '"proeve-antl"', "proeve-antl",
                          "mente du «proeve-antal»?", 0),
    "too many decimals": ("derived.toml", "decimals = 0", "decimals = 1", None, None, 0),
    "relation left": ("relations.toml", 'left = "[andel-1901]"', 'left = "[andel-1801]"',
                      "left = ", "left: tallet «andel-1801» findes ikke", 0),
    "relation right": ("relations.toml", 'right = "[andel-1902]"', 'right = "[andel-1902"',
                       "right = ", "right: formlen", 0),
    "claim is false": ("story.toml", "[antal-1902] > [antal-1901]", "[antal-1902] < [antal-1901]",
                       "holds", "påstanden «[antal-1902] < [antal-1901]» holder ikke: "
                       "antal-1902 = 1.000, antal-1901 = 200", 0),
    "claim is a number": ("story.toml", "[antal-1902] > [antal-1901]", "[antal-1902]", "holds",
                          "er et tal; skriv en sammenligning", 0),
    "claim of unknown figure": ("story.toml", "[antal-1902] >", "[antal-1999] >", "holds",
                                "tallet «antal-1999» findes ikke", 0),
}  # fmt: skip
SPECIAL = {"unused source", "comparable with itself", "answered, but not found", "too many decimals"}


@pytest.mark.parametrize("name", TOML.keys() - SPECIAL)
def test_a_faulty_declaration_is_named_by_its_line(small: SmallData, name: str) -> None:
    file, old, new, needle, expected, offset = TOML[name]
    small.change(file, old, new)
    path, _, line = small.at(file, needle).rpartition(":")
    found = small.complaints()
    assert len(found) == 1, found
    assert found[0].startswith(f"{path}:{int(line) + offset if offset > 0 else line}: "), found
    assert expected in found[0]
