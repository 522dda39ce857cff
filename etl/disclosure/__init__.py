"""Disclosure control (diskretionering): between fetched series and a release, nothing gets round it."""

import polars as pl

from etl.disclosure.outcome import DisclosureError, Protected, Report
from etl.disclosure.rules import Rules, read_rules

__all__ = ["DisclosureError", "Protected", "Report", "Rules", "protect", "read_rules"]


def protect(frame: pl.DataFrame, rules: Rules, previous: pl.DataFrame | None = None) -> Protected:
    """The table as it may be published: what is disclosing is hidden, and so is what would reveal it.

    `frame`: fetched and computed series in the columns of `contract.tables.Figures`, counts in whole
    or average persons; `kind` «beregnet» rows name their inputs in `derived_from` (rows of the same
    frame) and their indicator has a `[[derived]]` entry in the rules. Order and columns are kept.
    `rules`: from `read_rules(root)`, with `rules.with_topics({indicator: topic})` so that sensitive
    topics are known; an indicator whose topic is not known counts as sensitive.
    `previous`: the series of every earlier release in the same columns, oldest first, concatenated
    (None: there is none). A release that is still on disk is still public.

    No relation spans two periods: a large table may be handed over one or a few periods at a time
    (with `previous` cut to the same periods), and the result is the same.

    A hidden row keeps its id; its `value` is null, `as_written` and `note` are `contract.tables.HIDDEN`.
    Pure: reads no file, and the same input gives the same output.

    Raises DisclosureError (Danish, no values) if the table breaks what the rules presuppose, or if
    the audit (`etl.disclosure.audit`, by linear programming) can work out any hidden number. Then
    nothing of it may be published.
    """
    raise DisclosureError("diskretionskontrollen er ikke færdig")
