"""The API's routes without a server: one request as uvicorn would hand it on, and what came back."""

import asyncio
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote_to_bytes

from starlette.applications import Starlette

from dashboard.server.api.routes import ROUTES
from tests.running import Answer

APP = Starlette(routes=list(ROUTES))
HOST = "indblik.example"


def ask(target: str, headers: Mapping[str, str] | None = None, method: str = "GET") -> Answer:
    """The answer to a target such as `/api/v1/figures?area=101`. Header names in the answer are in lower case."""
    path, _, query = target.partition("?")
    sent: list[dict[str, Any]] = []
    given = {"host": HOST, **{name.lower(): value for name, value in (headers or {}).items()}}
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "https", "method": method,
        "path": unquote_to_bytes(path).decode("utf-8", "replace"), "raw_path": path.encode("utf-8"), "root_path": "",
        "query_string": query.encode("utf-8", "surrogateescape"),
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in given.items()],
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 1),
    }  # fmt: skip

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(dict(message))

    asyncio.run(APP(scope, receive, send))
    names = {name.decode(): value.decode("latin-1") for name, value in sent[0]["headers"]}
    return Answer(
        sent[0]["status"], names, b"".join(message.get("body", b"") for message in sent[1:])
    )
