"""Tables that have become something else are refused before CURRENT moves, and the message names the column.

The tables drift in a candidate, in an earlier release that is to be put in use again, and in what a service
sends. Made-up data only.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from contract import paths
from contract.journal import PUBLISHED, Event
from contract.release import candidate_id, current_id
from etl import drift
from etl.__main__ import main
from tests.data.fetching import Keeper
from tests.data.loopback import Loopback, Reply, Request, loopback
from tests.data.small import SmallData
from tests.data.statbank_service import MONTHS, Statbank
from tests.faults.damage import Change, reissued, rewritten
from tests.publishing import NOTE, put_in_use

pytestmark = pytest.mark.faults
NEW_KIND = pl.Enum(["målt", "beregnet", "skønnet", "mål", "forslag", "gættet"])

DRIFT: dict[str, tuple[str, Change, str]] = {
    "renamed": ("figures", lambda t: t.rename({"value": "vaerdi"}), "figures: kolonnen «value» mangler"),
    "missing": ("figures", lambda t: t.drop("locator"), "figures: kolonnen «locator» mangler"),
    "extra": ("figures", lambda t: t.with_columns(ny=pl.lit(1)), "«ny» er ikke i kontrakten"),
    "whole number as text": (
        "indicators", lambda t: t.with_columns(pl.col("decimals").cast(pl.String)),
        "indicators: kolonnen «decimals» er String, ventet Int64",
    ),
    "number as text": (
        "figures", lambda t: t.with_columns(pl.col("value").cast(pl.String)), "kolonnen «value» er String",
    ),
    "date as text": (
        "figures", lambda t: t.with_columns(pl.col("period_start").cast(pl.String)), "«period_start» er String",
    ),
    "new category": (
        "figures", lambda t: t.with_columns(pl.col("kind").cast(pl.String).cast(NEW_KIND)),
        "«kind» har andre mulige værdier (gættet)",
    ),
    "category as text": (
        "figures", lambda t: t.with_columns(pl.lit("gættet").alias("kind")), "kolonnen «kind» er String",
    ),
    "reordered": (
        "figures", lambda t: t.select("indicator", "figure", pl.exclude("indicator", "figure")),
        "kolonnen «indicator» står et andet sted",
    ),
    "double key": ("figures", lambda t: pl.concat([t, t.head(1)]), "kolonnen «figure» (samme nøgle flere gange)"),
    "all null": (
        "figures", lambda t: t.with_columns(pl.lit(None, pl.String).alias("source")), "«source» (nullability)",
    ),
    "infinite": (
        "figures", lambda t: t.with_columns(pl.lit(float("inf")).alias("value")), "kolonnen «value» (inf)",
    ),
    "no rows": ("figures", lambda t: t.clear(), "figures: tabellen har ingen rækker"),
    "backwards": (
        "figures", lambda t: t.with_columns(pl.lit("1899-01-01").str.to_date().alias("period_end")),
        "figures: reglen period_runs_forward",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data with a release in use and a whole candidate."""
    small = SmallData(tmp_path_factory.mktemp("drift") / "data")
    put_in_use(small.root)
    small.change("glossary.toml", "Noget, der", "Alt, der")
    assert main(["build", "--data", str(small.root), "--date", "1906-01-01"]) == 0
    return small.root


@pytest.fixture
def candidate(built: Path) -> Iterator[Path]:
    """Its folder, put right afterwards."""
    folder = paths.releases_dir(built) / candidate_id(built)
    before = {file: file.read_bytes() for file in folder.iterdir()}
    yield folder
    for file, raw in before.items():
        file.write_bytes(raw)


@pytest.mark.parametrize("name", DRIFT)
def test_a_candidate_that_has_drifted_is_not_published(
    built: Path, candidate: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    table, change, message = DRIFT[name]
    old = current_id(built)
    rewritten(candidate / f"{table}.parquet", change)
    assert main(["publish", "--data", str(built), "--note", NOTE]) == 1
    said = capsys.readouterr().err
    assert message in said
    assert "Intet er udgivet" in said
    assert current_id(built) == old
    assert candidate_id(built) == candidate.name


@pytest.mark.parametrize("content", [b"", b"PAR1", b"a;b\r\n1;2\r\n"])
def test_a_table_that_is_no_table_is_named(candidate: Path, content: bytes) -> None:
    assert drift.faults(candidate) == []
    (candidate / "story.parquet").write_bytes(content)
    assert drift.faults(candidate) == ["story: filen er ikke en hel Parquet-fil"]
    (candidate / "story.parquet").unlink()
    assert drift.faults(candidate) == ["story: tabellen mangler"]


def test_an_earlier_release_that_no_longer_fits_is_not_put_in_use_again(
    small: SmallData, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its hashes hold: it is from before the column was there."""
    now = put_in_use(small.root)
    folder = paths.releases_dir(small.root)
    early = reissued(folder / now, {"figures.parquet": lambda t: t.drop("locator")})
    events = [
        Event(PUBLISHED, early, "", "1905-01-01", NOTE),
        Event(PUBLISHED, now, early, "1905-12-31", NOTE),
    ]
    paths.journal_file(small.root).write_text("".join(f"{e.to_json()}\n" for e in events), "utf-8")
    assert main(["rollback", "--data", str(small.root), "--note", NOTE]) == 1
    assert "figures: kolonnen «locator» mangler" in capsys.readouterr().err
    assert current_id(small.root) == now


# ---- what breaks no rule, but takes away what the release in use has ----


def many(small: SmallData, count: int) -> None:
    """Let the figures be so many, besides those that texts name."""
    rows = "".join(
        f"mange-{1800 + n},proeve-antal,000,mange,{1800 + n},{n},præcis,{n},målt,proeve-a,side 9,\n"
        for n in range(count)
    )
    text = (small.root / "figures/proeve.csv").read_text("utf-8").partition("mange-")[0]
    small.write("figures/proeve.csv", text + rows)


def test_half_the_rows_are_refused_until_they_are_meant(
    small: SmallData, capsys: pytest.CaptureFixture[str]
) -> None:
    many(small, 40)
    old = put_in_use(small.root)
    many(small, 20)
    build = ["build", "--data", str(small.root), "--date", "1906-01-01"]
    assert main(build) == 1
    said = capsys.readouterr().err
    assert "figures: 28 rækker, udgaven i brug har 48" in said
    assert "--fewer" in said
    assert candidate_id(small.root) == ""
    assert current_id(small.root) == old
    assert main([*build, "--fewer"]) == 0


# ---- a service whose table has become something else ----


@pytest.fixture
def bank(monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    """A StatBank on this machine."""
    with loopback(Statbank()) as running:
        monkeypatch.setenv("STATBANK_URL", running.url)
        yield running


@pytest.fixture
def fetched(tmp_path: Path, bank: Loopback) -> Path:
    """Data with a fetched series in use."""
    small = SmallData(tmp_path / "data")
    disclosure = (paths.REPO / "data" / "disclosure.toml").read_bytes()
    small.write("disclosure.toml", disclosure)
    outcomes = Keeper(small.root).statbank("KY04")
    assert not outcomes[0].error
    put_in_use(small.root)
    bank.requests.clear()
    return small.root


def test_series_that_shrink_are_refused(
    fetched: Path, bank: Loopback, capsys: pytest.CaptureFixture[str]
) -> None:
    """The kept answers are gone, and the service has less than it had: one table in every way at once."""
    old = current_id(fetched)
    for what, service, message in (
        ("older", Statbank(tables=_until(MONTHS[:10])), "kolonnen «period» slutter 1901-10, i udgaven i brug 1901-12"),
        ("empty", Statbank(hidden=lambda _: True), "kolonnen «value» er helt tom"),
        ("half", Statbank(tables=_until(MONTHS[6:])), "rækker, udgaven i brug har"),
        ("none", None, "series-ky04-aktivitetsparate: serien er væk"),
    ):  # fmt: skip
        for file in (paths.raw_dir(fetched)).rglob("*.*"):
            file.unlink()
        if service is not None:
            bank.service = service
            assert not Keeper(fetched).statbank("KY04")[0].error
        capsys.readouterr()
        assert main(["build", "--data", str(fetched), "--date", "1906-01-01"]) == 1, what
        assert message in capsys.readouterr().err, what
        assert candidate_id(fetched) == ""
        assert current_id(fetched) == old
    assert main(["build", "--data", str(fetched), "--date", "1906-01-01", "--fewer"]) == 0


def _until(months: list[str]) -> dict[str, dict[str, dict[str, str]]]:
    tables = Statbank().tables
    tables["KY04"]["Tid"] = {month: month for month in months}
    return tables


ANSWERS = {
    "renamed column": (lambda b: b.replace(b";VISITATION;", b";VISITERING;", 1), "VISITERING.*ventet.*VISITATION"),
    "missing column": (lambda b: b.replace(b";VISITATION;", b";", 1), "ventet.*VISITATION"),
    "extra column": (lambda b: b.replace(b";INDHOLD", b";ENHED;INDHOLD", 1), "kolonnerne.*ENHED"),
    "number as text": (lambda b: _last(b, b"mange"), "kolonnen INDHOLD: «mange»"),
    "new category": (lambda b: b.replace(b";2;1;1901", b";7;1;1901"), "VISITATION 7"),
    "text for a code": (lambda b: b.replace(b"101;", "København;".encode()), "OMRÅDE København"),
    "double key": (lambda b: b + b.split(b"\r\n")[1] + b"\r\n", "kombination af OMRÅDE, VISITATION, TAL, Tid"),
    "no rows": (lambda b: b.split(b"\r\n")[0] + b"\r\n", "0 af 72 rækker"),
    "half the rows": (lambda b: b"\r\n".join(b.split(b"\r\n")[:37]) + b"\r\n", "36 af 72 rækker"),
    "an older month": (lambda b: b.replace(b"1901M", b"1900M"), "Tid 1900M01"),
}  # fmt: skip


def _last(body: bytes, value: bytes) -> bytes:
    rows = body.rstrip(b"\r\n").split(b"\r\n")
    return b"\r\n".join([*rows[:-1], rows[-1].rpartition(b";")[0] + b";" + value, b""])


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_that_has_drifted_changes_nothing(
    tmp_path: Path, bank: Loopback, name: str
) -> None:
    change, message = ANSWERS[name]
    bank.faults = [None, lambda _, right: replace(right, body=change(right.body))]
    keeper = Keeper(tmp_path / "data")
    (outcome,) = keeper.statbank("KY04")
    assert outcome.error is not None
    with pytest.raises(type(outcome.error), match=message):
        raise outcome.error
    assert not keeper.answers("statbank", "KY04"), "of the table only its description is kept"


def test_columns_in_another_order_are_read_by_their_names(tmp_path: Path, bank: Loopback) -> None:
    def turned(_: Request, right: Reply) -> Reply:
        rows = [line.split(";") for line in right.body.decode("utf-8-sig").split("\r\n")]
        text = "\r\n".join(";".join(reversed(row)) for row in rows)
        return replace(right, body=text.encode())

    straight = Keeper(tmp_path / "lige")
    assert not straight.statbank("KY04")[0].error
    bank.faults = [None, turned]
    other = Keeper(tmp_path / "vendt")
    assert not other.statbank("KY04")[0].error
    columns = ["indicator", "area", "group", "period", "value", "missing"]
    assert other.rows("KY04").select(columns).equals(straight.rows("KY04").select(columns))
