"""`etl fetch`: ask the statistics services for the series of data/series.toml and keep their answers.

Exit code 0: everything is there. 1: an answer was refused. 2: a service or the disk failed. 3: the key to
Jobindsats is missing or not accepted. Of several the highest; what could be fetched is kept.
"""

import sys
from argparse import ArgumentTypeError, Namespace
from typing import Any

from contract import paths
from contract.areas import AREAS, NAMES
from contract.danish import number
from contract.periods import parse_period
from contract.series import Table
from etl.complaints import Complaints
from etl.fetch.keeping import Outcome, Run
from etl.fetch.refused import FetchError
from etl.lock import BusyError, only_builder
from etl.series_toml import read_series

SERVICES = ("statbank", "jobindsats")


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "fetch", help="hent tal fra StatBank og Jobindsats; udgiver intet"
    )
    parser.add_argument(
        "service", nargs="?", choices=SERVICES, help="kun denne tjeneste (ellers begge)"
    )
    parser.add_argument("--table", nargs="+", metavar="TABEL", help="kun disse tabeller, fx AUK01")
    parser.add_argument(
        "--areas",
        nargs="+",
        type=_area,
        metavar="OMRÅDE",
        help="alle, i-brug eller koder som 101 461",
    )
    parser.add_argument(
        "--from", dest="first", type=_period, metavar="PERIODE", help="fx 2017K1 eller 2017-01"
    )
    parser.add_argument(
        "--resume",
        action="store_true",
        help="hent kun det, der mangler; også svar fra tidligere dage gælder",
    )
    parser.add_argument(
        "--version", type=int, choices=(2, 3), default=3, help="Jobindsats' udgave af tjenesten (3)"
    )
    parser.set_defaults(run=run)


def run(chosen: Namespace) -> int:
    """Fetch. Progress goes to standard error, what came of it to standard output; gives the exit code."""
    complaints = Complaints(chosen.root)
    declared = read_series(chosen.root, complaints).table
    wanted = {name.casefold() for name in chosen.table or ()}
    services = [chosen.service] if chosen.service else list(SERVICES)
    tables = [
        t
        for t in declared
        if t.service in services and (not wanted or t.table.casefold() in wanted)
    ]
    unknown = wanted - {t.table.casefold() for t in tables}
    if complaints or unknown or not tables:
        for line in complaints.lines():
            print(line)
        known = ", ".join(t.table for t in declared if t.service in services) or "ingen"
        if not complaints:
            print(
                f"data/series.toml nævner ikke den tabel, der bedes om; den har {known}.",
                file=sys.stderr,
            )
        return 1
    folder = paths.raw_dir(chosen.root)
    work = Run(chosen.root, _say, _areas(chosen.areas or []), chosen.first or "", chosen.resume)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with only_builder(folder):
            for service in dict.fromkeys(t.service for t in tables):
                _one(work, service, [t for t in tables if t.service == service], chosen.version)
    except BusyError:
        print(
            "en anden henter eller bygger netop nu; prøv igen om lidt. Intet er hentet.",
            file=sys.stderr,
        )
        return 2
    except OSError as error:
        print(
            f"svaret kunne ikke gemmes: {error.strerror or error}. Det, der allerede er hentet, er i behold; "
            "skaf plads eller rettigheder, og kør kommandoen igen.",
            file=sys.stderr,
        )
        return 2
    except KeyboardInterrupt:
        print(
            "afbrudt. Det, der er hentet, er gemt; kør kommandoen igen for at fortsætte.",
            file=sys.stderr,
        )
        return 130
    return _told(work.outcomes)


def _one(work: Run, name: str, tables: list[Table], version: int) -> None:
    # here, since no other command needs an HTTP client
    from stamina.instrumentation import set_on_retry_hooks

    from etl.fetch import jobindsats, statbank

    set_on_retry_hooks([])  # `_say` tells of new attempts, in Danish

    try:
        if name == "statbank":
            statbank.fetch(work, statbank.service(), tables)
        else:
            jobindsats.fetch(work, jobindsats.service(version), tables, version)
    except FetchError as error:  # before the first table: an address or a key
        work.outcomes.append(Outcome(name, "", error=error))


def _told(outcomes: list[Outcome]) -> int:
    code = 0
    for outcome in outcomes:
        if outcome.error:
            code = max(code, outcome.error.exit_code)
            print(f"{str(outcome.error).rstrip('.')}.", file=sys.stderr)
        if outcome.table and (outcome.fetched or outcome.found):
            new = "nyt" if outcome.fetched == 1 else "nye"
            kept = f"{number(outcome.fetched)} {new} svar ({number(outcome.cells)} tal)"
            found = f", {number(outcome.found)} var hentet før" if outcome.found else ""
            print(f"{outcome.table}: {kept}{found}{'; ikke færdig' if outcome.error else ''}")
    return code


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _areas(named: list[str]) -> tuple[str, ...]:
    codes: set[str] = set()
    for name in named:
        codes |= set(NAMES if name == "alle" else AREAS if name == "i-brug" else (name,))
    return tuple(sorted(codes))


def _area(text: str) -> str:
    if text in ("alle", "i-brug") or text in NAMES:
        return text
    raise ArgumentTypeError(
        f"«{text}» er hverken alle, i-brug eller koden på hele landet eller en kommune"
    )


def _period(text: str) -> str:
    try:
        return parse_period(text).text
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from None
