"""The commands of `python -m etl`, one module each.

A command module has `add(subparsers)`, which declares the command and sets `run`: a function that takes
the parsed arguments (`root` is the data root, resolved) and gives the exit code. `etl.__main__` lists them.
"""
