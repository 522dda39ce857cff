"""Raw answers on disk: the bytes as they came, and beside them what was asked, when, and their hash.

`data/raw/<service>/<table>/<stem>.csv|.json` and `<stem>.request.json`; the stem is the time (UTC) and the
first twelve digits of the hash. Answers are never changed. The request file is written last: content
without it is what a run that was cut short left behind, and counts for nothing.
"""

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from contract import paths
from etl.atomic import TEMPORARY, replace_file, sweep
from etl.fetch.refused import RawError

REQUEST = ".request.json"


@dataclass(frozen=True, slots=True)
class Record:
    """What was asked and what came. `body` is empty for GET; `fetched_at` is UTC as ISO 8601 with Z.

    `kind` is `data` or `tableinfo`; `bytes` is the size of the content. No header is kept, so no key is.
    """

    service: str
    table: str
    url: str
    method: str
    body: str
    fetched_at: str
    status: int
    content_type: str
    sha256: str
    bytes: int
    server_request_id: str
    kind: str


@dataclass(frozen=True, slots=True)
class Stored:
    """An answer on disk."""

    record: Record
    file: Path

    def content(self) -> bytes:
        """Its bytes. Raises RawError if they are not those that were fetched."""
        try:
            content = self.file.read_bytes()
        except OSError as error:
            raise RawError(f"{self.file.name}: filen kan ikke læses ({error.strerror})") from error
        if hashlib.sha256(content).hexdigest() != self.record.sha256:
            raise RawError(
                f"{self.file.name}: filen er ændret, siden den blev hentet; slet den og dens "
                f"{REQUEST}, og hent igen"
            )
        return content


def now() -> str:
    """The time of a fetch, UTC to the second: `2026-01-31T12:00:00Z`. The only clock in `etl`."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def write(root: Path, record: Record, content: bytes) -> Stored:
    """Keep an answer below a data root: wholly or not at all.

    Raises OSError if the disk fails, and RawError if the table has an answer from a later time, since then
    the newest could not be told by its time. What was there before is untouched and no half file is left.
    """
    folder = paths.raw_dir(root) / record.service / record.table
    folder.mkdir(parents=True, exist_ok=True)
    sweep(folder)
    time = record.fetched_at.replace("-", "").replace(":", "")
    newest = max((about.name for about in folder.glob(f"[0-9]*{REQUEST}")), default="")
    if newest[: len(time)] > time:
        raise RawError(
            f"{record.table}: der er et gemt svar fra et senere tidspunkt ({newest[: len(time)]}), så uret går eller "
            f"gik forkert. Stil uret, eller flyt svaret ud af {folder.name}, og hent igen; intet er skrevet"
        )
    stem = f"{time}-{record.sha256[:12]}"
    target = folder / f"{stem}{'.json' if _is_json(content) else '.csv'}"
    about = folder / f"{stem}{REQUEST}"
    asked = json.dumps(asdict(record), ensure_ascii=False, indent=1) + "\n"
    if about.exists():  # the same bytes in the same second: the same answer
        return Stored(record, target)
    try:
        replace_file(target, content)
        replace_file(about, asked.encode())
    except OSError:
        with suppress(OSError):
            if not about.exists():
                target.unlink(missing_ok=True)
        raise
    return Stored(record, target)


def stored(root: Path, service: str, table: str, kind: str = "data") -> list[Stored]:
    """The answers of one kind for a table, newest first. Raises RawError for a record that cannot be read."""
    folder = paths.raw_dir(root) / service / table
    found = []
    for about in folder.glob(f"*{REQUEST}"):
        if about.name.startswith(TEMPORARY):
            continue
        record = _record(about)
        stem = about.name.removesuffix(REQUEST)
        file = next(
            (f for f in (folder / f"{stem}.csv", folder / f"{stem}.json") if f.exists()), None
        )
        if file is None:
            raise RawError(f"{about.name}: svaret, som filen beskriver, findes ikke")
        if record.kind == kind:
            found.append(Stored(record, file))
    return sorted(found, key=lambda s: (s.record.fetched_at, s.file.name), reverse=True)


def _record(about: Path) -> Record:
    try:
        return Record(**json.loads(about.read_text("utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise RawError(f"{about.name}: filen kan ikke læses; slet den, og hent igen") from error


def _is_json(content: bytes) -> bool:
    return content[:64].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")
