"""The release in use says what the documents say. Typed from the sources, not from the data files.

1. every figure of the five documents' tables and sentences stands with value, qualifier and source;
2. the national tables that the project leans on stand number by number;
3. what is computed from them is computed right.
Looked up by indicator, area, period and group, never by figure id.
"""

import polars as pl
import pytest

from contract import paths
from contract.release import current_id, verify

BIU, BI07, BILAG4 = "biu-2022-10-24", "bi07-2022", "bilag4-2021-02-11"
HANDLEPLAN, SUD = "handleplan-2016", "sud-2018-04-18"
KK = "101"


@pytest.fixture(scope="module")
def figures() -> pl.DataFrame:
    """The figures of the release that data/CURRENT names."""
    root = paths.REPO / "data"
    folder = paths.releases_dir(root) / current_id(root)
    verify(folder)
    return pl.read_parquet(folder / "figures.parquet")


def find(
    figures: pl.DataFrame, indicator: str, area: str, period: str, group: str = ""
) -> list[dict]:
    """All figures at one place (several if several sources state one)."""
    return figures.filter(
        (pl.col("indicator") == indicator)
        & (pl.col("area") == area)
        & (pl.col("period") == period)
        & (pl.col("group") == group)
    ).to_dicts()


# indicator, period, group, value, qualifier, source; all for København
DOCUMENTS = [
    ("ressourceforloeb-paabegyndte", "2018", "", 961, "præcis", BIU),
    ("ressourceforloeb-paabegyndte", "2019", "", 1087, "præcis", BIU),
    ("ressourceforloeb-paabegyndte", "2020", "", 902, "præcis", BIU),
    ("ressourceforloeb-paabegyndte", "2021", "", 1138, "præcis", BIU),
    ("ressourceforloeb-foertidspension", "2018", "", 53.5, "præcis", BIU),
    ("ressourceforloeb-foertidspension", "2019", "", 64.1, "præcis", BIU),
    ("ressourceforloeb-foertidspension", "2020", "", 66.8, "præcis", BIU),
    ("ressourceforloeb-foertidspension", "2021", "", 65.7, "præcis", BIU),
    ("ressourceforloeb-fleksjob", "2018", "", 10.5, "præcis", BIU),
    ("ressourceforloeb-fleksjob", "2019", "", 8.6, "præcis", BIU),
    ("ressourceforloeb-fleksjob", "2020", "", 4.3, "præcis", BIU),
    ("ressourceforloeb-fleksjob", "2021", "", 4.9, "præcis", BIU),
    ("ressourceforloeb-foertidspension-i-dag", "2022-10-24", "", 65, "ca", BIU),
    ("fleksjobledighed-kommunen", "2022-10-24", "", 20, "knap", BIU),
    ("fleksjob-faa-timer-graense", "2022-10-24", "", 10, "under", BIU),
    ("aktivitetsparate-voksne-fald", "2017-12/2020-12", "", 3900, "knap", BILAG4),
    ("aktivitetsparate-voksne-fald-pct", "2017-12/2020-12", "", 32, "ca", BILAG4),
    ("aktivitetsparate-voksne", "2021-02-11", "", 8400, "knap", BILAG4),
    ("langvarige-kontanthjaelp-andel", "2021-02-11", "", 45, "præcis", BILAG4),
    ("langvarige-kontanthjaelp-antal", "2021-02-11", "", 3740, "ca", BILAG4),
    ("status-efter-kontanthjaelp", "2017/2019", "job", 14, "præcis", BILAG4),
    ("status-efter-kontanthjaelp", "2017/2019", "uddannelse", 4, "præcis", BILAG4),
    ("status-efter-kontanthjaelp", "2017/2019", "fleksjob", 3, "præcis", BILAG4),
    ("status-efter-kontanthjaelp", "2017/2019", "førtidspension", 10, "præcis", BILAG4),
    ("status-efter-kontanthjaelp", "2017/2019", "ressourceforløb", 19, "præcis", BILAG4),
    ("status-efter-kontanthjaelp", "2017/2019", "selvforsørgende", 14, "præcis", BILAG4),
    ("status-efter-kontanthjaelp", "2017/2019", "kontanthjælp", 24, "præcis", BILAG4),
    ("status-efter-kontanthjaelp-forloeb", "2017/2019", "", 11647, "præcis", BILAG4),
    ("status-efter-kontanthjaelp-maaletidspunkt", "2017/2019", "", 6, "præcis", BILAG4),
    ("aktiv-indsats-andel", "2017", "", 22, "præcis", BILAG4),
    ("sagsstamme-foer-fsm", "2017", "", 200, "over", BILAG4),
    ("brugerundersoegelse-borgere", "2019", "", 20, "ca", BILAG4),
    ("udsatte-unge-uden-uddannelse", "2022", "", 3000, "knap", BI07),
    ("udsatte-unge-fald", "2017/2022", "", 460, "ca", BI07),
    ("udsatte-unge-fald-pct", "2017/2022", "", 18, "præcis", BI07),
    ("udsatte-voksne-fald", "2017/2022", "", 6600, "ca", BI07),
    ("udsatte-voksne-fald-pct", "2017/2022", "", 49.5, "præcis", BI07),
    ("sagsantal-unge", "2022", "i dag", 70, "ca", BI07),
    ("sagsantal-unge", "2023/2026", "uden ny bevilling", 110, "ca", BI07),
    ("sagsantal-unge", "2023/2026", "model 1", 50, "præcis", BI07),
    ("sagsantal-unge", "2023/2026", "model 2", 70, "præcis", BI07),
    *[("bi07-bevilling", str(y), "model 1", 11000, "præcis", BI07) for y in range(2023, 2027)],
    *[("bi07-bevilling", str(y), "model 2", 5000, "præcis", BI07) for y in range(2023, 2027)],
    ("bi07-bevilling-i-alt", "2023/2026", "model 1", 44000, "præcis", BI07),
    ("bi07-bevilling-i-alt", "2023/2026", "model 2", 20000, "præcis", BI07),
    *[("budgetaftale-2019-bevilling", str(y), "", 5000, "præcis", BI07) for y in range(2019, 2023)],
    ("gruppe-3-afklaring-frist", "2015-11-11", "", 23, "præcis", HANDLEPLAN),
    ("gruppe-1-forloeb-uger", "2016", "", 13, "op_til", HANDLEPLAN),
    ("handleplan-stemmer", "2016", "for", 6, "præcis", HANDLEPLAN),
    ("handleplan-stemmer", "2016", "imod", 2, "præcis", HANDLEPLAN),
    ("taskforce-sager", "2018-04-18", "", 33, "præcis", SUD),
    ("taskforce-anbefalinger", "2018-04-18", "", 5, "præcis", SUD),
    ("ressourceforloeb-socialforvaltningen", "2018-04-18", "", 500, "præcis", SUD),
]


@pytest.mark.parametrize(
    ("indicator", "period", "group", "value", "qualifier", "source"), DOCUMENTS
)
def test_the_five_documents(
    figures: pl.DataFrame,
    indicator: str,
    period: str,
    group: str,
    value: float,
    qualifier: str,
    source: str,
) -> None:
    (found,) = find(figures, indicator, KK, period, group)
    assert (found["value"], found["qualifier"]) == (value, qualifier)
    assert found["source"] == source


def test_the_country_stands_beside_the_municipality(figures: pl.DataFrame) -> None:
    (found,) = find(figures, "aktiv-indsats-andel", "000", "2017")
    assert (found["value"], found["source"]) == (36, BILAG4)


def test_words_stay_words(figures: pl.DataFrame) -> None:
    written = set(figures.filter(pl.col("source") == BIU)["as_written"])
    assert {"knap hver femte", "halveret"} <= written


HOURS = {"1-5 timer": 20871, "6-10 timer": 26148, "11-15 timer": 16780, "16-20 timer": 7293,
         "21-25 timer": 967, "26-30 timer": 237}  # fmt: skip
INFLOW = {2010: (7925, 3175, 40), 2011: (7225, 2725, 38), 2012: (6225, 2775, 45),
          2013: (5400, 875, 16), 2014: (6375, 1350, 21), 2015: (6725, 1525, 23),
          2016: (7775, 1850, 24), 2017: (8875, 2225, 25), 2018: (9500, 2700, 28),
          2019: (10650, 3250, 31), 2020: (9625, 3100, 32)}  # fmt: skip


def test_hours_of_fleksjob(figures: pl.DataFrame) -> None:
    for group, value in HOURS.items():
        assert [
            f["value"] for f in find(figures, "fleksjob-efter-timer", "000", "2022-10", group)
        ] == [value]


def test_inflow_to_fleksjob(figures: pl.DataFrame) -> None:
    names = ("tilgang-fleksjobordning", "tilgang-direkte-i-fleksjob", "andel-direkte-i-fleksjob")
    for year, values in INFLOW.items():
        for name, value in zip(names, values, strict=True):
            assert [f["value"] for f in find(figures, name, "000", str(year))] == [value]


# indicator, area, period, group, values of all sources
NATIONAL = [
    ("personer-i-fleksjob", "000", "2020K4", "", [75300]),
    ("personer-i-fleksjob", "000", "2021K3", "", [79400]),
    ("personer-i-fleksjob", "000", "2022K2", "", [83700]),
    ("ledighedsydelse", "000", "2020K3", "", [17000]),
    ("ledighedsydelse", "000", "2020K4", "", [16000]),
    ("ledighedsydelse", "000", "2021K3", "", [13800]),
    ("fleksjobledighed", "000", "2022-10", "", [10]),
    ("fleksjobledighed", "000", "2012", "", [25]),
    ("foertidspension-tilkendt", KK, "2016", "", [321]),
    ("foertidspension-tilkendt", KK, "2017", "", [453]),
    ("foertidspension-tilkendt", KK, "2018-01/2018-09", "", [550]),
    ("foertidspension-tilkendt", KK, "2017-01/2017-06", "", [178, 207]),
    ("foertidspension-pr-10000", KK, "2017", "", [9.2]),
    ("foertidspension-pr-10000", "000", "2017", "", [26.9]),
    ("fsm1-resultat-antal", KK, "2019", "", [1200]),
    ("bevilling-biu-2020-2023", KK, "2020/2023", "", [157.7]),
    ("mindreforbrug-biu", KK, "2022", "", [632.6]),
    ("nettoledige-kontanthjaelp", "000", "2017K1", "", [23159]),
    ("nettoledige-kontanthjaelp", KK, "2017K1", "", [2884]),
    ("folketal", KK, "2022K1", "", [644431]),
]


@pytest.mark.parametrize(("indicator", "area", "period", "group", "values"), NATIONAL)
def test_further_published_figures(
    figures: pl.DataFrame, indicator: str, area: str, period: str, group: str, values: list[float]
) -> None:
    assert sorted(f["value"] for f in find(figures, indicator, area, period, group)) == values


COMPUTED = [
    ("status-efter-kontanthjaelp-sum", KK, "2017/2019", 14 + 4 + 3 + 10 + 19 + 14 + 24, "præcis"),
    ("status-efter-kontanthjaelp-rest", KK, "2017/2019", 12, "præcis"),
    ("ressourceforloeb-rest", KK, "2018", 36.0, "præcis"),
    ("ressourceforloeb-rest", KK, "2019", 27.3, "præcis"),
    ("ressourceforloeb-rest", KK, "2020", 28.9, "præcis"),
    ("ressourceforloeb-rest", KK, "2021", 29.4, "præcis"),
    ("fleksjob-efter-timer-i-alt", "000", "2022-10", sum(HOURS.values()), "præcis"),
    ("fleksjob-hoejst-10-timer", "000", "2022-10", 47019, "præcis"),
]


@pytest.mark.parametrize(("indicator", "area", "period", "value", "qualifier"), COMPUTED)
def test_computed_figures(
    figures: pl.DataFrame, indicator: str, area: str, period: str, value: float, qualifier: str
) -> None:
    (found,) = find(figures, indicator, area, period)
    assert (found["value"], found["qualifier"], found["kind"]) == (value, qualifier, "beregnet")
