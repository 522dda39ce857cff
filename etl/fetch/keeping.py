"""What is kept of a run: checked answers are written at once, and what is already there is not asked for again."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from etl.fetch import raw
from etl.fetch.received import Received
from etl.fetch.refused import FetchError


@dataclass(slots=True)
class Outcome:
    """What became of a table: answers fetched and found, cells in them, what stopped it, what to know."""

    service: str
    table: str
    fetched: int = 0
    found: int = 0
    cells: int = 0
    error: FetchError | None = None


@dataclass(slots=True)
class Run:
    """One run of the data keeper's: where to keep, what was wished for, and where to tell of progress.

    `areas` and `first` replace what data/series.toml says. With `resume` an answer from an earlier day is
    good enough too, as long as the service has not updated the table since.
    """

    root: Path
    say: Callable[[str], None]
    areas: tuple[str, ...] = ()
    first: str = ""
    resume: bool = False
    outcomes: list[Outcome] = field(default_factory=list)

    def keep(self, service: str, table: str, kind: str, received: Received) -> raw.Stored:
        """Write a checked answer. Raises OSError if the disk fails; nothing half is left."""
        record = raw.Record(
            service=service,
            table=table,
            url=received.url,
            method=received.method,
            body=received.body,
            fetched_at=raw.now(),
            status=received.status,
            content_type=received.content_type,
            sha256=hashlib.sha256(received.content).hexdigest(),
            bytes=len(received.content),
            server_request_id=received.request_id,
            kind=kind,
        )
        return raw.write(self.root, record, received.content)

    def keep_info(self, service: str, table: str, received: Received) -> raw.Stored:
        """Write a table's description, unless the newest one kept is the same."""
        known = raw.stored(self.root, service, table, "tableinfo")
        digest = hashlib.sha256(received.content).hexdigest()
        if known and known[0].record.sha256 == digest and known[0].record.url == received.url:
            return known[0]
        return self.keep(service, table, "tableinfo", received)

    def already(
        self, service: str, table: str, url: str, body: str, since: str
    ) -> raw.Stored | None:
        """The answer to the same request, if it is from today (any day with `resume`) and not older than
        `since`, the time of the table's description now in use.
        """
        for answer in raw.stored(self.root, service, table):
            record = answer.record
            fresh = record.fetched_at >= since and (
                self.resume or record.fetched_at[:10] == raw.now()[:10]
            )
            if (record.url, record.body) == (url, body) and fresh:
                answer.content()  # an altered answer is no answer
                return answer
        return None
