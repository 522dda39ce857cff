"""An answer as it came."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Received:
    """An answer: its content unpacked, nothing else changed. `url`, `method` and `body` are what was asked."""

    url: str
    method: str
    body: str
    status: int
    content_type: str
    request_id: str
    content: bytes
