"""Fetched series: raw answers in data/raw → rows in the columns of the public figures, one file an indicator.

cells        what was fetched, small enough in memory for ten million numbers
columns      cells as rows of `contract.tables.Figures`
shielded     disclosure control over all of it, a few periods at a time
ratio        series computed from protected series, with the formula of every number
files        rows → the bytes of a series file
parallel     the same work on several parts at once
build        all of it: what fetched series add to a release
"""
