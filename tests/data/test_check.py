"""Every complaint of `etl check`: each names exactly the line at fault, says in Danish what is
wrong, and one mistake gives one complaint. All data are made up (tests/data/small.py)."""

import unicodedata

import pytest

from etl.__main__ import main
from tests.data.small import SmallData

CSV = "figures/proeve.csv"


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
    "group spelt in two ways": (
        row(indicator="proeve-antal-to", group="Unge"),
        "staves forskelligt",
    ),
    "too few fields": ("ny-1905,proeve-antal\n", "rækken har 2 felter, ventet 12"),
    "unquoted comma": (row(note="et, to"), "skal stå i anførselstegn"),
    "semicolons in one row": (row().replace(",", ";"), "rækken bruger «;»"),
    "CPR number": (row(note="010203-1234"), "ligner et CPR-nummer"),
    "CPR number, no dash": (row(note="0102031234"), "ligner et CPR-nummer"),
}


@pytest.mark.parametrize(("added", "expected"), ROWS.values(), ids=ROWS)
def test_a_faulty_row_is_named_by_its_line(small: SmallData, added: str, expected: str) -> None:
    small.write(CSV, (small.root / CSV).read_text("utf-8") + added)
    found = small.complaints()
    assert len(found) == 1, found
    assert found[0].startswith(f"data/{CSV}:8: ")
    assert expected in found[0]


TOML = {
    "missing key": ("sources.toml", 'title = "Prøvekilde A"\n', "", "[[source]]",
                    "nøglen «title» mangler"),
    "unknown key": ("sources.toml", "precision", "precison", "precison",
                    "nøglen «precison» kendes ikke; mente du «precision»?"),
    "unlike any key": ("sources.toml", 'kind = "presse"', 'kind = "presse"\nxyz = 1', "xyz",
                       "kendte nøgler er id, publisher"),
    "wrong type": ("indicators.toml", "decimals = 1", 'decimals = "to"', "decimals = \"to\"",
                   "skal være et helt tal"),
    "date without quotes": ("events.toml", '"1903-05"', "1903-05-01", "1903-05-01",
                            "tekst i anførselstegn"),
    "text for a list": ("events.toml", '["antal-1903"]', '"antal-1903"', '"antal-1903"',
                        "skal være en liste"),
    "not one of the values": ("indicators.toml", '"andel"', '"andele"', '"andele"',
                              "tilladte værdier"),
    "number too great": ("indicators.toml", "decimals = 1", "decimals = 4", "decimals = 4",
                         "højst 3"),
    "empty text": ("points.toml", '"Prøveprincip"', '""', 'title = ""', "må ikke være tom"),
    "bad id": ("points.toml", '"proeve-princip"', '"Prøve_princip"', "Prøve_princip",
               "ikke et gyldigt id"),
    "bad publication date": ("publication.toml", "1905-12-31", "31.12.1905", "31.12.1905",
                             "skal skrives som en dato"),
    "impossible publication date": ("publication.toml", "1905-12-31", "1905-13-31", "1905-13-31",
                                    "er ingen dato"),
    "bad previous": ("publication.toml", 'previous = ""', 'previous = "i går"', "previous",
                     "er ikke navnet på en udgave"),
    "missing previous": ("publication.toml", 'previous = ""', 'previous = "1905-01-01-0a1b2c3d"',
                         "previous", "findes ikke i releases/"),
    "broken text": ("glossary.toml", 'term = "prøve"', 'term = "prøve', 'term = "prøve',
                    "kan ikke læses som TOML"),
    "key twice": ("points.toml", "number = 1", "number = 1\nnumber = 2", "number = 2",
                  "kan ikke læses som TOML"),
    "wrong table": ("breaks.toml", "[[break]]", "[[brud]]", "[[brud]]", "skriv [[break]]"),
    "single table": ("breaks.toml", "[[break]]", "[break]", "[break]",
                     "sin egen linje [[break]]"),
    "no-break space": ("story.toml", "Antallet steg", "Antallet\u00a0steg", "steg fra",
                       "hårdt mellemrum"),
    "space at the end": ("points.toml", '"Prøveprincip"', '"Prøveprincip "', "Prøveprincip",
                         "mellemrum i en af enderne"),
    "CPR in a comment": ("publication.toml", "# Prøvedata", "# 010203-1234", "# 010203",
                         "ligner et CPR-nummer"),
    "twice in a list": ("events.toml", '["antal-1903"]', '["antal-1903", "antal-1903"]', "figures",
                        "står to gange i listen"),
    "unknown source": ("indicators.toml", 'source = "proeve-b"', 'source = "proeve-bb"',
                       "proeve-bb", "mente du «proeve-b»?"),
    "unknown answer source": ("decisions.toml", 'answer_source = "proeve-b"',
                              'answer_source = "proeve-bb"', "proeve-bb", "findes ikke"),
    "unknown event": ("decisions.toml", 'event = "proeve-vedtaget"', 'event = "proeve-vedtage"',
                      "event = ", "begivenheden «proeve-vedtage» findes ikke"),
    "unknown indicator of an event": ("events.toml", '["proeve-antal"]', '["proeve-antl"]',
                                      "indicators", "mente du «proeve-antal»?"),
    "unknown indicator of a break": ("breaks.toml", '["proeve-antal"]', '["proeve-antl"]',
                                     "indicators", "mente du «proeve-antal»?"),
    "unknown figure of an event": ("events.toml", '["antal-1903"]', '["antal-1909"]', "figures",
                                   "tallet «antal-1909» findes ikke; mente du"),
    "unknown figure in a text": ("decisions.toml", "{antal-1903}", "{antal-1909}", "text = ",
                                 "text: tallet «antal-1909» findes ikke"),
    "stray brace": ("decisions.toml", "{antal-1903}", "{antal-1903", "text = ",
                    "krøllet parentes"),
    "unknown form": ("story.toml", "|bar}", "|nøgen}", "text = ", "formen «nøgen» findes ikke"),
    "comparable one way": ("indicators.toml", 'comparable_with = ["proeve-antal"]\n', "",
                           'comparable_with = ["proeve-antal-to"]', "gælder begge veje"),
    "bad period of a break": ("breaks.toml", '"1904"', '"i fjor"', "period", "kan ikke læses"),
    "bad date of an event": ("events.toml", '"1903-05"', '"maj 1903"', "date = ",
                             "kan ikke læses"),
    "event less precise than it says": ("events.toml", '"måned"', '"dag"', "date = ",
                                        "er ikke skrevet med precision «dag»"),
    "source without date": ("sources.toml", 'published = "1905-02-11"\n', "", "[[source]]",
                            "published er tom"),
    "bad date of a point": ("points.toml", "number = 1", 'date = "1. maj"', "date",
                            "kan ikke læses"),
    "delivered without answer": ("decisions.toml", 'answer = "Prøvesvar"\n', "", "status",
                                 "status er «leveret», men answer er tom"),
    "answer before order": ("decisions.toml", "1903-06-10", "1903-04-10", "answered = ",
                            "svaret ligger før bestillingen"),
    "formula cannot be read": ("derived.toml", "100 * [antal-1901]", "100 * * [antal-1901]",
                               "formula", "kan ikke læses"),
    "formula does too much": ("derived.toml", "100 * [antal-1901]", "open([antal-1901])",
                              "formula", "ikke er tilladt"),
    "formula with a power": ("derived.toml", "100 * [antal-1901]", "100 ** [antal-1901]",
                             "formula", "ikke er tilladt"),
    "formula is a comparison": ("derived.toml", "/ [antal-1902]", "> [antal-1902]", "formula",
                                "skal give et tal"),
    "formula without figures": ("derived.toml", "100 * [antal-1901] / [antal-1902]", "20",
                                "formula", "nævner ingen tal"),
    "formula with unknown figure": ("derived.toml", "[antal-1902]", "[antal-1999]", "formula",
                                    "tallet «antal-1999» findes ikke"),
    "formula with a null": ("derived.toml", "[antal-1902]", "[antal-1904]", "formula",
                            "har ingen værdi at regne med"),
    "formula divides by zero": ("derived.toml", "[antal-1902]", "([antal-1902] - 1000)",
                                "formula", "dividerer med nul"),
    "formula leans on itself": ("derived.toml", "+ [to-1902]", "+ [sum-1903]",
                                "formula = \"[antal-1903]",
                                "regnes af sig selv: sum-1903 → sum-1903"),
    "derived area": ("derived.toml", 'area = "000"', 'area = "00"', "area = ", "kendes ikke"),
    "derived period": ("derived.toml", 'period = "1901"', 'period = "19o1"', "19o1",
                       "kan ikke læses"),
    "derived indicator": ("derived.toml", '"proeve-antal"', '"proeve-antl"', "proeve-antl",
                          "mente du «proeve-antal»?"),
    "relation left": ("relations.toml", 'left = "[andel-1901]"', 'left = "[andel-1801]"',
                      "left = ", "left: tallet «andel-1801» findes ikke"),
    "relation right": ("relations.toml", 'right = "[andel-1902]"', 'right = "[andel-1902"',
                       "right = ", "right: formlen"),
    "claim is false": ("story.toml", "[antal-1902] > [antal-1901]", "[antal-1902] < [antal-1901]",
                       "holds", "holder ikke: antal-1902 = 1.000, antal-1901 = 200"),
    "claim of a question is false": ("questions.toml", "== 1000", "== 1001", "holds",
                                     "holder ikke: antal-1902 = 1.000"),
    "unknown main figure": ("questions.toml", 'figure = "antal-1902"\n', 'figure = "antal-1802"\n',
                            "antal-1802", "figure: tallet «antal-1802» findes ikke"),
    "unknown figure of a picture": ("questions.toml", '{figure = "antal-1901"',
                                    '{figure = "antal-1801"', "picture = [",
                                    "picture: tallet «antal-1801» findes ikke"),
    "picture without label": ("questions.toml", ', label = "1901"', "", "picture = [",
                              "nøglen «label» mangler"),
    "claim is a number": ("story.toml", "[antal-1902] > [antal-1901]", "[antal-1902]", "holds",
                          "er et tal; skriv en sammenligning"),
    "claim of unknown figure": ("story.toml", "[antal-1902] >", "[antal-1999] >", "holds",
                                "tallet «antal-1999» findes ikke"),
}  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "needle", "expected"), TOML.values(), ids=TOML)
def test_a_faulty_declaration_is_named_by_its_line(
    small: SmallData, file: str, old: str, new: str, needle: str, expected: str
) -> None:
    small.change(file, old, new)
    found = small.complaints()
    assert len(found) == 1, found
    assert found[0].startswith(f"{small.at(file, needle)}: "), found
    assert expected in found[0]


def test_faultless_data_have_no_complaints(small: SmallData) -> None:
    assert small.complaints() == []


def test_an_unused_source_is_named(small: SmallData) -> None:
    small.write(
        "sources.toml",
        (small.root / "sources.toml").read_text("utf-8")
        + """
[[source]]
id = "proeve-ubrugt"
publisher = "Prøveudgiver"
title = "Prøvekilde C"
kind = "presse"
precision = "ukendt"
""",
    )
    place = small.at("sources.toml", "proeve-ubrugt")
    assert small.complaints() == [
        f"{place}: kilden «proeve-ubrugt» bruges ikke af noget; brug den, eller slet den"
    ]


def test_an_indicator_without_figures_is_named(small: SmallData) -> None:
    small.change(CSV, "to-1902,proeve-antal-to,000,unge,1902", "to-1902,proeve-antal,000,unge,1902")
    place = small.at("indicators.toml", 'id = "proeve-antal-to"')
    assert small.complaints() == [
        f"{place}: indikatoren «proeve-antal-to» har ingen tal; indtast nogle, eller slet den"
    ]


@pytest.mark.parametrize("file", ["sources.toml", "points.toml", "derived.toml"])
def test_the_same_id_twice_names_both_lines(small: SmallData, file: str) -> None:
    text = (small.root / file).read_text("utf-8")
    entry = text.split("\n\n")[0].rstrip("\n")
    small.write(file, f"{text}\n{entry}\n")
    line = text.count("\n") + 3
    duplicate = [c for c in small.complaints() if c.startswith(f"data/{file}:{line}: ")]
    assert any("er allerede brugt i linje 2" in complaint for complaint in duplicate)


def test_an_id_is_either_entered_or_derived(small: SmallData) -> None:
    small.change("derived.toml", 'id = "sum-1903"', 'id = "antal-1901"')
    place = small.at("derived.toml", 'id = "antal-1901"')
    assert f"{place}: id «antal-1901» er allerede brugt i data/{CSV}:2" in small.complaints()


def test_a_circle_of_derived_figures_is_spelt_out(small: SmallData) -> None:
    small.change("derived.toml", "[antal-1902]", "[sum-1903]")
    small.change("derived.toml", "+ [to-1902]", "+ [andel-1901]")
    found = small.complaints()
    assert len(found) == 2
    assert "andel-1901 → sum-1903 → andel-1901" in found[0]
    assert "sum-1903 → andel-1901 → sum-1903" in found[1]


def test_comparable_indicators_have_the_same_unit(small: SmallData) -> None:
    small.change("indicators.toml", 'unit = "personer"', 'unit = "forløb"')
    found = small.complaints()
    assert len(found) == 2
    assert all("de kan ikke sammenlignes" in complaint for complaint in found)


def test_an_indicator_is_not_comparable_with_itself(small: SmallData) -> None:
    old = 'comparable_with = ["proeve-antal-to"]'
    small.change("indicators.toml", old, 'comparable_with = ["proeve-antal-to", "proeve-antal"]')
    place = small.at("indicators.toml", '"proeve-antal-to", "proeve-antal"')
    assert small.complaints() == [f"{place}: en indikator nævner sig selv her"]


def test_no_answer_may_stand_where_none_was_found(small: SmallData) -> None:
    small.change("decisions.toml", '"leveret"', '"ikke fundet i materialet"')
    found = small.complaints()
    assert [complaint.split(": ")[0] for complaint in found] == [
        small.at("decisions.toml", "answered = "),
        small.at("decisions.toml", "answer_source = "),
    ]


def test_a_derived_figure_has_no_more_decimals_than_its_inputs_allow(small: SmallData) -> None:
    small.change("derived.toml", "100 * [antal-1901] / [antal-1902]", "[andel-1902] * 3 / 7")
    small.change("derived.toml", "decimals = 1", "decimals = 3")
    small.change("indicators.toml", "decimals = 1", "decimals = 3")
    small.change("story.toml", ', "[andel-1901] == 20"', "")
    place = small.at("derived.toml", "decimals = 3")
    assert small.complaints() == [
        f"{place}: 3 decimaler er flere, end tallene i formlen tillader (højst 2)"
    ]


def test_all_complaints_come_at_once(small: SmallData) -> None:
    small.change(CSV, "1901,200,præcis", "19001,tohundrede,præcist")
    small.change("sources.toml", 'kind = "presse"', 'kind = "avis"')
    small.change("story.toml", "[andel-1901] == 20", "[antal-1902] == 20")
    small.change("glossary.toml", "term = ", "tern = ")
    found = small.complaints()
    assert [complaint.split(": ")[0] for complaint in found] == [
        f"data/{CSV}:2",
        f"data/{CSV}:2",
        f"data/{CSV}:2",
        small.at("glossary.toml", "tern = "),
        small.at("sources.toml", "avis"),
        small.at("story.toml", "holds"),
    ]


def test_a_cpr_number_is_never_repeated(small: SmallData) -> None:
    small.write(CSV, (small.root / CSV).read_text("utf-8") + row(group="010203-1234 "))
    found = small.complaints()
    assert len(found) == 2
    assert not any("010203" in complaint for complaint in found)


def test_an_unreadable_file_does_not_drag_others_down(small: SmallData) -> None:
    small.change("sources.toml", 'id = "proeve-a"', "id = proeve-a")
    found = small.complaints()
    assert len(found) == 1
    assert found[0].startswith("data/sources.toml:2: linjen kan ikke læses som TOML")


def test_a_file_nobody_reads_is_named(small: SmallData) -> None:
    small.write("kilder.toml", "")
    small.write("figures/proeve.xlsx", b"PK")
    small.write("figures/~$proeve.xlsx", b"")
    assert small.complaints() == [
        "data/figures/proeve.xlsx:1: kun .csv-filer læses; gem som CSV eller slet",
        "data/kilder.toml:1: filen kendes ikke; den læses ikke",
    ]


def test_a_missing_file_is_named(small: SmallData) -> None:
    (small.root / "points.toml").unlink()
    (small.root / "publication.toml").unlink()
    found = small.complaints()
    assert [complaint.split(": ")[0] for complaint in found] == [
        "data/points.toml:1",
        "data/publication.toml:1",
    ]


def test_line_numbers_hold_after_long_texts_and_lists(small: SmallData) -> None:
    small.change("points.toml", 'locator = "side 1"', LONG)
    (found,) = small.complaints()
    assert found.startswith(f"{small.at('points.toml', 'gæld')}: nøglen «gæld» kendes ikke")


LONG = """\
locator = "side 1 # ingen kommentar" # en kommentar med " og [
text = \"""
Prøve
[[point]]
source = "proeve-a"
slut \\\"" og " mere\"""
parties = [
  "A", # a
  "B]",
]
"gæld" = 1
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_both_kinds_of_line_ends_are_read(small: SmallData, newline: str) -> None:
    for file in ("sources.toml", CSV, "glossary.toml"):
        text = (small.root / file).read_text("utf-8").replace("\n", newline)
        small.write(file, text)
    assert small.complaints() == []
    small.change(CSV, "3900,knap", "3901,knap")
    assert small.complaints()[0].startswith(f"data/{CSV}:4: value og as_written")


def test_check_prints_one_line_when_all_is_well(
    small: SmallData, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--data", str(small.root)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("OK: 8 tal (2 beregnede), 3 indikatorer, 2 kilder")
    assert out.count("\n") == 1


def test_check_prints_all_complaints_and_fails(
    small: SmallData, capsys: pytest.CaptureFixture[str]
) -> None:
    small.change(CSV, "3900,knap", "3901,knap")
    assert main(["check", "--data", str(small.root)]) == 1
    streams = capsys.readouterr()
    assert streams.out.startswith(f"data/{CSV}:4: ")
    assert "1 fejl" in streams.err
