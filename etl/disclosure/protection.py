"""From a table to the table that may be published: hide, audit, hide more, audit what is published."""

import numpy as np
import polars as pl

from contract.hidden import HIDDEN
from etl.disclosure.audit import Findings, audit
from etl.disclosure.derived import disclosing
from etl.disclosure.intake import admitted
from etl.disclosure.linked import Relations
from etl.disclosure.margins import Margins, margins
from etl.disclosure.outcome import DisclosureError, Protected, Report
from etl.disclosure.primary import Sensitive, sensitive
from etl.disclosure.rules import Rules
from etl.disclosure.secondary import by_sums, repaired
from etl.disclosure.shares import shown_shares

_ROUNDS = 12


def protect(frame: pl.DataFrame, rules: Rules, previous: pl.DataFrame | None = None) -> Protected:
    """The table as it may be published: what is disclosing is hidden, and so is what would reveal it.

    `frame`: fetched and computed series in the columns of `contract.tables.Figures`, counts in whole
    or average persons; `kind` «beregnet» rows name their inputs in `derived_from` (rows of the same
    frame) and their indicator has a `[[share]]` entry in the rules. Order and columns are kept.
    `rules`: from `read_rules(root)`, with `rules.with_topics({indicator: topic})` so that sensitive
    topics are known; an indicator whose topic is not known counts as sensitive.
    `previous`: the series of every earlier release, oldest first, concatenated (None: there is none); of
    the same columns those that say which number it is, `value`, `note` and `derived_from`. A release that
    is still on disk is still public.

    No relation spans two periods: a large table may be handed over one or a few periods at a time
    (with `previous` cut to the same periods), and the result is the same.

    A hidden row keeps its id; its `value` is null, `as_written` and `note` are `contract.hidden.HIDDEN`.
    Pure: reads no file, and the same input gives the same output.

    Raises DisclosureError (Danish, no values) if the table breaks what the rules presuppose, or if
    the audit (`etl.disclosure.audit`, by linear programming) can work out any hidden number. Then
    nothing of it may be published.
    """
    table = admitted(frame, rules)
    found = margins(table, rules, previous)
    flags = sensitive(found)
    earlier = [] if previous is None else [previous]
    hidden = (
        _enough(found, flags, shown_shares(earlier, found, rules))
        if flags.any.any()
        else _none(found)
    )
    n = len(found.cells)
    rows = np.zeros(table.height, bool)
    rows[found.cells.row[:n][hidden[:n] & (found.cells.row >= 0)]] = True
    computed = disclosing(table, rules, pl.Series(rows))
    rows[computed.to_numpy()] = True
    hinted = (frame["value"].is_null() & frame["as_written"].str.contains(r"\d")).to_numpy()
    published = _hide(frame, rows | hinted)
    findings = _final(published, found, flags, shown_shares([published, *earlier], found, rules))
    return Protected(
        published, _report(frame, found, flags, rows, computed.len(), hinted, findings)
    )


def _none(found: Margins) -> np.ndarray:
    hidden = np.ones(len(found.value), bool)
    hidden[: len(found.cells)] = False
    return hidden


def _enough(found: Margins, flags: Sensitive, shares: Relations) -> np.ndarray:
    """Flags of what to hide: what is sensitive, and what else it takes. Rests are always unseen."""
    hidden = _none(found) | flags.any
    for _ in range(_ROUNDS):
        targets = flags.any.copy()
        targets[: len(found.cells)] |= hidden[: len(found.cells)]
        hidden = by_sums(found, hidden, targets)
        findings = audit(found, hidden, flags.small, flags.any, shares, exact=False)
        more = repaired(found, hidden, findings.failing)
        if (more == hidden).all():
            return hidden
        hidden = more
    return hidden


def _final(
    published: pl.DataFrame, found: Margins, flags: Sensitive, shares: Relations
) -> Findings:
    """The audit of what is really published: hidden is what has no number there, and nothing else."""
    if not flags.any.any():
        return Findings(0, [])
    hidden = _none(found)
    own = np.flatnonzero(found.cells.row >= 0)
    hidden[own] = published["value"].is_null().to_numpy()[found.cells.row[own]]
    findings = audit(found, hidden, flags.small, flags.any, shares)
    if findings.failing:
        raise DisclosureError(
            f"{len(findings.failing)} tal, der skal være skjult, kan regnes ud af resten; intet må udgives"
        )
    return findings


def _hide(frame: pl.DataFrame, rows: np.ndarray) -> pl.DataFrame:
    """The table without the numbers of some rows."""
    value, hide = pl.col("value"), pl.Series("hide", rows)
    # The number is written over before it is made null: a mask alone would leave it in memory, and
    # some file formats write memory as it is.
    cleared = frame.with_columns(hide).with_columns(
        value=pl.when("hide").then(0.0).otherwise(value)
    )
    return cleared.with_columns(
        value=pl.when(~pl.col("hide")).then(value),
        qualifier=pl.when("hide").then(pl.lit("præcis", frame.schema["qualifier"])).otherwise("qualifier"),
        as_written=pl.when("hide").then(pl.lit(HIDDEN)).otherwise("as_written"),
        note=pl.when("hide").then(pl.lit(HIDDEN)).otherwise("note"),
    ).select(frame.columns)  # fmt: skip


def _report(
    frame: pl.DataFrame,
    found: Margins,
    flags: Sensitive,
    rows: np.ndarray,
    derived: int,
    hinted: np.ndarray,
    findings: Findings,
) -> Report:
    n = len(found.cells)
    shown = found.cells.row >= 0
    small = flags.small[:n] & shown
    whole = flags.whole_group[:n] & shown & ~small
    revised = flags.revised[:n] & shown & ~small & ~whole
    held = flags.held[:n] & shown & ~small & ~whole & ~revised
    hidden = frame.filter(pl.Series(rows | hinted)).group_by("indicator").len().sort("indicator")
    first = [int(each.sum()) for each in (small, whole, revised, held)]
    return Report(
        rows=frame.height,
        hidden=int((rows | hinted).sum()),
        small=first[0],
        complements=int((flags.any[n:] & (found.kind[n:] == 1)).sum()),
        whole_groups=first[1],
        revised=first[2],
        held=first[3],
        secondary=int(rows.sum()) - sum(first) - derived,
        derived=derived,
        source=int((hinted & ~rows).sum()),
        audited=findings.tried,
        by_indicator=tuple(hidden.iter_rows()),
    )
