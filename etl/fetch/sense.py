"""What must hold of counts whatever the service: nowhere is there more than in the whole country."""

import polars as pl

from contract.areas import COUNTRY
from etl.fetch.refused import FetchError


def check_sense(table: str, rows: pl.DataFrame, area: str) -> None:
    """Raise FetchError if an area is larger than the whole country, for the same of everything else."""
    others = [name for name in rows.columns if name not in (area, "value", "missing")]
    whole = rows.filter(pl.col(area) == COUNTRY).select(*others, pl.col("value").alias("whole"))
    above = rows.join(whole, on=others, how="inner").filter(pl.col("value") > pl.col("whole"))
    if above.height:
        what = ", ".join(above.select(area, *others).row(0))
        raise FetchError(
            f"{table}: et område er større end hele landet ({what}); svaret kan ikke være rigtigt"
        )
