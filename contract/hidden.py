"""Words of a release that both sides know and that need no library: of hidden numbers, and of series files."""

HIDDEN = "skjult af hensyn til diskretion"
"""Begins the note of a figure whose value is null because it would say something of too few people."""
SERIES = "series"
"""`series.parquet` lists the fetched series of a release, and `series-<indicator>.parquet` holds one of them."""
