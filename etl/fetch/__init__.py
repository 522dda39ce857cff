"""Connectors: official statistics services → raw answers in data/raw, unchanged, with request, time and hash.

Only `etl.commands.fetch` starts them; everything after reads the raw answers from disk through
`etl.fetch.series_rows` and needs no network.
"""
