"""The other yardstick: one static HTML file with Vega and the same chart inside it."""

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import vl_convert

_SCRIPT = """
const specs = %s;
const draw = way => vegaEmbed("#graf", specs[way], {actions: false, renderer: "svg"});
document.getElementById("vis").addEventListener("change", e => draw(e.target.value));
draw(Object.keys(specs)[0]);
"""


def html(specs: dict[str, Any]) -> bytes:
    """The whole page, libraries included."""
    bundle = vl_convert.javascript_bundle()  # pyright: ignore[reportCallIssue]
    bundle = bundle.replace("</script", "<\\/script")
    script = _SCRIPT % json.dumps(specs)
    options = "".join(f'<option value="{way}">{way}</option>' for way in specs)
    return (
        '<!DOCTYPE html><html lang="da"><head><meta charset="utf-8"><title>Graf</title></head><body>'
        f'<h1>Graf</h1><label>Vis som <select id="vis">{options}</select></label>'
        f'<div id="graf" style="width:1100px"></div><script>{bundle}</script><script>{script}</script></body></html>'
    ).encode()


@contextmanager
def served(page: bytes) -> Iterator[str]:
    """The page on a loopback port, compressed once; yields its address."""
    body = gzip.compress(page, 9)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/" else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
