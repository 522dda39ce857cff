"""What shown shares say of the numbers they are computed from, as linear relations with their rounding."""

import numpy as np
import polars as pl
from scipy import sparse

from etl.disclosure.derived import inputs
from etl.disclosure.linked import Relations
from etl.disclosure.margins import Margins
from etl.disclosure.rules import Rules

_NEAR = 1e-9


def shown_shares(tables: list[pl.DataFrame], found: Margins, rules: Rules) -> Relations:
    """Rows over the positions of `found`; each is at most 0 for the true numbers.

    `tables`: the published table and earlier releases, with all their rows. A share s, rounded by at
    most r, of numerator O and denominator U says (s−r)·U ≤ per·O ≤ (s+r)·U. Shares that do not fit the
    numbers of today say nothing of them and are left out, as are those whose inputs are not here.
    """
    rows = [_rows(table, found, rules) for table in tables]
    empty = sparse.csr_matrix((0, len(found.value)))
    every: Relations = sparse.vstack([empty, *rows], format="csr")
    return every


def _rows(table: pl.DataFrame, found: Margins, rules: Rules) -> Relations:
    rated = [name for name, rule in rules.shares.items() if rule.numerator]
    table = table.drop("row", strict=False).with_row_index("row")
    facts = pl.DataFrame(
        {"indicator": rated, "per": [rules.shares[n].per for n in rated],
         "step": [10.0 ** -rules.shares[n].decimals for n in rated]},
        schema={"indicator": pl.String, "per": pl.Float64, "step": pl.Float64},
    )  # fmt: skip
    shares = table.filter(pl.col("value").is_not_null()).join(
        facts, on="indicator", maintain_order="left"
    )
    cells = pl.DataFrame({"figure": found.figure}).with_row_index("cell")
    links = (
        inputs(table, rules, pl.repeat(False, table.height, eager=True))
        .select("row", "figure", "role")
        .join(shares.select("row", "per", "step", share="value"), on="row", maintain_order="left")
        .join(cells, on="figure", how="left", maintain_order="left")
    )
    links = links.filter(
        pl.col("cell").is_not_null().all().over("row") & pl.col("role").is_not_null()
    )
    if links.is_empty():
        return sparse.csr_matrix((0, len(found.value)))
    near = (links["share"] / links["step"]).to_numpy()
    rounded = (
        np.where(np.abs(near - np.round(near)) < 1e-6, links["step"].to_numpy() / 2, 0) + _NEAR
    )
    over = np.where(links["role"] != "under", links["per"].to_numpy(), 0.0)
    under = np.where(links["role"] != "over", 1.0, 0.0)
    _, place = np.unique(links["row"].to_numpy(), return_inverse=True)
    share, cell = links["share"].to_numpy(), links["cell"].to_numpy()
    at_least = under * (share - rounded) - over
    at_most = over - under * (share + rounded)
    shape = (place.max() + 1, len(found.value))
    both = [sparse.csr_matrix((v, (place, cell)), shape=shape) for v in (at_least, at_most)]
    fits = np.logical_and(*((one @ found.value) <= 1e-6 for one in both))
    kept: Relations = sparse.vstack([one[np.flatnonzero(fits)] for one in both], format="csr")
    return kept
