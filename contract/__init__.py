"""What the kitchen (etl) and the dining room (dashboard) agree on; knows neither.

paths      every path, once
areas      area codes and their Danish names
periods    the period notation: `2018`, `2020K4`, `2022-10`, `2017-12/2020-12`
danish     the only place where numbers and dates become Danish text
formula    expressions over figure ids: `[a] / ([a] + [b]) * 100`
template   sentences over figure ids: `{a} færre end i {b}`
catalogue  the declarations in data/*.toml (pydantic)
tables     the public tables of a release (dataframely)
release    manifest, release ids, CURRENT, hashes
journal    what was published and undone, and so which releases are public
"""
