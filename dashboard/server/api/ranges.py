"""The part of an answer that a Range header asks for: readers of Parquet fetch a file piece by piece."""

import re
from dataclasses import replace

from starlette.datastructures import Headers
from starlette.types import Scope

from dashboard.server.reply import Answer

ASKED = "range"
_RANGE = re.compile(r"bytes=(\d{0,12})-(\d{0,12})\Z", re.ASCII)


def ranged(whole: Answer, scope: Scope) -> tuple[Answer, dict[str, str]]:
    """(the part or all of an uncompressed answer, further headers).

    All of it too if the header cannot be read, names several parts, or comes with a condition that
    is better answered with the whole.
    """
    headers = {"accept-ranges": "bytes"}
    asked, size, tag = Headers(scope=scope), len(whole.body), f'"{whole.etag}"'
    found = _RANGE.match(asked.get(ASKED, "").replace(" ", ""))
    if (
        found is None
        or not any(found.groups())
        or scope["method"] != "GET"
        or "if-none-match" in asked
        or asked.get("if-range", tag) != tag
    ):
        return whole, headers
    if found[1]:
        first, last = int(found[1]), int(found[2] or size)
    else:
        first, last = max(size - int(found[2]), 0), size
    if first > last:
        return whole, headers
    if first >= size:
        return replace(whole, body=b"", status=416), headers | {"content-range": f"bytes */{size}"}
    last = min(last, size - 1)
    part = replace(whole, body=whole.body[first : last + 1], status=206)
    return part, headers | {"content-range": f"bytes {first}-{last}/{size}"}
