"""A series computed of fetched ones, from the service's answer to the formula a reader sees. All values are made up."""

import random
import shutil
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest

from contract import danish
from contract.areas import NAMES
from contract.catalogue import Indicator
from contract.hidden import HIDDEN
from contract.paths import REPO
from contract.periods import parse_period
from contract.series import Ratio, Table
from contract.tables import Figures, series_file
from etl.complaints import Complaints
from etl.disclosure.rules import Rules
from etl.series.build import Added, add_series
from etl.series.cells import AREA, KEY, Answer, Cells
from etl.series.ratio import compute
from etl.series.refused import SeriesError
from etl.series_toml import read_series
from tests.data.fetching import Keeper, declare, well
from tests.data.jobindsats_service import KEY as SECRET
from tests.data.jobindsats_service import Jobindsats
from tests.data.loopback import loopback

RATIO = "jobindsats-fleksjob-ledighed"
LY, FL = "jobindsats-ledighedsydelse", "jobindsats-fleksjob"


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> Added:
    """What the two Jobindsats tables of fleksjob and ledighedsydelse add to a release."""
    keeper = Keeper(tmp_path_factory.mktemp("computed") / "data")
    with loopback(Jobindsats()) as jobs, pytest.MonkeyPatch.context() as patch:
        patch.setenv("JOBINDSATS_URL", jobs.url)
        patch.setenv("JOBINDSATS_KEY", SECRET)
        well(keeper.jobindsats("y09a02", "y08a02"))
    shutil.copy(REPO / "data" / "disclosure.toml", keeper.root)
    declared = read_series(keeper.root, Complaints(keeper.root))
    return add_series(keeper.root, declared, lambda *_: False)


def rows(added: Added, indicator: str) -> pl.DataFrame:
    return Figures.validate(pl.read_parquet(added.files[series_file(indicator)][0]))


def test_series_of_jobindsats_become_figures_with_decimals_as_they_were_sent(added: Added) -> None:
    own = rows(added, LY)
    assert {"98765,5", "12,5", "1234", "ikke oplyst"} <= set(own["as_written"])
    assert own.filter(pl.col("as_written") == "12,5")["value"].unique().to_list() == [12.5]
    assert own["source"].unique().to_list() == ["jobindsats-y09a02"]
    for row in own.iter_rows(named=True):
        place = f"y09a02, «Antal fuldtidspersoner», {NAMES[row['area']]}; hentet "
        assert row["locator"].startswith(place), (
            "the service's own names; its ids of areas are not ours"
        )
    cited = {source.id for source in added.entries["sources"]}
    assert {"jobindsats-y09a02", "jobindsats-y08a02"} <= cited


def test_a_share_of_two_tables_with_decimals_is_exact(added: Added) -> None:
    above, below = ({r["figure"]: r for r in rows(added, name).to_dicts()} for name in (LY, FL))
    seen = set()
    for row in rows(added, RATIO).iter_rows(named=True):
        one, other = (
            (above | below)[row["derived_from"][0]],
            (above | below)[row["derived_from"][1]],
        )
        assert {one["indicator"], other["indicator"]} == {LY, FL}
        if one["value"] is None or other["value"] is None:
            assert row["value"] is None
            continue
        part, rest = Fraction(one["value"]), Fraction(other["value"])
        assert row["value"] == half_up(100 * part / (part + rest), 1)
        shown = [danish.number(f["value"], 0 if f["value"] % 1 == 0 else 1) for f in (one, other)]
        assert row["note"] == (
            f"100 × {shown[0]} ÷ ({shown[1]} + {shown[0]}) = {danish.with_unit(row['value'], 'pct.', 1)}"
        )
        seen.add(tuple(shown))
    assert any(("," in a) != ("," in b) for a, b in seen), "a decimal beside a whole number"
    assert len(seen) > 5


def half_up(exact: Fraction, decimals: int) -> float:
    return float(Fraction(int(exact * 10**decimals + Fraction(1, 2)), 10**decimals))


# ---- any numbers ----


def parts(tmp: Path) -> tuple[Ratio, Indicator, dict[str, Table]]:
    file = declare(tmp)
    (ratio,) = (each for each in file.ratio if each.id == RATIO)
    (indicator,) = (each for each in file.indicator if each.id == RATIO)
    return ratio, indicator, {t.series[0].indicator: t for t in file.table}


def cells(table: Table, values: Sequence[float]) -> Cells:
    """Invented numbers, one for each place in a month of 1901."""
    places, month = sorted(NAMES)[: len(values)], parse_period("1901-01")
    frame = pl.DataFrame({"area": places, "value": values}).with_columns(
        pl.col("area").cast(AREA),
        pl.col("value").cast(pl.Float64),
        group=pl.lit("", pl.Enum([""])),
        period=pl.lit(month.text, pl.Enum([month.text])),
        period_start=pl.lit(month.start),
        hidden=pl.lit(value=False),
        answer=pl.lit(0, pl.UInt32),
    )
    answer = Answer("x.json", "1903-01-01", "0" * 64)
    return Cells(table.series[0].indicator, table, frame.sort(KEY), (answer,), {month.text: month})


@pytest.mark.parametrize(("fine", "coarse"), [(0, 0), (1, 0), (0, 1), (2, 3), (6, 0), (6, 6)])
def test_any_two_numbers_are_divided_exactly(tmp_path: Path, fine: int, coarse: int) -> None:
    ratio, indicator, tables = parts(tmp_path / "data")
    chance = random.Random(fine * 7 + coarse)
    for most in (40, 10**5, 10**9):
        pairs = [
            (Fraction(chance.randint(0, most), 10**fine), Fraction(chance.randint(0, most), 10**coarse))
            for _ in NAMES
        ]  # fmt: skip
        pairs[0] = (Fraction(0), Fraction(0))
        series = {
            LY: cells(tables[LY], [float(a) for a, _ in pairs]),
            FL: cells(tables[FL], [float(b) for _, b in pairs]),
        }
        made = compute(ratio, indicator, series, Rules()).to_dicts()
        assert len(made) == len(pairs)
        for row, (part, rest) in zip(made, pairs, strict=True):
            if part + rest == 0:
                assert row["value"] is None
                assert row["note"] == "Kan ikke regnes ud: der er ingen at dele med"
            elif min(part, rest) < Rules().threshold:
                assert (row["value"], row["note"]) == (None, HIDDEN)
            else:
                assert row["value"] == half_up(100 * part / (part + rest), 1)


def test_what_is_not_counted_alike_is_not_divided(tmp_path: Path) -> None:
    ratio, indicator, tables = parts(tmp_path / "data")
    persons = tables[FL].model_copy(update={"measure": "personer"})
    with pytest.raises(SeriesError, match="ikke talt på samme måde"):
        compute(ratio, indicator, {LY: cells(tables[LY], [1]), FL: cells(persons, [1])}, Rules())
    with pytest.raises(SeriesError, match="for mange decimaler"):
        compute(
            ratio, indicator, {LY: cells(tables[LY], [1 / 3]), FL: cells(tables[FL], [1])}, Rules()
        )
