"""How every address below /api/ answers: methods, CORS, compression, ETag, ranges, problems."""

from collections.abc import Mapping

from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send

from contract.release import ReleaseError
from dashboard.server import faults, reply
from dashboard.server.api import problem, ranges
from dashboard.server.api.call import CSV, PARQUET, ROOT, Content, understand
from dashboard.server.api.endpoint import Endpoint
from dashboard.server.api.problem import Problem, shown

METHODS = "GET, HEAD, OPTIONS"
NEWEST = "public, max-age=0, must-revalidate"
OPEN = {
    # public data, for every other site; nothing here depends on who asks
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "ETag, Content-Range, Content-Disposition",
    "link": f'<{ROOT}/openapi.json>; rel="service-desc", <{ROOT}/dcat.jsonld>; rel="describedby"',
}
PREFLIGHT = {
    "allow": METHODS,
    "access-control-allow-methods": METHODS,
    "access-control-allow-headers": "Accept, If-None-Match, Range",
    "access-control-max-age": "86400",
}


class Handler:
    """The ASGI app of one endpoint; without one, of every address below /api/ that is none."""

    def __init__(self, endpoint: Endpoint | None = None) -> None:
        self.endpoint = endpoint

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["method"] == "OPTIONS" and self.endpoint:
            answer, headers = reply.Answer(b"", "text/plain; charset=utf-8", NEWEST, 204), PREFLIGHT
        else:
            answer, headers = await to_thread.run_sync(self.respond, scope)
        await reply.send(answer, scope, _with(send, OPEN | headers), vary=self._varies())

    def _varies(self) -> str:
        return "Accept" if self.endpoint and CSV in self.endpoint.media else ""

    def respond(self, scope: Scope) -> tuple[reply.Answer, dict[str, str]]:
        """(answer, further headers). Never raises."""
        try:
            if self.endpoint is None:
                raise Problem(
                    "not-found", f"Der er intet på «{shown(scope['path'])}». Begynd på {ROOT}/."
                )
            if scope["method"] not in ("GET", "HEAD"):
                raise Problem(
                    "method-not-allowed", "Her kan kun læses.", headers={"Allow": METHODS}
                )
            return _respond(self.endpoint, scope)
        except Problem as told:
            return _refused(told)
        except ReleaseError:
            return _refused(
                Problem("unavailable", "Prøv igen om lidt.", headers={"Retry-After": "30"})
            )
        except Exception as error:
            return _refused(
                Problem("fault", f"Fejlen er noteret som {faults.record(error, 'api')}.")
            )


def _respond(endpoint: Endpoint, scope: Scope) -> tuple[reply.Answer, dict[str, str]]:
    ids: Mapping[str, str] = Request(scope).path_params
    path = endpoint.path
    for name, value in ids.items():
        path = path.replace(f"{{{name}}}", value)
    call = understand(scope, path, ids, endpoint.parameters)
    content = endpoint.answer(call)
    headers = {}
    if content.filename:
        headers["content-disposition"] = f'inline; filename="{content.filename}"'
    cache = reply.IMMUTABLE if content.immutable else NEWEST
    tag = f"{content.release or call.release.id}-{reply.digest(content.body)}"
    if _compressible(content, scope) and (encoding := reply.wanted(scope)):
        packed = reply.compress(content.body, encoding)
        return reply.Answer(packed, content.media, cache, encoding=encoding, etag=tag), headers
    answer, more = ranges.ranged(reply.Answer(content.body, content.media, cache, etag=tag), scope)
    return answer, headers | more


def _compressible(content: Content, scope: Scope) -> bool:
    """Parquet is compressed already, and a range is one of the bytes as they are."""
    asked_for_part = ranges.ASKED in Headers(scope=scope)
    return content.media != PARQUET and len(content.body) >= reply.SMALLEST and not asked_for_part


def _refused(told: Problem) -> tuple[reply.Answer, dict[str, str]]:
    return reply.Answer(told.body(), problem.MEDIA, "no-store", told.status), told.headers


def _with(send: Send, extra: Mapping[str, str]) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(extra)
        await send(message)

    return sent
