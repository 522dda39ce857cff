"""A fiftieth of the scale benchmark (`make bench-scale`): memory, and a filter that does not feel the size.

All numbers are invented, for 1901–1906. Time is measured by the benchmark alone: a test shares its machine.
"""

from pathlib import Path

import polars as pl
import pytest

from bench import scale
from bench.scale_data import Size, write
from contract.release import current_id, verify

LARGE = Size(benefits=3, ages=9, months=68)
MOST_MB = 1000
MOST_TIMES = 1.5


@pytest.fixture(scope="module")
def roots(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("scale")
    large, small = folder / "large", folder / "small"
    write(large, LARGE)
    write(small, Size(municipalities=0, benefits=3, ages=0, months=LARGE.months))
    return large, small


def test_many_numbers_are_built_in_little_memory_and_filtered_as_fast_as_few(
    roots: tuple[Path, Path],
) -> None:
    large, small = roots
    built = scale.build(large, LARGE.rows)
    scale.build(small, 0)
    assert built.rows > 200_000
    assert built.hidden > 100
    assert built.memory < MOST_MB, f"{built.memory} MB"
    folder = large / "releases" / current_id(large)
    counted = pl.scan_parquet(folder / "series-*.parquet").select(pl.len()).collect().item()
    assert counted == LARGE.rows
    assert sum(e.rows for e in verify(folder).files if e.name.startswith("series-")) == LARGE.rows
    measured = scale.filters(large, small, rounds=7, benefits=3, pages=False)
    (times,) = measured.values()
    assert times["forhold"] <= MOST_TIMES, times
