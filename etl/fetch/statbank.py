"""Statistics Denmark's StatBank: a table's description, then its numbers, each checked before it is kept."""

import json

from contract.series import Table
from etl.fetch import raw
from etl.fetch.connection import Connection
from etl.fetch.keeping import Outcome, Run
from etl.fetch.matching import listed
from etl.fetch.received import Received
from etl.fetch.refused import FetchError, ServiceDown, TooLarge
from etl.fetch.sense import check_sense
from etl.fetch.service import Service, address
from etl.fetch.statbank_answer import read_answer
from etl.fetch.statbank_info import Info, read_info
from etl.fetch.statbank_query import CELL_LIMIT, Query, queries
from etl.fetch.statbank_selection import Selection, choose, renamed
from etl.series_toml import areas_of

NAME = "statbank"
_TOO_LARGE = frozenset({"REQUEST-LIMIT", "EXTRACT-TOOBIG"})


def service(**changed: float) -> Service:
    """StatBank at STATBANK_URL, without a key. Raises FetchError for an address that is not safe."""
    return Service(NAME, "StatBank", address(NAME), **changed)  # pyright: ignore[reportArgumentType]


def fetch(run: Run, at: Service, tables: list[Table], cell_limit: int = CELL_LIMIT) -> None:
    """Fetch tables one after another; a table that is refused does not stop the next.

    Adds an Outcome a table to the run. Raises OSError if the disk fails.
    """
    with Connection(at, run.say) as connection:
        for table in tables:
            outcome = Outcome(NAME, table.table)
            run.outcomes.append(outcome)
            try:
                _table(run, connection, table, outcome, cell_limit)
            except FetchError as error:
                outcome.error = error
                if isinstance(error, ServiceDown):
                    return


def info_request(table: str) -> str:
    """The body that asks for a table's description in Danish."""
    return json.dumps({"table": table, "lang": "da", "format": "JSON"})


def _table(run: Run, connection: Connection, table: Table, outcome: Outcome, limit: int) -> None:
    run.say(f"{table.table}: henter tabelbeskrivelsen …")
    received = _answered(connection.post("/v1/tableinfo", info_request(table.table)), table.table)
    info = read_info(received.content, table.table)
    selection = choose(info, table, run.areas or areas_of(table), run.first or table.first)
    _same_as_before(run, info, table)
    for indicator in dict.fromkeys(s.indicator for s in table.series):
        if indicator not in {name for name, _ in selection.meaning.values()}:
            held = listed(info.variables[selection.by].values)
            run.say(f"{table.table}: tabellen har ingen værdi til {indicator}; den har {held}")
    since = run.keep_info(NAME, table.table, received).record.fetched_at
    waiting = queries(selection, limit)
    while waiting:
        query = waiting.pop(0)
        if run.already(NAME, table.table, f"{connection.service.base}/v1/data", query.body, since):
            run.say(f"{table.table}: {query.span} er allerede hentet")
            outcome.found += 1
            continue
        left = f"; derefter mangler {len(waiting)} svar" if waiting else ""
        run.say(f"{table.table}: henter {query.span} som {query.form}{left} …")
        try:
            _data(run, connection, query, outcome)
        except TooLarge as error:
            smaller = query.smaller()
            if not smaller:
                raise
            run.say(f"{table.table}: {error}; deler spørgsmålet")
            waiting = smaller + waiting


def _same_as_before(run: Run, info: Info, table: Table) -> None:
    """Raise FetchError if a code that nobody has declared the text of means something else than last time."""
    known = raw.stored(run.root, NAME, table.table, "tableinfo")
    before = read_info(known[0].content(), table.table) if known else info
    if faults := renamed(info, before, table):
        raise FetchError(
            f"{table.table}: {'; '.join(faults)}. Intet er hentet. Betyder koden det samme, så flyt mappen "
            f"data/raw/{NAME}/{table.table} ud af data, og hent igen; ellers skal tallene vurderes på ny"
        )


def _data(run: Run, connection: Connection, query: Query, outcome: Outcome) -> None:
    selection: Selection = query.selection
    table = selection.info.table
    received = _answered(connection.post("/v1/data", query.body), table)
    rows = read_answer(received.content, query.body, selection.info.suppressed)
    check_sense(table, rows, selection.area)
    run.keep(NAME, outcome.table, "data", received)
    outcome.fetched += 1
    outcome.cells += rows.height


def _answered(received: Received, table: str) -> Received:
    """The answer, if it is not StatBank's own refusal; the codes it knows are an open set.

    Raises TooLarge when a smaller request may do, else FetchError with StatBank's own words.
    """
    code, message = _refusal(received.content)
    if received.status < 300 and not code:
        return received
    number = f" Forespørgslens nummer: {received.request_id}." if received.request_id else ""
    said = f"«{message}»" if message else "uden at sige hvorfor"
    text = (
        f"{table}: StatBank afviser ({received.status}{', ' if code else ''}{code}) {said}.{number}"
    )
    if code in _TOO_LARGE or "celler" in message.casefold():
        raise TooLarge(text)
    raise FetchError(text)


def _refusal(content: bytes) -> tuple[str, str]:
    """`errorTypeCode` and `message` of a refusal, shortened; empty when it is none or not JSON."""
    if content[:1] != b"{" and content[3:4] != b"{":
        return "", ""
    try:
        said = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return "", ""
    message = " ".join(str(said.get("message", "")).split())
    return str(said.get("errorTypeCode", ""))[:60], message[:300]
