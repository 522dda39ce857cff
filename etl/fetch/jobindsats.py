"""Jobindsats (STAR), with a key: a table's description, then its numbers year by year, checked before kept."""

from contract.series import Table
from etl.fetch.connection import Connection
from etl.fetch.jobindsats_answer import rows_of
from etl.fetch.jobindsats_info import read_info
from etl.fetch.jobindsats_query import info_path, queries
from etl.fetch.keeping import Outcome, Run
from etl.fetch.received import Received
from etl.fetch.refused import FetchError, KeyMissing, ServiceDown
from etl.fetch.sense import check_sense
from etl.fetch.service import Service, address, key
from etl.series_toml import areas_of

NAME = "jobindsats"


def service(version: int = 3, **changed: float) -> Service:
    """Jobindsats at JOBINDSATS_URL with the key. Raises KeyMissing without one, FetchError for an unsafe address."""
    secret = key()
    said = f"Bearer {secret}" if version == 3 else secret
    return Service(NAME, "Jobindsats", address(NAME), {"Authorization": said}, secret, **changed)  # pyright: ignore[reportArgumentType]


def fetch(run: Run, at: Service, tables: list[Table], version: int = 3) -> None:
    """Fetch tables one after another; a table that is refused does not stop the next, a refused key does.

    Adds an Outcome a table to the run. Raises OSError if the disk fails.
    """
    with Connection(at, run.say) as connection:
        for table in tables:
            outcome = Outcome(NAME, table.table)
            run.outcomes.append(outcome)
            try:
                _table(run, connection, table, outcome, version)
            except FetchError as error:
                outcome.error = error
                if isinstance(error, ServiceDown | KeyMissing):
                    return


def _table(run: Run, connection: Connection, table: Table, outcome: Outcome, version: int) -> None:
    run.say(f"{table.table}: henter tabelbeskrivelsen …")
    received = _answered(connection, connection.get(info_path(table.table, version)), table)
    info = read_info(received.content, table, version)
    asked = queries(info, table, run.areas or areas_of(table), run.first or table.first)
    since = run.keep_info(NAME, table.table, received).record.fetched_at
    for number, query in enumerate(asked, 1):
        if run.already(NAME, table.table, connection.service.base + query.path, query.body, since):
            run.say(f"{table.table}: {query.span} er allerede hentet")
            outcome.found += 1
            continue
        run.say(f"{table.table}: henter {query.span} ({number} af {len(asked)}) …")
        answer = (
            connection.post(query.path, query.body) if query.body else connection.get(query.path)
        )
        _answered(connection, answer, table)
        rows = rows_of(answer.content, answer.url, answer.body, table, info)
        if rows is None:
            raise FetchError(f"{table.table}: svaret passer ikke til spørgsmålet")
        check_sense(table.table, rows, "area")
        run.keep(NAME, table.table, "data", answer)
        outcome.fetched += 1
        outcome.cells += rows.height


def _answered(connection: Connection, received: Received, table: Table) -> Received:
    if received.status < 300:
        return received
    text = connection.service.hide(
        " ".join(received.content.decode("utf-8", errors="replace").split())
    )
    said = f": «{text[:300]}»" if text else ""
    raise FetchError(f"{table.table}: Jobindsats afviser ({received.status}){said}")
