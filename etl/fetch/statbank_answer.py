"""StatBank's CSV or BULK → a row for every combination that was asked for. Refuses what is not that.

The same reading checks an answer before it is kept and reads it afterwards.
"""

import io
import json
import re
from collections.abc import Mapping, Sequence
from math import prod

import polars as pl

from etl.fetch.refused import FetchError

VALUE = "INDHOLD"
MISSING = ("..", "")
_NUMBER = r"^[0-9]{1,15}(,[0-9]{1,6})?$"


def asked_for(body: str) -> tuple[str, dict[str, list[str]]]:
    """The format of a request and its values by variable, from its body."""
    raw = json.loads(body)
    return raw["format"], {v["code"]: list(v["values"]) for v in raw["variables"]}


def read_answer(content: bytes, body: str, suppressed: str) -> pl.DataFrame:
    """Every combination of the request: one column a variable (text), `value` (null when missing), `missing`.

    `suppressed` is TABLEINFO's suppressedDataValue, which a combination that BULK leaves out stands for; CSV
    leaves none out. Raises FetchError for half an answer, other columns, combinations nobody asked for or
    that come twice, and for anything but numbers and `..`.
    """
    form, values = asked_for(body)
    table = json.loads(body)["table"]
    found = _columns(table, content, list(values))
    keys, asked = list(values), prod(map(len, values.values()))
    # where each combination stands among those asked for: one number instead of several texts to compare
    found = found.with_columns(_place(values))
    if found["place"].drop_nulls().is_duplicated().any():
        raise FetchError(
            f"{table}: den samme kombination af {', '.join(keys)} står to gange i svaret"
        )
    strangers = found.filter(pl.col("place").is_null())
    if strangers.height:
        what = ", ".join(
            f"{key} {code}" for key, code in strangers.select(keys).row(0, named=True).items()
        )
        raise FetchError(f"{table}: svaret har noget, der ikke er spurgt om ({what})")
    if form != "BULK" and found.height != asked:
        raise FetchError(f"{table}: svaret har {found.height} af {asked} rækker og er ikke helt")
    if not found.height:
        raise FetchError(f"{table}: svaret er tomt")
    rows = _numbers(table, found)
    if form != "BULK":
        return rows.sort("place").drop("place")
    told = rows.select("place", "value", "missing")
    rows = _grid(values).join(told, on="place", how="left", maintain_order="left").drop("place")
    left_out = _left_out(table, suppressed)
    return rows.with_columns(
        pl.when(pl.col("missing").is_null())
        .then(left_out)
        .otherwise(pl.col("value"))
        .alias("value"),
        pl.col("missing").fill_null(value=left_out is None),
    )


def _columns(table: str, content: bytes, variables: Sequence[str]) -> pl.DataFrame:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FetchError(f"{table}: svaret er ikke UTF-8") from None
    lines = text.count("\n")
    header = text.split("\n", 1)[0].rstrip("\r").split(";")
    names = {name.strip('"').casefold(): name.strip('"') for name in header}
    wanted = {name.casefold() for name in (*variables, VALUE)}
    if set(names) != wanted or len(header) != len(wanted):
        shown = ", ".join(re.sub(r"[^\w ]", "", name)[:30] for name in header[:12])
        raise FetchError(
            f"{table}: svaret har kolonnerne {shown}; ventet {', '.join((*variables, VALUE))}"
        )
    if not text.endswith("\n") or text.count(";") != lines * (len(header) - 1):
        raise FetchError(f"{table}: svaret er afbrudt eller har en ufuldstændig række")
    try:
        found = pl.read_csv(io.BytesIO(text.encode()), separator=";", infer_schema=False)
    except pl.exceptions.PolarsError:
        raise FetchError(f"{table}: svaret kan ikke læses som CSV") from None
    return found.select(
        *(pl.col(names[code.casefold()]).alias(code) for code in variables),
        pl.col(names[VALUE.casefold()]).fill_null("").alias(VALUE),
    )


def _numbers(table: str, found: pl.DataFrame) -> pl.DataFrame:
    missing = pl.col(VALUE).is_in(MISSING)
    bad = found.filter(~missing & ~pl.col(VALUE).str.contains(_NUMBER))
    if bad.height:
        first = str(bad.get_column(VALUE)[0])[:20]
        raise FetchError(
            f"{table}, kolonnen {VALUE}: «{first}» er hverken et antal eller et mærke for manglende tal"
        )
    number = pl.col(VALUE).str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
    return found.with_columns(
        pl.when(missing).then(None).otherwise(number).alias("value"), missing.alias("missing")
    ).drop(VALUE)


def _place(values: Mapping[str, Sequence[str]]) -> pl.Expr:
    """The position of a combination in `_grid`, as the column `place`; null for one nobody asked for."""
    place, step = pl.lit(0, pl.Int64), 1
    for code, chosen in reversed(list(values.items())):
        at = pl.col(code).cast(pl.Enum(chosen), strict=False).to_physical().cast(pl.Int64)
        place, step = place + at * step, step * len(chosen)
    return place.alias("place")


def _grid(values: Mapping[str, Sequence[str]]) -> pl.DataFrame:
    """Every combination that was asked for, with its `place`; the last variable changes fastest."""
    place = pl.int_range(prod(map(len, values.values())), eager=True)
    columns, step = {}, 1
    for code, chosen in reversed(list(values.items())):
        columns[code] = pl.Series(chosen, dtype=pl.String).gather(place // step % len(chosen))
        step *= len(chosen)
    return pl.DataFrame({code: columns[code] for code in values} | {"place": place})


def _left_out(table: str, suppressed: str) -> float | None:
    if suppressed in MISSING:
        return None
    if not re.match(_NUMBER, suppressed):
        raise FetchError(
            f"{table}: suppressedDataValue er «{suppressed[:20]}», ventet et tal eller .."
        )
    return float(suppressed.replace(",", "."))
